"""Days off, working days, periods and deadlines. No clock: every day is an argument.

Dates outside the years 1–9999 are moved to the first or last day that exists, so that no question about a date raises.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A pay month; its text is `2026-10`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The 1st."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The 28th to the 31st."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus/Jones/Butcher)."""
    golden = year % 19
    century, year_in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(year_in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def days_off(year: int) -> frozenset[date]:
    """The dated days off of IF § 17 (1) in a year; Saturdays and Sundays come in addition."""
    sunday = easter(year)
    from_easter = (-3, -2, 1, 39, 50)  # Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday
    fixed = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
    return frozenset(
        [sunday + timedelta(days=offset) for offset in from_easter] + [date(year, month, day) for month, day in fixed]
    )


def is_day_off(day: date) -> bool:
    """A Saturday, a Sunday or a dated day off (IF § 17 (1))."""
    return day.weekday() >= SATURDAY or day in days_off(day.year)


def is_working_day(day: date) -> bool:
    """Virkedag: Monday to Friday less the days off of IF § 17 (1)."""
    return not is_day_off(day)


def days(first_day: date, last_day: date) -> Iterator[date]:
    """Every calendar day from the first to the last, both included; none where the last is before the first."""
    for ordinal in range(first_day.toordinal(), last_day.toordinal() + 1):
        yield date.fromordinal(ordinal)


def working_days(first_day: date, last_day: date) -> list[date]:
    """Every working day from the first to the last, both included."""
    return [day for day in days(first_day, last_day) if is_working_day(day)]


def calendar_days(first_day: date, last_day: date) -> int:
    """How many calendar days from the first to the last, both included; never below 0."""
    return max(0, (last_day - first_day).days + 1)


def add_days(day: date, number: int) -> date:
    """The day a number of calendar days later, or earlier where the number is negative."""
    return date.fromordinal(min(max(day.toordinal() + number, date.min.toordinal()), date.max.toordinal()))


def add_months(day: date, number: int) -> date:
    """The same date a number of months later; the month's last day where the date does not exist there."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, number: int) -> date:
    """The same date a number of years later; 29 February becomes the 28th."""
    return add_months(day, 12 * number)


def last_12_months(day: date) -> tuple[date, date]:
    """The 12 months that end with the day: from the day after the same date a year before (IF § 7)."""
    return add_days(add_years(day, -1), 1), day


def calendar_year(day: date) -> tuple[date, date]:
    """1 January to 31 December of the day's year (IF §§ 14, 14 a, 17)."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def programme_year(start: date, day: date) -> tuple[date, date]:
    """The year of the programme that the day lies in, counted from the start."""
    number = day.year - start.year
    if add_years(start, number) > day:
        number -= 1
    return add_years(start, number), add_days(add_years(start, number + 1), -1)


def first_year_of_child(born: date) -> tuple[date, date]:
    """Barnets første leveår: from the birth to the day before the first birthday (IF §§ 13, 16)."""
    return born, add_days(add_years(born, 1), -1)


def turns(born: date, age: int) -> date:
    """The birthday on which one reaches an age."""
    return add_years(born, age)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while is_day_off(day) and day < date.max:
        day += DAY
    return day


def weeks_deadline(reached: date, weeks: int = 3) -> date:
    """The same weekday some weeks later, moved off weekends and days off (domstolloven §§ 148, 149)."""
    return next_working_day(add_days(reached, 7 * weeks))


def start_by(settled_or_claimed: date) -> date:
    """The last day to decide on and start a programme: three months after settlement or claim (IL § 12 (2))."""
    return add_months(settled_or_claimed, 3)
