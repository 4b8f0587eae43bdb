"""Leave for those with training only, who have no allowance (IF chapter 7, §§ 29–33; IL § 35)."""

from dataclasses import replace
from fractions import Fraction

from portal.law import birth, leave
from portal.law.case import Case
from portal.law.quota import per_calendar_year
from portal.law.section_result import Rule, SectionResult, days_in_programme
from portal.law.vocabulary import LeaveKind, Outcome, Reason

FREE_SHARE = Fraction(1, 10)
WELFARE_DAYS = 10
RELIGIOUS_DAYS = 2


def finding(case: Case) -> SectionResult:
    """What IF §§ 31–33 say of the request; nothing else gives leave (§ 30 (3))."""
    kind = case.request.kind
    if kind in RULES:
        return RULES[kind](case)
    if kind is LeaveKind.OTHER:
        return _nothing("IF § 30", Reason.NO_GROUND_IN_REGULATION)
    return _nothing("IF § 29" if kind.law.is_illness else "IF § 30", Reason.NOT_IN_INTRODUCTION_PROGRAMME)


def may_make_up_free(absent_hours: Fraction, all_hours: Fraction, medical_statement: bool) -> bool:
    """Whether missed social studies may be made up free of charge: up to ten per cent of the hours, or with a medical
    statement (IF § 29 (1), (2)). Beyond it the municipality may charge.
    """
    return medical_statement or absent_hours <= all_hours * FREE_SHARE


def _welfare(case: Case) -> SectionResult:
    days, reasons = leave.within_example(case)
    counted = leave.spent_in_years(case, LeaveKind.WELFARE, LeaveKind.RELIGIOUS_DAY)
    quota_rule = per_calendar_year(WELFARE_DAYS, counted)
    return SectionResult("IF § 31", days, outcome=Outcome.DISCRETION, reasons=reasons, quota_rules=(quota_rule,))


def _religious_day(case: Case) -> SectionResult:
    """Two days inside the ten of § 31."""
    both = leave.spent_in_years(case, LeaveKind.WELFARE, LeaveKind.RELIGIOUS_DAY)
    religious = leave.spent_in_years(case, LeaveKind.RELIGIOUS_DAY)
    return SectionResult(
        "IF § 31",
        days_in_programme(case),
        outcome=Outcome.DISCRETION,
        quota_rules=(per_calendar_year(WELFARE_DAYS, both), per_calendar_year(RELIGIOUS_DAYS, religious)),
    )


def _nothing(legal_basis: str, reason: Reason) -> SectionResult:
    return SectionResult(legal_basis, outcome=Outcome.NOT_AVAILABLE, reasons=frozenset({reason}))


RULES: dict[LeaveKind, Rule] = {
    LeaveKind.WELFARE: _welfare,
    LeaveKind.RELIGIOUS_DAY: _religious_day,
    LeaveKind.PEACE_WORK: lambda case: replace(leave.peace_work(case), legal_basis="IF § 31 a"),
    LeaveKind.LONG_ILLNESS: lambda case: replace(leave.long_illness(case), legal_basis="IF § 32"),
    LeaveKind.PARENTAL: lambda case: replace(birth.parental(case), legal_basis="IF § 33"),
    LeaveKind.ADOPTION: lambda case: replace(birth.adoption(case), legal_basis="IF § 33"),
}
