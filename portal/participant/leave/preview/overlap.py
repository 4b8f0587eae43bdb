"""What is said already of the days that are asked for, and what is left to say."""

from collections.abc import Iterator, Sequence
from datetime import date

from portal.casework import extents
from portal.casework.facts import KnownRequest
from portal.law.calendar import add_days, days, is_working_day
from portal.law.case import Request
from portal.law.extent import Extent
from portal.law.vocabulary import Documentation
from portal.tables.leave import GRANTED, WAITING


def overlapping(requests: Sequence[KnownRequest], asked: Request) -> tuple[KnownRequest, ...]:
    """What was sent before and stands, and holds some of the asked working days: the same thing, or, for an illness,
    any leave of whole days that is granted. A paper from a doctor is news, and may be told of the same days.
    """
    wanted = {day for day in days(asked.first_day, asked.last_day) if is_working_day(day)}
    return tuple(row for row in requests if _says_it(row, asked) and not wanted.isdisjoint(_days_of(row)))


def rest(requests: Sequence[KnownRequest], asked: Request) -> tuple[tuple[date, date], ...]:
    """The asked days, as first and last days, that none of the requests holds; none where those are days off."""
    taken = {day for row in requests for day in _days_of(row)}
    spells: list[list[date]] = []
    for day in days(asked.first_day, asked.last_day):
        if day in taken:
            continue
        if not spells or spells[-1][-1] != add_days(day, -1):
            spells.append([])
        spells[-1].append(day)
    return tuple((spell[0], spell[-1]) for spell in spells if any(map(is_working_day, spell)))


def _says_it(row: KnownRequest, asked: Request) -> bool:
    hours = _extent(row).hours
    if hours is not None and hours != asked.hours:
        return False
    same = (row.kind, row.reason) == (asked.kind, asked.reason)
    if row.status in GRANTED:
        return not row.kind.law.is_daily and (same or asked.kind.law.is_illness)
    if row.status not in WAITING or not same:
        return False
    has_paper = row.seen.get("documentation") == Documentation.MEDICAL
    return has_paper or asked.documentation is not Documentation.MEDICAL


def _days_of(row: KnownRequest) -> Iterator[date]:
    extent = _extent(row)
    return days(extent.first_day, extent.last_day)


def _extent(row: KnownRequest) -> Extent:
    return extents.granted(row) or extents.asked(row)
