"""A week as a list of days: lessons, days off, weeks without school."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.casework.day_picture import DayPicture
from portal.casework.days import Lesson
from portal.clock import local
from portal.web.agenda import DayNote, LessonRow, day_note

DAYS_IN_WEEK = 7
WORKING_DAYS = 5
YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `off` by law (IF § 17), `without_school` the name of a break, `notes` what was said of it."""

    day: date
    today: bool
    past: bool
    off: bool
    without_school: str | None
    rows: list[LessonRow]
    notes: list[DayNote]


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


def week(pictures: Sequence[DayPicture], row: Callable[[Lesson], LessonRow], now: datetime) -> Week:
    """The week of these seven days from a Monday on; `row` prints a lesson."""
    today = local(now).date()
    monday, sunday = pictures[0].day, pictures[-1].day
    days = [_day(picture, row, today) for picture in pictures]
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


def _day(picture: DayPicture, row: Callable[[Lesson], LessonRow], today: date) -> Day:
    return Day(
        day=picture.day,
        today=picture.day == today,
        past=picture.day < today,
        off=picture.is_day_off,
        without_school=picture.school_break,
        rows=[row(lesson) for lesson in picture.lessons],
        notes=[day_note(said) for said in picture.said],
    )


def _name(monday: date) -> str:
    year, number, _weekday = monday.isocalendar()
    return f"{year}-{number:02}"
