"""A week as a list of days: lessons, days off, weeks without school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.casework.days import Break
from portal.clock import local
from portal.law.calendar import days_off
from portal.web.agenda import LessonRow

DAYS_IN_WEEK = 7
WORKING_DAYS = 5
YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `off` is a day off by law (IF § 17), `without_school` the name of a break."""

    day: date
    today: bool
    past: bool
    off: bool
    without_school: str | None
    rows: list[LessonRow]


@dataclass(frozen=True, slots=True)
class Week:
    """A week and its neighbours, named as in the address (`2026-48`)."""

    number: int
    first: date
    last: date
    current: bool
    days: list[Day]
    name: str
    before: str
    after: str


def monday_of(name: str | None, today: date) -> date:
    """The Monday of the week named `2026-48`; this week's where the name is missing or means no week of these years."""
    try:
        year, number = (int(part) for part in (name or "").split("-"))
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        monday = date.min
    return monday if abs(monday.year - today.year) <= YEARS_SHOWN else today - timedelta(days=today.weekday())


def week(monday: date, rows: Sequence[tuple[date, LessonRow]], breaks: Sequence[Break], now: datetime) -> Week:
    """The week that begins on `monday`, from the rows of its lessons by day."""
    today = local(now).date()
    sunday = monday + timedelta(days=DAYS_IN_WEEK - 1)
    days = [_day(monday + timedelta(days=number), rows, breaks, today) for number in range(DAYS_IN_WEEK)]
    return Week(
        number=monday.isocalendar().week,
        first=monday,
        last=sunday,
        current=monday <= today <= sunday,
        days=[day for day in days if day.rows or day.day.weekday() < WORKING_DAYS],
        name=_name(monday),
        before=_name(monday - timedelta(days=DAYS_IN_WEEK)),
        after=_name(monday + timedelta(days=DAYS_IN_WEEK)),
    )


def _day(day: date, rows: Sequence[tuple[date, LessonRow]], breaks: Sequence[Break], today: date) -> Day:
    return Day(
        day=day,
        today=day == today,
        past=day < today,
        off=day in days_off(day.year),
        without_school=next((item.name for item in breaks if item.first_day <= day <= item.last_day), None),
        rows=[row for on, row in rows if on == day],
    )


def _name(monday: date) -> str:
    year, number, _weekday = monday.isocalendar()
    return f"{year}-{number:02}"
