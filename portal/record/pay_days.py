"""When a month is paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.law.calendar import Month, add_days, add_months, is_working_day


@dataclass(frozen=True, slots=True)
class PayDays:
    """When a month is paid: the registered payment's day, otherwise the municipality's usual day in the month after."""

    usual: int
    known: Mapping[str, date]

    def of(self, month: Month) -> date:
        """The day that the allowance of a month is paid."""
        return self.known.get(str(month)) or _no_later(add_months(month.first_day, 1).replace(day=self.usual))


def _no_later(day: date) -> date:
    """The day itself, or the last working day before it: banks do not pay on days off."""
    while not is_working_day(day):
        day = add_days(day, -1)
    return day
