"""Parental leave that covers all of a day (IF §§ 15, 16), granted or registered: programme and allowance wait."""

from datetime import date

from sqlalchemy import BindParameter, ScalarSelect, bindparam, func, select, union_all
from sqlmodel import col

from portal.law.vocabulary import LeaveKind
from portal.store.prepared import one_of
from portal.tables.absence import Absence, AbsenceValidity
from portal.tables.leave import GRANTED, LeaveRequest

KINDS = tuple(kind for kind in LeaveKind if kind.law.is_parental)
_ME: BindParameter[int] = bindparam("participant_id")
_TODAY: BindParameter[date] = bindparam("today")
_FIRST = func.coalesce(col(LeaveRequest.granted_from), col(LeaveRequest.first_day))
_LAST = func.coalesce(col(LeaveRequest.granted_to), col(LeaveRequest.last_day))
_SPELLS = union_all(
    select(_LAST.label("last_day")).where(
        col(LeaveRequest.participant_id) == _ME,
        one_of(col(LeaveRequest.kind), KINDS),
        one_of(col(LeaveRequest.status), GRANTED),
        col(LeaveRequest.granted_hours).is_(None),
        _FIRST <= _TODAY,
        _LAST >= _TODAY,
    ),
    select(col(Absence.last_day)).where(
        col(Absence.participant_id) == _ME,
        one_of(col(Absence.kind), KINDS),
        col(Absence.verdict) != AbsenceValidity.INVALID,
        col(Absence.hours).is_(None),
        col(Absence.first_day) <= _TODAY,
        col(Absence.last_day) >= _TODAY,
    ),
).subquery()

#: The last day of parental leave that covers `today`, for `participant_id`; a column of other statements.
UNTIL: ScalarSelect[date] = select(func.max(_SPELLS.c.last_day)).scalar_subquery()
