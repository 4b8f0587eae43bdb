"""The demo municipality taken into a store through the municipality's own door."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from portal.db import Store
from portal.demo import files
from portal.exchange import incoming
from portal.law.calendar import Month, is_day_off
from portal.law.rates import Rates, basic_amount, ore

ORE = 100


class DemoFilesRefused(Exception):
    """The demo's own files were not taken: the problems, one a line."""


def fill(store: Store, today: date, folder: Path) -> None:
    """Writes the demo municipality's files of the day into `folder`, and takes them into a migrated store."""
    take(store, files.render(today, folder, amount, is_day_off))


def take(store: Store, paths: list[Path]) -> None:
    """Takes the files in, all or none; what is stored already changes nothing. Raises DemoFilesRefused."""
    report = incoming.take(store, paths)
    if report.problems:
        raise DemoFilesRefused("\n".join(str(problem) for problem in report.problems))


def amount(month: str, factor: str, deducted: str) -> int:
    """Øre for a month at a factor of the full rate, or (negative) for hours, days or all of it (IL § 20 (2))."""
    year, number = month.split("-")
    basic = basic_amount(Month(int(year), int(number)))
    assert basic is not None  # the demo tells of no month before the first amount known
    rates = Rates(basic.amount, Fraction(factor))
    if not deducted:
        return int(ore(rates.month) * ORE)
    if deducted == "all":
        return -int(ore(rates.month) * ORE)
    number_of, unit = Fraction(deducted[:-1]), {"h": rates.hour, "d": rates.day}[deducted[-1]]
    return -int(ore(number_of * unit) * ORE)
