"""From JSON to a case: read, check the shape, check what spans fields, and build the law's own values."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from portal.assess.schema import CASE
from portal.assess.shape import Fault, faults, inside
from portal.law.calendar import Month, calendar_days
from portal.law.case import Case, Child, Participant, PastAbsence, Policy, Request
from portal.law.deductions import PaidWork, PublicBenefit
from portal.law.vocabulary import (
    Benefit,
    Documentation,
    LeaveKind,
    Programme,
    Regime,
    Standing,
    Unexcused,
    WelfareReason,
)

#: Leave that the municipality grants, also for some hours of each day; illness is only told of.
_ON_APPLICATION = frozenset(LeaveKind) - {LeaveKind.OWN_ILLNESS, LeaveKind.CHILD_ILLNESS}
LONGEST = 3653  # ten years: longer than any programme, and short enough to count day by day


@dataclass(frozen=True, slots=True)
class Question:
    """What one case asks: a request to assess, a month to break down, or both."""

    today: date
    participant: Participant
    policy: Policy
    history: tuple[PastAbsence, ...]
    request: Request | None
    month: Month | None
    works: tuple[PaidWork, ...]
    benefits: tuple[PublicBenefit, ...]

    @property
    def case(self) -> Case | None:
        """The case of the request, if one is asked."""
        if self.request is None:
            return None
        return Case(self.today, self.participant, self.request, self.history, self.policy)


def parse(raw: bytes) -> object | Fault:
    """The JSON value of some bytes, or why there is none."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fault("", "not_utf8")
    try:
        value: object = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        return Fault("", "nested_too_deep")
    except _Twice as twice:
        return Fault(str(twice), "field_twice")
    except ValueError:
        return Fault("", "not_json")
    return value


def read(value: object, path: str = "") -> Question | list[Fault]:
    """The question of one JSON value, or every fault in it."""
    found = list(faults(CASE, value, path))
    if found or not isinstance(value, dict):
        return found
    found = list(_across(value, path))
    return found or _question(_without_null(value))


class _Twice(Exception):
    """A field that stands twice in one object: which one is meant cannot be known."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise _Twice(name)
        fields[name] = value
    return fields


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _across(value: dict[str, Any], path: str) -> Iterator[Fault]:
    """Faults that no single field shows."""
    participant = value["participant"]
    if (end := participant.get("end")) and end < participant["start"]:
        yield Fault(inside(path, "participant.end"), "ends_before_it_starts")
    if value.get("request") is None and value.get("month") is None:
        yield Fault(inside(path, "request"), "missing")
    if value.get("request") is not None:
        yield from _span(value["request"], inside(path, "request"), frozenset({LeaveKind.BREASTFEEDING}))
    for number, row in enumerate(value.get("history") or ()):
        yield from _span(row, inside(path, f"history[{number}]"), _ON_APPLICATION)
    for number, row in enumerate(value.get("paid_work") or ()):
        yield from _span(row, inside(path, f"paid_work[{number}]"))


def _span(row: dict[str, Any], path: str, hours_a_day: Collection[str] = ()) -> Iterator[Fault]:
    """Faults of a row's days. `hours_a_day`: the kinds whose hours may be those of each of several days."""
    first_day, last_day = _day(row["from"]), _day(row["to"])
    if last_day < first_day:
        yield Fault(inside(path, "to"), "ends_before_it_starts")
    elif calendar_days(first_day, last_day) > LONGEST:
        yield Fault(inside(path, "to"), "lasts_too_long")
    elif row.get("hours") and "wage" not in row and row["kind"] not in hours_a_day and first_day != last_day:
        yield Fault(inside(path, "hours"), "hours_need_one_day")


def _without_null(value: Any) -> Any:
    """The same with fields that are null left out: they stand for their defaults."""
    if isinstance(value, dict):
        return {name: _without_null(part) for name, part in value.items() if part is not None}
    return [_without_null(part) for part in value] if isinstance(value, list) else value


def _question(value: dict[str, Any]) -> Question:
    return Question(
        today=_day(value["today"]),
        participant=_participant(value["participant"]),
        policy=Policy.of(value.get("policy", {})),
        history=tuple(_past(row) for row in value.get("history", ())),
        request=_request(value["request"]) if "request" in value else None,
        month=Month.of(_day(f"{value['month']}-01")) if "month" in value else None,
        works=tuple(_work(row) for row in value.get("paid_work", ())),
        benefits=tuple(_benefit(row) for row in value.get("benefits", ())),
    )


def _participant(value: dict[str, Any]) -> Participant:
    return Participant(
        born=_day(value["born"]),
        start=_day(value["start"]),
        end=_day_or_none(value.get("end")),
        regime=Regime(value.get("regime", Regime.INTEGRATION_ACT)),
        programme=Programme(value.get("programme", Programme.INTRODUCTION)),
        lives_with_parent=value.get("lives_with_parent", False),
        partner_in_programme=value.get("partner_in_programme", False),
        children=tuple(Child(_day(child["born"]), child.get("chronic", False)) for child in value.get("children", ())),
        sole_carer=value.get("sole_carer", False),
        self_certification_withdrawn=value.get("self_certification_withdrawn", False),
    )


def _past(value: dict[str, Any]) -> PastAbsence:
    kind = value["kind"]
    return PastAbsence(
        kind=Unexcused(kind) if kind in list(Unexcused) else LeaveKind(kind),
        first_day=_day(value["from"]),
        last_day=_day(value["to"]),
        hours=_decimal(value.get("hours")),
        documentation=Documentation(value.get("documentation", Documentation.NONE)),
        medical_from=_day_or_none(value.get("medical_from")),
        reason=WelfareReason(value["reason"]) if "reason" in value else None,
        standing=Standing(value["status"]) if "status" in value else None,
    )


def _request(value: dict[str, Any]) -> Request:
    return Request(
        kind=LeaveKind(value["kind"]),
        first_day=_day(value["from"]),
        last_day=_day(value["to"]),
        documentation=Documentation(value.get("documentation", Documentation.NONE)),
        medical_from=_day_or_none(value.get("medical_from")),
        notice=_day_or_none(value.get("notice")),
        hours=_decimal(value.get("hours")),
        reason=WelfareReason(value["reason"]) if "reason" in value else None,
        event_date=_day_or_none(value.get("event_date")),
        travel_days=value.get("travel_days", 0),
    )


def _work(value: dict[str, Any]) -> PaidWork:
    return PaidWork(Decimal(value["hours"]), Decimal(value["wage"]), _day(value["from"]), _day(value["to"]))


def _benefit(value: dict[str, Any]) -> PublicBenefit:
    return PublicBenefit(Benefit(value["kind"]), Decimal(value["yearly"]), value.get("earned_before", True))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return None if text is None else _day(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
