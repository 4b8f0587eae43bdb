"""The answer of `portal assess`: what the law finds of a case, as JSON says it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from portal.assess.cases import CaseInput
from portal.law.allowance import breakdown
from portal.law.breaks import Breaks
from portal.law.case import Case, Policy
from portal.law.rules import assess
from portal.law.vocabulary import (
    AllowanceEffect,
    DecisionForm,
    LineReason,
    NoBreakdownReason,
    Outcome,
    PeriodKind,
    Reason,
)

#: Months, kroner, hours and factors, which are exact as text.
Text = Annotated[str, BeforeValidator(str)]
Factor = Annotated[Text, WithJsonSchema({"enum": ["1", "5/6", "2/3", "5/9", "1/3", "5/18"]})]


def _is_none(value: object) -> bool:
    return value is None


class AnswerPart(BaseModel):
    """A part of the answer, read off what the law found."""

    model_config = ConfigDict(from_attributes=True, serialize_by_alias=True)


class PeriodOutput(AnswerPart):
    """The window that a quota is counted in; without dates where the event that opens it is unknown."""

    kind: PeriodKind
    first_day: date | None = Field(serialization_alias="from")
    last_day: date | None = Field(serialization_alias="to")


class QuotaOutput(AnswerPart):
    """Working days: `after` = used + pending + what the request covers, `left` = limit − after."""

    limit: int
    used: int
    pending: int
    after: int
    left: int
    period: PeriodOutput


class AssessmentOutput(AnswerPart):
    """How the law reads the request: `legal_basis` the section it rests on, `decision` how it is answered (IF § 69)."""

    outcome: Outcome
    legal_basis: str = Field(serialization_alias="section")
    reasons: list[Reason]
    working_days: int
    covered_days: int
    beyond_days: int
    quota: QuotaOutput | None
    allowance: AllowanceEffect
    self_certified_days: int | None
    medical_from: date | None
    adds_to_programme_time: bool
    decision: DecisionForm


class LineOutput(AnswerPart):
    """A line of the month, in kroner, with the days or hours that it is because of (IL §§ 20–24)."""

    reason: LineReason
    days: int | None = Field(exclude_if=_is_none)
    hours: Text | None = Field(exclude_if=_is_none)
    amount: Text
    first_day: date | None = Field(exclude_if=_is_none, serialization_alias="from")
    last_day: date | None = Field(exclude_if=_is_none, serialization_alias="to")


class BreakdownOutput(AnswerPart):
    """A month of allowance, in kroner (IL §§ 20–24). `deduction_is_decision`: IL § 46 (2) g."""

    month: Text
    basic_amount: int
    factor: Factor
    gross: Text
    lines: list[LineOutput]
    before_tax: Text
    deduction: Text
    deduction_is_decision: bool
    basic_amount_provisional: bool = Field(exclude_if=lambda provisional: not provisional)


class NoBreakdownOutput(AnswerPart):
    """A month that has no allowance, and why."""

    month: Text
    reasons: Annotated[list[NoBreakdownReason], BeforeValidator(lambda reason: [reason])] = Field(
        validation_alias="reason"
    )


class AnswerOutput(AnswerPart):
    """The assessment of the request and the breakdown of the month, each null where it is not asked."""

    request: AssessmentOutput | None
    allowance: BreakdownOutput | NoBreakdownOutput | None


def answer(case: CaseInput) -> AnswerOutput:
    """What the law finds of a case."""
    participant, policy = case.participant.to_law(), case.policy.to_law() if case.policy else Policy()
    history = tuple(row.to_law() for row in case.history or ())
    breaks = Breaks(tuple((each.first_day, each.last_day) for each in case.breaks or ()), policy.breaks_count)
    request = case.request and assess(Case(case.today, participant, case.request.to_law(), history, policy, breaks))
    works = [work.to_law() for work in case.paid_work or ()]
    benefits = [benefit.to_law() for benefit in case.benefits or ()]
    month = case.month and breakdown(
        case.month, participant, history, policy=policy, breaks=breaks, works=works, benefits=benefits
    )
    return AnswerOutput.model_validate({"request": request, "allowance": month})
