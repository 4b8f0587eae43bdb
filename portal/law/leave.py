"""Time off and leave on application or notice (IF chapter 4, §§ 14, 14 a, 15, 17, 18; IL § 17)."""

from datetime import date

from portal.law.calendar import add_days, add_years, calendar_year, programme_year
from portal.law.case import Case
from portal.law.quota import QuotaRule, UsedDays, Window, begins_a_day, per_calendar_year, per_programme_year, used_days
from portal.law.regime import TERMS
from portal.law.section_result import Rule, SectionResult, SelfCertification, days_in_programme
from portal.law.vocabulary import (
    DecisionForm,
    Documentation,
    HolidayYear,
    LateNotice,
    LeaveKind,
    Outcome,
    PartDay,
    Reason,
    WelfareReason,
)

PEACE_DAYS = 10
RELIGIOUS_DAYS = 2
RELIGIOUS_NOTICE = 14
HOLIDAY_DAYS = 25
EXAMPLE_DAYS = {
    WelfareReason.KINDERGARTEN_START: 3,
    WelfareReason.SCHOOL_START: 1,
    WelfareReason.WEDDING: 1,
    WelfareReason.BEREAVEMENT: 3,
}


def welfare(case: Case) -> SectionResult:
    """Welfare leave, on application, up to ten working days a calendar year (IF § 14)."""
    terms = TERMS[case.participant.regime]
    days, reasons = within_example(case) if terms.welfare_examples_limit else (days_in_programme(case), frozenset())
    return SectionResult(
        "IF § 14",
        days,
        outcome=Outcome.DISCRETION,
        reasons=reasons,
        quota_rules=(_in_the_year(case, terms.welfare_days),),
    )


def within_example(case: Case) -> tuple[tuple[date, ...], frozenset[Reason]]:
    """The asked days that the example of IF § 14 (2) reaches, and whether more were asked. A funeral adds the necessary
    days of travel (§ 14 (3)).
    """
    days, request = days_in_programme(case), case.request
    most = EXAMPLE_DAYS.get(request.reason) if request.reason else None
    if most is None:
        return days, frozenset()
    if request.reason is WelfareReason.BEREAVEMENT:
        most += request.travel_days
    return days[:most], frozenset({Reason.TOO_LONG} if len(days) > most else ())


def peace_work(case: Case) -> SectionResult:
    """Peace and reconciliation work, on application, up to ten working days a calendar year (IF § 14 a)."""
    return SectionResult(
        "IF § 14 a",
        days_in_programme(case),
        outcome=Outcome.DISCRETION,
        quota_rules=(_in_the_year(case, PEACE_DAYS),),
    )


def long_illness(case: Case) -> SectionResult:
    """Long illness, one's own or a child's, with a medical statement: up to a year without allowance (IF § 15)."""
    asked, request = days_in_programme(case), case.request
    days = tuple(day for day in asked if day < add_years(_illness_began(case), 1))
    reasons = {Reason.TOO_LONG} if len(days) < len(asked) else set()
    if request.documentation is not Documentation.MEDICAL:
        reasons.add(Reason.MEDICAL_CERTIFICATE_NEEDED)
    return SectionResult(
        "IF § 15",
        days,
        reasons=frozenset(reasons),
        self_certification=SelfCertification(0, request.first_day),
    )


def religious_day(case: Case) -> SectionResult:
    """Two self-chosen working days a calendar year, told of at least 14 days before (IF § 17 (2))."""
    late = (case.request.notice or case.today) > last_notice(case.request.first_day)
    return SectionResult(
        "IF § 17",
        days_in_programme(case),
        outcome=_late_outcome(case.policy.religious_late_notice) if late else Outcome.RIGHT,
        decision=DecisionForm.DECISION if late else DecisionForm.NOTIFICATION,
        reasons=frozenset({Reason.NOTICE_TOO_LATE} if late else ()),
        quota_rules=(per_calendar_year(RELIGIOUS_DAYS, spent_in_years(case, LeaveKind.RELIGIOUS_DAY)),),
    )


def last_notice(religious_day: date) -> date:
    """The last day to tell of a religious day (IF § 17 (2))."""
    return add_days(religious_day, -RELIGIOUS_NOTICE)


def holiday(case: Case) -> SectionResult:
    """Up to 25 working days; the municipality sets the time (IF § 18). The section names no period: a policy."""
    start = case.participant.start
    days_spent = spent_in_years(case, LeaveKind.HOLIDAY)
    if case.policy.holiday_year is HolidayYear.PROGRAMME:
        quota_rule = per_programme_year(HOLIDAY_DAYS, start, days_spent)
    else:
        quota_rule = per_calendar_year(HOLIDAY_DAYS, days_spent)
    days = days_in_programme(case)
    return SectionResult("IF § 18", days, decision=DecisionForm.SCHEDULING, quota_rules=(quota_rule,))


def other(_case: Case) -> SectionResult:
    """What the regulation has no ground for; one may still apply under IL § 17, with the adviser's help."""
    return SectionResult("IL § 17", outcome=Outcome.NOT_AVAILABLE, reasons=frozenset({Reason.NO_GROUND_IN_REGULATION}))


def _in_the_year(case: Case, limit: int) -> QuotaRule:
    """The days of the request's kind in a calendar year, whose sections do not say what hours spend: a policy."""
    request, part = case.request, case.policy.welfare_part_day
    days_spent = spent_in_years(case, request.kind, part=part)
    if part is PartDay.DAY or request.hours is None:
        return per_calendar_year(limit, days_spent)
    begins = begins_a_day(case.history, request.kind, request.first_day, request.hours, case.breaks)
    return per_calendar_year(limit, days_spent, frozenset() if begins else frozenset({request.first_day}))


def spent_in_years(case: Case, *kinds: LeaveKind, part: PartDay = PartDay.DAY) -> UsedDays:
    """Days of some kinds in every year, of the calendar and of the programme, that the request touches."""
    request, start = case.request, case.participant.start
    window: Window = (
        min(calendar_year(request.first_day)[0], programme_year(start, request.first_day)[0]),
        max(calendar_year(request.last_day)[1], programme_year(start, request.last_day)[1]),
    )
    return used_days(case.history, kinds, window, part, case.breaks)


def _illness_began(case: Case) -> date:
    """The first day of the leave that the request continues without a gap, or of the request itself."""
    began = case.request.first_day
    rows = [row for row in case.history if row.kind is LeaveKind.LONG_ILLNESS and row.counts]
    for row in sorted(rows, key=lambda row: row.last_day, reverse=True):
        if row.first_day < began <= add_days(row.last_day, 1):
            began = row.first_day
    return began


def _late_outcome(choice: LateNotice) -> Outcome:
    match choice:
        case LateNotice.DISCRETION:
            return Outcome.DISCRETION


RULES: dict[LeaveKind, Rule] = {
    LeaveKind.WELFARE: welfare,
    LeaveKind.PEACE_WORK: peace_work,
    LeaveKind.LONG_ILLNESS: long_illness,
    LeaveKind.RELIGIOUS_DAY: religious_day,
    LeaveKind.HOLIDAY: holiday,
    LeaveKind.OTHER: other,
}
