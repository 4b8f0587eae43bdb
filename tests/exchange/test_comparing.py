"""What is compared before anything is locked: only what changed is stored, and nothing is missed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Connection, event

from portal.db import Store
from portal.exchange import incoming
from portal.exchange.alone import alone
from portal.tables.people import Municipality, Participant
from tests.exchange.documents import ORG_NUMBERS, PIDS
from tests.exchange.files import ORG, changed, dump, example, refused, rows, taken
from tests.settings import settings_for

MANY = 60


def many(day: int, **first: Any) -> dict[str, Any]:
    """The example's participant so many times, with what is said of the first."""
    document = changed()
    one = document["participants"][0]
    lists = {name: value for name, value in one.items() if name not in ("requests", "answers", "contest_answers")}
    document["participants"] = [
        lists | {"id": f"p-{number}", "pid": PIDS[number]} | (first if not number else {}) for number in range(MANY)
    ]
    return document | {"issued_at": f"2026-10-{day:02}T06:00:00+02:00"}


@contextmanager
def writing(store: Store) -> Iterator[list[str]]:
    """Collects the statements of transactions that may write."""
    heard: list[str] = []

    def hear(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if connection.get_execution_options().get("writes"):
            heard.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(store.engine, "before_cursor_execute", hear)


def test_a_file_is_read_and_compared_before_anything_is_locked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(many(2)), encoding="utf-8")
    had, at_the_lock = [0], []

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            at_the_lock.append(sum(had))

    event.listen(store.engine, "begin", begin)
    report = incoming.take(store, [path], read=had.append)
    assert not report.problems
    assert set(at_the_lock) == {incoming.bytes_to_read([path])}


def test_only_what_changed_is_stored_under_the_lock(store: Store, tmp_path: Path) -> None:
    with writing(store) as first:
        taken(store, tmp_path, many(2))
    with writing(store) as same:
        assert taken(store, tmp_path, many(3)).counts["participants changed"] == 0
    with writing(store) as one:
        assert taken(store, tmp_path, many(4, given_name="Olha")).counts["participants changed"] == 1
    assert len(same) < 20 < len(one) < len(first)
    written = [statement for statement in same if statement.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written
    assert all(" received " in statement or " imported_file " in statement for statement in written)
    assert [row.given_name for row in rows(store, Participant)].count("Olha") == 1


def test_a_later_document_of_the_same_command_undoes_an_earlier_one(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, many(2, given_name="Amal"))
    report = taken(store, tmp_path, many(3, given_name="Olha"), many(4, given_name="Amal"))
    assert rows(store, Participant)[0].given_name == "Amal"
    assert report.counts["participants changed"] == 2


@pytest.mark.parametrize("change", [{}, {"given_name": "Olha"}], ids=["the same", "changed"])
@pytest.mark.parametrize("own", [{"id": "p-0"}, {"pid": PIDS[0]}], ids=["id", "number"])
def test_what_stands_twice_is_told_though_nothing_changed(
    store: Store, tmp_path: Path, own: dict[str, str], change: dict[str, str]
) -> None:
    taken(store, tmp_path, many(2))
    document = many(3)
    document["participants"].append(document["participants"][0] | {"id": "other", "pid": PIDS[MANY]} | own | change)
    told = refused(store, tmp_path, document)
    assert any("twice here" in problem for problem in told), told
    document["participants"][-1] |= {"id": "other", "pid": PIDS[MANY]}
    taken(store, tmp_path, document)


def test_a_problem_of_somebody_unchanged_is_told_once(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, many(2))
    answer = {"question": "nobody asked", "text": "Ja", "answered_at": "2026-10-03T06:00:00Z"}
    assert len(refused(store, tmp_path, many(3, answers=[answer]))) == 1
    before = dump(store)
    taken(store, tmp_path, many(2))
    assert len(dump(store)["participant"]) == len(before["participant"])


def finishes(store: Store, database_url: str, folder: Path, document: dict[str, Any], seconds: float) -> Thread:
    """An import in a thread of its own, given so many seconds."""
    path = folder / f"{document['municipality']['org_number']}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    own = Store(settings_for(database_url))
    thread = Thread(target=lambda: (incoming.take(own, [path]), own.engine.dispose()))
    thread.start()
    thread.join(seconds)
    return thread


def test_an_import_waits_for_one_of_the_same_municipality_only(store: Store, database_url: str, tmp_path: Path) -> None:
    other = example()
    other["municipality"]["org_number"] = next(number for number in ORG_NUMBERS if number != ORG)
    with alone(store, {ORG}):
        waits = finishes(store, database_url, tmp_path, example(), 1)
        assert waits.is_alive()
        with store.writing() as session:  # nobody else waits
            session.connection().exec_driver_sql("UPDATE municipality SET name = name")
            session.commit()
        if store.engine.dialect.name == "postgresql":
            assert not finishes(store, database_url, tmp_path, other, 60).is_alive()
            assert [row.org_number for row in rows(store, Municipality)] == [other["municipality"]["org_number"]]
    waits.join(60)
    assert ORG in [row.org_number for row in rows(store, Municipality)]
