"""The case that `portal assess` reads: its fields bear the names of `portal.law`'s own values, which they become.

A field that need not be given may also be null; both stand for the law's own default.
"""

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from portal.assess.fields import Day, DayHours, Days, Flag, Kroner, MonthHours, PastKind, PayMonth, reject
from portal.law.calendar import calendar_days
from portal.law.case import ChildFacts, ParticipantFacts, PastAbsence, Policy, Request
from portal.law.deductions import PaidWork, PublicBenefit
from portal.law.vocabulary import (
    Benefit,
    BreaksCount,
    Documentation,
    HolidayYear,
    LateNotice,
    LeaveKind,
    LeaveStatus,
    PartDay,
    PayDayOff,
    Programme,
    RateChange,
    Regime,
    ReservedDays,
    WelfareReason,
)

LONGEST = 3653  # ten years: longer than any programme, and short enough to count day by day


class CasePart(BaseModel):
    """A part of a case. Fields that it does not know are refused, and no value is taken for one of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def given(self) -> dict[str, Any]:
        """The fields that say something, by the law's names."""
        return {name: value for name, value in self if value is not None}


class SpanInput(CasePart):
    """A part with a first and a last day, in this order and no more than ten years apart."""

    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")

    @field_validator("last_day")
    @classmethod
    def _in_order(cls, last_day: date, info: ValidationInfo) -> date:
        first_day = info.data.get("first_day", last_day)
        if last_day < first_day:
            reject("ends_before_it_starts")
        if calendar_days(first_day, last_day) > LONGEST:
            reject("lasts_too_long")
        return last_day


class AbsenceInput(SpanInput):
    """What past absence and what is asked have in common (IF §§ 5–8, 11–18)."""

    #: The kinds whose hours may be those of each of several days.
    hours_a_day: ClassVar[frozenset[LeaveKind]]
    kind: PastKind
    hours: DayHours | None = None
    documentation: Documentation | None = None
    medical_from: Day | None = None
    reason: WelfareReason | None = None

    @field_validator("hours")
    @classmethod
    def _of_one_day(cls, hours: object, info: ValidationInfo) -> object:
        if hours and {"first_day", "last_day", "kind"} <= info.data.keys():
            is_one_day = info.data["first_day"] == info.data["last_day"]
            if not is_one_day and info.data["kind"] not in cls.hours_a_day:
                reject("hours_need_one_day")
        return hours


class PastAbsenceInput(AbsenceInput):
    """Absence that is registered, or leave that is sent or answered. Illness is only told of, so that its hours are
    those of one day; leave on application can have been granted for some hours of each day.
    """

    hours_a_day = frozenset(kind for kind in LeaveKind if not kind.law.is_illness)
    status: LeaveStatus | None = Field(default=None, alias="status")

    def to_law(self) -> PastAbsence:
        """The row as the law counts it."""
        return PastAbsence(**self.given())


class RequestInput(AbsenceInput):
    """What is asked or told of (IF §§ 5–8, 11–18). Time to breastfeed is so many hours of each day (IF § 13)."""

    hours_a_day = frozenset(kind for kind in LeaveKind if kind.law.is_daily)
    kind: LeaveKind
    notice: Day | None = None
    event_date: Day | None = None
    travel_days: Days | None = None

    def to_law(self) -> Request:
        """The request as the law assesses it."""
        return Request(**self.given())


class ChildInput(CasePart):
    """A child in the participant's care; `chronic` as IF § 7 (2) says."""

    born: Day
    chronic: Flag | None = None

    def to_law(self) -> ChildFacts:
        """The child as the law counts it."""
        return ChildFacts(**self.given())


class ParticipantInput(CasePart):
    """Who the case is about: what the rights and the rate depend on (IL §§ 19, 20, 51, 52; IF §§ 5–9)."""

    regime: Regime | None = None
    programme: Programme | None = None
    born: Day
    start: Day
    end: Day | None = None
    lives_with_parent: Flag | None = None
    partner_in_programme: Flag | None = None
    children: tuple[ChildInput, ...] | None = None
    sole_carer: Flag | None = None
    self_certification_withdrawn: Flag | None = None

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: date | None, info: ValidationInfo) -> date | None:
        if end and end < info.data.get("start", end):
            reject("ends_before_it_starts")
        return end

    def to_law(self) -> ParticipantFacts:
        """The participant as the law knows them."""
        return ParticipantFacts(**{**self.given(), "children": tuple(child.to_law() for child in self.children or ())})


class PolicyInput(CasePart):
    """The municipality's choices where the law is silent."""

    self_certification_child_from_day_one: Flag | None = None
    part_day_capped_at_day_rate: Flag | None = None
    rate_change_at_25: RateChange | None = None
    holiday_year: HolidayYear | None = None
    welfare_part_day: PartDay | None = None
    religious_late_notice: LateNotice | None = None
    reserved_parental_days: ReservedDays | None = None
    weekend_in_invalid_absence: Flag | None = None
    pay_day_off: PayDayOff | None = None
    breaks_count: BreaksCount | None = None

    def to_law(self) -> Policy:
        """The policy that these choices make."""
        return Policy(**self.given())


class BreakInput(SpanInput):
    """Days without school, on which nobody is expected."""


class PaidWorkInput(SpanInput):
    """Paid work inside the programme (IL § 23 (2))."""

    hours: MonthHours
    wage: Kroner

    def to_law(self) -> PaidWork:
        """The work as it reduces the allowance."""
        return PaidWork(**self.given())


class PublicBenefitInput(CasePart):
    """A public benefit, in kroner a year (IL § 22)."""

    kind: Benefit
    yearly: Kroner
    earned_before: Flag | None = None

    def to_law(self) -> PublicBenefit:
        """The benefit as it reduces the allowance."""
        return PublicBenefit(**self.given())


class CaseInput(CasePart):
    """A participant, and what is asked of them: a request to assess, a month to break down, or both."""

    today: Day
    participant: ParticipantInput
    policy: PolicyInput | None = None
    history: tuple[PastAbsenceInput, ...] | None = None
    month: PayMonth | None = None
    request: RequestInput | None = Field(default=None, validate_default=True)
    paid_work: tuple[PaidWorkInput, ...] | None = None
    benefits: tuple[PublicBenefitInput, ...] | None = None
    breaks: tuple[BreakInput, ...] | None = None

    @field_validator("request")
    @classmethod
    def _asks(cls, request: RequestInput | None, info: ValidationInfo) -> RequestInput | None:
        if request is None and info.data.get("month", ...) is None:
            reject("missing")
        return request
