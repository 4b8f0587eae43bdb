"""From the law's answer to JSON values."""

from typing import Any

from portal.assess.reading import Question
from portal.law.allowance import breakdown
from portal.law.assessment import Assessment, Breakdown, Line, NoBreakdown, Quota
from portal.law.rules import assess


def answer(question: Question) -> dict[str, Any]:
    """The assessment of the request and the breakdown of the month, each null where it is not asked."""
    case, month = question.case, question.month
    return {
        "request": assessment(assess(case)) if case else None,
        "allowance": _allowance(
            breakdown(
                month,
                question.participant,
                question.history,
                policy=question.policy,
                works=question.works,
                benefits=question.benefits,
            )
        )
        if month
        else None,
    }


def assessment(found: Assessment) -> dict[str, Any]:
    """An assessment as JSON values."""
    return {
        "outcome": found.outcome.value,
        "section": found.section,
        "reasons": [reason.value for reason in found.reasons],
        "working_days": found.working_days,
        "covered_days": found.covered_days,
        "beyond_days": found.beyond_days,
        "quota": _quota(found.quota) if found.quota else None,
        "allowance": found.allowance.value,
        "self_certified_days": found.self_certified_days,
        "medical_from": _text(found.medical_from),
        "adds_to_programme_time": found.adds_to_programme_time,
        "decision": found.decision.value,
    }


def _quota(quota: Quota) -> dict[str, Any]:
    period = quota.period
    return {
        "limit": quota.limit,
        "used": quota.used,
        "pending": quota.pending,
        "after": quota.after,
        "left": quota.left,
        "period": {"kind": period.kind.value, "from": _text(period.first_day), "to": _text(period.last_day)},
    }


def _allowance(found: Breakdown | NoBreakdown) -> dict[str, Any]:
    if isinstance(found, NoBreakdown):
        return {"month": str(found.month), "reasons": [found.reason.value]}
    provisional = {"basic_amount_provisional": True} if found.basic_amount_provisional else {}
    return {
        "month": str(found.month),
        "basic_amount": found.basic_amount,
        "factor": str(found.factor),
        "gross": str(found.gross),
        "lines": [_line(line) for line in found.lines],
        "before_tax": str(found.before_tax),
        "deduction": str(found.deduction),
        "deduction_is_decision": found.deduction_is_decision,
        **provisional,
    }


def _line(line: Line) -> dict[str, Any]:
    fields = {
        "reason": line.reason.value,
        "days": line.days,
        "hours": _text(line.hours),
        "amount": str(line.amount),
        "from": _text(line.first_day),
        "to": _text(line.last_day),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
