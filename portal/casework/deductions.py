"""What became of the money that absences took: whether an absence was corrected since, and what was given back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, exists, or_, select
from sqlmodel import Session, col

from portal.store.prepared import Prepared
from portal.tables.absence import Absence, AbsenceCorrection, AbsenceValidity
from portal.tables.allowance import Payment, PaymentLine, PaymentLineKind, PaymentStatus
from portal.tables.rows import labelled


class DeductionPart(NamedTuple):
    """A line of a payment: the payment's month and day, and the amount in øre (negative: taken)."""

    month: str
    due_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Account:
    """What one absence took and what was given back. `corrected`: a deduction rests on what is registered no longer.
    `unclear`: something was given back for the month, and not said for which absence.
    """

    taken: tuple[DeductionPart, ...] = ()
    returned: tuple[DeductionPart, ...] = ()
    corrected: bool = False
    unclear: bool = False

    @property
    def total(self) -> int:
        """In øre; negative where less is given back than was taken."""
        return sum(part.amount for part in self.taken + self.returned)

    @property
    def stands(self) -> bool:
        """Whether the absence is corrected and nothing was given back yet."""
        return self.corrected and not self.returned and not self.unclear

    @property
    def open(self) -> bool:
        """Whether the absence is corrected and not all is given back."""
        return self.corrected and self.total < 0


class _Row(NamedTuple):
    absence_id: int | None
    kind: PaymentLineKind
    amount: int
    hours: Decimal | None
    corrects_month: str | None
    month: str
    due_on: date
    status: PaymentStatus
    verdict: AbsenceValidity | None
    registered_hours: Decimal | None
    was_invalid: bool
    was_longer: bool

    @property
    def part(self) -> DeductionPart:
        return DeductionPart(self.month, self.due_on, self.amount)


_ME: BindParameter[int] = bindparam("participant_id")
_OF_IT = col(AbsenceCorrection.absence_id) == col(Absence.id)
_LONGER = or_(
    and_(col(AbsenceCorrection.hours_before).is_(None), col(AbsenceCorrection.hours_after).is_not(None)),
    col(AbsenceCorrection.hours_before) > col(AbsenceCorrection.hours_after),
)
_ROWS = Prepared(
    select(
        *labelled(
            _Row,
            PaymentLine,
            absence_id=Absence.id,
            month=Payment.month,
            due_on=Payment.due_on,
            status=Payment.status,
            verdict=Absence.verdict,
            registered_hours=Absence.hours,
            was_invalid=exists().where(_OF_IT, col(AbsenceCorrection.verdict_before) == AbsenceValidity.INVALID),
            was_longer=exists().where(_OF_IT, _LONGER),
        )
    )
    .join(Payment, col(Payment.id) == col(PaymentLine.payment_id))
    .outerjoin(Absence, and_(col(Absence.id) == col(PaymentLine.absence_id), col(Absence.participant_id) == _ME))
    .where(
        col(Payment.participant_id) == _ME,
        col(Payment.status) != PaymentStatus.CANCELLED,
        or_(
            col(PaymentLine.absence_id).is_not(None),
            and_(col(PaymentLine.kind) == PaymentLineKind.CORRECTION, col(PaymentLine.amount) > 0),
        ),
    )
    .order_by(col(Payment.due_on), col(PaymentLine.id)),
    _Row,
)


def accounts(session: Session, participant_id: int) -> dict[int, Account]:
    """The account of each absence that a payment line rests on, by the id of the absence."""
    return _accounts(_ROWS.rows(session, participant_id=participant_id))


@dataclass(slots=True)
class _Month:
    """What is given back for a month without a name: the last line of it, its sum, and what is due to absences."""

    last: _Row | None = None
    given: int = 0
    due: int = 0


def _accounts(rows: Sequence[_Row]) -> dict[int, Account]:
    months: dict[str | None, _Month] = defaultdict(_Month)
    lines: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.amount > 0 and row.status is PaymentStatus.STOPPED:
            continue
        if row.absence_id is not None:
            lines[row.absence_id].append(row)
        else:
            month = months[row.corrects_month]
            month.last, month.given = row, month.given + row.amount
    for mine in lines.values():
        for row in _waiting(mine):
            months[row.month].due -= row.amount
    return {number: _account(mine, months) for number, mine in lines.items()}


def _waiting(lines: Sequence[_Row]) -> list[_Row]:
    """The deductions of one absence that rest on nothing any more; none where a line says what it gives back."""
    return [] if any(row.amount > 0 for row in lines) else [row for row in lines if _is_corrected(row)]


def _account(lines: Sequence[_Row], months: Mapping[str | None, _Month]) -> Account:
    """The account of one absence. What is given back for a month without a name is given back to its absences where it
    is what all the corrected ones took together.
    """
    named = [row.part for row in lines if row.amount > 0]
    maybe = [(row, months[row.month]) for row in _waiting(lines) if months[row.month].last]
    told = [
        DeductionPart(row.month, month.last.due_on, -row.amount)
        for row, month in maybe
        if month.last and month.given == month.due
    ]
    return Account(
        taken=tuple(row.part for row in lines if row.amount <= 0),
        returned=(*named, *told),
        corrected=any(_is_corrected(row) for row in lines),
        unclear=len(told) < len(maybe),
    )


def _is_corrected(row: _Row) -> bool:
    """Whether a deduction for an invalid absence rests on more than what is registered today."""
    if row.kind is not PaymentLineKind.INVALID_ABSENCE:
        return False
    match row.verdict:
        case AbsenceValidity.VALID:
            return True
        case AbsenceValidity.UNDECIDED:
            return row.was_invalid
        case _:
            registered = row.registered_hours
            return row.was_longer and registered is not None and (row.hours is None or row.hours > registered)
