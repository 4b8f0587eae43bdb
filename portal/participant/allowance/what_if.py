"""What a payment would become if one stayed away: reckoned from what is registered now. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from portal.casework.facts import LegalFacts
from portal.casework.pay_days import PayDays
from portal.i18n.field_errors import FieldError, hours_of_a_day
from portal.i18n.parsing import day
from portal.law.assessment import Breakdown
from portal.law.calendar import Month, add_days, add_months, next_working_day
from portal.law.case import PastAbsence
from portal.law.vocabulary import LeaveKind, LineReason, Unexcused
from portal.participant.allowance import queries
from portal.participant.allowance.view import LineRow, line_row
from portal.tables.allowance import PaymentLineKind, PaymentStatus

MOST_MONTHS = 3
FARTHEST = timedelta(days=366)
Typed = Mapping[str, str]


class Ground(StrEnum):
    """Why one would be away."""

    VALID = "gyldig"
    INVALID = "ugyldig"
    WITHOUT_ALLOWANCE = "uten-stonad"


@dataclass(frozen=True, slots=True)
class Away:
    """Days, or hours of one day, that one thinks of staying away."""

    ground: Ground
    first_day: date
    last_day: date
    hours: Decimal | None = None

    @property
    def row(self) -> PastAbsence:
        """What would be registered."""
        kinds: dict[Ground, LeaveKind | Unexcused] = {
            Ground.VALID: LeaveKind.WELFARE,
            Ground.INVALID: Unexcused.INVALID,
            Ground.WITHOUT_ALLOWANCE: LeaveKind.PARENTAL,
        }
        return PastAbsence(kinds[self.ground], self.first_day, self.last_day, self.hours)


@dataclass(frozen=True, slots=True)
class Possible:
    """A payment as it may become: the sum of its lines as shown, in øre. `less`: how much the days away take."""

    month: str
    day: date
    amount: int
    less: int
    lines: tuple[LineRow, ...]


def first_typed(today: date) -> dict[str, str]:
    """What the form is filled in with: the next working day, a whole day, without leave."""
    soon = next_working_day(add_days(today, 1)).isoformat()
    return {"grunn": Ground.INVALID, "first": soon, "last": soon, "extent": "whole", "hours": ""}


def parse(typed: Typed, today: date) -> Away | dict[str, FieldError]:
    """What was meant, or what is wrong with which answer. An unknown ground counts as none."""
    wrong: dict[str, FieldError] = {}
    first, last = (_day(typed.get(name, ""), name, today, wrong) for name in ("first", "last"))
    ground = Ground(typed["grunn"]) if typed.get("grunn") in set(Ground) else Ground.INVALID
    by_hours = typed.get("extent") == "hours" and ground is not Ground.WITHOUT_ALLOWANCE
    hours = _hours(typed.get("hours", ""), wrong) if by_hours else None
    if not by_hours and ground is not Ground.WITHOUT_ALLOWANCE and typed.get("hours", "").strip():
        wrong["hours"] = FieldError.HOURS_OR_DAYS
    if first and last and last < first:
        wrong["last"] = FieldError.ENDS_BEFORE_IT_STARTS
    elif by_hours and first != last:
        wrong.setdefault("last", FieldError.HOURS_ON_ONE_DAY)
    return wrong if wrong or first is None or last is None else Away(ground, first, last, hours)


def _day(text: str, name: str, today: date, wrong: dict[str, FieldError]) -> date | None:
    found = day(text)
    if found is None:
        wrong[name] = FieldError.NOT_A_DATE
    elif abs(found - today) > FARTHEST:
        wrong[name] = FieldError.FAR_AWAY
    return found


def _hours(text: str, wrong: dict[str, FieldError]) -> Decimal | None:
    hours = hours_of_a_day(text)
    if isinstance(hours, FieldError):
        wrong["hours"] = hours
        return None
    return hours


def pay_days(record: LegalFacts, payments: Sequence[queries.Paid]) -> PayDays:
    """The days that are registered, and the municipality's usual one."""
    known = {paid.month: paid.due_on for paid in payments if paid.status is not PaymentStatus.CANCELLED}
    return record.pay_days(known)


def possible(record: LegalFacts, away: Away, days: PayDays) -> tuple[Possible, ...]:
    """The payments that the days belong to, at most three; none where no figure is known."""
    start = away.first_day.replace(day=1)
    months = [Month.of(add_months(start, count)) for count in range(MOST_MONTHS)]
    found = [_payment(record, away, month, days) for month in months if month.first_day <= away.last_day]
    return tuple(payment for payment in found if payment)


def _payment(record: LegalFacts, away: Away, month: Month, days: PayDays) -> Possible | None:
    before = record.breakdown(month, record.history)
    after = record.breakdown(month, (*record.history, away.row))
    if not (isinstance(before, Breakdown) and isinstance(after, Breakdown)):
        return None
    lines = [
        queries.PaymentLineRow(
            0, _kind(line.reason), line.ore, line.hours, line.days, line.first_day, line.last_day, None, None
        )
        for line in after.lines
    ]
    rows = tuple(line_row(line, str(month), record.participant, record.policy) for line in lines)
    amount, usual = (sum(line.ore for line in found.lines) for found in (after, before))
    return Possible(str(month), days.of(month), amount, usual - amount, rows)


def _kind(reason: LineReason) -> PaymentLineKind:
    return PaymentLineKind.BASE if reason is LineReason.MONTHLY_RATE else PaymentLineKind(reason.value)
