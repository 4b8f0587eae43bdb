"""Absence for illness, one's own or a child's (IF chapter 3, §§ 5–9)."""

from collections.abc import Iterable
from datetime import date

from portal.law.calendar import add_days, add_months, add_years, calendar_days, last_12_months
from portal.law.case import Case, ChildFacts, ParticipantFacts, PastAbsence
from portal.law.quota import QuotaRule, UsedDays, rolling, used_days
from portal.law.regime import TERMS
from portal.law.section_result import Rule, SectionResult, SelfCertification, days_in_programme
from portal.law.vocabulary import DecisionForm, Documentation, LeaveKind, Outcome, Reason

SELF_CERTIFIED_DAYS = 3
SELF_CERTIFIED_ABSENCES = 4
DAYS_BETWEEN = 16
WEEKS_OF_PARTICIPATION = 8
CHILD_THROUGH = 12  # the calendar year in which the child turns so many years
CHRONIC_CHILD_THROUGH = 18


def own_illness(case: Case) -> SectionResult:
    """Own illness or injury: the allowance is kept, by self-certification or medical statement (IF §§ 5, 8)."""
    certification = self_certification(case)
    return SectionResult(
        "IF § 5",
        days_in_programme(case),
        decision=DecisionForm.NONE,
        reasons=certification.reasons,
        self_certification=certification,
    )


def child_illness(case: Case) -> SectionResult:
    """A child's or its carer's illness: the allowance is kept within a quota (IF §§ 6–8)."""
    children = case.participant.children
    days = tuple(day for day in days_in_programme(case) if children_of_age(children, day))
    reasons = _missing_child(case)
    if not (days or children_of_age(children, case.request.first_day)):
        return SectionResult("IF § 6", outcome=Outcome.NOT_AVAILABLE, decision=DecisionForm.NONE, reasons=reasons)
    certification = self_certification(case)
    unclear = Reason.UNDER_EIGHT_WEEKS_UNCLEAR in certification.reasons
    return SectionResult(
        "IF § 7",
        days,
        outcome=Outcome.DISCRETION if unclear else Outcome.RIGHT,
        decision=DecisionForm.DECISION if unclear else DecisionForm.NONE,
        reasons=reasons | certification.reasons,
        quota_rules=(child_meter(case.participant, _spent_on_children(case)),),
        self_certification=certification,
    )


def children_of_age(children: Iterable[ChildFacts], day: date) -> tuple[ChildFacts, ...]:
    """The children whose illness counts on a day: through the calendar year they turn 12, or 18 (IF § 6 (2))."""
    return tuple(
        child
        for child in children
        if child.born <= day
        and day.year - child.born.year <= (CHRONIC_CHILD_THROUGH if child.chronic else CHILD_THROUGH)
    )


def child_days(participant: ParticipantFacts, day: date) -> int:
    """Working days in the last 12 months with a sick child or carer (IF § 7)."""
    children = children_of_age(participant.children, day)
    if any(child.chronic for child in children):
        return 40 if participant.sole_carer else 20
    if len(children) > 2:
        return 30 if participant.sole_carer else 15
    return 20 if participant.sole_carer else 10


def child_meter(participant: ParticipantFacts, days_spent: UsedDays) -> QuotaRule:
    """The rolling quota of IF § 7, whose limit follows the children's ages."""
    return rolling(lambda day: child_days(participant, day), days_spent)


def self_certification(case: Case) -> SelfCertification:
    """How many of the request's first calendar days a self-certification carries (IF §§ 8, 9), and what that needs."""
    request = case.request
    barred = _barred(case)
    room = 0 if barred else SELF_CERTIFIED_DAYS - undocumented_days(case.history, request.kind, request.first_day)
    length = calendar_days(request.first_day, request.last_day)
    carried = min(max(0, room), length)
    medical_from = add_days(request.first_day, carried) if carried < length else None
    if medical_from is None or _has_statement(case, medical_from):
        return SelfCertification(carried, medical_from)
    if barred is Reason.UNDER_EIGHT_WEEKS_UNCLEAR:
        return SelfCertification(carried, medical_from, frozenset({barred}))
    if carried > 0:
        return SelfCertification(carried, medical_from)
    why = barred or Reason.SELF_CERTIFICATION_USED_UP
    return SelfCertification(carried, medical_from, frozenset({why, Reason.MEDICAL_CERTIFICATE_NEEDED}))


def undocumented_days(history: Iterable[PastAbsence], kind: LeaveKind, first_day: date) -> int:
    """Earlier calendar days of the same kind without a medical statement, in spells whose last day lies at most 16
    calendar days before (IF § 8 (1)).
    """
    return sum(_undocumented(spell) for spell in _spells_near(history, kind, first_day))


def undocumented_until(history: Iterable[PastAbsence], kind: LeaveKind, day: date) -> date | None:
    """The last day on which any of the undocumented days that count on `day` still does (IF § 8 (1)); None where none
    counts.
    """
    last_days = [spell[-1][0] for spell in _spells_near(history, kind, day) if _undocumented(spell)]
    return add_days(max(last_days), DAYS_BETWEEN) if last_days else None


def next_day(history: Iterable[PastAbsence], kind: LeaveKind, today: date) -> date:
    """The first day from `today` after every told or registered day that would count together with it: what is left of
    the self-certified days is what is left from then on (IF § 8 (1)).
    """
    day = today
    for spell in spells(history, kind, add_years(today, 1)):
        first_day, last_day = spell[0][0], spell[-1][0]
        if last_day >= day and (first_day - day).days < DAYS_BETWEEN:
            day = add_days(last_day, 1)
    return day


def _spells_near(history: Iterable[PastAbsence], kind: LeaveKind, first_day: date) -> list[list[tuple[date, bool]]]:
    earlier = spells(history, kind, add_days(first_day, -1))
    return [spell for spell in earlier if (first_day - spell[-1][0]).days <= DAYS_BETWEEN]


def _undocumented(spell: Iterable[tuple[date, bool]]) -> int:
    return len([day for day, documented in spell if not documented])


def spells(history: Iterable[PastAbsence], kind: LeaveKind, until: date) -> list[list[tuple[date, bool]]]:
    """Absences of one kind as spells of calendar days, each with whether a medical statement covers it. Rows that meet
    or overlap are one spell; days after `until` are left out. Only the last years are looked at.
    """
    documented: dict[date, bool] = {}
    since = add_years(until, -2)
    for row in history:
        if row.kind is kind and row.counts:
            for number in range(max(row.first_day, since).toordinal(), min(row.last_day, until).toordinal() + 1):
                day = date.fromordinal(number)
                documented[day] = documented.get(day, False) or has_statement_on(row, day)
    found: list[list[tuple[date, bool]]] = []
    for day in sorted(documented):
        if not found or (day - found[-1][-1][0]).days > 1:
            found.append([])
        found[-1].append((day, documented[day]))
    return found


def has_statement_on(row: PastAbsence, day: date) -> bool:
    """Whether a medical statement covers the day."""
    return row.documentation is Documentation.MEDICAL and (row.medical_from is None or day >= row.medical_from)


def self_certified_absences(history: Iterable[PastAbsence], on: date) -> int:
    """Absences with self-certification in the last 12 months. Those with a medical statement from the fourth day do not
    count. At four the municipality may decide to withdraw the right, and must look again within six months (IF § 9).
    """
    rows = tuple(history)
    first_day, last_day = last_12_months(on)
    return len(
        [
            spell
            for kind in LeaveKind
            if kind.law.is_illness
            for spell in spells(rows, kind, last_day)
            if spell[-1][0] >= first_day
            and any(not documented for _, documented in spell)
            and not any(documented for _, documented in spell[SELF_CERTIFIED_DAYS : SELF_CERTIFIED_DAYS + 1])
        ]
    )


def reconsider_withdrawal_by(decided: date) -> date:
    """The last day to look again at a withdrawn right to self-certify (IF § 9 (3))."""
    return add_months(decided, 6)


def self_certification_from(participant: ParticipantFacts) -> date:
    """The first day with eight weeks of participation behind it (IF § 8 (1))."""
    return add_days(participant.start, 7 * WEEKS_OF_PARTICIPATION)


def _barred(case: Case) -> Reason | None:
    if case.participant.self_certification_withdrawn:
        return Reason.SELF_CERTIFICATION_WITHDRAWN
    if case.request.first_day >= self_certification_from(case.participant):
        return None
    if case.request.kind is LeaveKind.OWN_ILLNESS:
        return Reason.TOO_EARLY_FOR_SELF_CERTIFICATION
    terms = TERMS[case.participant.regime]
    if case.policy.self_certification_child_from_day_one or terms.child_self_certified_from_day_one:
        return None
    return Reason.UNDER_EIGHT_WEEKS_UNCLEAR


def _has_statement(case: Case, needed_from: date) -> bool:
    request = case.request
    covers_from = request.medical_from or request.first_day
    return request.documentation is Documentation.MEDICAL and covers_from <= needed_from


def _missing_child(case: Case) -> frozenset[Reason]:
    children, request = case.participant.children, case.request
    if not any(child.born <= request.last_day for child in children):
        return frozenset({Reason.NO_CHILD})
    asked = days_in_programme(case) or (request.first_day,)
    if any(not children_of_age(children, day) for day in asked if any(child.born <= day for child in children)):
        return frozenset({Reason.CHILD_TOO_OLD})
    return frozenset()


def _spent_on_children(case: Case) -> UsedDays:
    request = case.request
    window = (last_12_months(request.first_day)[0], request.last_day)
    return used_days(case.history, {LeaveKind.CHILD_ILLNESS}, window, breaks=case.breaks)


RULES: dict[LeaveKind, Rule] = {LeaveKind.OWN_ILLNESS: own_illness, LeaveKind.CHILD_ILLNESS: child_illness}
