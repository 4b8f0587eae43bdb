"""What hangs on absences: the payment lines they caused, and how they were corrected."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Date,
    DateTime,
    Executable,
    Integer,
    String,
    bindparam,
    cast,
    null,
    select,
    union_all,
)
from sqlmodel import Session, col

from portal.tables.absence import Absence, AbsenceCorrection, AbsenceVerdict
from portal.tables.allowance import Payment, PaymentLine
from portal.tables.people import Adviser, Municipality, Participant


class Trace(NamedTuple):
    """A payment line that an absence caused (`amount` in øre, and the payment's month and day), or a correction."""

    absence_id: int
    amount: int | None
    month: str | None
    due_on: date | None
    corrected_at: datetime | None


class Correction(NamedTuple):
    """A change of what was registered."""

    corrected_at: datetime
    corrected_by: str
    verdict_before: AbsenceVerdict
    verdict_after: AbsenceVerdict
    hours_before: Decimal | None
    hours_after: Decimal | None


class Contact(NamedTuple):
    """Whom to call."""

    office: str
    phone: str
    adviser: str | None
    adviser_phone: str | None


_ME: BindParameter[int] = bindparam("participant_id")
_TRACES: Executable = union_all(
    select(
        col(PaymentLine.absence_id),
        col(PaymentLine.amount),
        col(Payment.month),
        col(Payment.due_on),
        cast(null(), DateTime(timezone=True)),
    )
    .join(Payment, col(Payment.id) == col(PaymentLine.payment_id))
    .where(col(Payment.participant_id) == _ME, col(PaymentLine.absence_id).is_not(None)),
    select(
        col(AbsenceCorrection.absence_id),
        cast(null(), Integer),
        cast(null(), String),
        cast(null(), Date),
        col(AbsenceCorrection.corrected_at),
    )
    .join(Absence, col(Absence.id) == col(AbsenceCorrection.absence_id))
    .where(col(Absence.participant_id) == _ME),
)
_CORRECTIONS = (
    select(*(col(getattr(AbsenceCorrection, name)) for name in Correction._fields))
    .join(Absence, col(Absence.id) == col(AbsenceCorrection.absence_id))
    .where(col(Absence.participant_id) == _ME, col(Absence.id) == bindparam("absence_id"))
    .order_by(col(AbsenceCorrection.corrected_at).desc(), col(AbsenceCorrection.id).desc())
)
_CONTACT = (
    select(col(Municipality.office), col(Municipality.phone), col(Adviser.name), col(Adviser.phone))
    .join(Participant, col(Participant.municipality_id) == col(Municipality.id))
    .outerjoin(Adviser, col(Adviser.id) == col(Participant.adviser_id))
    .where(col(Participant.id) == _ME)
)


def traces(session: Session, participant_id: int) -> dict[int, list[Trace]]:
    """Payment lines and corrections of all the participant's absences, by absence."""
    found: dict[int, list[Trace]] = {}
    for row in session.execute(_TRACES, {"participant_id": participant_id}):
        found.setdefault(row[0], []).append(Trace._make(row))
    return found


def corrections(session: Session, participant_id: int, absence_id: int) -> list[Correction]:
    """How one absence was corrected, newest first."""
    rows = session.execute(_CORRECTIONS, {"participant_id": participant_id, "absence_id": absence_id})
    return [Correction._make(row) for row in rows]


def contact(session: Session, participant_id: int) -> Contact:
    """Whom this participant calls."""
    return Contact._make(session.execute(_CONTACT, {"participant_id": participant_id}).one())
