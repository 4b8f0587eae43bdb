"""The JSON Schema of a case and of its answer: what `portal assess --schema` prints, and what cases are read by."""

from enum import StrEnum
from typing import Any

from portal.assess.shape import DATE, HOURS, KRONER, MONTH
from portal.law.vocabulary import (
    AllowanceEffect,
    Benefit,
    DecisionForm,
    Documentation,
    HolidayYear,
    LateNotice,
    LeaveKind,
    LineReason,
    NoBreakdownReason,
    Outcome,
    PartDay,
    PayDayOff,
    PeriodKind,
    Programme,
    RateChange,
    Reason,
    Regime,
    ReservedDays,
    Standing,
    Unexcused,
    WelfareReason,
)

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _one_of(*kinds: type[StrEnum]) -> Schema:
    return {"enum": [word.value for kind in kinds for word in kind]}


def _text(kind: str, pattern: str, **more: object) -> Schema:
    return {"type": "string", "format": kind, "pattern": f"^{pattern}$", **more}


def _object(required: tuple[str, ...], /, **properties: Schema) -> Schema:
    """A closed object. Fields that are not required may also be null."""
    fields = {name.rstrip("_"): part if name in required else _or_null(part) for name, part in properties.items()}
    return {
        "type": "object",
        "properties": fields,
        "required": [name.rstrip("_") for name in required],
        "additionalProperties": False,
    }


def _or_null(part: Schema) -> Schema:
    if "enum" in part:
        return {**part, "enum": [*part["enum"], None]}
    return {**part, "type": [part["type"], "null"]}


def _list_of(part: Schema) -> Schema:
    return {"type": "array", "items": part}


DAY = _text("date", DATE.pattern)
PAY_MONTH = _text("month", MONTH.pattern)
PART_OF_DAY = _text("hours", HOURS.pattern, **{"x-most": 24})
HOURS_OF_MONTH = _text("hours", HOURS.pattern, **{"x-most": 744})
AMOUNT = _text("kroner", KRONER.pattern)
FLAG: Schema = {"type": "boolean"}

CHILD = _object(("born",), born=DAY, chronic=FLAG)
PARTICIPANT = _object(
    ("born", "start"),
    regime=_one_of(Regime),
    programme=_one_of(Programme),
    born=DAY,
    start=DAY,
    end=DAY,
    lives_with_parent=FLAG,
    partner_in_programme=FLAG,
    children=_list_of(CHILD),
    sole_carer=FLAG,
    self_certification_withdrawn=FLAG,
)
POLICY = _object(
    (),
    self_certification_child_from_day_one=FLAG,
    part_day_capped_at_day_rate=FLAG,
    rate_change_at_25=_one_of(RateChange),
    holiday_year=_one_of(HolidayYear),
    welfare_part_day=_one_of(PartDay),
    religious_late_notice=_one_of(LateNotice),
    reserved_parental_days=_one_of(ReservedDays),
    weekend_in_invalid_absence=FLAG,
    pay_day_off=_one_of(PayDayOff),
)
PAST = _object(
    ("kind", "from_", "to"),
    kind=_one_of(LeaveKind, Unexcused),
    from_=DAY,
    to=DAY,
    hours=PART_OF_DAY,
    documentation=_one_of(Documentation),
    medical_from=DAY,
    reason=_one_of(WelfareReason),
    status=_one_of(Standing),
)
REQUEST = _object(
    ("kind", "from_", "to"),
    kind=_one_of(LeaveKind),
    from_=DAY,
    to=DAY,
    hours=PART_OF_DAY,
    documentation=_one_of(Documentation),
    medical_from=DAY,
    notice=DAY,
    reason=_one_of(WelfareReason),
    event_date=DAY,
    travel_days={"type": "integer", "minimum": 0, "maximum": 366},
)
WORK = _object(("hours", "wage", "from_", "to"), hours=HOURS_OF_MONTH, wage=AMOUNT, from_=DAY, to=DAY)
BENEFIT = _object(("kind", "yearly"), kind=_one_of(Benefit), yearly=AMOUNT, earned_before=FLAG)
CASE = _object(
    ("today", "participant"),
    today=DAY,
    participant=PARTICIPANT,
    policy=POLICY,
    history=_list_of(PAST),
    request=REQUEST,
    month=PAY_MONTH,
    paid_work=_list_of(WORK),
    benefits=_list_of(BENEFIT),
)

NUMBER: Schema = {"type": "integer"}
WORDS: Schema = {"type": "string"}
QUOTA = _object(
    ("limit", "used", "pending", "after", "left", "period"),
    limit=NUMBER,
    used=NUMBER,
    pending=NUMBER,
    after=NUMBER,
    left=NUMBER,
    period={**_object(("kind",), kind=_one_of(PeriodKind), from_=DAY, to=DAY), "required": ["kind", "from", "to"]},
)
ASSESSMENT: Schema = {
    **_object(
        (),
        outcome=_one_of(Outcome),
        section=WORDS,
        reasons=_list_of(_one_of(Reason)),
        working_days=NUMBER,
        covered_days=NUMBER,
        beyond_days=NUMBER,
        quota=QUOTA,
        allowance=_one_of(AllowanceEffect),
        self_certified_days=NUMBER,
        medical_from=DAY,
        adds_to_programme_time=FLAG,
        decision=_one_of(DecisionForm),
    ),
}
LINE = _object(
    ("reason", "amount"), reason=_one_of(LineReason), days=NUMBER, hours=WORDS, amount=WORDS, from_=DAY, to=DAY
)
BREAKDOWN = _object(
    ("month",),
    month=PAY_MONTH,
    basic_amount=NUMBER,
    factor={"enum": ["1", "5/6", "2/3", "5/9", "1/3", "5/18"]},
    gross=WORDS,
    lines=_list_of(LINE),
    before_tax=WORDS,
    deduction=WORDS,
    deduction_is_decision=FLAG,
    basic_amount_provisional=FLAG,
    reasons=_list_of(_one_of(NoBreakdownReason)),
)
ANSWER: Schema = {
    **_object((), request=ASSESSMENT, allowance=BREAKDOWN),
    "required": ["request", "allowance"],
}
ERRORS = _object(("errors",), errors=_list_of(_object(("path", "code"), path=WORDS, code=WORDS)))


def both() -> Schema:
    """The schema of the case, of the answer, and of what a case that cannot be read gives."""
    return {
        "$schema": DIALECT,
        "$defs": {"case": CASE, "answer": ANSWER, "errors": ERRORS},
        "description": "Standard input or the file is a case or a list of cases; the answer is one or a list alike.",
        "anyOf": [{"$ref": "#/$defs/case"}, {"type": "array", "items": {"$ref": "#/$defs/case"}}],
    }
