"""The rule of a series (RRULE): each part within what RFC 5545 (3.3.10) allows, and the starts it gives, for three
years from the first.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import vRecur

from portal.exchange.problems import Verbatim
from portal.exchange.shape import LATEST
from portal.exchange.timetable.calendar import CalendarEvent

WINDOW = timedelta(days=3 * 365 + 1)
MOST = 5000
DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}  # of a step, at least
ONCE = ("FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST")
HIGHEST = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}  # counted from either end
RANGES = {"BYMONTH": (1, 12), "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 59)}
PARTS = (*ONCE, *HIGHEST, *RANGES, "BYDAY")
WEEKS = {"MONTHLY": 5, "YEARLY": 53}  # so many of a weekday at most


def starts(series: CalendarEvent) -> set[datetime] | None:
    """The starts of a series in UTC, also the excluded ones; None, with problems told, where it has no measure."""
    if len(series.also) > MOST:
        series.place.problem(Verbatim(f"{len(series.also)} times"), f"at most {MOST}", "RDATE")
        return None
    also = {moment.astimezone(UTC) for moment in series.also}
    if series.rule is None:
        return also | {series.start.astimezone(UTC)}
    walls = _followed(series, series.rule)
    return (
        None if walls is None else also | {wall.replace(tzinfo=series.start.tzinfo).astimezone(UTC) for wall in walls}
    )


def is_beyond(moment: datetime, series: CalendarEvent) -> bool:
    """Whether the series is no longer followed then, so that nobody can say if it has an occurrence."""
    if series.rule is None:
        return False
    horizon = series.start.replace(tzinfo=None) + WINDOW
    return _last(series, vRecur.from_ical(series.rule)) == horizon and _wall(moment, series) > horizon


def _followed(series: CalendarEvent, text: str) -> list[datetime] | None:
    """The starts by the rule on the wall clock of the series; None, with problems told, where it cannot be followed."""
    tell = series.place.at("RRULE").problem
    rule = vRecur.from_ical(text)
    wrong = [*_parts_that_are_wrong(text), *_values_that_are_wrong(rule)]
    for found, expected in wrong:
        tell(Verbatim(found), expected)
    if wrong:
        return None
    first, last = series.start.replace(tzinfo=None), _last(series, rule)
    try:
        walls = list(islice(_walls(rule, first, last), MOST + 1))
    except (ArithmeticError, LookupError, TypeError, ValueError) as strange:  # what dateutil meets in strange rules
        tell(Verbatim(str(strange)), "a rule as in RFC 5545")
        return None
    if not walls:
        tell(Verbatim(f"no day from {first:%Y-%m-%d} to {last:%Y-%m-%d}"), "a rule that meets one")
    if len(walls) > MOST:
        tell(Verbatim(f"more than {MOST} times"), "fewer in three years")
    return walls if 0 < len(walls) <= MOST else None


def _parts_that_are_wrong(text: str) -> Iterator[tuple[str, str]]:
    """What was found and expected of parts that icalendar and dateutil pass over without a word."""
    parts = [part.partition("=") for part in text.upper().split(";") if part.strip()]
    for name, number in Counter(name for name, _, _ in parts).items():
        if name not in PARTS:
            yield name, f"only {', '.join(PARTS)}"
        elif number > 1:
            yield f"{name} {number} times", "each part once"
    for name, _, value in parts:
        if not value or "=" in value:
            yield f"{name}={value}", "a value in each part"
    if "FREQ" not in (name for name, _, _ in parts):
        yield "no FREQ", _expected_of_freq()


def _values_that_are_wrong(rule: vRecur) -> Iterator[tuple[str, str]]:
    """What was found and expected of values that no calendar has."""
    for name, values in rule.items():
        if name in ONCE and len(values) > 1:
            yield f"{name} with {len(values)} values", "one value"
        for value in values:
            is_right, expected = _judged(name, value, rule)
            if not is_right:
                yield f"{name}={value}", expected


def _judged(name: str, value: Any, rule: vRecur) -> tuple[bool, str]:
    """Whether a value can be, and what can."""
    match name:
        case "FREQ":
            judged = value in DAYS, _expected_of_freq()
        case "COUNT" | "INTERVAL":
            judged = value >= 1, f"{name} from 1"
        case "UNTIL":
            judged = isinstance(value, date), "a day or a time"
        case "WKST":
            judged = str(value).isalpha(), "a day of the week"
        case "BYDAY":
            judged = _judged_weekday(value, rule)
        case _ if name in HIGHEST:
            highest = HIGHEST[name]
            judged = 1 <= abs(value) <= highest, f"{name} from 1 to {highest} or from -{highest} to -1"
        case _ if name in RANGES:
            low, high = RANGES[name]
            judged = str(value).isdigit() and low <= value <= high, f"{name} from {low} to {high}"
        case _:
            judged = True, ""  # its name is told
    return judged


def _judged_weekday(value: Any, rule: vRecur) -> tuple[bool, str]:
    """The same of a weekday, which has a number only where a month or a year has several of it."""
    frequency = rule["FREQ"][0] if "FREQ" in rule else ""
    if str(value).isalpha():
        return True, ""
    if frequency not in WEEKS or "BYWEEKNO" in rule:
        return False, "a number before a weekday only in a month or a year"
    most = WEEKS["MONTHLY" if "BYMONTH" in rule else frequency]
    return 1 <= abs(value.relative or 0) <= most, f"at most {most} of a weekday"


def _expected_of_freq() -> str:
    return f"FREQ one of {', '.join(DAYS)}"


def _walls(rule: Any, first: datetime, last: datetime) -> Iterator[datetime]:
    """The starts from the first to the last moment. Raises what dateutil meets in strange rules."""
    steps = WINDOW.days // DAYS[rule["FREQ"][0]] + 2
    endless = rule.copy()
    endless.pop("UNTIL", None)
    found = rrulestr(endless.to_ical().decode(), dtstart=first)
    with suppress(_Beyond):
        for start in found.replace(interval=_Interval(rule.get("INTERVAL", [1])[0], steps)):
            if start > last:
                return
            yield start


class _Beyond(Exception):
    """A rule was followed as far as it shall."""


class _Interval(int):
    """The interval of a rule that is followed for so many steps: dateutil looks for a next day until the year 9999."""

    def __new__(cls, days: int, steps: int) -> "_Interval":
        """An interval like any other, for so many steps."""
        made = super().__new__(cls, days)
        made.left = steps
        return made

    left: int

    def __radd__(self, moment: int) -> int:
        """A step of days, months or years."""
        return moment + self._step()

    def __mul__(self, days: int) -> int:
        """A step of weeks."""
        return self._step() * days

    def _step(self) -> int:
        self.left -= 1
        if self.left < 0:
            raise _Beyond
        return int(self)


def _last(series: CalendarEvent, rule: vRecur) -> datetime:
    """Until when the rule is followed, on the wall clock of the series."""
    horizon = series.start.replace(tzinfo=None) + WINDOW
    return min([horizon, *(_wall(until, series) for until in rule.get("UNTIL", []))])


def _wall(until: date, series: CalendarEvent) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    if until.year > LATEST.year:
        return datetime.combine(LATEST, time.max)
    return until.astimezone(series.start.tzinfo).replace(tzinfo=None) if until.tzinfo else until
