"""A lesson and what was said of its day, as a page prints them."""

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from portal.casework.day_picture import DayState, Said
from portal.casework.days import Lesson
from portal.clock import local
from portal.i18n import Translator, bilingual
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n.extents import granted, summary
from portal.i18n.terms import named
from portal.tables.schedule import AttendanceStatus, OccurrenceStatus


class LessonRow(NamedTuple):
    """What a template prints of one lesson. `place` is Norwegian text, `place_hidden` whether more of it is known than
    is shown; `moved_from` a day and time.
    """

    time: Markup
    starts: Markup
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


def lesson_row(lesson: Lesson, translator: Translator, now: datetime, *, hide_place: bool) -> LessonRow:
    """`lesson` in the reader's language, as seen at `now`. Whose address is protected sees the room, not the place."""
    starts, ends = formats.wall_clock(lesson.starts_at), formats.wall_clock(lesson.ends_at)
    place = ", ".join(part for part in ("" if hide_place else lesson.place, lesson.room) if part)
    return LessonRow(
        time=formats.clock_span(starts, ends),
        starts=formats.clock(starts),
        title=named(lesson.code, lesson.title),
        place=formats.norwegian(place) if place else None,
        place_hidden=hide_place and bool(lesson.place),
        cancelled=lesson.status is OccurrenceStatus.CANCELLED,
        moved_from=_moment(lesson.moved_from, translator) if lesson.moved_from else None,
        attendance=lesson.attendance,
        over=lesson.ends_at <= now,
    )


def _moment(moment: datetime, translator: Translator) -> Markup:
    return translator.day(local(moment).date()) + Markup(" ") + formats.clock(formats.wall_clock(moment))
