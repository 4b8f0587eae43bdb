"""How much leave is asked for or granted: whole days, hours of one day, or up to some hours of each day."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from portal.law.birth import BREASTFEEDING_HOURS
from portal.law.vocabulary import LeaveKind


class Share(StrEnum):
    """What a leave takes of its days."""

    DAYS = "days"
    HOURS = "hours"
    HOURS_A_DAY = "hours_a_day"


@dataclass(frozen=True, slots=True)
class Extent:
    """From one day to another. Without `hours` they are whole days; on one day it is so many hours, over several days
    up to so many each day. `starts` and `ends` are the clock times of hours on one day, where they are set.
    """

    first_day: date
    last_day: date
    hours: Decimal | None = None
    starts: time | None = None
    ends: time | None = None

    @property
    def share(self) -> Share:
        """What it takes of its days."""
        if self.hours is None:
            return Share.DAYS
        return Share.HOURS if self.first_day == self.last_day else Share.HOURS_A_DAY

    def leaves_days_out(self, asked: "Extent") -> bool:
        """Whether some of the days asked for are outside."""
        return self.first_day > asked.first_day or self.last_day < asked.last_day

    def has_fewer_hours(self, asked: "Extent") -> bool:
        """Whether it gives hours where whole days, or more hours, were asked for."""
        return self.hours is not None and (asked.hours is None or self.hours < asked.hours)


def asked_for(kind: LeaveKind, first_day: date, last_day: date, hours: Decimal | None) -> Extent:
    """What a request asks for; to breastfeed is up to an hour each day, also where no hours are named (IF § 13)."""
    if kind.law.is_daily and hours is None:
        hours = BREASTFEEDING_HOURS
    return Extent(first_day, last_day, hours)
