"""Calendars as other programs write them: rare rules, time zones with an end, events of whole days."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.exchange.problems import Report
from portal.exchange.timetable import storing as timetable
from portal.store.db import Store
from portal.tables.schedule import Occurrence
from tests.exchange.files import refused, rows, taken
from tests.exchange.test_timetable import WINDOWS_ZONE, calendar, event, starts

pytestmark = pytest.mark.one_database

SKOLEN = ";TZID=Skolens tid:20261019T083000"


@pytest.fixture
def known(with_example: Store) -> Store:
    """A store that knows the group of the events."""
    return with_example


def zone(*lines: str, without_clocks: bool = False) -> str:
    """The time zone of the school with further lines."""
    first, name, *clocks = WINDOWS_ZONE.splitlines()
    return "\n".join([first, name, *lines, *(clocks[-1:] if without_clocks else clocks)])


@pytest.mark.parametrize(
    "lines",
    [["TZID-ALIAS-OF:Europe/Oslo"], ["TZID-ALIAS-OF:Europe", " /Oslo", "TZURL:http://localhost/zone"], ["X-LIC:1"], []],
    ids=str,
)
def test_an_alias_of_a_time_zone_is_passed_over(known: Store, tmp_path: Path, lines: list[str]) -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=2"
    taken(known, tmp_path, calendar(event(rule, start=SKOLEN), more=zone(*lines)))
    assert starts(known) == ["2026-10-19 08:30", "2026-10-26 08:30"]


def test_a_time_zone_that_ends_is_refused_as_such(known: Store, tmp_path: Path) -> None:
    ended = zone("TZUNTIL:20270101T000000Z")
    (told,) = refused(known, tmp_path, calendar(event(start=SKOLEN), more=ended))
    assert told.startswith("0.ics:4: TZUNTIL: found time zone Skolens tid that ends, expected one without end")
    taken(known, tmp_path, calendar(event(), more=ended.replace("Skolens tid", "Europe/Oslo")))


def test_a_time_zone_without_clocks_is_refused_as_such(known: Store, tmp_path: Path) -> None:
    bare = zone("TZID-ALIAS-OF:Europe/Oslo", without_clocks=True)
    assert refused(known, tmp_path, calendar(event(start=SKOLEN), more=bare)) == [
        "0.ics:4: found time zone Skolens tid that cannot be read, expected STANDARD and DAYLIGHT as in RFC 5545"
    ]


def test_a_time_zone_of_strange_rules_is_refused_where_it_is_used(known: Store, tmp_path: Path) -> None:
    strange = zone().replace("BYDAY=-1SU", "BYDAY=99SU")
    for times in (event(start=SKOLEN), event("RDATE" + SKOLEN), event("RRULE:FREQ=DAILY;COUNT=2", "EXDATE" + SKOLEN)):
        (told,) = refused(known, tmp_path, calendar(times, more=strange))
        assert "found a time zone whose rules cannot be followed, expected STANDARD and DAYLIGHT" in told
    taken(known, tmp_path, calendar(event(), more=strange))


def test_two_files_may_mean_different_clocks_by_one_name(known: Store, tmp_path: Path) -> None:
    taken(known, tmp_path, calendar(event(start=SKOLEN), more=zone()))
    moscow = zone().replace("+0200", "+0300").replace("+0100", "+0300")
    taken(known, tmp_path, calendar(event(start=SKOLEN), more=moscow))
    assert starts(known) == ["2026-10-19 07:30"]


def test_an_event_of_a_whole_day_is_left_out_with_a_note(known: Store, tmp_path: Path) -> None:
    day = "BEGIN:VEVENT\nUID:day\nDTSTART;VALUE=DATE:20261019\nSUMMARY:Ferie\nEND:VEVENT"
    report = taken(known, tmp_path, calendar(day, event()))
    assert [str(notice).removeprefix(f"{tmp_path}/") for notice in report.notices] == [
        "0.ics: events of whole days are left out; days without school belong in the document (line 4)"
    ]
    assert [row.uid for row in rows(known, Occurrence)] == ["u1"]


NUMBERS = st.integers(-400, 400)
PARTS = {
    "INTERVAL": st.integers(-1, 500),
    "COUNT": st.integers(-1, 200),
    "UNTIL": st.sampled_from(["20270101", "20270101T000000Z", "20270101T000000", "00010101", "99991231T235959Z"]),
    "BYDAY": st.builds("{}{}".format, st.one_of(st.just(""), NUMBERS), st.sampled_from(["MO", "TU", "SU", "XX"])),
    "BYMONTHDAY": NUMBERS,
    "BYYEARDAY": NUMBERS,
    "BYWEEKNO": NUMBERS,
    "BYMONTH": st.integers(-1, 14),
    "BYSETPOS": NUMBERS,
    "BYHOUR": st.integers(-1, 25),
    "BYEASTER": NUMBERS,
    "WKST": st.sampled_from(["MO", "SU", "ZZ", "1MO"]),
}
RULES = st.tuples(
    st.sampled_from(["WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "NEVER"]),
    st.lists(st.sampled_from(sorted(PARTS)), max_size=2, unique=True).flatmap(
        lambda names: st.tuples(*(st.tuples(st.just(name), PARTS[name]) for name in names))
    ),
).map(lambda rule: ";".join([f"FREQ={rule[0]}", *(f"{name}={value}" for name, value in rule[1])]))


@given(rule=RULES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_rule_ends_in_anything_but_occurrences_or_a_problem_of_its_line(tmp_path: Path, rule: str) -> None:
    path, report = tmp_path / "rule.ics", Report()
    path.write_bytes(calendar(event(f"RRULE:{rule}")).encode())
    found = timetable.timetable(path, report, lambda _number: None)
    assert found is not None
    assert all(problem.line == 4 for problem in report.problems)
    assert not report.problems or not any(found.owners.values())
