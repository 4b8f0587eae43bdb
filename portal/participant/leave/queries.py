"""What the pages of leave read: one request with its events and decision."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import Session, col

from portal.casework.snapshot import Shown, read
from portal.casework.submission import MESSAGE, SHOWN
from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.store.prepared import Prepared
from portal.tables.allowance import Payment, PaymentStatus
from portal.tables.decision import Decision
from portal.tables.leave import LeaveEvent, LeaveEventKind, LeaveRequest, RequestForm, RequestStatus
from portal.tables.rows import labelled


class RequestRow(NamedTuple):
    """A request as it was sent and as it stands; `decision` is the public id of its decision where there is one.

    `shown` is what stood before sending; None where that was not kept.
    """

    id: int
    public_id: str
    number: str
    form: RequestForm
    kind: LeaveKind
    reason: WelfareReason | None
    first_day: date
    last_day: date
    hours: Decimal | None
    message: str | None
    status: RequestStatus
    sent_at: datetime
    granted_from: date | None
    granted_to: date | None
    granted_hours: Decimal | None
    granted_start: time | None
    granted_end: time | None
    language: str
    seen: dict[str, Any]
    version: int
    shown: Shown | None
    fetched_at: datetime | None
    decision: str | None


class RequestEventRow(NamedTuple):
    """One event of a request."""

    seq: int
    kind: LeaveEventKind
    actor: str
    at: datetime
    params: dict[str, Any]


_ME: BindParameter[int] = bindparam("participant_id")
_THIS: BindParameter[str] = bindparam("public_id")
_REQUEST = Prepared(
    select(*labelled(RequestRow, LeaveRequest, decision=Decision.public_id))
    .outerjoin(Decision, col(Decision.id) == col(LeaveRequest.decision_id))
    .where(col(LeaveRequest.public_id) == _THIS, col(LeaveRequest.participant_id) == _ME),
    RequestRow,
)
_EVENTS = Prepared(
    select(*labelled(RequestEventRow, LeaveEvent))
    .where(col(LeaveEvent.request_id) == bindparam("request_id"))
    .order_by(col(LeaveEvent.seq).desc()),
    RequestEventRow,
)
_DUE = select(col(Payment.month), col(Payment.due_on)).where(
    col(Payment.participant_id) == _ME, col(Payment.status) == PaymentStatus.PLANNED
)


def due_days(session: Session, participant_id: int) -> dict[str, date]:
    """When the payments that are registered are due, by month (`2026-10`)."""
    return {row.month: row.due_on for row in session.execute(_DUE, {"participant_id": participant_id})}


def sent(session: Session, participant_id: int, public_id: str) -> RequestRow | None:
    """The participant's own request; None for anybody else's."""
    found = next(iter(_REQUEST.rows(session, participant_id=participant_id, public_id=public_id)), None)
    if found is None:
        return None
    vault = session.info["vault"]
    message = vault.open(found.message, MESSAGE, public_id) if found.message else None
    return found._replace(
        message=message, shown=read(vault.open(found.shown, SHOWN, public_id)) if found.shown else None
    )


def events(session: Session, request_id: int) -> list[RequestEventRow]:
    """What has happened to a request that the caller has found to be the participant's own, newest first."""
    return _EVENTS.rows(session, request_id=request_id)
