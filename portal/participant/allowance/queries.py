"""What the pages of the allowance read: payments and their lines, all of one participant."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, exists, not_, or_, select
from sqlmodel import Session, col

from portal.casework.read_marks import mark_of
from portal.store.prepared import Prepared, one_of
from portal.tables.absence import Absence, RegisteredBy
from portal.tables.allowance import Payment, PaymentChange, PaymentLine, PaymentLineKind, PaymentStatus
from portal.tables.people import ReadMarker, ReadSubject
from portal.tables.rows import labelled

#: What the participant still waits for, or waits for in vain.
COMING = (PaymentStatus.PLANNED, PaymentStatus.STOPPED)


class Paid(NamedTuple):
    """One payment, planned or made; `decision_id` is the decision that it rests on. `before_tax` in øre. `changed`: it
    was another one when it was paid.
    """

    id: int
    month: str
    status: PaymentStatus
    due_on: date
    paid_on: date | None
    before_tax: int
    decision_id: int | None
    changed: bool = False


class PaymentLineRow(NamedTuple):
    """One line of a payment in øre; `absence` is the public id of the absence that it came from, with who wrote it
    down and when.
    """

    payment_id: int
    kind: PaymentLineKind
    amount: int
    hours: Decimal | None
    days: int | None
    first_day: date | None
    last_day: date | None
    corrects_month: str | None
    absence: str | None
    registered_by: RegisteredBy | None = None
    registered_at: datetime | None = None
    absence_id: int | None = None


class PaymentChangeRow(NamedTuple):
    """What a paid payment was before the municipality changed it; `lines` as they stood. `read`: the participant said
    that the change was read.
    """

    id: int
    read: bool
    payment_id: int
    changed_at: datetime
    before_tax: int
    lines: tuple[PaymentLineRow, ...]


_ME: BindParameter[int] = bindparam("participant_id")
_PAYMENTS = (
    select(*labelled(Paid, Payment, changed=exists().where(col(PaymentChange.payment_id) == col(Payment.id))))
    .where(col(Payment.participant_id) == _ME)
    .order_by(col(Payment.due_on).desc(), col(Payment.id).desc())
)
_SINCE: BindParameter[date] = bindparam("since")
_LATELY = or_(col(Payment.due_on) >= _SINCE, one_of(col(Payment.status), COMING))
_ALL_PAYMENTS = Prepared(_PAYMENTS, Paid)
_PAYMENTS_LATELY = Prepared(_PAYMENTS.where(_LATELY), Paid)
_EARLIER_PAYMENTS = select(exists().where(col(Payment.participant_id) == _ME, not_(_LATELY)))
_LINES = (
    select(
        *labelled(
            PaymentLineRow,
            PaymentLine,
            absence=Absence.public_id,
            registered_by=Absence.registered_by,
            registered_at=Absence.registered_at,
            absence_id=Absence.id,
        )
    )
    .join(Payment, col(Payment.id) == col(PaymentLine.payment_id))
    .outerjoin(Absence, and_(col(Absence.id) == col(PaymentLine.absence_id), col(Absence.participant_id) == _ME))
    .where(col(Payment.participant_id) == _ME, col(Payment.id).in_(bindparam("payment_ids", expanding=True)))
    .order_by(col(PaymentLine.payment_id), col(PaymentLine.position))
)


_CHANGES = Prepared(
    select(*labelled(PaymentChangeRow, PaymentChange, read=col(ReadMarker.id).is_not(None)))
    .join(Payment, col(Payment.id) == col(PaymentChange.payment_id))
    .outerjoin(ReadMarker, mark_of(ReadSubject.PAYMENT, PaymentChange.id))
    .where(col(Payment.participant_id) == _ME)
    .order_by(col(PaymentChange.id).desc()),
    PaymentChangeRow,
)


def changes(session: Session, participant_id: int) -> list[PaymentChangeRow]:
    """What paid payments were before they were changed, the latest change first."""
    return [
        row._replace(lines=tuple(_line(row.payment_id, line) for line in row.lines))
        for row in _CHANGES.rows(session, participant_id=participant_id)
    ]


def _line(payment_id: int, said: Any) -> PaymentLineRow:
    """A line as it was written down (JSON)."""
    first, last = (said[name] and date.fromisoformat(said[name]) for name in ("first_day", "last_day"))
    hours = None if said["hours"] is None else Decimal(said["hours"])
    kind = PaymentLineKind(said["kind"])
    return PaymentLineRow(
        payment_id, kind, said["amount"], hours, said["days"], first, last, said["corrects_month"], None
    )


def payments(session: Session, participant_id: int) -> list[Paid]:
    """Every payment, the latest day first."""
    return _ALL_PAYMENTS.rows(session, participant_id=participant_id)


def payments_lately(session: Session, participant_id: int, since: date) -> list[Paid]:
    """Those since a day and those that did not come yet, the latest day first."""
    return _PAYMENTS_LATELY.rows(session, participant_id=participant_id, since=since)


def has_earlier_payments(session: Session, participant_id: int, since: date) -> bool:
    """Whether there are any others."""
    values = {"participant_id": participant_id, "since": since}
    return bool(session.execute(_EARLIER_PAYMENTS, values).scalar_one())


def lines(session: Session, participant_id: int, payment_ids: list[int]) -> list[PaymentLineRow]:
    """The lines of these payments, in the order they are shown."""
    values = {"participant_id": participant_id, "payment_ids": payment_ids}
    return [PaymentLineRow._make(row) for row in session.execute(_LINES, values)] if payment_ids else []
