"""Time off and leave round a birth or an adoption (IF §§ 11–13, 16)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from portal.law.assessment import QuotaPeriod
from portal.law.calendar import (
    add_days,
    add_months,
    add_years,
    calendar_days,
    days,
    first_year_of_child,
    is_working_day,
)
from portal.law.case import Case
from portal.law.quota import Window, per_event, used_days
from portal.law.regime import TERMS
from portal.law.section_result import Rule, SectionResult, days_in_programme
from portal.law.vocabulary import LeaveKind, Outcome, PeriodKind, Reason, ReservedDays

PREGNANCY_DAYS = 10
MOTHER_DAYS = 20
FATHER_DAYS = 7
LEAVE_MONTHS = 10
RESERVED_DAYS = 75
ADOPTED_UNDER = 15
BREASTFEEDING_HOURS = Decimal(1)
LONGEST_PREGNANCY = 294  # days: 42 weeks, to tell one pregnancy's days off from another's
BEFORE_BIRTH = 90  # days in which a father's days may begin before the birth they belong to


def antenatal_check(case: Case) -> SectionResult:
    """Antenatal check that cannot reasonably lie outside programme time (IF § 11 (1))."""
    return SectionResult("IF § 11", days_in_programme(case))


def pregnancy(case: Case) -> SectionResult:
    """Up to ten working days during the pregnancy (IF § 11 (2))."""
    asked = days_in_programme(case)
    window = _pregnancy_window(case)
    counted = used_days(case.history, {LeaveKind.PREGNANCY}, window, breaks=case.breaks)
    notice = case.request.notice or case.today
    late = notice > add_days(case.request.first_day, -TERMS[case.participant.regime].pregnancy_notice_days)
    late = late and TERMS[case.participant.regime].pregnancy_notice_days > 0
    return SectionResult(
        "IF § 11",
        asked,
        outcome=Outcome.DISCRETION if late else Outcome.RIGHT,
        reasons=frozenset({Reason.NOTICE_TOO_LATE} if late else ()),
        quota_rules=(per_event(PREGNANCY_DAYS, QuotaPeriod(PeriodKind.PREGNANCY), window, counted),),
    )


def birth_mother(case: Case) -> SectionResult:
    """Twenty working days for the mother, after the birth (IF § 12 (1))."""
    return _after_birth(case, MOTHER_DAYS, before=0)


def birth_father(case: Case) -> SectionResult:
    """Up to seven working days for the father, or another who helps, in connection with the birth (IF § 12 (2))."""
    return _after_birth(case, FATHER_DAYS, before=BEFORE_BIRTH)


def breastfeeding(case: Case) -> SectionResult:
    """The time needed; with allowance for up to an hour a day in the child's first year (IF § 13)."""
    asked = days_in_programme(case)
    born = birth_of(case)
    first_year = asked if born is None else _within(asked, first_year_of_child(born))
    reasons = {Reason.OUTSIDE_FIRST_YEAR} if len(first_year) < len(asked) else set()
    if case.request.hours is not None and case.request.hours > BREASTFEEDING_HOURS:
        reasons.add(Reason.TOO_LONG)
    paid = bool(first_year) or not asked
    return SectionResult("IF § 13", first_year or asked, paid=paid, reasons=frozenset(reasons))


def parental(case: Case) -> SectionResult:
    """Leave without allowance, up to ten months for both parents together in the child's first year (IF § 16)."""
    asked = days_in_programme(case)
    born = birth_of(case)
    first_year = asked if born is None else _within(asked, first_year_of_child(born))
    reasons = {Reason.OUTSIDE_FIRST_YEAR} if len(first_year) < len(asked) else set()
    allowed = _within_ten_months(case, first_year, born)
    if len(allowed) < len(first_year):
        reasons.add(Reason.TOO_LONG)
    return SectionResult("IF § 16", allowed, reasons=frozenset(reasons))


def adoption(case: Case) -> SectionResult:
    """Leave without allowance on adopting a child under 15, up to ten months for both together (IF § 16 (3))."""
    asked = days_in_programme(case)
    adopted = case.request.event_date or case.request.first_day
    children = case.participant.children
    if children and not any(add_years(child.born, ADOPTED_UNDER) > adopted for child in children):
        return SectionResult("IF § 16", outcome=Outcome.NOT_AVAILABLE, reasons=frozenset({Reason.CHILD_TOO_OLD}))
    allowed = _within_ten_months(case, asked, case.request.event_date)
    reasons = {Reason.TOO_LONG} if len(allowed) < len(asked) else set()
    return SectionResult("IF § 16", allowed, reasons=frozenset(reasons))


def birth_of(case: Case) -> date | None:
    """The birth the request speaks of: as told, or of the youngest child whose first year the request touches."""
    request = case.request
    if request.event_date is not None:
        return request.event_date
    born = max((child.born for child in case.participant.children if child.born <= request.last_day), default=None)
    return born if born is not None and first_year_of_child(born)[1] >= request.first_day else None


def language_training_from(leave_starts: date) -> date:
    """From when the municipality must offer follow-up and language training: the fourth month (IF § 16 (2))."""
    return add_months(leave_starts, 3)


def _after_birth(case: Case, limit: int, before: int) -> SectionResult:
    asked = days_in_programme(case)
    born = birth_of(case)
    if born is None:
        request = case.request
        window = add_days(request.first_day, -LONGEST_PREGNANCY), add_days(request.last_day, LONGEST_PREGNANCY)
    else:
        window = add_days(born, -before), first_year_of_child(born)[1]
    near = _within(asked, window)
    counted = used_days(case.history, {case.request.kind}, window, breaks=case.breaks)
    return SectionResult(
        "IF § 12",
        near,
        reasons=frozenset({Reason.OUTSIDE_FIRST_YEAR} if len(near) < len(asked) else ()),
        quota_rules=(per_event(limit, QuotaPeriod(PeriodKind.BIRTH, born), window, counted),),
    )


def _pregnancy_window(case: Case) -> Window:
    first_day = add_days(case.request.first_day, -LONGEST_PREGNANCY)
    births = [child.born for child in case.participant.children]
    births += [row.first_day for row in case.history if row.kind is LeaveKind.BIRTH_MOTHER and row.is_registered]
    earlier = [add_days(born, 1) for born in births if born <= case.request.first_day]
    return max([first_day, *earlier]), add_days(case.request.last_day, LONGEST_PREGNANCY)


def _within(asked: tuple[date, ...], window: Window) -> tuple[date, ...]:
    return tuple(day for day in asked if window[0] <= day <= window[1])


def _within_ten_months(case: Case, asked: tuple[date, ...], event: date | None) -> tuple[date, ...]:
    """The asked days within the ten months, counted in calendar days from the first day of the leave."""
    leave = list(islice(_days_of_leave(case, event), 366))
    length = _days_in_leave(case, leave[0])
    allowed = set(leave[:length])
    return tuple(day for day in asked if day in allowed)


def _days_of_leave(case: Case, event: date | None) -> Iterator[date]:
    """Calendar days of this leave in order: those had or sent, and those asked."""
    request = case.request
    since = event or add_years(request.first_day, -1)
    had = {
        day
        for row in case.history
        if row.kind is request.kind and row.counts
        for day in days(max(row.first_day, since), min(row.last_day, add_years(since, 2)))
    }
    asked = set(days(request.first_day, min(request.last_day, add_days(request.first_day, 366))))
    yield from sorted(had | asked)


def _days_in_leave(case: Case, first_day: date) -> int:
    """Calendar days of ten months from a first day, less the 75 that are the other parent's where both take part."""
    last_day = add_days(add_months(first_day, LEAVE_MONTHS), -1)
    if case.participant.partner_in_programme and TERMS[case.participant.regime].reserves_parental_days:
        last_day = _without_reserved(case.policy.reserved_parental_days, last_day)
    return calendar_days(first_day, last_day)


def _without_reserved(counted: ReservedDays, last_day: date) -> date:
    if counted is ReservedDays.CALENDAR:
        return add_days(last_day, -RESERVED_DAYS)
    left = RESERVED_DAYS
    while left:
        left -= is_working_day(last_day)
        last_day = add_days(last_day, -1)
    return last_day


RULES: dict[LeaveKind, Rule] = {
    LeaveKind.ANTENATAL_CHECK: antenatal_check,
    LeaveKind.PREGNANCY: pregnancy,
    LeaveKind.BIRTH_MOTHER: birth_mother,
    LeaveKind.BIRTH_FATHER: birth_father,
    LeaveKind.BREASTFEEDING: breastfeeding,
    LeaveKind.PARENTAL: parental,
    LeaveKind.ADOPTION: adoption,
}
