"""Timetables: clocks that change, rules, exceptions, moves, and what is no longer there."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.clock import local
from portal.exchange import importer
from portal.exchange.timetable import storing as timetable
from portal.store.db import Store
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus
from tests.exchange.files import ORG, dump, example, refused, rows, taken

pytestmark = pytest.mark.one_database

WINDOWS_ZONE = """BEGIN:VTIMEZONE
TZID:Skolens tid
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def calendar(*events: str, more: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *more.splitlines(), *events, "END:VCALENDAR", ""]
    return "\r\n".join(line for part in lines for line in part.splitlines()) + "\r\n"


def event(*lines: str, uid: str = "u1", start: str = ";TZID=Europe/Oslo:20261019T083000", hours: int = 3) -> str:
    """An event of the group; `lines` come in addition."""
    own = [f"UID:{uid}", "DTSTAMP:20260801T000000Z", f"DTSTART{start}"]
    if not any(line.startswith(("DTEND", "DURATION")) for line in lines):
        own.append(f"DURATION:PT{hours}H")
    if not any(line.startswith("CATEGORIES") for line in lines):
        own.append("CATEGORIES:norwegian")
    if not any(line.startswith("X-INTRO") for line in lines):
        own.append("X-INTRO-GROUP:norsk-a2")
    return "\n".join(["BEGIN:VEVENT", *own, "SUMMARY:Norsk", *lines, "END:VEVENT"])


@pytest.fixture
def filled(with_example: Store) -> Store:
    return with_example


def starts(store: Store) -> list[str]:
    """Start of every occurrence on a Norwegian clock."""
    return [
        f"{local(row.starts_at):%Y-%m-%d %H:%M}" for row in sorted(rows(store, Occurrence), key=lambda r: r.starts_at)
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (";TZID=Europe/Oslo:20261019T083000", ["08:30", "08:30"]),
        (";TZID=Skolens tid:20261019T083000", ["08:30", "08:30"]),
        (";TZID=W. Europe Standard Time:20261019T083000", ["08:30", "08:30"]),
        (":20261019T083000", ["08:30", "08:30"]),
        (":20261019T063000Z", ["08:30", "07:30"]),
        (";TZID=Europe/Kyiv:20261019T093000", ["08:30", "08:30"]),
    ],
)
def test_a_series_keeps_the_clock_of_its_zone(filled: Store, tmp_path: Path, start: str, expected: list[str]) -> None:
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=2", start=start), more=WINDOWS_ZONE))
    assert starts(filled) == [f"2026-10-19 {expected[0]}", f"2026-10-26 {expected[1]}"]
    assert all((row.ends_at - row.starts_at).seconds == 3 * 3600 for row in rows(filled, Occurrence))


def test_the_day_is_the_day_in_norway(filled: Store, tmp_path: Path) -> None:
    taken(filled, tmp_path, calendar(event(start=":20261019T223000Z", hours=1)))
    [row] = rows(filled, Occurrence)
    assert (str(row.day), row.starts_at, row.recurrence) == (
        "2026-10-20",
        datetime(2026, 10, 19, 22, 30, tzinfo=UTC),
        "",
    )


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("RRULE:FREQ=DAILY;COUNT=3", ["19", "20", "21"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["19", "21", "26"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=1", ["19"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261021T063000Z", ["19", "20", "21"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261021T062959Z", ["19", "20"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261021", ["19", "20", "21"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=3MO;COUNT=1", ["19"]),
        ("RDATE;TZID=Europe/Oslo:20261022T083000", ["19", "22"]),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Oslo:20261020T083000", ["19", "21"]),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261020T063000Z,20261021T063000Z", ["19"]),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261020", ["19", "21"]),
    ],
)
def test_rules(filled: Store, tmp_path: Path, rule: str, days: list[str]) -> None:
    taken(filled, tmp_path, calendar(event(*rule.splitlines())))
    assert starts(filled) == [f"2026-10-{day} 08:30" for day in days]


def test_a_series_without_end_stops_after_three_years(filled: Store, tmp_path: Path) -> None:
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY")))
    assert len(rows(filled, Occurrence)) == 157


def test_a_moved_occurrence_knows_from_where(filled: Store, tmp_path: Path) -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=3", "LOCATION:Skolen", "X-INTRO-ROOM:204", "X-INTRO-GROUP:norsk-a2")
    moved = (
        "BEGIN:VEVENT\nUID:u1\nDTSTAMP:20260801T000000Z\nRECURRENCE-ID;TZID=Europe/Oslo:20261026T083000\n"
        "DTSTART;TZID=Europe/Oslo:20261027T120000\nDTEND;TZID=Europe/Oslo:20261027T130000\nEND:VEVENT"
    )
    taken(filled, tmp_path, calendar(moved, series))
    row = next(row for row in rows(filled, Occurrence) if row.status is OccurrenceStatus.MOVED)
    assert (f"{local(row.starts_at):%d %H:%M}", f"{local(row.moved_from):%d %H:%M}") == ("27 12:00", "26 08:30")
    assert (row.recurrence, row.title, row.place, row.room) == ("20261026T073000Z", "Norsk", "Skolen", "204")
    assert len(rows(filled, Occurrence)) == 3


def test_a_change_of_room_alone_is_no_move(filled: Store, tmp_path: Path) -> None:
    other = event("RECURRENCE-ID;TZID=Europe/Oslo:20261026T083000", "X-INTRO-ROOM:9", "X-INTRO-GROUP:norsk-a2",
                  start=";TZID=Europe/Oslo:20261026T083000")  # fmt: skip
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=2"), other))
    assert [(row.status, row.room) for row in rows(filled, Occurrence)] == [("planned", ""), ("planned", "9")]


SERIES = event("RRULE:FREQ=WEEKLY;COUNT=2")
ASTRAY = "RECURRENCE-ID: found no occurrence of this series then, expected a start of the series on line"


@pytest.mark.parametrize(
    ("series", "wrong", "right"),
    [
        (SERIES, ";TZID=Europe/Oslo:20261025T083000", ";TZID=Europe/Oslo:20261026T083000"),
        (SERIES, ":20261026T063000Z", ":20261026T073000Z"),  # the clocks are put back on the 25th
        (SERIES, ":20261026T073000", ":20261026T083000"),
        (SERIES, ";TZID=Europe/Oslo:20261102T083000", ";TZID=Europe/Kyiv:20261026T093000"),
        (SERIES, ";TZID=Europe/Oslo:20261012T083000", ";TZID=Europe/Oslo:20261019T083000"),
        (event(), ";TZID=Europe/Oslo:20261018T083000", ";TZID=Europe/Oslo:20261019T083000"),
        (
            event("RDATE;TZID=Europe/Oslo:20261022T083000"),
            ";TZID=Europe/Oslo:20261023T083000",
            ";TZID=Europe/Oslo:20261022T083000",
        ),
        (
            event("RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Oslo:20261026T083000"),
            ";TZID=Europe/Oslo:20291018T083000",  # a Thursday, one day before the horizon
            ";TZID=Europe/Oslo:20261026T083000",  # some leave out the one that they change as well
        ),
        (
            event("RRULE:FREQ=WEEKLY;UNTIL=20261031"),
            ";TZID=Europe/Oslo:20301021T083000",  # no horizon: the series is over
            ";TZID=Europe/Oslo:20261026T083000",
        ),
    ],
)
@pytest.mark.parametrize("more", [[], ["STATUS:CANCELLED"]], ids=str)
def test_a_change_of_no_occurrence_is_told(
    filled: Store, tmp_path: Path, series: str, wrong: str, right: str, more: list[str]
) -> None:
    def change(instance: str) -> str:
        return event(f"RECURRENCE-ID{instance}", *more, start=";TZID=Europe/Oslo:20261027T120000")

    [problem] = refused(filled, tmp_path, calendar(change(wrong), series))
    assert problem.startswith(f"0.ics:4: {ASTRAY} {4 + len(change(wrong).splitlines())}, such as 20")
    [problem] = refused(filled, tmp_path, calendar(series, change(wrong)))
    assert problem.startswith(f"0.ics:{4 + len(series.splitlines())}: {ASTRAY} 4, such as 20")
    taken(filled, tmp_path, calendar(change(right), series))
    assert "2026-10-27 12:00" in starts(filled)


def test_a_change_of_no_occurrence_names_the_nearest(filled: Store, tmp_path: Path) -> None:
    change = event("RECURRENCE-ID;TZID=Europe/Oslo:20261025T083000")
    [problem] = refused(filled, tmp_path, calendar(SERIES, change))
    assert problem.endswith("such as 2026-10-26T08:30:00+01:00")


@pytest.mark.parametrize("instance", ["20291022T083000", "20301025T083000"])
def test_a_change_beyond_the_three_years_is_taken(filled: Store, tmp_path: Path, instance: str) -> None:
    change = event(f"RECURRENCE-ID;TZID=Europe/Oslo:{instance}", start=f";TZID=Europe/Oslo:{instance}")
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY"), change))
    assert len(rows(filled, Occurrence)) == 158


def test_a_change_of_a_series_that_cannot_be_followed_is_not_told_as_well(filled: Store, tmp_path: Path) -> None:
    change = event("RECURRENCE-ID;TZID=Europe/Oslo:20261025T083000")
    [problem] = refused(filled, tmp_path, calendar(event("RRULE:FREQ=SECONDLY"), change))
    assert "RRULE: found FREQ=SECONDLY" in problem


def test_a_change_without_its_series_is_an_occurrence_of_its_own(filled: Store, tmp_path: Path) -> None:
    taken(filled, tmp_path, calendar(event("RECURRENCE-ID;TZID=Europe/Oslo:20261019T083000")))
    assert starts(filled) == ["2026-10-19 08:30"]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "STATUS:cancelled"])
def test_a_cancelled_occurrence_stays_as_cancelled(filled: Store, tmp_path: Path, line: str) -> None:
    gone = event("RECURRENCE-ID;TZID=Europe/Oslo:20261026T083000", line, start=";TZID=Europe/Oslo:20261027T083000")
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=2"), gone))
    assert [row.status for row in rows(filled, Occurrence)] == ["planned", "cancelled"]


def test_an_event_of_two_groups_and_of_a_person(filled: Store, tmp_path: Path) -> None:
    several = event("X-INTRO-GROUP:norsk-a2", "X-INTRO-PARTICIPANT:p-1001", "CATEGORIES:Skole,MEETING")
    taken(filled, tmp_path, calendar(several))
    assert [(row.owner, row.group_id, row.participant_id, row.code) for row in rows(filled, Occurrence)] == [
        ("group:norsk-a2", 1, None, "meeting"), ("participant:p-1001", None, 1, "meeting"),
    ]  # fmt: skip


OFTEN = ",".join(
    f"2026{month:02}{day:02}T{hour:02}0000" for month in range(1, 13) for day in range(1, 29) for hour in range(24)
)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"start": ";TZID=Europe/Oslo:99991231T233000"}, "DTSTART: found the year 9999, expected 1900 to 2100"),
        ({"start": ";TZID=Europe/Oslo:00010101T003000"}, "DTSTART: found the year 1, expected 1900 to 2100"),
        ({"lines": ["EXDATE:99991231T235900Z"]}, "EXDATE: found the year 9999, expected 1900 to 2100"),
        ({"lines": ["DURATION:-P90000D"]}, "DTEND: found"),
        ({"uid": "x" * 10_000}, "UID: found 10000 characters, expected a text of at most 255 characters"),
        ({"lines": ["RRULE:FREQ=DAILY;COUNT=0"]}, "RRULE: found COUNT=0, expected COUNT from 1"),
        ({"lines": [f"RDATE;TZID=Europe/Oslo:{OFTEN}"]}, "RDATE: found 8064 times, expected at most 5000"),
    ],
)
def test_what_no_school_means_is_told(filled: Store, tmp_path: Path, more: dict[str, Any], told: str) -> None:
    """Clocks that cannot be turned, names too long for an index of the database, series without measure."""
    others = {name: value for name, value in more.items() if name != "lines"}
    wrong = calendar(event(*more.get("lines", []), **others))
    assert any(told in problem for problem in refused(filled, tmp_path, wrong))
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z;COUNT=2", uid="x" * 255)))
    assert len(rows(filled, Occurrence)) == 2


def test_a_newer_sequence_wins(filled: Store, tmp_path: Path) -> None:
    old, new = event("SEQUENCE:1", "LOCATION:A"), event("SEQUENCE:2", "LOCATION:B")
    taken(filled, tmp_path, calendar(new, old))
    assert [row.place for row in rows(filled, Occurrence)] == ["B"]


def test_what_is_gone_is_cancelled_if_it_is_to_come_and_attendance_stays(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetable, "now", lambda: datetime(2026, 10, 25, tzinfo=UTC))
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=3")))
    with filled.write_session() as session:
        row = {"participant_id": 1, "occurrence_id": 1, "status": AttendanceStatus.NOT_REGISTERED}
        session.add(Attendance(**row))
        session.commit()
    taken(filled, tmp_path, calendar(event(uid="u2"), more="X-INTRO-GROUP:norsk-a2"))
    assert [(row.uid, row.status) for row in rows(filled, Occurrence)] == [
        ("u1", "planned"), ("u1", "cancelled"), ("u1", "cancelled"), ("u2", "planned"),
    ]  # fmt: skip
    assert len(rows(filled, Attendance)) == 1
    taken(filled, tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=3")))
    assert [row.status for row in rows(filled, Occurrence) if row.uid == "u1"] == ["planned"] * 3


def test_a_calendar_that_names_a_group_and_holds_nothing_empties_it(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetable, "now", lambda: datetime(2026, 10, 1, tzinfo=UTC))
    taken(filled, tmp_path, calendar(event()))
    taken(filled, tmp_path, calendar(more="X-INTRO-GROUP:norsk-a2"))
    assert [row.status for row in rows(filled, Occurrence)] == ["cancelled"]


def test_a_timetable_taken_again_changes_nothing(filled: Store, tmp_path: Path) -> None:
    content = calendar(event("RRULE:FREQ=WEEKLY;COUNT=3"), event("STATUS:CANCELLED", uid="u2"))
    taken(filled, tmp_path, content)
    before = dump(filled)
    taken(filled, tmp_path, content)
    assert dump(filled) == before


@pytest.mark.parametrize(
    ("lines", "start", "told"),
    [
        ([], ";TZID=Mars/Base:20261019T083000", "0.ics:4: DTSTART: found time zone Mars/Base, expected a zone"),
        ([], ":20261319T083000", "0.ics:4: DTSTART: found Wrong datetime format: 20261319T083000"),
        (["DTEND;TZID=Europe/Oslo:20261019T083000"], None, "DTEND: found 2026-10-19 08:30:00+02:00 to"),
        (["DTEND;TZID=Europe/Oslo:20261021T083000"], None, "within 24 hours"),
        (["CATEGORIES:gym"], None, "0.ics:4: CATEGORIES: found no element, expected one of mapping,"),
        (["CATEGORIES:norwegian,meeting"], None, "CATEGORIES: found 'norwegian, meeting', expected one element"),
        (["X-INTRO-GROUP:x"], None, "0.ics:4: X-INTRO-GROUP: found 'x', expected the id of a group in a document"),
        (["X-INTRO-PARTICIPANT:x"], None, "0.ics:4: X-INTRO-PARTICIPANT: found 'x', expected the id of a participant"),
        (["X-INTRO-ROOM:1"], None, "0.ics:4: found neither, expected X-INTRO-GROUP or X-INTRO-PARTICIPANT"),
        (["RRULE:FREQ=SECONDLY"], None, "RRULE: found FREQ=SECONDLY, expected FREQ one of DAILY"),
        (["RRULE:FREQ=OFTEN"], None, "RRULE: found Expected frequency, got: OFTEN"),
        (["RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6"], None, "RRULE: found more than 5000 times"),
        (["RECURRENCE-ID;RANGE=THISANDFUTURE:20261019T063000Z"], None, "RECURRENCE-ID: found RANGE"),
        (["RECURRENCE-ID;VALUE=DATE:20261019"], None, "0.ics:4: RECURRENCE-ID: found 2026-10-19, expected a time"),
        (["DURATION:PT1H", "DURATION:PT2H"], None, "DURATION: found 2 values"),
        (["RRULE:FREQ=DAILY;COUNT=1", "RRULE:FREQ=DAILY;COUNT=2"], None, "RRULE: found several rules"),
        (["SEQUENCE:x"], None, "SEQUENCE: found"),
        (["EXDATE:x"], None, "EXDATE: found"),
        (["RDATE;VALUE=PERIOD:20261019T063000Z/PT1H"], None, "RDATE: found a period"),
        (["nonsense"], None, "expected a property as in RFC 5545"),
    ],
    ids=repr,
)
def test_what_is_wrong_is_told_with_its_line(
    filled: Store, tmp_path: Path, lines: list[str], start: str | None, told: str
) -> None:
    wrong = event(*lines, start=start or ";TZID=Europe/Oslo:20261019T083000")
    problems = refused(filled, tmp_path, calendar(wrong, event(uid="right")))
    assert any(told in problem for problem in problems), problems
    assert not any("neither" in problem for problem in problems) or "neither" in told


def test_every_wrong_event_is_told(filled: Store, tmp_path: Path) -> None:
    problems = refused(filled, tmp_path, calendar(*(event("CATEGORIES:gym", uid=f"u{n}") for n in range(450))))
    assert len(problems) == 450
    assert problems[-1].startswith(f"0.ics:{4 + 449 * 9}: ")


def test_an_owner_that_nobody_knows_is_told_where_it_is_first_named(filled: Store, tmp_path: Path) -> None:
    right, wrong = event(), [event("X-INTRO-PARTICIPANT:nobody", uid=uid) for uid in ("u2", "u3")]
    [problem] = refused(filled, tmp_path, calendar(right, *wrong))
    assert problem.startswith(f"0.ics:{4 + len(right.splitlines())}: X-INTRO-PARTICIPANT: found 'nobody'")
    [problem] = refused(filled, tmp_path, calendar(right, *wrong, more="X-INTRO-PARTICIPANT:nobody"))
    assert problem.startswith("0.ics:1: X-INTRO-PARTICIPANT: found 'nobody'")
    taken(filled, tmp_path, calendar(right, *(text.replace("nobody", "p-1001") for text in wrong)))


def test_a_wrong_duration_is_told_once(filled: Store, tmp_path: Path) -> None:
    [problem] = refused(filled, tmp_path, calendar(event("DURATION:3 hours")))
    assert problem.startswith("0.ics:4: DURATION: found ")
    taken(filled, tmp_path, calendar(event("DURATION:PT3H")))


def test_a_byte_that_is_no_text_is_told_with_its_line(filled: Store, tmp_path: Path) -> None:
    right = calendar(event("LOCATION:Skolen"))
    wrong = tmp_path / "wrong.ics"
    wrong.write_bytes(right.encode().replace(b"Skolen", b"\xe5"))
    [problem] = importer.take(filled, [wrong]).problems
    line = right[: right.index("Skolen")].count("\n") + 1
    assert str(problem) == f"{wrong}:{line}: found byte 0xe5, expected UTF-8"
    taken(filled, tmp_path, right)


def test_the_same_uid_twice_is_told(filled: Store, tmp_path: Path) -> None:
    [problem] = refused(filled, tmp_path, calendar(event(), event()))
    assert "UID: found 'u1', expected a UID that is not also on line 4" in problem


@pytest.mark.parametrize(
    "content", ["BEGIN:VCALENDAR\r\n", calendar(event()).replace("END:VCALENDAR\r\n", ""), "BEGIN:X"]
)
def test_a_file_that_is_cut_short_is_refused(filled: Store, tmp_path: Path, content: str) -> None:
    assert refused(filled, tmp_path, content)


def test_whose_calendar_it_is(filled: Store, tmp_path: Path) -> None:
    other = example()
    other["municipality"]["org_number"] = "310000027"
    taken(filled, tmp_path, other)
    [problem] = refused(filled, tmp_path, calendar(event()))
    assert "found 2 municipalities, expected --municipality, or X-INTRO-MUNICIPALITY" in problem
    taken(filled, tmp_path, calendar(event()), municipality="310000027")
    taken(filled, tmp_path, calendar(event(), more=f"X-INTRO-MUNICIPALITY:{ORG}"))
    assert [row.municipality_id for row in rows(filled, Occurrence)] == [2, 1]
    [problem] = refused(filled, tmp_path, calendar(event(), more="X-INTRO-MUNICIPALITY:123"))
    assert "found '123', expected the organisation number" in problem
