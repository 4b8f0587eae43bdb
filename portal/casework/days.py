"""The participant's own days: occurrences of their groups and of themselves, with what is registered."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, or_, select, union_all
from sqlmodel import Session, col

from portal.store.prepared import Prepared
from portal.tables.people import Membership, Participant
from portal.tables.plan import ElementCode
from portal.tables.rows import labelled
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus, SchoolBreak


class Lesson(NamedTuple):
    """One occurrence as its participant sees it; `attendance` is None where nothing is registered."""

    id: int
    day: date
    starts_at: datetime
    ends_at: datetime
    code: ElementCode
    title: str
    place: str
    room: str
    status: OccurrenceStatus
    moved_from: datetime | None
    attendance: AttendanceStatus | None


class Break(NamedTuple):
    """Days without school."""

    name: str
    first_day: date
    last_day: date


_ME: BindParameter[int] = bindparam("participant_id")
_FIRST: BindParameter[date] = bindparam("first")
_LAST: BindParameter[date] = bindparam("last")
_MEMBER_THAT_DAY = and_(
    col(Membership.participant_id) == _ME,
    or_(col(Membership.first_day).is_(None), col(Membership.first_day) <= col(Occurrence.day)),
    or_(col(Membership.last_day).is_(None), col(Membership.last_day) >= col(Occurrence.day)),
)
_OF_LESSON = [col(getattr(Occurrence, name)) for name in Lesson._fields if name != "attendance"]
_OF_GROUPS = (
    select(*_OF_LESSON)
    .join(Membership, col(Membership.group_id) == col(Occurrence.group_id))
    .where(_MEMBER_THAT_DAY, col(Occurrence.day).between(_FIRST, _LAST))
)
_OF_MINE = select(*_OF_LESSON).where(col(Occurrence.participant_id) == _ME, col(Occurrence.day).between(_FIRST, _LAST))
_OCCURRENCES = union_all(_OF_GROUPS, _OF_MINE).subquery()
_LESSONS = (
    select(*labelled(Lesson, **dict(_OCCURRENCES.c.items()), attendance=Attendance.status))
    .outerjoin(
        Attendance, and_(col(Attendance.occurrence_id) == _OCCURRENCES.c.id, col(Attendance.participant_id) == _ME)
    )
    .order_by(_OCCURRENCES.c.starts_at, _OCCURRENCES.c.id)
)
_ALL_LESSONS = Prepared(_LESSONS, Lesson)
_COMING = Prepared(_LESSONS.where(_OCCURRENCES.c.ends_at > bindparam("now")), Lesson)
_BREAKS = Prepared(
    select(*labelled(Break, SchoolBreak))
    .join(Participant, col(Participant.municipality_id) == col(SchoolBreak.municipality_id))
    .outerjoin(
        Membership,
        and_(col(Membership.group_id) == col(SchoolBreak.group_id), col(Membership.participant_id) == _ME),
    )
    .where(
        col(Participant.id) == _ME,
        col(SchoolBreak.first_day) <= _LAST,
        col(SchoolBreak.last_day) >= _FIRST,
        or_(col(SchoolBreak.group_id).is_(None), col(Membership.id).is_not(None)),
    )
    .order_by(col(SchoolBreak.first_day)),
    Break,
)


def lessons(session: Session, participant_id: int, first: date, last: date) -> list[Lesson]:
    """Everything on the participant's timetable from `first` to `last`, cancelled lessons too, in order of time."""
    return _ALL_LESSONS.rows(session, participant_id=participant_id, first=first, last=last)


def coming(session: Session, participant_id: int, now: datetime, first: date, last: date) -> list[Lesson]:
    """The lessons from `first` to `last` that are not over at `now`, cancelled ones too, in order of time."""
    return _COMING.rows(session, participant_id=participant_id, first=first, last=last, now=now)


def breaks(session: Session, participant_id: int, first: date, last: date) -> list[Break]:
    """Days without school that touch the days from `first` to `last`."""
    return _BREAKS.rows(session, participant_id=participant_id, first=first, last=last)
