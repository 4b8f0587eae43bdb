"""A week: its days as chips, one day whole, and the others as rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.casework.day_picture import DayPicture, away_on
from portal.casework.days import Lesson
from portal.clock import local
from portal.web.agenda import DayNote, DaySign, LessonRow, day_note, day_sign

DAYS_IN_WEEK = 7
WORKING_DAYS = 5
YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `off` by law (IF § 17), `without_school` the name of a break, `notes` and `signs` what was said of it;
    `taken`: nobody is expected, whatever stands on the timetable.
    """

    day: date
    today: bool
    past: bool
    off: bool
    without_school: str | None
    taken: bool
    rows: list[LessonRow]
    notes: list[DayNote]
    signs: list[DaySign]

    @property
    def picture(self) -> str | None:
        """The one icon that tells of the day: what was said, what was changed, or that it is free."""
        if self.signs:
            return self.signs[0].picture
        if all(row.cancelled for row in self.rows):
            return "cancelled" if self.rows else "sun" if self.off or self.without_school else None
        return "moved" if any(row.moved_from for row in self.rows) else None


@dataclass(frozen=True, slots=True)
class Row:
    """Another day of the week, or the days of one break, which are one row to their `last`."""

    day: Day
    last: date


@dataclass(frozen=True, slots=True)
class Week:
    """A week and its neighbours, named as in the address (`2026-48`); `chosen` is the day shown whole."""

    number: int
    first: date
    last: date
    current: bool
    days: list[Day]
    chosen: Day
    others: list[Row]
    before: str
    after: str


def monday_of(name: str | None, today: date) -> date:
    """The Monday of the week named `2026-48`; this week's where the name is missing or means no week of these years."""
    try:
        year, number = (int(part) for part in (name or "").split("-"))
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        monday = date.min
    return monday if _is_shown(monday, today) else monday_before(today)


def day_of(name: str | None, today: date) -> date | None:
    """The day named `2026-12-02`; None where the name is missing or means no day of these years."""
    try:
        day = date.fromisoformat(name or "")
    except ValueError:
        return None
    return day if _is_shown(day, today) else None


def _is_shown(day: date, today: date) -> bool:
    return abs(day.year - today.year) <= YEARS_SHOWN


def monday_before(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def week(pictures: Sequence[DayPicture], row: Callable[[Lesson], LessonRow], now: datetime, asked: date | None) -> Week:
    """The week of these seven days from a Monday on, with the day that was asked for, today, or the first that has
    something; `row` prints a lesson.
    """
    today = local(now).date()
    monday, sunday = pictures[0].day, pictures[-1].day
    every = [_day(picture, row, today) for picture in pictures]
    days = [day for day in every if day.rows or day.notes or day.day.weekday() < WORKING_DAYS or day.day == asked]
    chosen = _chosen(days, asked or today)
    return Week(
        number=monday.isocalendar().week,
        first=monday,
        last=sunday,
        current=monday <= today <= sunday,
        days=days,
        chosen=chosen,
        others=_rows([day for day in days if day is not chosen]),
        before=_name(monday - timedelta(days=DAYS_IN_WEEK)),
        after=_name(monday + timedelta(days=DAYS_IN_WEEK)),
    )


def _chosen(days: Sequence[Day], wanted: date) -> Day:
    with_something = (day for day in days if day.rows or day.notes)
    return next((day for day in days if day.day == wanted), None) or next(with_something, days[0])


def _rows(days: Sequence[Day]) -> list[Row]:
    """A row for each day; days of one break, with nothing else on them, share one."""
    rows: list[Row] = []
    for day in days:
        if rows and _goes_on(rows[-1], day):
            rows[-1] = Row(rows[-1].day, day.day)
        else:
            rows.append(Row(day, day.day))
    return rows


def _goes_on(row: Row, day: Day) -> bool:
    empty = _is_empty_break(row.day) and _is_empty_break(day)
    return empty and row.day.without_school == day.without_school and row.last == day.day - timedelta(days=1)


def _is_empty_break(day: Day) -> bool:
    return bool(day.without_school) and not day.rows and not day.notes


def _day(picture: DayPicture, row: Callable[[Lesson], LessonRow], today: date) -> Day:
    return Day(
        day=picture.day,
        today=picture.day == today,
        past=picture.day < today,
        off=picture.is_day_off,
        without_school=picture.school_break,
        taken=away_on(picture.day, picture.said) is not None,
        rows=[row(lesson) for lesson in picture.lessons],
        notes=[day_note(said) for said in picture.said],
        signs=[day_sign(said) for said in picture.said],
    )


def _name(monday: date) -> str:
    year, number, _weekday = monday.isocalendar()
    return f"{year}-{number:02}"
