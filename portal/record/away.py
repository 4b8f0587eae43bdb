"""Parental leave that covers a day (IF §§ 15, 16): programme and allowance wait meanwhile."""

from datetime import date

from sqlalchemy import BindParameter, ScalarSelect, bindparam, func, select
from sqlmodel import col

from portal.law.vocabulary import LeaveKind
from portal.tables.leave import LeaveRequest, RequestStatus

KINDS = (LeaveKind.PARENTAL, LeaveKind.ADOPTION)
_ME: BindParameter[int] = bindparam("participant_id")
_TODAY: BindParameter[date] = bindparam("today")
_FIRST = func.coalesce(col(LeaveRequest.granted_from), col(LeaveRequest.first_day))
_LAST = func.coalesce(col(LeaveRequest.granted_to), col(LeaveRequest.last_day))

#: The last day of granted parental leave that covers `today`, for `participant_id`; a column of other statements.
UNTIL: ScalarSelect[date] = (
    select(func.max(_LAST))
    .where(
        col(LeaveRequest.participant_id) == _ME,
        col(LeaveRequest.kind).in_(KINDS),
        col(LeaveRequest.status).in_((RequestStatus.GRANTED, RequestStatus.PARTLY_GRANTED)),
        _FIRST <= _TODAY,
        _LAST >= _TODAY,
    )
    .scalar_subquery()
)
