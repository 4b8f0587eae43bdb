"""What is used and left of the days that one may tell of oneself (IF §§ 8, 9), as the law counts them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from portal.casework.facts import LegalFacts
from portal.law.absence import SELF_CERTIFIED_DAYS, next_day, self_certification_from
from portal.law.case import Request
from portal.law.rules import assess
from portal.law.vocabulary import Documentation, LeaveKind


class SelfCertified(NamedTuple):
    """Days used and left from `day` on: the first day after all that is told and counts together with it. `is_barred`:
    self-certification is no right at all that day, however many days are unused.
    """

    day: date
    used: int
    left: int
    is_barred: bool


def self_certified(record: LegalFacts, today: date) -> SelfCertified:
    """What is used and left of the self-certified days of one's own illness."""
    day = next_day(record.history, LeaveKind.OWN_ILLNESS, today)
    last = day + timedelta(days=SELF_CERTIFIED_DAYS - 1)
    left = assess(record.case(today, Request(LeaveKind.OWN_ILLNESS, day, last))).self_certified_days or 0
    person = record.participant
    barred = person.self_certification_withdrawn or day < self_certification_from(person)
    return SelfCertified(day, SELF_CERTIFIED_DAYS - left, left, barred)


def statement_from(seen: Mapping[str, Any]) -> date | None:
    """The first day that needed a medical statement when a request was sent, unless there was one."""
    needed = seen.get("statement_from")
    return date.fromisoformat(needed) if needed and seen.get("documentation") != Documentation.MEDICAL else None
