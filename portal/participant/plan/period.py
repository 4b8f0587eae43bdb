"""How long the programme lasts and how much of it is left, in whole months."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.calendar import add_months


@dataclass(frozen=True, slots=True)
class ProgrammePeriod:
    """A programme with a decided end. `passed` + `current` + `left` months are `months`; `days` until the end."""

    start: date
    end: date
    months: int
    passed: int
    current: int
    left: int
    days: int

    @property
    def over(self) -> bool:
        """Whether the last day has passed."""
        return self.days < 0

    @property
    def begun(self) -> bool:
        """Whether the first day has come."""
        return bool(self.passed or self.current)


def period(start: date | None, end: date | None, today: date) -> ProgrammePeriod | None:
    """The programme as of `today`; None where start or end is not decided."""
    if start is None or end is None:
        return None
    after = end + timedelta(days=1)
    months = max(1, whole_months(start, after))
    left = min(months, whole_months(max(start, today), after))
    current = int(start <= today <= end and left < months)
    return ProgrammePeriod(start, end, months, months - left - current, current, left, (end - today).days)


def whole_months(first: date, after: date) -> int:
    """Whole months from `first` until the day `after`; 0 where there is none."""
    months = (after.year - first.year) * 12 + after.month - first.month
    return max(0, months if add_months(first, months) <= after else months - 1)
