"""What is compared before anything is locked: only what changed is stored, and nothing is missed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy import event as events
from sqlmodel import Session

from portal import clock
from portal.exchange import importer
from portal.exchange.alone import alone
from portal.exchange.attendance import storing as attendance
from portal.exchange.timetable import storing as timetable
from portal.store.db import Store
from portal.tables.people import Municipality, Participant
from portal.tables.schedule import Attendance, Occurrence
from tests.exchange.documents import ORG_NUMBERS, PIDS
from tests.exchange.files import ORG, changed, dump, example, refused, rows, taken
from tests.exchange.test_timetable import calendar, event
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

    events.listen(store.engine, "before_cursor_execute", hear)
    yield heard
    events.remove(store.engine, "before_cursor_execute", hear)


def test_a_file_is_read_and_compared_before_anything_is_locked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(many(2)), encoding="utf-8")
    had, at_the_lock = [0], []

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            at_the_lock.append(sum(had))

    events.listen(store.engine, "begin", begin)
    report = importer.take(store, [path], read=had.append)
    assert not report.problems
    assert set(at_the_lock) == {importer.bytes_to_read([path])}


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


@pytest.mark.one_database
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


HEAD = "participant;date;start;group;status;hours;registered_by;registered_at"
ODD = ";TZID=Europe/Oslo:20261019T083000"


def attended(number: int = 1, at: str = "2026-10-19T16:00", **status: str) -> str:
    """Attendance of participants at lessons of days in a row, all present but who is named: `p0_19="absent"`."""
    return "\n".join(
        [
            HEAD,
            *(
                f"p-{who};2026-10-{day};08:30;norsk-a2;{status.get(f'p{who}_{day}', 'present')};;X;{at}"
                for day in range(19, 19 + number)
                for who in range(MANY)
            ),
        ]
    )


@pytest.fixture
def schooled(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with many participants and the lessons of a group and of one of them."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, tzinfo=UTC))
    monkeypatch.setattr(timetable, "now", lambda: datetime(2026, 10, 1, tzinfo=UTC))
    monkeypatch.setattr(attendance, "TOGETHER", 20)
    monkeypatch.setattr(attendance, "FEW", 5)
    taken(store, tmp_path, many(2), lessons())
    return store


def lessons(room: str = "1", *, days: int = 3) -> str:
    """The lessons of the group, in this room, and a meeting of one participant."""
    series = event(f"RRULE:FREQ=DAILY;COUNT={days}", f"X-INTRO-ROOM:{room}", "X-INTRO-GROUP:norsk-a2")
    return calendar(series, event("X-INTRO-PARTICIPANT:p-0", uid="own", start=ODD.replace("083000", "140000")))


def written(statements: list[str]) -> set[str]:
    """The tables that were written to."""
    return {part.split()[2 if part.startswith("INSERT") else 1] for part in statements if part[:6] in WRITES}


WRITES = ("INSERT", "UPDATE", "DELETE")


def test_timetables_and_attendance_that_are_stored_already_lock_nothing_for_long(
    schooled: Store, tmp_path: Path
) -> None:
    first = taken(schooled, tmp_path, attended(3))
    with writing(schooled) as same:
        again = taken(schooled, tmp_path, lessons(), attended(3))
    assert first.counts == {"attendance": 180, "attendance changed": 180}
    assert again.counts == {"occurrences": 4, "occurrences changed": 0, "attendance": 180, "attendance changed": 0}
    assert written(same) <= {"imported_file"}
    with writing(schooled) as other:
        report = taken(schooled, tmp_path, attended(3, "2026-10-22T16:00", p7_20="absent"), lessons("2"))
    assert (report.counts["occurrences changed"], report.counts["attendance changed"]) == (3, 180)
    assert written(other) >= {"occurrence", "attendance"}


def test_only_the_lines_that_changed_are_stored_under_the_lock(
    schooled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(schooled, tmp_path, attended(2))
    stored: list[int] = []
    find = attendance._occurrences
    one = attended(2).replace("p-7;2026-10-20;08:30;norsk-a2;present;;X;2026-10-19T16:00", ONE)

    def heard(session: Session, owners: Any, lines: Any) -> Any:
        if session.connection().get_execution_options().get("writes"):
            stored.append(len(lines))
        return find(session, owners, lines)

    monkeypatch.setattr(attendance, "_occurrences", heard)
    assert taken(schooled, tmp_path, one).counts == {"attendance": 120, "attendance changed": 1}
    assert stored == [5]
    assert [row.status for row in rows(schooled, Attendance)].count("absent") == 1


ONE = "p-7;2026-10-20;08:30;norsk-a2;absent;;X;2026-10-20T16:00"
BACK = "p-7;2026-10-20;08:30;norsk-a2;not_registered;;;"


def test_what_an_earlier_part_of_the_command_changes_is_looked_at_again(schooled: Store, tmp_path: Path) -> None:
    """The last line, file and timetable say what is stored, and would be left out if nothing came before."""
    taken(schooled, tmp_path, f"{HEAD}\n{BACK}")
    filler = attended(1).splitlines()[1:]
    taken(schooled, tmp_path, "\n".join([HEAD, ONE, *filler, BACK]))
    assert [row.status for row in rows(schooled, Attendance)].count("not_registered") == 1
    taken(schooled, tmp_path, f"{HEAD}\n{ONE}\n", f"{HEAD}\n{BACK}")
    assert "absent" not in [row.status for row in rows(schooled, Attendance)]
    report = taken(schooled, tmp_path, lessons("2"), lessons())
    assert [row.room for row in rows(schooled, Occurrence) if row.uid == "u1"] == ["1", "1", "1"]
    assert report.counts["occurrences changed"] == 6
    twice = lessons().replace("END:VCALENDAR", event("X-INTRO-GROUP:norsk-a2", uid="u2") + "\nEND:VCALENDAR")
    told = refused(schooled, tmp_path, twice, attended(1))
    assert len(told) == MANY
    assert told[0].startswith("1.csv:2: start: found 2 occurrences, expected one occurrence of this group")
    taken(schooled, tmp_path, lessons(), attended(1))


def test_what_is_wrong_in_a_slice_is_told_though_its_parts_would_be_taken(schooled: Store, tmp_path: Path) -> None:
    filler = attended(1).splitlines()[1:12]
    late = "p-7;2026-10-20;08:30;norsk-a2;{};;X;2026-10-20T16:00".format
    taken(schooled, tmp_path, "\n".join([HEAD, late("present"), *filler]))
    [told] = refused(schooled, tmp_path, "\n".join([HEAD, late("present"), *filler, late("absent")]))
    assert told == "0.csv:14: status: found another status at the same registered_at, expected one line, or a later one"
    taken(schooled, tmp_path, "\n".join([HEAD, late("present"), *filler, late("present")]))


def test_lines_that_are_older_are_counted_whether_or_not_they_are_stored(schooled: Store, tmp_path: Path) -> None:
    taken(schooled, tmp_path, attended(1, "2026-10-21T16:00"))
    older = "\n".join([*attended(1, "2026-10-19T16:00").splitlines()[:31], *attended(2).splitlines()[-5:]])
    report = taken(schooled, tmp_path, older)
    assert report.notices == [f"{tmp_path}/0.csv: 30 lines are older than what is stored, and changed nothing"]
    assert report.counts == {"attendance": 35, "attendance changed": 5}


def finishes(store: Store, database_url: str, folder: Path, document: dict[str, Any], seconds: float) -> Thread:
    """An import in a thread of its own, given so many seconds."""
    path = folder / f"{document['municipality']['org_number']}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    own = Store(settings_for(database_url))
    thread = Thread(target=lambda: (importer.take(own, [path]), own.engine.dispose()))
    thread.start()
    thread.join(seconds)
    return thread


def test_an_import_waits_for_one_of_the_same_municipality_only(store: Store, database_url: str, tmp_path: Path) -> None:
    other = example()
    other["municipality"]["org_number"] = next(number for number in ORG_NUMBERS if number != ORG)
    with alone(store, {ORG}):
        waits = finishes(store, database_url, tmp_path, example(), 1)
        assert waits.is_alive()
        with store.write_session() as session:  # nobody else waits
            session.connection().exec_driver_sql("UPDATE municipality SET name = name")
            session.commit()
        if store.engine.dialect.name == "postgresql":
            assert not finishes(store, database_url, tmp_path, other, 60).is_alive()
            assert [row.org_number for row in rows(store, Municipality)] == [other["municipality"]["org_number"]]
    waits.join(60)
    assert ORG in [row.org_number for row in rows(store, Municipality)]
