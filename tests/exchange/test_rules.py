"""Rules of series: each broken one is told with its reason, and beside it stands the right one, which is followed."""

import time
from pathlib import Path

import pytest

from portal.exchange.problems import Report
from portal.exchange.timetable import storing as timetable
from tests.exchange.test_timetable import WINDOWS_ZONE, calendar, event

TABLE = [
    ("COUNT=0", "COUNT=1", "COUNT=0, expected COUNT from 1", 1),
    ("COUNT=-1", "COUNT=2", "COUNT=-1, expected COUNT from 1", 2),
    ("COUNT=1,2", "COUNT=2", "COUNT with 2 values, expected one value", 2),
    ("COUNT=2;COUNT=3", "COUNT=3", "COUNT 2 times, expected each part once", 3),
    ("COUNT", "COUNT=2;", "COUNT=, expected a value in each part", 2),
    ("COUNT=2=3", "COUNT=2", "COUNT=2=3, expected a value in each part", 2),
    ("COUNT=2;INTERVAL=0", "COUNT=2;INTERVAL=1", "INTERVAL=0, expected INTERVAL from 1", 2),
    ("COUNT=2;BYMONTH=13", "COUNT=2;BYMONTH=12", "BYMONTH=13, expected BYMONTH from 1 to 12", 2),
    ("COUNT=2;BYMONTH=5L", "COUNT=2;BYMONTH=5", "BYMONTH=5L, expected BYMONTH from 1 to 12", 2),
    ("BYMONTHDAY=32", "COUNT=2;BYMONTHDAY=31", "BYMONTHDAY=32, expected BYMONTHDAY from 1 to 31 or from -31 to -1", 2),
    ("BYMONTHDAY=0", "COUNT=2;BYMONTHDAY=-1", "BYMONTHDAY=0, expected BYMONTHDAY from 1 to 31 or from -31 to -1", 2),
    ("BYYEARDAY=367", "COUNT=2;BYYEARDAY=1", "BYYEARDAY=367, expected BYYEARDAY from 1 to 366 or", 2),
    ("BYWEEKNO=54", "COUNT=2;BYWEEKNO=53,-1", "BYWEEKNO=54, expected BYWEEKNO from 1 to 53 or", 2),
    ("BYDAY=MO;BYSETPOS=0", "COUNT=2;BYDAY=MO;BYSETPOS=1", "BYSETPOS=0, expected BYSETPOS from 1 to 366 or", 2),
    ("BYHOUR=24", "COUNT=2;BYHOUR=23", "BYHOUR=24, expected BYHOUR from 0 to 23", 2),
    ("BYMINUTE=60", "COUNT=2;BYMINUTE=59", "BYMINUTE=60, expected BYMINUTE from 0 to 59", 2),
    ("BYSECOND=60", "COUNT=2;BYSECOND=59", "BYSECOND=60, expected BYSECOND from 0 to 59", 2),
    ("BYDAY=1MO", "COUNT=2;BYDAY=MO", "BYDAY=1MO, expected a number before a weekday only in a month or a year", 2),
    ("FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;COUNT=2;BYDAY=-1MO", "BYDAY=0MO, expected at most 5 of a weekday", 2),
    ("FREQ=MONTHLY;BYDAY=99MO", "FREQ=MONTHLY;COUNT=2;BYDAY=5MO", "BYDAY=99MO, expected at most 5 of", 2),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=-6TU", "FREQ=YEARLY;BYMONTH=3;BYDAY=-5TU", "BYDAY=-6TU, expected at most 5 of", 1),
    ("FREQ=YEARLY;BYDAY=54MO", "FREQ=YEARLY;BYDAY=52MO", "BYDAY=54MO, expected at most 53 of a weekday", 3),
    ("COUNT=2;WKST=1MO", "COUNT=2;WKST=MO", "WKST=1MO, expected a day of the week", 2),
    ("COUNT=2;BYEASTER=1", "COUNT=2", "BYEASTER, expected only FREQ, UNTIL, COUNT, INTERVAL", 2),
    ("FREQ=HOURLY;COUNT=2", "FREQ=DAILY;COUNT=2", "FREQ=HOURLY, expected FREQ one of DAILY, WEEKLY, MONTHLY", 2),
    ("FREQ=", "FREQ=daily;COUNT=2", "Expected frequency, got", 2),
    ("UNTIL=PT1H", "UNTIL=20261026", "UNTIL=1:00:00, expected a day or a time", 2),
    ("UNTIL=20261018", "UNTIL=20261019", "no day from 2026-10-19 to 2026-10-18, expected a rule that meets one", 1),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "no day from 2026-10-19 to", 1),
    ("BYMONTH=2;BYMONTHDAY=30", "BYMONTH=2;BYMONTHDAY=28", "no day from 2026-10-19 to 2029-10-19", 3),
    ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=28", "no day from 2026-10-19", 3),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28", "no day from 2026-10-19", 3),
    ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "no day from 2026-10-19 to 2029-10-19", 157),
    ("FREQ=YEARLY;INTERVAL=9;BYMONTH=1", "FREQ=YEARLY;INTERVAL=2;BYMONTH=11", "no day from 2026-10-19 to", 2),
]  # fmt: skip


def read(folder: Path, *lines: str, more: str = "", start: str = "Europe/Oslo") -> tuple[int, list[str]]:
    """How many occurrences a series has, and what is told of it."""
    path, report = folder / "rule.ics", Report()
    path.write_bytes(calendar(event(*lines, start=f";TZID={start}:20261019T083000"), more=more).encode())
    found = timetable.timetable(path, report, lambda _number: None)
    number = 0 if found is None else sum(map(len, found.owners.values()))
    return number, [str(problem).removeprefix(f"{folder}/") for problem in report.problems]


def whole(rule: str) -> str:
    """A rule of weeks, where it does not say of what."""
    return f"RRULE:{rule if rule.startswith('FREQ') else f'FREQ=WEEKLY;{rule}'}"


@pytest.mark.parametrize(("broken", "right", "told", "number"), TABLE, ids=[row[0] for row in TABLE])
def test_a_broken_rule_is_told_and_the_right_one_followed(
    tmp_path: Path, broken: str, right: str, told: str, number: int
) -> None:
    begun = time.process_time()
    none, [problem] = read(tmp_path, whole(broken))
    assert (none, problem.startswith(f"rule.ics:4: RRULE: found {told}")) == (0, True), problem
    assert read(tmp_path, whole(right)) == (number, [])
    assert time.process_time() - begun < 2, "a day that never comes is not looked for until the year 9999"


def test_every_part_that_is_wrong_is_told_also_over_two_lines(tmp_path: Path) -> None:
    none, problems = read(tmp_path, "RRULE:FREQ=WEEKLY;COUNT=0;BYMO", " NTH=13", "EXRULE:FREQ=DAILY;COUNT=1")
    assert none == 0
    assert [problem.removeprefix("rule.ics:4: ") for problem in problems] == [
        "EXRULE: found a rule of exceptions, which RFC 5545 has no more, expected each exception in EXDATE",
        "RRULE: found COUNT=0, expected COUNT from 1",
        "RRULE: found BYMONTH=13, expected BYMONTH from 1 to 12",
    ]
    exception = "EXDATE;TZID=Europe/Oslo:20261026T083000"
    assert read(tmp_path, "RRULE:FREQ=WEEKLY;COUNT=3;BYMO", " NTH=10,11", exception) == (2, [])


def test_the_clock_of_a_time_zone_changes_by_the_year(tmp_path: Path) -> None:
    daily = WINDOWS_ZONE.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    none, [problem] = read(tmp_path, more=daily, start="Skolens tid")
    assert none == 0
    assert (
        problem
        == "rule.ics:4: RRULE: found time zone Skolens tid by FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30, expected FREQ=YEARLY"
    )
    assert read(tmp_path, more=WINDOWS_ZONE, start="Skolens tid") == (1, [])
