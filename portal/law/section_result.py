"""What one section says of one request, before its quota is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.law.case import Case
from portal.law.quota import QuotaRule
from portal.law.vocabulary import DecisionForm, Outcome, Reason


@dataclass(frozen=True, slots=True)
class SelfCertification:
    """How far a self-certification carries an illness, and why not further (IF §§ 8, 9)."""

    days: int
    medical_from: date | None
    reasons: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A section's reading. `days` are the asked working days that the section can carry; `lengthens` whether it is an
    absence or leave that may be added to programme time (IF §§ 10, 19), and `paid` whether any allowance may come with
    it: what the law says of the kind as a whole is known without the rule.
    """

    legal_basis: str
    days: tuple[date, ...] = ()
    outcome: Outcome = Outcome.RIGHT
    paid: bool = True
    decision: DecisionForm = DecisionForm.DECISION
    reasons: frozenset[Reason] = frozenset()
    quota_rules: tuple[QuotaRule, ...] = ()
    self_certification: SelfCertification | None = None
    lengthens: bool = True


#: What the law says of one request of a kind.
Rule = Callable[[Case], SectionResult]


def asked_days(case: Case) -> list[date]:
    """The asked working days that are no days of a break."""
    request = case.request
    return case.breaks.working_days(request.kind, request.first_day, request.last_day)


def days_in_programme(case: Case) -> tuple[date, ...]:
    """The asked working days that lie within the programme."""
    return tuple(day for day in asked_days(case) if case.participant.takes_part_on(day))
