"""The examples of the documentation are imported as they stand; a second time changes nothing."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from portal import clock
from portal.casework import outbox
from portal.exchange import importer
from portal.exchange.attendance import table
from portal.exchange.commands import schema
from portal.exchange.document import describe
from portal.exchange.export import events
from portal.exchange.timetable import calendar
from portal.store.db import Store
from portal.tables.log import AccessLog, OutgoingKind
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus
from tests.exchange.files import EXAMPLES, dump, example, refused, rows, taken

FILES = [EXAMPLES / name for name in ("attendance.csv", "document.json", "timetable.ics")]


def test_examples_are_taken_and_once(store: Store) -> None:
    report = importer.take(store, FILES)
    assert not report.problems
    assert report.counts["participants"] == 1
    assert {row.status for row in rows(store, Occurrence)} == set(OccurrenceStatus)
    assert {row.status for row in rows(store, Attendance)} == set(AttendanceStatus)
    before = dump(store)
    assert not importer.take(store, FILES).problems
    assert dump(store) == before


def test_the_same_content_issued_again_changes_only_when(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    before = dump(store)
    taken(store, tmp_path, example() | {"issued_at": "2026-10-01T06:00:01+02:00"})
    after = dump(store)
    assert {name for name in before if before[name] != after[name]} == {"received", "imported_file"}
    assert len(rows(store, AccessLog)) == 1


def test_schema_is_a_schema_and_knows_the_example() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(example(), schema())


@pytest.mark.parametrize("change", [{"format": "introportalen/2"}, {"extra": 1}, {"participants": [{"id": "x"}]}])
def test_schema_refuses_what_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(example() | change, schema())


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("lists", "name"),
    [
        (("plans", 0), "norwegian_hours_per_week"),
        (("plans", 0), "social_studies_hours"),
        (("plans", 0, "elements", 0), "hours_per_week"),
        (("training_hours", 0), "hours"),
        (("absences", 1), "hours"),
        (("payments", 0, "lines", 0), "hours"),
    ],
    ids=str,
)
def test_schema_and_door_both_refuse_a_number_in_quotation_marks(
    store: Store, tmp_path: Path, lists: tuple[str | int, ...], name: str
) -> None:
    document = example()
    inside: Any = document["participants"][0]
    for part in lists:
        inside = inside[part]
    inside[name] = "2.5"
    with pytest.raises(jsonschema.ValidationError, match=r"'2\.5' is not"):
        jsonschema.validate(document, schema())
    [problem] = refused(store, tmp_path, document)
    assert f".{name}: found '2.5', expected a number without quotation marks" in problem
    inside[name] = 2.5
    jsonschema.validate(document, schema())
    taken(store, tmp_path, document)


def test_schema_describes_every_name() -> None:
    nameless = [
        f"{model}.{name}"
        for model, shape in schema()["$defs"].items()
        for name, field in shape.get("properties", {}).items()
        if "description" not in field and "description" not in json.dumps(field)
    ]
    assert nameless == []


def test_documentation_holds_the_fields_as_they_are() -> None:
    assert describe.tables(schema()).strip() in (EXAMPLES.parent / "exchange.md").read_text()


def test_documentation_names_every_column_property_and_event() -> None:
    text = (EXAMPLES.parent / "exchange.md").read_text()
    names = [*table.COLUMNS, *calendar.OWNERS, calendar.MUNICIPALITY, calendar.ROOM, *OutgoingKind]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_example_of_events_is_as_they_are_exported(store: Store, tmp_path: Path) -> None:
    shown = json.loads((EXAMPLES / "events.json").read_text())["events"]
    taken(store, tmp_path, example())
    with store.write_session() as session:
        for event in shown:
            outbox.add(session, 1, OutgoingKind(event["kind"]), event["payload"], clock.now())
        session.commit()
    with store.write_session() as session:
        found = events.waiting(session)
    assert [event | {"id": 0, "at": 0} for event in found] == [event | {"id": 0, "at": 0} for event in shown]
