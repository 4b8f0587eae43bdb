"""What the home page prints, made once in Python so that the template only writes it down."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from markupsafe import Markup

from portal.clock import local
from portal.home.queries import AWAY, NextPayment, Task
from portal.i18n import Words
from portal.record.days import Lesson
from portal.web.agenda import LessonRow, lesson_row


class Next(NamedTuple):
    """The lesson that is on now or comes next. `minutes` only when it begins within two hours."""

    row: LessonRow
    day: date
    today: bool
    now: bool
    minutes: int | None


class Later(NamedTuple):
    """A lesson after the next one; `day` only where it is not today."""

    row: LessonRow
    day: Markup | None


class Home(NamedTuple):
    """The home page. `away`: what is said already of the day of the next lesson, or of today where there is none."""

    today: date
    week: int
    next: Next | None
    later: list[Later]
    away: Task | None
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
        next=_next(first, lesson_row(first, words, now, hide_place=hide_place), now, today) if first else None,
        later=[
            Later(
                lesson_row(lesson, words, now, hide_place=hide_place),
                None if lesson.day == today else words.day(lesson.day),
            )
            for lesson in lessons[1:]
        ],
        away=_away(tasks, first.day if first else today),
        tasks=[task for task in tasks if task.kind not in AWAY],
        payment=payment,
        ended=ended_on is not None and ended_on <= today,
        not_started=start is None or start > today,
    )


def _away(tasks: Sequence[Task], day: date) -> Task | None:
    said = (task for task in tasks if task.kind in AWAY and task.first_day and task.last_day)
    return next((task for task in said if task.first_day <= day <= task.last_day), None)  # type: ignore[operator]  # days, both


def _next(lesson: Lesson, row: LessonRow, now: datetime, today: date) -> Next:
    wait = lesson.starts_at - now
    soon = timedelta(0) < wait <= timedelta(hours=2)
    return Next(
        row=row,
        day=lesson.day,
        today=lesson.day == today,
        now=lesson.starts_at <= now,
        minutes=max(1, round(wait.total_seconds() / 60)) if soon else None,
    )
