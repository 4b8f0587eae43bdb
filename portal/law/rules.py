"""The one entrance: what the Act and the regulation say of a request."""

from dataclasses import replace
from datetime import date

from portal.law import absence, birth, leave, training
from portal.law.assessment import Assessment, Quota
from portal.law.calendar import working_days
from portal.law.case import Case
from portal.law.programme_time import adds_to_programme_time
from portal.law.regime import TERMS
from portal.law.section_result import Rule, SectionResult, asked_days, days_in_programme
from portal.law.vocabulary import AllowanceEffect, DecisionForm, EarlierRules, LeaveKind, Outcome, Programme, Reason

#: The rule of each kind; every kind has one.
RULES: dict[LeaveKind, Rule] = {**absence.RULES, **birth.RULES, **leave.RULES}


def assess(case: Case) -> Assessment:
    """What the rules give for the request of a case (IF chapters 3, 4 and 7; IL §§ 17, 35). Never raises."""
    found = _finding(case)
    asked = asked_days(case)
    covered, quota = _covered(case, found)
    reasons = found.reasons | _common_reasons(case, found, asked, covered)
    outcome = _outcome(case, found, asked, covered)
    certification = found.self_certification
    return Assessment(
        outcome=outcome,
        legal_basis=found.legal_basis,
        reasons=tuple(reason for reason in Reason if reason in reasons),
        working_days=len(asked),
        covered_days=len(covered),
        beyond_days=len(asked) - len(covered),
        quota=quota,
        allowance=_effect(case, outcome, found.paid),
        self_certified_days=certification.days if certification else None,
        medical_from=certification.medical_from if certification else None,
        adds_to_programme_time=found.lengthens and adds_to_programme_time(case, covered),
        decision=DecisionForm.NONE if outcome is Outcome.NOT_AVAILABLE else found.decision,
    )


def missed_meeting(case: Case) -> Assessment:
    """A meeting before the first or after the last day of the programme is told of: it is no absence from it, and IF
    chapters 3 and 4 speak of no other: no quota, paper, decision or money is touched.
    """
    asked = len(working_days(case.request.first_day, case.request.last_day))
    return Assessment(
        outcome=Outcome.RIGHT,
        legal_basis="",
        reasons=(Reason.OUTSIDE_PROGRAMME,),
        working_days=asked,
        covered_days=asked,
        beyond_days=0,
        quota=None,
        allowance=AllowanceEffect.NOT_APPLICABLE,
        self_certified_days=None,
        medical_from=None,
        adds_to_programme_time=False,
        decision=DecisionForm.NOTIFICATION,
    )


def _finding(case: Case) -> SectionResult:
    if case.participant.programme is Programme.TRAINING_ONLY:
        return replace(training.finding(case), lengthens=False)
    legal_basis = TERMS[case.participant.regime].legal_basis
    return replace(_by_earlier_rules(case), legal_basis=legal_basis) if legal_basis else _by_its_rule(case)


def _by_its_rule(case: Case) -> SectionResult:
    kind = case.request.kind
    found = RULES[kind](case)
    return replace(found, paid=found.paid and kind.law.is_paid, lengthens=kind.law.lengthens)


def _by_earlier_rules(case: Case) -> SectionResult:
    match case.request.kind.law.earlier:
        case EarlierRules.THE_SAME:
            return _by_its_rule(case)
        case EarlierRules.NO_GROUND:
            return leave.other(case)
        case EarlierRules.NOT_KNOWN:
            return _for_the_municipality(case)


def _for_the_municipality(case: Case) -> SectionResult:
    return SectionResult(
        "",
        days_in_programme(case),
        outcome=Outcome.DISCRETION,
        reasons=frozenset({Reason.NO_GROUND_IN_REGULATION}),
    )


def _covered(case: Case, found: SectionResult) -> tuple[list[date], Quota | None]:
    covered = [] if found.outcome is Outcome.NOT_AVAILABLE else list(found.days)
    quotas = []
    for quota_rule in found.quota_rules:
        covered, quota = quota_rule.apply(covered, case.request.last_day)
        quotas.append(quota)
    return covered, min(reversed(quotas), key=lambda quota: quota.left, default=None)


def _common_reasons(case: Case, found: SectionResult, asked: list[date], covered: list[date]) -> set[Reason]:
    reasons = set()
    if not asked:
        reasons.add(Reason.NOT_WORKING_DAYS)
    if found.outcome is not Outcome.NOT_AVAILABLE and len(covered) < len(found.days):
        reasons.add(Reason.OVER_QUOTA)
    if _outside_programme(case, asked):
        reasons.add(Reason.OUTSIDE_PROGRAMME)
    return reasons


def _outside_programme(case: Case, asked: list[date]) -> bool:
    request = case.request
    return any(not case.participant.takes_part_on(day) for day in asked or (request.first_day, request.last_day))


def _outcome(case: Case, found: SectionResult, asked: list[date], covered: list[date]) -> Outcome:
    """A request that nothing of can be covered has no ground; one of days off alone keeps its section's answer."""
    if covered or (not asked and not _outside_programme(case, asked)):
        return found.outcome
    return Outcome.NOT_AVAILABLE


def _effect(case: Case, outcome: Outcome, paid: bool) -> AllowanceEffect:
    if case.participant.programme is Programme.TRAINING_ONLY:
        return AllowanceEffect.NOT_APPLICABLE
    match outcome:
        case Outcome.RIGHT:
            return AllowanceEffect.KEPT if paid else AllowanceEffect.NONE
        case Outcome.DISCRETION:
            return AllowanceEffect.KEPT_IF_GRANTED if paid else AllowanceEffect.NONE_IF_GRANTED
        case Outcome.NOT_AVAILABLE:
            return AllowanceEffect.NONE


def quota_on(case: Case) -> Quota | None:
    """The quota of the request's kind on its last day, with nothing asked: what a page shows as used and left."""
    quotas = [quota_rule.apply((), case.request.last_day)[1] for quota_rule in _finding(case).quota_rules]
    return min(reversed(quotas), key=lambda quota: quota.left, default=None)
