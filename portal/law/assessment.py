"""What the rules answer: enums, numbers and dates, never sentences."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portal.law.calendar import Month
from portal.law.vocabulary import (
    AllowanceEffect,
    DecisionForm,
    LineReason,
    NoBreakdownReason,
    Outcome,
    PeriodKind,
    Reason,
)


@dataclass(frozen=True, slots=True)
class QuotaPeriod:
    """The window a quota is counted in; its days are None where the event that opens it is not known."""

    kind: PeriodKind
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """Working days of a quota. `after` = used + pending + what the request covers; `left` = limit − after, below 0
    where more is registered or sent than the section gives.
    """

    limit: int
    used: int
    pending: int
    after: int
    left: int
    period: QuotaPeriod

    @property
    def as_told(self) -> "Quota":
        """The same where days are only told of: nobody answers them, so what is sent is used."""
        return replace(self, used=self.used + self.pending, pending=0)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The reading of one request. `covered_days` + `beyond_days` = `working_days`. `self_certified_days` is the number
    of the request's first calendar days that a self-certification can carry, for illness; `medical_from` the first day
    that needs a medical statement. `decision` is how the municipality answers (IF § 69).
    """

    outcome: Outcome
    legal_basis: str
    reasons: tuple[Reason, ...]
    working_days: int
    covered_days: int
    beyond_days: int
    quota: Quota | None
    allowance: AllowanceEffect
    self_certified_days: int | None
    medical_from: date | None
    adds_to_programme_time: bool
    decision: DecisionForm

    @property
    def needs_no_approval(self) -> bool:
        """Whether the rules give all of it: of a day beyond a quota that is never so."""
        return self.outcome is Outcome.RIGHT and self.beyond_days == 0


@dataclass(frozen=True, slots=True)
class BreakdownLine:
    """One line of a month: kroner rounded half up to øre, negative where it reduces; with its days or hours."""

    reason: LineReason
    amount: Decimal
    days: int | None = None
    hours: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def ore(self) -> int:
        """The amount in whole øre."""
        return int(self.amount * 100)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A month's allowance in kroner. `before_tax` and `deduction` are exact sums, rounded once: they may differ by an
    øre from the sum of the rounded lines. `deduction_is_decision`: IL § 46 (2) g. `basic_amount_provisional`: the month
    is later than the year of the last basic amount known here.
    """

    month: Month
    basic_amount: int
    factor: Fraction
    gross: Decimal
    lines: tuple[BreakdownLine, ...]
    before_tax: Decimal
    deduction: Decimal
    deduction_is_decision: bool
    basic_amount_provisional: bool = False


@dataclass(frozen=True, slots=True)
class NoBreakdown:
    """Why a month has none."""

    month: Month
    reason: NoBreakdownReason
