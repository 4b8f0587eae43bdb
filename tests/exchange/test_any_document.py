"""Any right document is taken, and twice is once; any broken one leaves the store as it was and says where."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import SQLModel

from portal.store.db import Store
from tests.exchange.documents import SCHEMA, documents
from tests.exchange.files import dump, refused, taken

# Not shrunk: documents are large, and a problem names its place by itself.
SOME = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)


@contextmanager
def emptied(store: Store) -> Iterator[Path]:
    """A folder for one example's files; afterwards the store is empty again."""
    with TemporaryDirectory() as folder:
        yield Path(folder)
    with store.write_session() as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.execute(delete(table))
        session.commit()


@SOME
@given(document=documents())
def test_any_document_is_taken_and_twice_is_once(store: Store, document: Any) -> None:
    with emptied(store) as folder:
        taken(store, folder, document)
        before = dump(store)
        assert len(before["participant"]) == len(document.get("participants", []))
        taken(store, folder, document)
        assert dump(store) == before
        taken(store, folder, json.loads(json.dumps(document, indent=1)) | {"advisers": document.get("advisers", [])})
        after = dump(store)
        assert {name for name in before if before[name] != after[name]} <= {"imported_file", "received"}


def places(value: Any, path: str = "$") -> Iterator[tuple[str, Any, Any]]:
    """Every object and list item of a document: JSON path, its container, and its name in it."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        here = f"{path}[{name}]" if isinstance(value, list) else f"{path}.{name}"
        yield here, value, name
        if isinstance(inner, dict | list):
            yield from places(inner, here)


WRONG = ["\x00", {"unknown": 1}, [[]], -(10**12), 1e300]


@SOME
@given(document=documents(), data=st.data())
def test_any_broken_document_changes_nothing_and_is_told(store: Store, document: Any, data: st.DataObject) -> None:
    broken = copy.deepcopy(document)
    found = [place for place in places(broken) if ".policy" not in place[0]]
    path, container, name = data.draw(st.sampled_from(found))
    how = data.draw(st.sampled_from(["wrong", "unknown"]))
    if how == "unknown" and isinstance(container, dict):
        container["unknown name"] = 1
        path = f"{path.rpartition('.')[0]}.unknown name"
    else:
        container[name] = data.draw(st.sampled_from(WRONG))
    with emptied(store) as folder:
        problems = refused(store, folder, broken)
    assert any(path in problem for problem in problems), (path, problems)
    assert not any("should" in problem or "schema allows" in problem for problem in problems), problems


@pytest.mark.one_database
@SOME
@given(document=documents(), data=st.data())
def test_nothing_needed_may_be_missing(store: Store, document: Any, data: st.DataObject) -> None:
    needed = [("$", document, name) for name in SCHEMA["required"]]
    needed += [
        (f"$.participants[{index}]", person, name)
        for index, person in enumerate(document.get("participants", []))
        for name in SCHEMA["$defs"]["ParticipantIn"]["required"]
    ]
    path, container, name = data.draw(st.sampled_from(needed))
    del container[name]
    with emptied(store) as folder:
        problems = refused(store, folder, document)
    assert any(f"{path}.{name}: found nothing, expected a value" in problem for problem in problems)
