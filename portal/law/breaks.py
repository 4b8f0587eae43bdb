"""Days without school: nobody is expected, so they are no working days of an absence or a leave.

A holiday is taken of them all the same (IF § 18). No section says so of either; it is the municipality's choice.
"""

from dataclasses import dataclass
from datetime import date

from portal.law.calendar import working_days
from portal.law.vocabulary import BreaksCount, LeaveKind, Unexcused


@dataclass(frozen=True, slots=True)
class Breaks:
    """The breaks of a participant, each from its first to its last day, and when their days count."""

    spans: tuple[tuple[date, date], ...] = ()
    count: BreaksCount = BreaksCount.HOLIDAY

    def frees(self, kind: LeaveKind | Unexcused, day: date) -> bool:
        """Whether a day of this kind lies in a break, and so counts for nothing."""
        if kind is LeaveKind.HOLIDAY or self.count is BreaksCount.ALWAYS:
            return False
        return any(first_day <= day <= last_day for first_day, last_day in self.spans)

    def working_days(self, kind: LeaveKind | Unexcused, first_day: date, last_day: date) -> list[date]:
        """The working days from the first to the last that count for this kind."""
        return [day for day in working_days(first_day, last_day) if not self.frees(kind, day)]


NO_BREAKS = Breaks()
