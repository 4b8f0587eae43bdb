"""The days that one may choose among, as rows: three weeks of the participant's own timetable."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from portal.casework.day_picture import DayPicture
from portal.casework.days import Lesson
from portal.casework.facts import LegalFacts
from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.i18n.format import norwegian, number
from portal.i18n.terms import mentioned
from portal.law.calendar import SATURDAY, is_day_off
from portal.law.vocabulary import LeaveKind
from portal.tables.plan import ElementCode
from portal.tables.schedule import OccurrenceStatus
from portal.web.agenda import DayNote, day_note

WEEK = timedelta(days=7)
WEEKS = 3


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day, or several that are off together: `value` is the day as a form sends it, None where it cannot be chosen;
    `about` its lessons or why there are none; `notes` what was said of it before.
    """

    label: Markup
    about: Markup
    value: str | None = None
    chosen: bool = False
    notes: tuple[DayNote, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekRows:
    """A week of rows."""

    heading: Markup
    rows: tuple[DayRow, ...]


def window(today: date, *, begins_before: bool) -> tuple[date, date]:
    """The first and the last day of the rows: the rest of this week and the next two, or, for what may be told of
    afterwards, the week before and the next one.
    """
    monday = today - timedelta(days=today.weekday())
    first = monday - WEEK if begins_before else today
    return first, (monday if not begins_before else monday - WEEK) + WEEKS * WEEK - timedelta(days=1)


def open_days(pictures: Sequence[DayPicture], record: LegalFacts, kind: LeaveKind) -> list[date]:
    """The days that can be chosen: with lessons, or working days of a week whose timetable is not known yet."""
    known = {_monday(each.day) for each in pictures if each.lessons}
    return [each.day for each in pictures if _is_open(each, record, kind, is_known=_monday(each.day) in known)]


def weeks(
    pictures: Sequence[DayPicture], offered: Collection[date], chosen: Collection[date], record: LegalFacts, today: date
) -> list[WeekRows]:
    """The rows week by week; a break of several weeks stands in the first of them."""
    named: set[str] = set()
    found = []
    for monday, days in groupby(pictures, key=lambda each: _monday(each.day)):
        shown = list(days)
        rows = tuple(_rows(shown, offered, chosen, record, named))
        is_over = shown[-1].day < today and not any(each.day in offered for each in shown)
        if rows and not is_over:
            found.append(WeekRows(_heading(monday, today), rows))
    return found


def _is_open(picture: DayPicture, record: LegalFacts, kind: LeaveKind, *, is_known: bool) -> bool:
    if _taking_place(picture):
        return True
    if is_known and not picture.school_break:
        return False
    counts = not is_day_off(picture.day) and not record.breaks.frees(kind, picture.day)
    return counts and record.participant.takes_part_on(picture.day)


def _rows(
    pictures: Sequence[DayPicture],
    offered: Collection[date],
    chosen: Collection[date],
    record: LegalFacts,
    named: set[str],
) -> Iterator[DayRow]:
    shown = [each for each in pictures if each.day.weekday() < SATURDAY or each.day in offered]
    for closed, group in groupby(shown, key=lambda each: None if each.day in offered else _why_closed(each)):
        days = list(group)
        if closed is None:
            yield from (_open_row(each, each.day in chosen) for each in days)
        elif days[0].school_break is None:
            yield DayRow(_label(days[0].day, days[-1].day), closed)
        elif days[0].school_break not in named:
            named.add(days[0].school_break)
            yield DayRow(_label(*_break(days[0], record)), closed)


def _open_row(picture: DayPicture, chosen: bool) -> DayRow:
    lessons = dict.fromkeys(_short(each) for each in _taking_place(picture))
    about = Markup(", ").join(lessons)
    if not lessons and picture.school_break:
        about = _why_closed(picture)
    notes = tuple(day_note(said) for said in picture.said)
    return DayRow(translator().day(picture.day), about, picture.day.isoformat(), chosen, notes)


def _short(lesson: Lesson) -> Markup:
    """What a lesson is, without the municipality's own title: the rows are many."""
    return mentioned(lesson.code, lesson.title if lesson.code is ElementCode.OTHER else "")


def _why_closed(picture: DayPicture) -> Markup:
    if picture.school_break:
        return _("Ingen skole: %(name)s", name=norwegian(picture.school_break))
    if is_day_off(picture.day):
        return bilingual("Fridag")
    return bilingual("Avlyst") if picture.lessons else _("Ingen timer.")


def _break(picture: DayPicture, record: LegalFacts) -> tuple[date, date]:
    """The first and the last day of the break that a day lies in."""
    spans = [each for each in record.school_breaks if each.first_day <= picture.day <= each.last_day]
    return (spans[0].first_day, spans[0].last_day) if spans else (picture.day, picture.day)


def _taking_place(picture: DayPicture) -> list[Lesson]:
    return [each for each in picture.lessons if each.status is not OccurrenceStatus.CANCELLED]


def _label(first: date, last: date) -> Markup:
    shown = translator().day
    return shown(first) if first == last else shown(first) + Markup(" – ") + shown(last)


def _heading(monday: date, today: date) -> Markup:
    match (monday - _monday(today)).days:
        case -7:
            return _("Forrige uke")
        case 0:
            return _("Denne uka")
        case 7:
            return _("Neste uke")
        case _:
            return _("Uke %(week)s", week=number(monday.isocalendar().week))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
