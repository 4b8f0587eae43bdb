"""Short ways to write a case: `person()`, `had(...)`, `ask(...)`, and what an assessment shows of itself."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from portal.law.assessment import Assessment
from portal.law.breaks import NO_BREAKS, Breaks
from portal.law.calendar import Month
from portal.law.case import Case, ChildFacts, ParticipantFacts, PastAbsence, Policy, Request
from portal.law.rules import assess
from portal.law.vocabulary import Documentation, LeaveKind, LeaveStatus, Unexcused, WelfareReason

TODAY = "2026-10-19"


def d(text: str) -> date:
    return date.fromisoformat(text)


def month(text: str) -> Month:
    return Month.of(d(f"{text}-01"))


def child(born: str, *, chronic: bool = False) -> ChildFacts:
    return ChildFacts(d(born), chronic)


def person(**changes: Any) -> ParticipantFacts:
    facts: dict[str, Any] = {"born": "1990-05-04", "start": "2026-02-02", "end": "2028-02-01", **changes}
    for name in ("born", "start", "end"):
        facts[name] = d(facts[name]) if facts[name] else None
    facts["children"] = tuple(child(c) if isinstance(c, str) else c for c in facts.get("children", ()))
    return ParticipantFacts(**facts)


def had(kind: str, first_day: str, last_day: str = "", **facts: Any) -> PastAbsence:
    """A row of the history; `certified` and `medical` as words, `status` as the command has it."""
    return PastAbsence(
        kind=Unexcused(kind) if kind == "invalid" else LeaveKind(kind),
        first_day=d(first_day),
        last_day=d(last_day or first_day),
        hours=Decimal(facts["hours"]) if "hours" in facts else None,
        documentation=Documentation(facts.get("documentation", "none")),
        medical_from=d(facts["medical_from"]) if "medical_from" in facts else None,
        reason=WelfareReason(facts["reason"]) if "reason" in facts else None,
        status=LeaveStatus(facts["status"]) if "status" in facts else None,
    )


def ask(kind: str, first_day: str, last_day: str = "", **facts: Any) -> Request:
    return Request(
        kind=LeaveKind(kind),
        first_day=d(first_day),
        last_day=d(last_day or first_day),
        documentation=Documentation(facts.get("documentation", "none")),
        medical_from=d(facts["medical_from"]) if "medical_from" in facts else None,
        notice=d(facts["notice"]) if "notice" in facts else None,
        hours=Decimal(facts["hours"]) if "hours" in facts else None,
        reason=WelfareReason(facts["reason"]) if "reason" in facts else None,
        event_date=d(facts["event_date"]) if "event_date" in facts else None,
        travel_days=facts.get("travel_days", 0),
    )


def judged(
    request: Request,
    *history: PastAbsence,
    who: ParticipantFacts | None = None,
    policy: Policy | None = None,
    breaks: Breaks = NO_BREAKS,
    today: str = TODAY,
) -> Assessment:
    return assess(Case(d(today), who or person(), request, history, policy or Policy(), breaks))


def shown(found: Assessment, names: Iterable[str]) -> dict[str, Any]:
    """Some fields of an assessment as plain words, the way a row of a table states them."""
    quota = found.quota
    everything: dict[str, Any] = {
        "outcome": found.outcome.value,
        "section": found.legal_basis,
        "reasons": [reason.value for reason in found.reasons],
        "working": found.working_days,
        "covered": found.covered_days,
        "beyond": found.beyond_days,
        "allowance": found.allowance.value,
        "self_certified": found.self_certified_days,
        "medical_from": found.medical_from and found.medical_from.isoformat(),
        "adds": found.adds_to_programme_time,
        "decision": found.decision.value,
        "limit": quota and quota.limit,
        "used": quota and quota.used,
        "pending": quota and quota.pending,
        "after": quota and quota.after,
        "left": quota and quota.left,
        "period": quota and quota.period.kind.value,
        "period_from": quota and quota.period.first_day and quota.period.first_day.isoformat(),
        "period_to": quota and quota.period.last_day and quota.period.last_day.isoformat(),
    }
    return {name: everything[name] for name in names}
