"""What the home page prints, made once in Python so that the template only writes it down."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from markupsafe import Markup

from portal.casework.day_picture import Said, away_on
from portal.casework.days import Lesson
from portal.clock import local
from portal.i18n import Translator
from portal.law.appeal import is_in_time
from portal.participant.home.queries import NextPayment, Task, WaitingFacts
from portal.tables.people import EndReason
from portal.web.agenda import DayNote, LessonRow, day_note, lesson_row

MOST_DECISIONS = 1  # more are one line


class NextLesson(NamedTuple):
    """The lesson that is on now or comes next. `minutes` only when it begins within two hours."""

    row: LessonRow
    day: date
    today: bool
    now: bool
    minutes: int | None


class UpcomingLesson(NamedTuple):
    """A lesson after the next one; `day` only where it is not today, `away` where nobody is expected at it."""

    row: LessonRow
    day: Markup | None
    away: DayNote | None


class Stop(NamedTuple):
    """The decision that stopped the programme; `last_day` to appeal while there is time."""

    ref: str
    last_day: date | None


class Home(NamedTuple):
    """The home page. `away`: what takes today; `notes`: what was said of the day of the next lesson."""

    today: date
    week: int
    next: NextLesson | None
    later: list[UpcomingLesson]
    away: DayNote | None
    notes: list[DayNote]
    tasks: list[Task]
    payment: NextPayment | None
    ended: EndReason | None
    stop: Stop | None
    not_started: bool


def home(
    now: datetime,
    translator: Translator,
    *,
    lessons: Sequence[Lesson],
    said: Sequence[Said],
    tasks: list[Task],
    payment: NextPayment | None,
    hide_place: bool,
    start: date | None,
    ended: EndReason | None,
) -> Home:
    """The home page at `now`. One is expected at the first of the next `lessons`; `said` is of the days that come."""
    today = local(now).date()
    stop = _stop(tasks, today) if ended is EndReason.STOPPED else None
    first = lessons[0] if lessons else None
    return Home(
        today=today,
        week=today.isocalendar().week,
        next=_next(first, lesson_row(first, translator, now, hide_place=hide_place), now, today) if first else None,
        later=[
            UpcomingLesson(
                lesson_row(lesson, translator, now, hide_place=hide_place),
                None if lesson.day == today else translator.day(lesson.day),
                _note(away_on(lesson.day, said)),
            )
            for lesson in lessons[1:]
        ],
        away=_note(away_on(today, said)),
        notes=[day_note(each) for each in said if first and each.covers(first.day)],
        tasks=_listed(tasks, stop, today),
        payment=payment,
        ended=ended,
        stop=stop,
        not_started=start is None or start > today,
    )


def _note(said: Said | None) -> DayNote | None:
    return day_note(said) if said else None


def _stop(tasks: Sequence[Task], today: date) -> Stop | None:
    """The newest decision that stopped the programme."""
    stops = [task for task in tasks if task.kind is WaitingFacts.STOP]
    newest = max(stops, key=lambda task: task.first_day or date.min, default=None)
    return Stop(newest.ref, _still(newest.deadline, today)) if newest else None


def _listed(tasks: Sequence[Task], stop: Stop | None, today: date) -> list[Task]:
    """What waits, but for the stop that the page begins with. A stop that is read waits as long as one may appeal, and
    many unread decisions are one thing.
    """
    unread = {task.ref for task in tasks if task.kind is WaitingFacts.DECISION}
    shown = []
    for task in tasks:
        if task.kind is WaitingFacts.STOP and (task.ref in unread or _still(task.deadline, today) is None):
            continue
        if stop and task.ref == stop.ref:
            continue
        is_stop = task.kind is WaitingFacts.STOP
        kind = WaitingFacts.DECISION if is_stop else task.kind
        shown.append(task._replace(kind=kind, deadline=_due(task, today)))
    return _together(shown)


def _due(task: Task, today: date) -> date | None:
    """The deadline of a task; that of an appeal only while there is time."""
    appeals = task.kind in (WaitingFacts.DECISION, WaitingFacts.LEAVE_DECISION, WaitingFacts.STOP)
    return _still(task.deadline, today) if appeals else task.deadline


def _still(deadline: date | None, today: date) -> date | None:
    return deadline if deadline is not None and is_in_time(today, deadline) else None


def _together(tasks: list[Task]) -> list[Task]:
    found = [task for task in tasks if task.kind is WaitingFacts.DECISION]
    if len(found) <= MOST_DECISIONS:
        return tasks
    deadline = min((task.deadline for task in found if task.deadline), default=None)
    rest = [task for task in tasks if task.kind is not WaitingFacts.DECISION]
    return [Task(WaitingFacts.DECISIONS, str(len(found)), None, None, deadline), *rest]


def _next(lesson: Lesson, row: LessonRow, now: datetime, today: date) -> NextLesson:
    wait = lesson.starts_at - now
    soon = timedelta(0) < wait <= timedelta(hours=2)
    return NextLesson(
        row=row,
        day=lesson.day,
        today=lesson.day == today,
        now=lesson.starts_at <= now,
        minutes=max(1, round(wait.total_seconds() / 60)) if soon else None,
    )
