"""Days as the demo municipality speaks of them: seen from the day on which its files are made.

An expression is an anchor, steps, a pick, and a clock time, e.g. `schoolday-3`, `monday+1w+2d 08:30`, `pay-1:wd6`,
`pay-1:wk3+4d`, `pay+1:payday`, `year-22:03-14`, `on:MO,WE+1`. Anchors: `day` (today), `schoolday` (today or the first
day with lessons after it), `monday` (of this week), `month`, `pay` (the month that the next payment is earned in),
`year`, `on:…` (days with lessons on these weekdays, strictly before or after `schoolday`), and the breaks `sommer`,
`host` and `jul` with `first` or `last` picked. School days leave out weekends, days off and weeks without school.
Picks: a day's number, `last`, `payday`, `wd6` (the sixth school day), `wk3` (Monday of the third whole week of school).
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
PAY_DAY = 15
DAY = timedelta(days=1)
BREAKS = ("sommer", "host", "jul")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
DayOff = Callable[[date], bool]
Value = date | datetime | str

EXPRESSION = re.compile(
    r"(?P<anchor>day|schoolday|monday|month|pay|year|it|sommer|host|jul|on:[A-Z,]+)(?P<steps>(?:[+-]\d+[dwmy]?)*)"
    r"(?::(?P<pick>[a-z]*\d*(?:-\d\d)?)(?P<after>(?:[+-]\d+[dw])*))?(?: (?P<clock>\d\d:\d\d))?"
)
STEP = re.compile(r"([+-]\d+)([dwmy]?)")


class NotADay(ValueError):
    """An expression that says no day."""


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() > 4


def monday_of_week(year: int, week: int) -> date:
    """The Monday of an ISO week."""
    return date.fromisocalendar(year, week, 1)


def breaks(year: int) -> dict[str, tuple[date, date]]:
    """Solvik's five weeks without school in a calendar year: three in summer, one in autumn, one at Christmas."""
    summer, autumn = monday_of_week(year, 29), monday_of_week(year, 40)
    return {
        "sommer": (summer, summer + 18 * DAY),
        "host": (autumn, autumn + 4 * DAY),
        "jul": (date(year, 12, 24), date(year, 12, 31)),
    }


def shifted(month: str, number: int) -> str:
    """The month (`2026-10`) that is `number` months later."""
    year, index = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + number, 12)
    return f"{year:04}-{index + 1:02}"


def pay_day(month: str) -> date:
    """When money is paid in a month: the 15th, or the Friday before where that is a weekend."""
    day = date.fromisoformat(f"{month}-{PAY_DAY}")
    return day - max(0, day.weekday() - 4) * DAY


def pay_month(today: date) -> str:
    """The month that the next payment is earned in; it is paid in the month after."""
    this = f"{today:%Y-%m}"
    return this if pay_day(this) <= today else shifted(this, -1)


@dataclass(frozen=True)
class Calendar:
    """Expressions seen from `today`. `it` is the month or day in hand where a template repeats something."""

    today: date
    is_day_off: DayOff = is_weekend
    names: Mapping[str, date | str] = field(default_factory=dict)

    def has_school(self, day: date) -> bool:
        """Whether there are lessons that day."""
        return not self.is_day_off(day) and not any(first <= day <= last for first, last in breaks(day.year).values())

    def read(self, expression: str) -> Value:
        """The month (text), day, or moment with time zone that an expression means; NotADay where it means none."""
        parts = EXPRESSION.fullmatch(expression)
        if parts is None:
            raise NotADay(expression)
        found = self._anchored(parts["anchor"], parts["steps"])
        if parts["anchor"] in BREAKS:
            return breaks(int(str(found)))[parts["anchor"]][("first", "last").index(parts["pick"])]
        found = self._picked(found, parts["pick"])
        for number, unit in STEP.findall(parts["after"] or ""):
            found = self._step("day", found, int(number), unit)
        if not parts["clock"]:
            return found
        if isinstance(found, str):
            raise NotADay(expression)
        return datetime.combine(found, time.fromisoformat(parts["clock"]), OSLO)

    def day(self, expression: str) -> date:
        """The day that an expression means; NotADay where it means a month or a moment."""
        found = self.read(expression)
        if isinstance(found, datetime) or not isinstance(found, date):
            raise NotADay(expression)
        return found

    def off(self, first: date, last: date) -> Iterator[date]:
        """Mondays to Fridays without lessons."""
        for number in range((last - first).days + 1):
            day = first + number * DAY
            if not is_weekend(day) and not self.has_school(day):
                yield day

    def _anchored(self, anchor: str, steps: str) -> date | str:
        if anchor.startswith("on:"):
            return self._on(anchor[3:].split(","), int(steps or "+1"))
        start = self._start(anchor)
        for number, unit in STEP.findall(steps):
            start = self._step(anchor, start, int(number), unit)
        return start

    def _start(self, anchor: str) -> date | str:
        if anchor in self.names:
            return self.names[anchor]
        if anchor == "year" or anchor in BREAKS:
            return f"{self.today:%Y}"
        anchors: dict[str, date | str] = {
            "day": self.today,
            "schoolday": self._school_days(self.today, DAY, 0),
            "monday": self.today - self.today.weekday() * DAY,
            "month": f"{self.today:%Y-%m}",
            "pay": pay_month(self.today),
        }
        return anchors[anchor]

    def _step(self, anchor: str, start: date | str, number: int, unit: str) -> date | str:
        if isinstance(start, str):
            return shifted(start, number) if "-" in start else f"{int(start) + number:04}"
        if anchor == "schoolday" and not unit:
            return self._school_days(start, DAY if number > 0 else -DAY, abs(number))
        return start + number * (7 * DAY if unit == "w" else DAY)

    def _school_days(self, start: date, step: timedelta, number: int) -> date:
        while not self.has_school(start):
            start += step
        for _ in range(number):
            start += step
            while not self.has_school(start):
                start += step
        return start

    def _on(self, weekdays: list[str], number: int) -> date:
        step = DAY if number > 0 else -DAY
        day = self._school_days(self.today, DAY, 0)
        for _ in range(abs(number)):
            day += step
            while not self.has_school(day) or WEEKDAYS[day.weekday()] not in weekdays:
                day += step
        return day

    def _picked(self, found: date | str, pick: str | None) -> date | str:
        if pick is None:
            return found
        if not isinstance(found, str):
            raise NotADay(pick)
        if len(found) == 4:
            return date.fromisoformat(f"{found}-{pick}")
        return self._in_month(found, pick)

    def _in_month(self, month: str, pick: str) -> date:
        first = date.fromisoformat(f"{month}-01")
        if pick == "payday":
            return pay_day(month)
        if pick.startswith("wd"):
            return self._school_days(first, DAY, int(pick[2:]) - 1)
        if pick.startswith("wk"):
            return self._whole_week(first, int(pick[2:]))
        last = monthrange(first.year, first.month)[1]
        return first.replace(day=last if pick == "last" else min(int(pick), last))

    def _whole_week(self, first: date, number: int) -> date:
        monday = first + -first.weekday() % 7 * DAY
        found = 0
        while True:
            found += all(self.has_school(monday + day * DAY) for day in range(5))
            if found == number:
                return monday
            monday += 7 * DAY
