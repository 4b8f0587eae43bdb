"""Attendance from tables in the ways that spreadsheets write them."""

from pathlib import Path

import pytest

from portal.exchange.attendance import storing as attendance
from portal.store.db import Store
from portal.tables.log import AccessLog
from portal.tables.schedule import Attendance, AttendanceStatus
from tests.exchange.files import dump, example, refused, rows, taken

pytestmark = pytest.mark.one_database

HEAD = "participant;date;start;group;status;hours;registered_by;registered_at"
LEFT = {"group": "norsk-a2", "first_day": "2026-08-17", "last_day": "2026-09-13"}
ROW = "p-1001;2026-09-14;08:30;norsk-a2;partly_present;1,5;Åse Lærer;2026-09-14T11:35+02:00"


@pytest.fixture
def filled(with_timetable: Store) -> Store:
    return with_timetable


def one(store: Store) -> Attendance:
    [row] = rows(store, Attendance)
    assert isinstance(row, Attendance)
    return row


COMMAS = "\n".join(
    [HEAD.replace(";", ","), 'p-1001,2026-09-14,08:30,norsk-a2,partly_present,"1,5",Åse Lærer,2026-09-14T11:35+02:00']
)
NORWEGIAN = (
    f"{HEAD}\r\np-1001;14.09.2026;8.30;norsk-a2;Partly_Present;1.50;Åse Lærer;14.09.2026 11:35\r\n\r\n;;;;;;;\r\n"
)
OTHER_ORDER = (
    "Date;Start;Participant;Group;Status;Hours;Registered_by;Registered_at\n"
    '"2026-09-14";"08:30";"p-1001";"norsk-a2";partly_present;1.5;Åse Lærer;2026-09-14 09:35:00+00:00'
)


@pytest.mark.parametrize("content", [f"{HEAD}\n{ROW}\n", COMMAS, NORWEGIAN, OTHER_ORDER], ids=repr)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_way_of_writing_says_the_same(filled: Store, tmp_path: Path, content: str, encoding: str) -> None:
    taken(filled, tmp_path, content.encode(encoding))
    row = one(filled)
    assert (row.status, str(row.hours), row.registered_by) == (AttendanceStatus.PARTLY_PRESENT, "1.50", "Åse Lærer")
    assert row.registered_at is not None
    assert row.registered_at.isoformat() == "2026-09-14T09:35:00+00:00"


def test_a_moved_lesson_is_met_at_its_new_time(filled: Store, tmp_path: Path) -> None:
    row = "p-1001;2026-10-19;12:15;norsk-a2;present;;X;2026-10-19T16:00"
    taken(filled, tmp_path, f"{HEAD}\n{row}")
    [problem] = refused(filled, tmp_path, f"{HEAD}\n{row.replace('12:15', '08:30')}")
    assert problem.startswith("0.csv:2: start: found 0 occurrences, expected one occurrence")


def test_newer_updates_and_older_does_not(filled: Store, tmp_path: Path) -> None:
    def line(status: str, at: str) -> str:
        return f"{HEAD}\np-1001;2026-09-14;08:30;norsk-a2;{status};;X;2026-09-{at}\n"

    taken(filled, tmp_path, line("absent", "14T12:00"))
    taken(filled, tmp_path, line("present", "15T12:00"))
    assert one(filled).status is AttendanceStatus.PRESENT
    number = len(rows(filled, AccessLog))
    report = taken(filled, tmp_path, line("absent", "14T12:00"))
    assert one(filled).status is AttendanceStatus.PRESENT
    assert report.notices == [f"{tmp_path}/0.csv: 1 lines are older than what is stored, and changed nothing"]
    assert len(rows(filled, AccessLog)) == number == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (ROW.replace("09-14", "09-15"), None),
        (ROW.replace("T11:35", "T08:26"), None),
        (ROW.replace("T11:35", "T08:24"),
         "registered_at: found partly_present, registered 2026-09-14 08:24, expected presence registered once"),
        (ROW.replace("partly_present;1,5", "absent;").replace("T11:35", "T08:24"), None),
        (ROW.replace("p-1001", "p-2"), "participant: found 'p-2', expected somebody who is in the group 'norsk-a2' on"),
        (ROW.replace("p-1001", "p-3"), "participant: found 'p-3', expected somebody who is in the group"),
    ],
)  # fmt: skip
def test_what_seldom_is_is_told_and_taken(filled: Store, tmp_path: Path, line: str, told: str | None) -> None:
    document = example() | {"issued_at": "2026-10-02T06:00:00+02:00"}
    others = [("p-2", "02838810120", "1988-03-02", []), ("p-3", "01858510038", "1985-05-01", [LEFT])]
    document["participants"] = [
        document["participants"][0] | {"id": number, "pid": pid, "born": born, "groups": groups}
        | {"decisions": [], "payments": []}
        for number, pid, born, groups in others
    ]  # fmt: skip
    taken(filled, tmp_path, document)
    warnings = [str(warning) for warning in taken(filled, tmp_path, f"{HEAD}\n{line}").warnings]
    assert len(warnings) == (0 if told is None else 1)
    assert all(f"0.csv:2: {told}" in warning for warning in warnings), warnings
    assert len(rows(filled, Attendance)) == 1
    assert taken(filled, tmp_path, f"{HEAD}\n{line}\n{line}").warnings == [], "what changes nothing is told once"


def test_taken_back(filled: Store, tmp_path: Path) -> None:
    taken(filled, tmp_path, f"{HEAD}\n{ROW}")
    taken(filled, tmp_path, f"{HEAD}\np-1001;2026-09-14;08:30;norsk-a2;not_registered;;;")
    assert (one(filled).status, one(filled).hours, one(filled).registered_at) == ("not_registered", None, None)


def test_twice_is_once_in_one_file_and_in_two(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attendance, "TOGETHER", 2)
    content = "\n".join([HEAD, ROW, ROW, ROW.replace("09-14", "09-15"), ROW])
    taken(filled, tmp_path, content)
    before = dump(filled)
    taken(filled, tmp_path, content)
    assert dump(filled) == before
    assert len(rows(filled, Attendance)) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (ROW.replace("p-1001", "x"), "participant: found 'x', expected the id of a participant"),
        (ROW.replace("norsk-a2", "x"), "group: found 'x', expected the id of a group"),
        (ROW.replace(";norsk-a2;", ";;"), "start: found 0 occurrences"),
        (ROW.replace("2026-09-14;", "2026-13-14;"), "date: found '2026-13-14', expected a date"),
        (ROW.replace("08:30", "half past"), "start: found 'half past', expected a time such as 08:30"),
        (ROW.replace("08:30", "08:31"), "start: found 0 occurrences"),
        (ROW.replace("partly_present", "here"), "status: found 'here', expected one of not_registered, present"),
        (ROW.replace("partly_present", "present"), "hours: found '1,5', expected hours only where status is partly"),
        (ROW.replace("1,5", "25"), "hours: found '25', expected hours of absence"),
        (ROW.replace("1,5", "NaN"), "hours: found 'NaN', expected hours of absence"),
        (ROW.replace("2026-09-14T11:35+02:00", ""), "registered_at: found '', expected a time"),
        (ROW.replace("partly_present;1,5", "not_registered;"), "registered_at: found '2026-09-14T11:35+02:00'"),
        (ROW.replace("Åse", "\x07"), "registered_by: found '\\x07 Lærer', expected one line"),
        (ROW + ";more", "found 9 values, expected 8 values"),
        ('"' + ROW, "expected a line of separated values"),
    ],
    ids=repr,
)
def test_what_is_wrong_is_told_with_its_line(filled: Store, tmp_path: Path, line: str, told: str) -> None:
    problems = refused(filled, tmp_path, f"{HEAD}\n{ROW}\n{line}\n")
    assert len(problems) == 1
    assert problems[0].startswith("0.csv:3: ")
    assert told in problems[0]


@pytest.mark.parametrize("content", ["", "participant;date\n", b"\x81\x8d\n", "a\x00b"], ids=repr)
def test_a_file_without_the_columns_is_refused(filled: Store, tmp_path: Path, content: str | bytes) -> None:
    assert len(refused(filled, tmp_path, content)) == 1


def test_every_line_that_is_wrong_is_told(filled: Store, tmp_path: Path) -> None:
    problems = refused(filled, tmp_path, "\n".join([HEAD, *[ROW.replace("p-1001", f"x{n}") for n in range(50)]]))
    assert [problem.split(":")[1] for problem in problems] == [str(number) for number in range(2, 52)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_bytes_of_no_encoding_are_told_with_their_line(filled: Store, tmp_path: Path, encoding: str) -> None:
    right = f"{HEAD}\n{ROW}\n{ROW}\n".encode(encoding)
    at = right.rindex(b"rer;")
    [problem] = refused(filled, tmp_path, right[:at] + b"\x81\xe5" + right[at:])
    assert problem == "0.csv:3: found bytes that are neither, expected UTF-8 or Windows-1252"
    taken(filled, tmp_path, right)
