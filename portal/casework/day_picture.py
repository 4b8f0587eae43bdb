"""One picture of a participant's days: what is on the timetable, and what was said of the day.

Home and the timetable read it, so that no two pages can disagree about a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import Session, col

from portal.casework import extents
from portal.casework.days import Break, Lesson, breaks, lessons
from portal.law.calendar import days, days_off
from portal.law.extent import Extent, Share
from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.store.prepared import Prepared
from portal.tables.leave import GRANTED, LeaveRequest, RequestForm, RequestStatus
from portal.tables.rows import labelled


class DayState(StrEnum):
    """What somebody said of a day came to."""

    TOLD = "told"
    ASKED = "asked"
    GRANTED = "granted"


class Said(NamedTuple):
    """What the participant said of some days, and what was answered."""

    public_id: str
    form: RequestForm
    kind: LeaveKind
    reason: WelfareReason | None
    status: RequestStatus
    sent_at: datetime
    first_day: date
    last_day: date
    hours: Decimal | None
    granted_from: date | None
    granted_to: date | None
    granted_hours: Decimal | None
    granted_start: time | None
    granted_end: time | None
    is_fetched: bool

    @property
    def state(self) -> DayState:
        """Told, asked for, or granted."""
        if self.status in GRANTED:
            return DayState.GRANTED
        return DayState.TOLD if self.form is RequestForm.REPORT else DayState.ASKED

    @property
    def asked(self) -> Extent:
        """How much was told of or asked for."""
        return extents.asked(self)

    @property
    def extent(self) -> Extent:
        """How much holds: what was granted, else what was said."""
        return extents.granted(self) or self.asked

    def covers(self, day: date) -> bool:
        """Whether it is about that day."""
        return self.extent.first_day <= day <= self.extent.last_day

    @property
    def takes_the_day(self) -> bool:
        """Whether nobody is expected on its days: told or granted, whole days."""
        return self.state is not DayState.ASKED and self.extent.share is Share.DAYS


@dataclass(frozen=True, slots=True)
class DayPicture:
    """One day: `is_day_off` by law (IF § 17), `school_break` the name of a break, `said` newest first."""

    day: date
    lessons: tuple[Lesson, ...]
    school_break: str | None
    is_day_off: bool
    said: tuple[Said, ...]


_OVER = (RequestStatus.REFUSED, RequestStatus.WITHDRAWN)
_FROM = func.coalesce(col(LeaveRequest.granted_from), col(LeaveRequest.first_day))
_TO = func.coalesce(col(LeaveRequest.granted_to), col(LeaveRequest.last_day))
_SAID = Prepared(
    select(
        *labelled(
            Said,
            LeaveRequest,
            is_fetched=or_(col(LeaveRequest.fetched_at).is_not(None), col(LeaveRequest.status) != RequestStatus.SENT),
        )
    )
    .where(
        col(LeaveRequest.participant_id) == bindparam("participant_id"),
        *(col(LeaveRequest.status) != status for status in _OVER),
        bindparam("last") >= _FROM,
        bindparam("first") <= _TO,
    )
    .order_by(col(LeaveRequest.sent_at).desc(), col(LeaveRequest.id).desc()),
    Said,
)


def said_of(session: Session, participant_id: int, first: date, last: date) -> list[Said]:
    """What holds of the days from `first` to `last`, newest first: neither refused nor withdrawn."""
    return _SAID.rows(session, participant_id=participant_id, first=first, last=last)


def picture(day: date, day_lessons: Iterable[Lesson], day_breaks: Iterable[Break], said: Iterable[Said]) -> DayPicture:
    """The picture of one day, out of what is known of it and of others."""
    return DayPicture(
        day=day,
        lessons=tuple(lesson for lesson in day_lessons if lesson.day == day),
        school_break=next((each.name for each in day_breaks if each.first_day <= day <= each.last_day), None),
        is_day_off=day in days_off(day.year),
        said=tuple(each for each in said if each.covers(day)),
    )


def pictures(session: Session, participant_id: int, first: date, last: date) -> Sequence[DayPicture]:
    """Each day from `first` to `last`."""
    found = lessons(session, participant_id, first, last)
    without = breaks(session, participant_id, first, last)
    said = said_of(session, participant_id, first, last)
    return [picture(day, found, without, said) for day in days(first, last)]


def away_on(day: date, said: Iterable[Said]) -> Said | None:
    """What takes the whole day; None where one is expected."""
    return next((each for each in said if each.takes_the_day and each.covers(day)), None)


def expected_from(day: date, said: Sequence[Said]) -> date:
    """The first day from `day` on that nothing takes."""
    while away_on(day, said):
        day += timedelta(days=1)
    return day
