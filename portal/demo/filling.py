"""The demo municipality taken into a store through the municipality's own door."""

from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

from portal.demo import files
from portal.exchange import importer
from portal.law.calendar import Month, is_day_off
from portal.law.rates import Rates, basic_amount, ore
from portal.store.db import Store
from portal.tables.log import ImportedFile

ORE = 100


class DemoFilesRefused(Exception):
    """The demo's own files were not taken: the problems, one a line."""


def fill(store: Store, today: date, folder: Path) -> None:
    """Writes the demo municipality's files of the day into `folder`, and takes them into a migrated store.

    The first time, participants send what they had sent already, and the municipality answers. What is stored already
    changes nothing, and what was done in the portal stays.
    """
    from portal.demo.sending import send  # here: the other commands of `portal` need no section, and start sooner

    take(store, files.render(today, folder, amount, is_day_off))
    with store.write_session() as session:
        is_new = send(session, files.sent(today, is_day_off))
        session.commit()
    if is_new:
        take(store, [files.render_answers(today, folder, is_day_off)])


def take(store: Store, paths: list[Path]) -> None:
    """Takes the files in, all or none; nothing where all were taken before. Raises DemoFilesRefused."""
    if _are_taken(store, paths):
        return
    report = importer.take(store, paths)
    if report.problems:
        raise DemoFilesRefused("\n".join(str(problem) for problem in report.problems))


def _are_taken(store: Store, paths: list[Path]) -> bool:
    digests = {sha256(path.read_bytes()).hexdigest() for path in paths}
    known = select(func.count()).where(col(ImportedFile.digest).in_(digests))
    with store.read_session() as session:
        return session.scalar(known) == len(digests)


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
