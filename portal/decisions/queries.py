"""What the page of one decision reads beside the decision itself: the payments that rest on it."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from portal.tables.allowance import Payment, PaymentStatus


class Payout(NamedTuple):
    """A payment that rests on a decision. `before_tax` in øre."""

    month: str
    status: PaymentStatus
    due_on: date
    before_tax: int


_PAYMENTS = (
    select(*(col(getattr(Payment, name)) for name in Payout._fields))
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
