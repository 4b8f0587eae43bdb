"""What the rules are told: a person, what has been, what is asked, and the municipality's choices. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.law.breaks import NO_BREAKS, Breaks
from portal.law.vocabulary import (
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
    Unexcused,
    WelfareReason,
)


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """A child in the participant's care. `chronic`: illness or reduced function that clearly raises the risk of
    absence (IF § 7 (2)).
    """

    born: date
    chronic: bool = False


@dataclass(frozen=True, slots=True)
class ParticipantFacts:
    """Who the rules are about. `end` is the decided last day of the programme, where one is decided."""

    born: date
    start: date
    end: date | None = None
    regime: Regime = Regime.INTEGRATION_ACT
    programme: Programme = Programme.INTRODUCTION
    lives_with_parent: bool = False
    partner_in_programme: bool = False
    children: tuple[ChildFacts, ...] = ()
    sole_carer: bool = False
    self_certification_withdrawn: bool = False

    def takes_part_on(self, day: date) -> bool:
        """Whether the day lies within the programme."""
        return self.takes_part_within(day, day)

    def takes_part_within(self, first_day: date, last_day: date) -> bool:
        """Whether any of the days lies within the programme."""
        return self.start <= last_day and (self.end is None or first_day <= self.end)


@dataclass(frozen=True, slots=True)
class PastAbsence:
    """One row of what is registered or sent. `hours` is part of one day, or of each day
    where they are several; `medical_from` the first day that a medical
    statement covers (without it, `medical` covers the whole). Without `status` it is granted or registered.
    """

    kind: LeaveKind | Unexcused
    first_day: date
    last_day: date
    hours: Decimal | None = None
    documentation: Documentation = Documentation.NONE
    medical_from: date | None = None
    reason: WelfareReason | None = None
    status: LeaveStatus | None = None

    @property
    def is_registered(self) -> bool:
        """Granted, or registered without needing an application."""
        return self.status in {None, LeaveStatus.GRANTED}

    @property
    def is_pending(self) -> bool:
        """Sent, and not yet answered."""
        return self.status is LeaveStatus.SENT

    @property
    def counts(self) -> bool:
        """Neither refused nor withdrawn."""
        return self.is_registered or self.is_pending


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked or told. `notice` is the day the municipality is told (today where absent); `event_date` the birth
    or adoption; `hours` part of a day; `travel_days` the necessary days of travel to a funeral (IF § 14 (3)).
    """

    kind: LeaveKind
    first_day: date
    last_day: date
    documentation: Documentation = Documentation.NONE
    medical_from: date | None = None
    notice: date | None = None
    hours: Decimal | None = None
    reason: WelfareReason | None = None
    event_date: date | None = None
    travel_days: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """The municipality's choices where the law is silent. `docs/law.md` names the open question behind each."""

    self_certification_child_from_day_one: bool = False
    part_day_capped_at_day_rate: bool = True
    rate_change_at_25: RateChange = RateChange.NEXT_MONTH
    holiday_year: HolidayYear = HolidayYear.CALENDAR
    welfare_part_day: PartDay = PartDay.DAY
    religious_late_notice: LateNotice = LateNotice.DISCRETION
    reserved_parental_days: ReservedDays = ReservedDays.CALENDAR
    weekend_in_invalid_absence: bool = False
    pay_day_off: PayDayOff = PayDayOff.BEFORE
    breaks_count: BreaksCount = BreaksCount.HOLIDAY

    @classmethod
    def of(cls, values: Mapping[str, bool | int | str]) -> "Policy":
        """The policy of a municipality's stored choices; ValueError for a choice or a value that does not exist."""
        known = {field.name: field.default for field in fields(cls)}
        if unknown := set(values) - set(known):
            raise ValueError(f"unknown choices: {', '.join(sorted(unknown))}")
        chosen: dict[str, Any] = {name: _as(known[name], value) for name, value in values.items()}
        return cls(**chosen)


STANDARD_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that one assessment needs. `history` leaves the request itself out."""

    today: date
    participant: ParticipantFacts
    request: Request
    history: tuple[PastAbsence, ...] = ()
    policy: Policy = STANDARD_POLICY
    breaks: Breaks = NO_BREAKS


def _as(default: object, value: bool | int | str) -> object:
    if isinstance(default, StrEnum) and isinstance(value, str):
        return type(default)(value)
    if isinstance(default, bool) and isinstance(value, bool):
        return value
    raise ValueError(f"not a choice: {value!r}")
