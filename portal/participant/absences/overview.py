"""The page of absences at a glance: what was sent last, and what is told and registered month by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from portal.casework import extents, requests
from portal.casework.day_picture import DayState, Said
from portal.casework.facts import KnownAbsence, KnownRequest, LegalFacts, is_registered, registered_days
from portal.i18n import translator
from portal.i18n.extents import how_much, summary
from portal.i18n.requests import RequestSign, request_sign
from portal.i18n.terms import leave_kind, leave_picture
from portal.law.calendar import add_months
from portal.law.extent import Extent
from portal.participant.absences.view import AbsenceItem
from portal.tables.leave import RequestStatus

LATEST = 2


@dataclass(frozen=True, slots=True)
class SentItem:
    """What was sent, where it stands, and whether the municipality waits for an answer."""

    public_id: str
    title: str
    picture: str
    days: Markup
    sign: RequestSign
    asks: bool


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """A row of a month: the registered `item`, or without one what is told; `public_id` is of the one or the other."""

    first_day: date
    days: Markup
    title: str
    public_id: str
    item: AbsenceItem | None = None


@dataclass(frozen=True, slots=True)
class MonthOfAbsences:
    """The absences that began in a month (`2026-11`), newest first."""

    month: str
    entries: tuple[MonthEntry, ...]


@dataclass(frozen=True, slots=True)
class AbsencesByMonth:
    """What is new or still open, and the rest, each month by month. `earlier_count` are the rows of the rest."""

    recent: tuple[MonthOfAbsences, ...]
    earlier: tuple[MonthOfAbsences, ...]

    @property
    def documents(self) -> list[MonthEntry]:
        """Rows that documentation is asked for: they are open, so they are among the recent."""
        rows = (row for month in self.recent for row in month.entries)
        return [row for row in rows if row.item and row.item.document_by]

    @property
    def earlier_count(self) -> int:
        """How many rows the rest has."""
        return sum(len(month.entries) for month in self.earlier)


def sent(record: LegalFacts, today: date) -> list[SentItem]:
    """What the municipality asks about, and the latest sent, newest first."""
    asked = [row for row in record.requests if row.status is RequestStatus.MORE_INFORMATION]
    shown = [*asked, *(row for row in record.requests[:LATEST] if row not in asked)]
    return [
        SentItem(
            row.public_id,
            leave_kind(row.kind, row.reason),
            leave_picture(row.kind, row.reason),
            _days(extents.granted(row) or extents.asked(row), today),
            _sign(row, requests.answer_by(row.sent_at, record.answer_days) < today),
            row in asked,
        )
        for row in shown
    ]


def _sign(row: KnownRequest, is_late: bool) -> RequestSign:
    return request_sign(row.form, row.status, is_late=is_late, is_known=requests.is_known(row.status, row.fetched_at))


def told(said: Iterable[Said], absences: Iterable[KnownAbsence], today: date) -> list[MonthEntry]:
    """What was told and nobody has registered yet."""
    known = registered_days(absences)
    return [
        MonthEntry(row.first_day, _days(row.extent, today), leave_kind(row.kind), row.public_id)
        for row in said
        if row.state is DayState.TOLD and not is_registered(row, known)
    ]


def by_month(
    record: LegalFacts, items: Sequence[AbsenceItem], reported: Sequence[MonthEntry], today: date
) -> AbsencesByMonth:
    """All rows by the month they began in, newest first. New is what began this month or the one before, or comes."""
    rows = {row.public_id: row for row in record.absences}
    entries = [*reported, *(_entry(rows[item.public_id], item, today) for item in items)]
    entries.sort(key=lambda entry: entry.first_day, reverse=True)
    since = add_months(today.replace(day=1), -1)
    recent = [entry for entry in entries if entry.first_day >= since or entry.item is None or entry.item.is_open]
    return AbsencesByMonth(_months(recent), _months(entry for entry in entries if entry not in recent))


def _entry(row: KnownAbsence, item: AbsenceItem, today: date) -> MonthEntry:
    days = _days(Extent(row.first_day, row.last_day, row.hours), today)
    return MonthEntry(row.first_day, days, item.title, item.public_id, item)


def _months(entries: Iterable[MonthEntry]) -> tuple[MonthOfAbsences, ...]:
    grouped = groupby(entries, key=lambda entry: f"{entry.first_day:%Y-%m}")
    return tuple(MonthOfAbsences(month, tuple(rows)) for month, rows in grouped)


def _days(extent: Extent, today: date) -> Markup:
    """`onsdag 04.11. · 3 timer`, `19.10. – 23.10.`; with weekdays and year where it is not of this year alone."""
    first, last = extent.first_day, extent.last_day
    if not first.year == last.year == today.year:
        return summary(extent)
    days = translator().day(first) if first == last else translator().figures(first, last)
    much = how_much(extent)
    return days if much is None else days + Markup(" · ") + much
