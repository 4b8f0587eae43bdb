"""The examples of the documentation are imported as they stand; a second time changes nothing."""

import json
from pathlib import Path

import jsonschema
import pytest

from portal.db import Store
from portal.exchange import incoming
from portal.exchange.commands import schema
from portal.tables.log import AccessLog
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus
from tests.exchange.files import EXAMPLES, dump, example, rows, taken


def test_examples_are_taken_and_once(store: Store) -> None:
    report = incoming.take(store, [EXAMPLES])
    assert not report.problems
    assert report.counts["participants"] == 1
    assert {row.status for row in rows(store, Occurrence)} == set(OccurrenceStatus)
    assert {row.status for row in rows(store, Attendance)} == set(AttendanceStatus)
    before = dump(store)
    assert not incoming.take(store, [EXAMPLES]).problems
    assert dump(store) == before


def test_the_same_content_issued_again_changes_only_when(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    before = dump(store)
    taken(store, tmp_path, example() | {"issued_at": "2026-10-01T06:00:01+02:00"})
    after = dump(store)
    assert {name for name in before if before[name] != after[name]} == {"municipality", "imported_file"}
    assert len(rows(store, AccessLog)) == 1


def test_schema_is_a_schema_and_knows_the_example() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(example(), schema())


@pytest.mark.parametrize("change", [{"format": "introportalen/2"}, {"extra": 1}, {"participants": [{"id": "x"}]}])
def test_schema_refuses_what_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(example() | change, schema())


def test_schema_describes_every_name() -> None:
    nameless = [
        f"{model}.{name}"
        for model, shape in schema()["$defs"].items()
        for name, field in shape.get("properties", {}).items()
        if "description" not in field and "description" not in json.dumps(field)
    ]
    assert nameless == []
