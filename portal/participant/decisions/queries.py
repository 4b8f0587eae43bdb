"""What the page of one decision reads beside the decision itself: the payments and the leave that rest on it."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from portal.law.vocabulary import LeaveKind
from portal.tables.allowance import Payment, PaymentStatus
from portal.tables.leave import LeaveRequest
from portal.tables.rows import labelled


class Payout(NamedTuple):
    """A payment that rests on a decision. `before_tax` in øre."""

    month: str
    status: PaymentStatus
    due_on: date
    before_tax: int


class DecidedRequest(NamedTuple):
    """The days and hours asked for in the request that a decision answers, and those granted."""

    kind: LeaveKind
    first_day: date
    last_day: date
    hours: Decimal | None
    granted_from: date | None
    granted_to: date | None
    granted_hours: Decimal | None
    granted_start: time | None
    granted_end: time | None


_GRANT = select(*labelled(DecidedRequest, LeaveRequest)).where(
    col(LeaveRequest.participant_id) == bindparam("participant_id"),
    col(LeaveRequest.decision_id) == bindparam("decision_id"),
)
_PAYMENTS = (
    select(*labelled(Payout, Payment))
    .where(
        col(Payment.participant_id) == bindparam("participant_id"),
        col(Payment.decision_id) == bindparam("decision_id"),
    )
    .order_by(col(Payment.due_on))
)


def payments(session: Session, participant_id: int, decision_id: int) -> list[Payout]:
    """The payments that rest on a decision that the caller has found to be the participant's own, oldest first."""
    values = {"participant_id": participant_id, "decision_id": decision_id}
    return [Payout._make(row) for row in session.execute(_PAYMENTS, values)]


def grant(session: Session, participant_id: int, decision_id: int) -> DecidedRequest | None:
    """What the decision grants of the request that it answers now; None where it answers none, or was changed."""
    row = session.execute(_GRANT, {"participant_id": participant_id, "decision_id": decision_id}).first()
    return DecidedRequest._make(row) if row else None
