"""What holds for every case, whoever asks for what."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.law.allowance import breakdown
from portal.law.assessment import Breakdown
from portal.law.calendar import Month, add_months, is_day_off, working_days
from portal.law.case import Case, ChildFacts, ParticipantFacts, PastAbsence, Policy, Request
from portal.law.deductions import PaidWork, PublicBenefit
from portal.law.rules import assess, quota_on
from portal.law.vocabulary import (
    Benefit,
    Documentation,
    HolidayYear,
    LeaveKind,
    LeaveStatus,
    LineReason,
    Outcome,
    PartDay,
    PayDayOff,
    Programme,
    RateChange,
    Regime,
    ReservedDays,
    Unexcused,
    WelfareReason,
)

EXAMPLES = 100
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
HOURS = st.decimals(Decimal("0.25"), Decimal(12), places=2)


@st.composite
def people(draw):
    start = draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    return ParticipantFacts(
        born=draw(st.dates(date(1965, 1, 1), date(2009, 1, 1))),
        start=start,
        end=draw(st.none() | st.integers(1, 1900).map(lambda days: start + timedelta(days=days))),
        regime=draw(st.sampled_from(Regime)),
        programme=draw(st.sampled_from(Programme)),
        lives_with_parent=draw(st.booleans()),
        partner_in_programme=draw(st.booleans()),
        children=tuple(
            draw(
                st.lists(st.builds(ChildFacts, st.dates(date(2005, 1, 1), date(2028, 1, 1)), st.booleans()), max_size=4)
            )
        ),
        sole_carer=draw(st.booleans()),
        self_certification_withdrawn=draw(st.booleans()),
    )


@st.composite
def rows(draw):
    first_day = draw(DAYS)
    hours = draw(st.none() | HOURS)
    length = 0 if hours else draw(st.integers(0, 40))
    return PastAbsence(
        kind=draw(st.sampled_from([*LeaveKind, *Unexcused])),
        first_day=first_day,
        last_day=first_day + timedelta(days=length),
        hours=hours,
        documentation=draw(st.sampled_from(Documentation)),
        medical_from=draw(st.none() | st.just(first_day + timedelta(days=3))),
        status=draw(st.none() | st.sampled_from(LeaveStatus)),
    )


@st.composite
def requests(draw):
    first_day = draw(DAYS)
    return Request(
        kind=draw(st.sampled_from(LeaveKind)),
        first_day=first_day,
        last_day=first_day + timedelta(days=draw(st.integers(0, 30) | st.integers(0, 420))),
        documentation=draw(st.sampled_from(Documentation)),
        medical_from=draw(st.none() | DAYS),
        notice=draw(st.none() | DAYS),
        hours=draw(st.none() | HOURS),
        reason=draw(st.none() | st.sampled_from(WelfareReason)),
        event_date=draw(st.none() | DAYS),
        travel_days=draw(st.integers(0, 5)),
    )


POLICIES = st.builds(
    Policy,
    self_certification_child_from_day_one=st.booleans(),
    part_day_capped_at_day_rate=st.booleans(),
    rate_change_at_25=st.sampled_from(RateChange),
    holiday_year=st.sampled_from(HolidayYear),
    welfare_part_day=st.sampled_from(PartDay),
    reserved_parental_days=st.sampled_from(ReservedDays),
    weekend_in_invalid_absence=st.booleans(),
    pay_day_off=st.sampled_from(PayDayOff),
)
HISTORIES = st.lists(rows(), max_size=8).map(tuple)
CASES = st.builds(Case, DAYS, people(), requests(), HISTORIES, POLICIES)
BENEFITS = st.builds(PublicBenefit, st.sampled_from(Benefit), st.decimals(0, 400000, places=2), st.booleans())
MONTHS = st.builds(Month, st.integers(2024, 2028), st.integers(1, 12))


def shown_total(found: Breakdown) -> Fraction:
    """The sum of the lines as they are shown."""
    return sum((Fraction(line.amount) for line in found.lines), Fraction(0))


@given(CASES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_covered_and_beyond_are_what_was_asked(case):
    found = assess(case)
    asked = working_days(case.request.first_day, case.request.last_day)
    assert found.working_days == len(asked)
    assert found.covered_days + found.beyond_days == found.working_days
    assert found.covered_days >= 0
    assert found.beyond_days >= 0
    if found.outcome is Outcome.NOT_AVAILABLE:
        assert found.covered_days == 0
        assert found.reasons


@given(CASES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_quota_adds_up(case):
    quota = assess(case).quota
    if quota is not None:
        assert quota.left == quota.limit - quota.after
        assert quota.after >= quota.used + quota.pending
        assert quota.left >= 0 or quota.used + quota.pending > quota.limit
    before = quota_on(case)
    assert (before is None) == (quota is None)


@given(CASES, rows())
@settings(max_examples=EXAMPLES, deadline=None)
def test_more_history_never_leaves_more(case, row):
    """Of the same facts about the person: a birth among the rows begins another pregnancy, and stands for itself."""
    if row.kind is LeaveKind.BIRTH_MOTHER and case.request.kind is LeaveKind.PREGNANCY:
        return
    before, after = assess(case), assess(replace(case, history=(*case.history, row)))
    # Ten months are 303 to 306 days, by the month they began in: an earlier day may move their end a little.
    slack = 3 if case.request.kind in {LeaveKind.PARENTAL, LeaveKind.ADOPTION} else 0
    assert after.covered_days <= before.covered_days + slack
    if before.quota is not None and after.quota is not None:
        assert after.quota.left <= before.quota.left
    if before.self_certified_days is not None and after.self_certified_days is not None and not documents(row):
        assert after.self_certified_days <= before.self_certified_days


def documents(row: PastAbsence) -> bool:
    return row.documentation is Documentation.MEDICAL


@given(st.builds(replace, people(), programme=st.just(Programme.INTRODUCTION)), HISTORIES, rows(), requests())
@settings(max_examples=EXAMPLES, deadline=None)
def test_more_days_with_a_sick_child_never_leave_more(who, history, row, request):
    row = replace(row, kind=LeaveKind.CHILD_ILLNESS)
    request = replace(request, kind=LeaveKind.CHILD_ILLNESS)
    before = quota_on(Case(request.first_day, who, request, history))
    after = quota_on(Case(request.first_day, who, request, (*history, row)))
    if before and after:
        assert after.left <= before.left


@given(
    MONTHS,
    people(),
    HISTORIES,
    POLICIES,
    st.lists(st.builds(PaidWork, HOURS, st.decimals(0, 30000, places=2), DAYS, DAYS), max_size=2),
    st.lists(
        st.builds(PublicBenefit, st.sampled_from(Benefit), st.decimals(0, 400000, places=2), st.booleans()), max_size=2
    ),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_deductions_never_exceed_the_payment(month, who, history, policy, works, benefits):
    found = breakdown(month, who, history, policy=policy, works=works, benefits=benefits)
    if not isinstance(found, Breakdown):
        assert who.programme is Programme.TRAINING_ONLY or month < Month(2023, 5)
        return
    assert 0 <= found.before_tax <= found.gross
    assert 0 <= found.deduction <= found.gross
    assert all(line.amount <= 0 for line in found.lines[1:])
    assert found.lines[0].reason is LineReason.MONTHLY_RATE
    assert found.lines[0].amount == found.gross
    half_ore = Fraction(1, 200)
    assert abs(shown_total(found) - Fraction(found.before_tax)) <= half_ore * (len(found.lines) + 1)
    assert abs(Fraction(found.gross) - Fraction(found.deduction) - Fraction(found.before_tax)) <= 3 * half_ore


@given(MONTHS, people(), rows(), st.integers(0, 40), POLICIES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_parts_of_a_month_are_the_month(month, who, row, cut, policy):
    """A row cut in two takes what the whole took, and days with and without pay make the month."""
    cut_day = min(row.first_day + timedelta(days=cut), row.last_day)
    parts = [replace(row, last_day=cut_day), replace(row, first_day=cut_day + timedelta(days=1))]
    parts = [part for part in parts if part.first_day <= part.last_day]
    whole, cut_up = (breakdown(month, who, history, policy=policy) for history in ([row], parts))
    if isinstance(whole, Breakdown) and isinstance(cut_up, Breakdown):
        assert (whole.deduction, whole.before_tax) == (cut_up.deduction, cut_up.before_tax)
        assert sum(line.days or 0 for line in whole.lines[1:]) == sum(line.days or 0 for line in cut_up.lines[1:])


@given(MONTHS, people(), HISTORIES, rows())
@settings(max_examples=EXAMPLES, deadline=None)
def test_more_invalid_absence_never_pays_more(month, who, history, row):
    row = replace(row, kind=Unexcused.INVALID, status=None)
    before, after = (breakdown(month, who, rows_) for rows_ in (history, (*history, row)))
    if isinstance(before, Breakdown) and isinstance(after, Breakdown):
        assert after.before_tax <= before.before_tax


ELEVEN_YEARS = 132  # months: 2026 and 2037 share every weekday and every day off


def moved(value):
    """The same value with every date eleven years later."""
    if isinstance(value, date):
        return add_months(value, ELEVEN_YEARS)
    if isinstance(value, tuple):
        return tuple(moved(part) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{name: moved(getattr(value, name)) for name in value.__dataclass_fields__})
    return value


IN_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def cases_of_2026(draw):
    case = draw(CASES)
    first, last = sorted((draw(IN_2026), draw(IN_2026)))
    request = replace(
        case.request, first_day=first, last_day=last, notice=draw(st.none() | IN_2026), medical_from=None,
        event_date=draw(st.none() | IN_2026),
    )  # fmt: skip
    history = []
    for row in case.history:
        first, last = sorted((draw(IN_2026), draw(IN_2026)))
        history.append(replace(row, first_day=first, last_day=last, medical_from=None))
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    who = replace(case.participant, start=start, end=end, children=tuple(
        replace(child, born=date(child.born.year, child.born.month, min(child.born.day, 28)))
        for child in case.participant.children
    ))  # fmt: skip
    return replace(case, today=draw(IN_2026), request=request, history=tuple(history), participant=who)


def test_2037_is_2026_again():
    year, later = date(2026, 1, 1), date(2037, 1, 1)
    for number in range(365):
        day, then = year + timedelta(days=number), later + timedelta(days=number)
        assert (day.weekday(), is_day_off(day)) == (then.weekday(), is_day_off(then))


@given(cases_of_2026())
@settings(max_examples=EXAMPLES, deadline=None)
def test_another_year_with_the_same_days_changes_nothing(case):
    assert moved(assess(case)) == assess(moved(case))
