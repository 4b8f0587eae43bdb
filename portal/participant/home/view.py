"""What the home page prints, made once in Python so that the template only writes it down."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from markupsafe import Markup

from portal.casework.day_picture import Said, away_on
from portal.casework.days import Lesson
from portal.clock import local
from portal.i18n import Translator, bilingual
from portal.i18n import format as formats
from portal.i18n.payments import payment_status
from portal.i18n.terms import StatusLabel
from portal.participant.home.now import Away, Over
from portal.participant.home.queries import Fact, Found, NextPayment
from portal.participant.home.waiting import OnItsWay, Waiting, on_its_way, short_day, waiting
from portal.tables.allowance import PaymentStatus
from portal.tables.schedule import OccurrenceStatus
from portal.web.agenda import DayNote, LessonRow, day_note, lesson_row

MOST_ROWS = 2


class NextLesson(NamedTuple):
    """The lesson that is on now or comes next. `minutes` only when it begins within two hours."""

    row: LessonRow
    day: date
    today: bool
    now: bool
    minutes: int | None


class AgendaRow(NamedTuple):
    """Another lesson; `day` only where it is neither today nor `tomorrow`, `away` where nobody is expected at it."""

    row: LessonRow
    day: Markup | None
    tomorrow: bool
    away: DayNote | None


class PaymentLine(NamedTuple):
    """The next payment in one line: its sum or what became of it, and whole sentences of why."""

    heading: Markup
    fact: Markup | str
    due_on: Markup
    status: StatusLabel
    deducted: int
    is_nothing: bool


class Home(NamedTuple):
    """The home page. `next` has a card of its own, unless something takes today; `notes`: what was said of its day."""

    today: date
    over: Over | None
    away: Away | None
    next: NextLesson | None
    notes: list[DayNote]
    taken_back: bool
    rows: list[AgendaRow]
    waiting: Waiting | None
    on_its_way: OnItsWay | None
    payment: PaymentLine | None
    not_started: bool


def home(
    now: datetime,
    translator: Translator,
    *,
    lessons: Sequence[Lesson],
    said: Sequence[Said],
    found: Sequence[Found],
    payment: NextPayment | None,
    over: Over | None,
    away: Away | None,
    away_until: date,
    hide_place: bool,
    not_started: bool,
) -> Home:
    """The home page at `now`. `lessons` are those that are not over; nothing before the day after `away_until` is
    expected, and `said` tells what else takes a day.
    """
    today = local(now).date()
    to_come = [lesson for lesson in lessons if lesson.day > away_until and not (away and lesson.day == today)]
    first = next((each for each in to_come if _is_expected(each, said)), None)
    is_own_card = first is not None and (away is None or first.day == today)
    others = to_come if is_own_card or away is None else [first] if first else []
    rows = [lesson for lesson in others if not (is_own_card and lesson is first)][:MOST_ROWS]

    def row(lesson: Lesson) -> LessonRow:
        return lesson_row(lesson, translator, now, hide_place=hide_place)

    return Home(
        today=today,
        over=over,
        away=away,
        next=_next(first, row(first), now, today) if first and is_own_card else None,
        notes=[day_note(each) for each in said if first and is_own_card and each.covers(first.day)],
        taken_back=away is None and any(fact.kind is Fact.TAKEN_BACK for fact in found),
        rows=[_row(lesson, row(lesson), translator, today, said) for lesson in rows],
        waiting=waiting(found, today, over.shown if over else None),
        on_its_way=on_its_way(found, today),
        payment=_payment(payment, today) if payment else None,
        not_started=not_started,
    )


def _is_expected(lesson: Lesson, said: Sequence[Said]) -> bool:
    return lesson.status is not OccurrenceStatus.CANCELLED and away_on(lesson.day, said) is None


def _row(lesson: Lesson, row: LessonRow, translator: Translator, today: date, said: Sequence[Said]) -> AgendaRow:
    taken, ahead = away_on(lesson.day, said), (lesson.day - today).days
    day = translator.day(lesson.day) if ahead > 1 else None
    return AgendaRow(_moved_within_day(lesson, row), day, ahead == 1, day_note(taken) if taken else None)


def _payment(payment: NextPayment, today: date) -> PaymentLine:
    label = payment_status(payment.status, payment.before_tax, due_on=payment.due_on, paid_on=None, today=today)
    stopped = payment.status is PaymentStatus.STOPPED
    is_nothing = stopped or payment.before_tax == 0
    return PaymentLine(
        heading=bilingual("Utbetaling") if is_nothing else bilingual("Neste utbetaling"),
        fact=label.word if is_nothing else formats.kroner(payment.before_tax),
        due_on=short_day(payment.due_on, today),
        status=label,
        deducted=-payment.deducted,
        is_nothing=is_nothing,
    )


def _next(lesson: Lesson, row: LessonRow, now: datetime, today: date) -> NextLesson:
    wait = lesson.starts_at - now
    soon = timedelta(0) < wait <= timedelta(hours=2)
    return NextLesson(
        row=_moved_within_day(lesson, row),
        day=lesson.day,
        today=lesson.day == today,
        now=lesson.starts_at <= now,
        minutes=max(1, round(wait.total_seconds() / 60)) if soon else None,
    )


def _moved_within_day(lesson: Lesson, row: LessonRow) -> LessonRow:
    """The row, whose time before says no day where that is the same."""
    before = lesson.moved_from
    if before is None or local(before).date() != lesson.day:
        return row
    return row._replace(moved_from=formats.clock(formats.wall_clock(before)))
