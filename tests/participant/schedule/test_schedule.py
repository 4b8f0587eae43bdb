"""The timetable as a participant reads it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.casework.day_picture import DayPicture, Said
from portal.casework.days import Lesson
from portal.clock import OSLO
from portal.i18n import translator_of
from portal.law.vocabulary import LeaveKind
from portal.participant.schedule.view import Week, day_of, monday_of, week
from portal.tables.leave import RequestForm, RequestStatus
from portal.tables.plan import ElementCode
from portal.tables.schedule import OccurrenceStatus
from portal.web.agenda import lesson_row
from tests.strict import StrictClient

TODAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 25, 7, tzinfo=OSLO)


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
    assert ("I dag" in page) == (clock.today().weekday() < 5)
    assert clock.today().weekday() > 4 or f"{clock.today():%d.%m.}" in page


@pytest.mark.parametrize("week", ["0001-01", "9999-52", "9999-53"])
def test_the_ends_of_the_calendar_do_not_fail(signed_in: Callable[..., StrictClient], week: str) -> None:
    assert signed_in("amal").get(f"/timeplan?uke={week}").status_code == 200


@pytest.mark.parametrize(
    ("name", "day"),
    [("2026-12-02", date(2026, 12, 2)), (None, None), ("", None), ("nonsense", None), ("0001-01-01", None)],
)
def test_a_day_by_its_name(name: str | None, day: date | None) -> None:
    assert day_of(name, TODAY) == day


LESSON = Lesson(
    1, MONDAY, datetime(2026, 11, 23, 8, tzinfo=OSLO), datetime(2026, 11, 23, 11, tzinfo=OSLO), ElementCode.NORWEGIAN,
    "Norsk B1", "Skolen", "204", OccurrenceStatus.PLANNED, None, None,
)  # fmt: skip
KNOWN: dict[str, Any] = {
    "form": RequestForm.APPLICATION, "kind": LeaveKind.OWN_ILLNESS, "status": RequestStatus.SENT,
    "first_day": MONDAY, "last_day": MONDAY, "is_fetched": True,
}  # fmt: skip
ASKED = Said(**dict.fromkeys(Said._fields) | KNOWN)


def a_week(*changed: DayPicture, asked: date | None = None) -> Week:
    """This week without lessons, but for the days that are given."""
    given = {picture.day: picture for picture in changed}
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    row = partial(lesson_row, translator=translator_of("nb"), now=NOW, hide_place=False)
    return week([given.get(day) or DayPicture(day, (), None, False, ()) for day in days], row, NOW, asked)


def test_today_is_whole_and_the_others_are_rows() -> None:
    shown = a_week(DayPicture(MONDAY, (LESSON,), None, False, ()))
    assert (shown.chosen.day, shown.chosen.today) == (TODAY, True)
    assert [row.day.day for row in shown.others] == [day.day for day in shown.days if day.day != TODAY]
    assert len(shown.days) == 5


def test_the_day_that_is_asked_for_is_whole() -> None:
    assert a_week(asked=MONDAY + timedelta(days=6)).chosen.day == MONDAY + timedelta(days=6), "though it is free"
    assert a_week(asked=MONDAY).chosen.day == MONDAY


def test_days_of_one_break_share_a_row() -> None:
    free = [DayPicture(MONDAY + timedelta(days=number), (), "Høstferie", False, ()) for number in (0, 3, 4)]
    shown = a_week(*free)
    assert [(row.day.day, row.last) for row in shown.others] == [
        (MONDAY, MONDAY), (MONDAY + timedelta(days=1),) * 2, (MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)),
    ]  # fmt: skip
    lesson = LESSON._replace(day=MONDAY + timedelta(days=4))
    apart = a_week(*free[:2], DayPicture(lesson.day, (lesson,), "Høstferie", False, ()))
    assert len(apart.others) == 4, "a day with a lesson stands for itself"


@pytest.mark.parametrize(
    ("picture", "icon"),
    [
        (DayPicture(MONDAY, (LESSON,), None, False, ()), None),
        (DayPicture(MONDAY, (), "Ferie", False, ()), "sun"),
        (DayPicture(MONDAY, (LESSON._replace(moved_from=LESSON.ends_at),), None, False, ()), "moved"),
        (DayPicture(MONDAY, (LESSON._replace(status=OccurrenceStatus.CANCELLED),), None, False, ()), "cancelled"),
        (DayPicture(MONDAY, (LESSON,), None, False, (ASKED,)), "bed"),
    ],
    ids=["lesson", "break", "moved", "cancelled", "asked"],
)
def test_a_chip_has_one_picture(picture: DayPicture, icon: str | None) -> None:
    assert a_week(picture, asked=MONDAY).chosen.picture == icon


@pytest.mark.one_database
def test_a_chip_leads_to_its_day(signed_in: Callable[..., StrictClient]) -> None:
    client = signed_in("amal")
    monday = clock.today() - timedelta(days=clock.today().weekday())
    for day in (monday, monday + timedelta(days=4)):
        page = client.get(f"/timeplan?dag={day}").text
        assert page.count(f'href="/timeplan?dag={day}" aria-current="true"') == 1
        assert f"{day:%d.%m.}" in page.split("<h2>")[1].split("</h2>")[0]
