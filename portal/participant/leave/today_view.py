"""Today, as who is ill today sees it: the lessons, why there are none, and whether to call as well."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from portal.casework.day_picture import pictures
from portal.clock import local
from portal.i18n import translator
from portal.law.vocabulary import LeaveKind
from portal.participant.leave.choices import Occasion
from portal.request_state import request_state
from portal.tables.schedule import OccurrenceStatus
from portal.web.agenda import LessonRow, lesson_row

SOON = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Today:
    """`rows` are the lessons that take place; `is_off` and `without_school` say why there are none; `has_nothing`
    whether none are known of, though the week has some; `is_soon` whether the next begins within the hour; `child`
    whether it is a child that is ill.
    """

    day: date
    rows: list[LessonRow]
    is_off: bool
    without_school: str | None
    has_nothing: bool
    is_soon: bool
    child: bool


def of_today(session: Session, participant_id: int, now: datetime, what: Occasion) -> Today:
    """The day of `now`, from the one picture of a day."""
    day, person = local(now).date(), request_state().person
    monday = day - timedelta(days=day.weekday())
    week = pictures(session, participant_id, monday, monday + timedelta(days=6))
    found = week[day.weekday()]
    lessons = [lesson for lesson in found.lessons if lesson.status is not OccurrenceStatus.CANCELLED]
    hide_place = person is not None and person.protected_address
    return Today(
        day=day,
        rows=[lesson_row(lesson, translator(), now, hide_place=hide_place) for lesson in lessons],
        is_off=found.is_day_off,
        without_school=found.school_break,
        has_nothing=not lessons and (found.school_break is not None or any(each.lessons for each in week)),
        is_soon=any(timedelta(0) <= lesson.starts_at - now < SOON for lesson in lessons),
        child=what.choice.kind is LeaveKind.CHILD_ILLNESS,
    )
