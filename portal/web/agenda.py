"""A lesson and what was said of its day, as a page prints them."""

from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup

from portal.casework.day_picture import DayState, Said
from portal.casework.days import Lesson
from portal.clock import local
from portal.i18n import Translator, bilingual
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n.extents import granted, how_much, summary
from portal.i18n.format import clock_span
from portal.i18n.terms import leave_picture, named
from portal.law.extent import Extent
from portal.tables.schedule import AttendanceStatus, OccurrenceStatus


class LessonRow(NamedTuple):
    """What a template prints of one lesson. `place` is Norwegian text, `place_hidden` whether more of it is known than
    is shown; `moved_from` the time it had, with its day where that is another one.
    """

    time: Markup
    starts: Markup
    ends: Markup
    title: Markup
    place: Markup | None
    place_hidden: bool
    cancelled: bool
    moved_from: Markup | None
    attendance: AttendanceStatus | None
    over: bool


class DayNote(NamedTuple):
    """What a template prints of what was said of a day; `kind` is the colour of its `word`."""

    ref: str
    kind: str
    word: str
    lines: tuple[Markup, ...]
    is_fetched: bool


class DaySign(NamedTuple):
    """What was said of a day, in a label: its colour, its picture and its words."""

    kind: str
    picture: str
    words: Markup


def day_note(said: Said) -> DayNote:
    """What was told, asked for or granted, and how much of which days."""
    match said.state:
        case DayState.GRANTED:
            kind, word, lines = "ok", bilingual("Permisjon"), granted(said.extent, said.asked)
        case DayState.TOLD:
            told = _("Du har sagt fra: %(days)s", days=summary(said.extent))
            kind, word, lines = "ok", bilingual("Du har sagt fra"), (told,)
        case DayState.ASKED:
            kind, word, lines = "wait", bilingual("Venter på svar"), (summary(said.extent),)
    return DayNote(said.public_id, kind, word, lines, said.is_fetched or said.state is not DayState.TOLD)


def day_sign(said: Said) -> DaySign:
    """The same in a word or two: what holds of the day, and the picture of its kind."""
    picture = leave_picture(said.kind)
    match said.state:
        case DayState.TOLD:
            return DaySign("ok", picture, _("Du har sagt fra"))
        case DayState.ASKED:
            return DaySign("wait", picture, _("Venter på svar"))
        case DayState.GRANTED:
            return DaySign("ok", picture, _granted_sign(said.extent))


def _granted_sign(extent: Extent) -> Markup:
    much = clock_span(extent.starts, extent.ends) if extent.starts and extent.ends else how_much(extent)
    return _("Permisjon") if much is None else _("Fri %(when)s", when=much)


def lesson_row(lesson: Lesson, translator: Translator, now: datetime, *, hide_place: bool) -> LessonRow:
    """`lesson` in the reader's language, as seen at `now`. Whose address is protected sees the room, not the place."""
    starts, ends = formats.wall_clock(lesson.starts_at), formats.wall_clock(lesson.ends_at)
    place = ", ".join(part for part in ("" if hide_place else lesson.place, lesson.room) if part)
    return LessonRow(
        time=formats.clock_span(starts, ends),
        starts=formats.clock(starts),
        ends=formats.clock(ends),
        title=named(lesson.code, lesson.title),
        place=formats.norwegian(place) if place else None,
        place_hidden=hide_place and bool(lesson.place),
        cancelled=lesson.status is OccurrenceStatus.CANCELLED,
        moved_from=_moved_from(lesson.moved_from, lesson.day, translator) if lesson.moved_from else None,
        attendance=lesson.attendance,
        over=lesson.ends_at <= now,
    )


def _moved_from(moment: datetime, to: date, translator: Translator) -> Markup:
    """The clock time it had, with the day where that is another one."""
    day, clock = local(moment).date(), formats.clock(formats.wall_clock(moment))
    return clock if day == to else translator.day(day) + Markup(" ") + clock
