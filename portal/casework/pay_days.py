"""When a month is paid: one rule for the estimate, the what-if and leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.law.calendar import Month, add_days, add_months, is_working_day, next_working_day
from portal.law.vocabulary import PayDayOff


@dataclass(frozen=True, slots=True)
class PayDays:
    """When a month is paid: the registered payment's day, otherwise the municipality's usual day in the month after.

    The law says only that it is in arrears (IL § 24). `off`: the municipality's choice where that is a day off.
    """

    usual: int
    known: Mapping[str, date]
    off: PayDayOff

    def of(self, month: Month) -> date:
        """The day that the allowance of a month is paid."""
        return self.known.get(str(month)) or self._working(add_months(month.first_day, 1).replace(day=self.usual))

    def _working(self, day: date) -> date:
        match self.off:
            case PayDayOff.BEFORE:
                return _last_working_day(day)
            case PayDayOff.AFTER:
                return next_working_day(day)


def _last_working_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day = add_days(day, -1)
    return day
