"""The timetable as a participant reads it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.participant.schedule.view import monday_of
from tests.strict import StrictClient

TODAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2026-48", MONDAY), ("2026-53", date(2026, 12, 28)), ("2025-53", MONDAY), (None, MONDAY), ("", MONDAY),
        ("nonsense", MONDAY), ("2026-48-1", MONDAY), ("99999-1", MONDAY), ("2026-0", MONDAY), ("-1--1", MONDAY),
    ],
)  # fmt: skip
def test_a_week_by_its_name(name: str | None, monday: date) -> None:
    assert monday_of(name, TODAY) == monday


@given(st.text(max_size=20))
def test_any_name_gives_a_monday(name: str) -> None:
    assert monday_of(name, TODAY).weekday() == 0


def test_this_week_is_shown_with_today_marked(signed_in: Callable[..., StrictClient]) -> None:
    page = signed_in("amal").get("/timeplan").get_data(as_text=True)
    assert f"{clock.today():%d.%m.}" in page
    assert ("I dag" in page) == (clock.today().weekday() < 5)


@pytest.mark.parametrize("week", ["0001-01", "9999-52", "9999-53"])
def test_the_ends_of_the_calendar_do_not_fail(signed_in: Callable[..., StrictClient], week: str) -> None:
    assert signed_in("amal").get(f"/timeplan?uke={week}").status_code == 200
