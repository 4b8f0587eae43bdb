"""What the home page prints, made once in Python so that the template only writes it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from portal.clock import local
from portal.home.queries import NextPayment, Task
from portal.i18n import Words
from portal.record.days import Lesson
from portal.web.agenda import LessonRow, lesson_row


@dataclass(frozen=True, slots=True)
class Next:
    """The lesson that is on now or comes next. `minutes` only when it begins within two hours."""

    row: LessonRow
    day: date
    today: bool
    now: bool
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Later:
    """A lesson after the next one; `day` only where it is not today."""

    row: LessonRow
    day: Markup | None


@dataclass(frozen=True, slots=True)
class Home:
    """The home page."""

    today: date
    week: int
    next: Next | None
    later: list[Later]
    tasks: list[Task]
    payment: NextPayment | None
    ended: bool
    not_started: bool


def home(
    now: datetime,
    words: Words,
    *,
    lessons: Sequence[Lesson],
    tasks: list[Task],
    payment: NextPayment | None,
    hide_place: bool,
    start: date | None,
    ended_on: date | None,
) -> Home:
    """The home page at `now`; `lessons` are the next ones that take place."""
    today = local(now).date()
    first = lessons[0] if lessons else None
    return Home(
        today=today,
        week=today.isocalendar().week,
        next=_next(first, now, words, hide_place) if first else None,
        later=[_later(lesson, now, words, hide_place) for lesson in lessons[1:]],
        tasks=tasks,
        payment=payment,
        ended=ended_on is not None and ended_on <= today,
        not_started=start is None or start > today,
    )


def _next(lesson: Lesson, now: datetime, words: Words, hide_place: bool) -> Next:
    wait = lesson.starts_at - now
    soon = timedelta(0) < wait <= timedelta(hours=2)
    return Next(
        row=lesson_row(lesson, words, now, hide_place=hide_place),
        day=lesson.day,
        today=lesson.day == local(now).date(),
        now=lesson.starts_at <= now,
        minutes=max(1, round(wait.total_seconds() / 60)) if soon else None,
    )


def _later(lesson: Lesson, now: datetime, words: Words, hide_place: bool) -> Later:
    return Later(
        lesson_row(lesson, words, now, hide_place=hide_place),
        None if lesson.day == local(now).date() else words.day(lesson.day),
    )
