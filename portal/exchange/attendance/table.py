"""Reading attendance: values separated by semicolon or comma, in UTF-8 or Windows-1252, one registration a line."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from portal.clock import OSLO
from portal.exchange.problems import Report, SourceLocation, Verbatim
from portal.exchange.shape import trimmed
from portal.exchange.stream import Count
from portal.exchange.timetable.blocks import line_of_bad_byte
from portal.tables.schedule import AttendanceStatus

COLUMNS = ("participant", "date", "start", "group", "status", "hours", "registered_by", "registered_at")
ENCODINGS = ("utf-8-sig", "cp1252")
LONGEST_NAME = 200
_NORWEGIAN = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One line: whose, when (the start on a Norwegian clock, in UTC), in which group, and what was registered. `values`
    are those of `COLUMNS` as they stand there.
    """

    place: SourceLocation
    values: dict[str, str]
    participant: str
    day: date
    starts_at: datetime
    group: str
    status: AttendanceStatus
    hours: Decimal | None
    registered_by: str
    registered_at: datetime | None


def registrations(path: Path, report: Report, read: Count) -> Iterator[AttendanceLine]:
    """The lines that can be read; problems are told of the others."""
    encoding = _encoding(path)
    if encoding is None:
        # It was meant to be in the encoding that comes further.
        line = max(line_of_bad_byte(path, name) or 1 for name in ENCODINGS)
        SourceLocation(report, path, line).problem(Verbatim("bytes that are neither"), "UTF-8 or Windows-1252")
        return
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        order = _columns(first, SourceLocation(report, path, 1))
        if order is None:
            return
        rows = csv.reader(_lines(file, read), delimiter=_delimiter(first), strict=True)
        try:
            for row in rows:
                place = SourceLocation(report, path, rows.line_num + 1)
                values = _values(row, order, place)
                registered = None if values is None else registered_by(values, place)
                if registered is not None:
                    yield registered
        except csv.Error as wrong:
            SourceLocation(report, path, rows.line_num + 1).problem(Verbatim(str(wrong)), "a line of separated values")


def _encoding(path: Path) -> str | None:
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(1 << 16):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _lines(file: Iterator[str], read: Count) -> Iterator[str]:
    for line in file:
        read(len(line))
        yield line


def _delimiter(first: str) -> str:
    return ";" if first.count(";") >= first.count(",") else ","


def _columns(first: str, place: SourceLocation) -> dict[str, int] | None:
    names = [name.strip().strip('"').lower() for name in first.strip().split(_delimiter(first))]
    if sorted(names) != sorted(COLUMNS):
        place.problem(first.strip(), f"the columns {';'.join(COLUMNS)}")
        return None
    return {name: names.index(name) for name in COLUMNS}


def _values(row: list[str], order: dict[str, int], place: SourceLocation) -> dict[str, str] | None:
    """The values of a line; None for an empty one, and where a problem is told."""
    if not any(value.strip() for value in row):
        return None
    if len(row) != len(COLUMNS):
        place.problem(Verbatim(f"{len(row)} values"), f"{len(COLUMNS)} values")
        return None
    return {name: trimmed(row[index]) for name, index in order.items()}


def registered_by(values: dict[str, str], place: SourceLocation) -> AttendanceLine | None:
    """What a line says; None where problems are told."""
    reader = _Reader(place, values)
    day, start, status = reader.date(), reader.start(), reader.status()
    hours, registered_at = reader.hours(status), reader.registered_at(status)
    participant, name = reader.text("participant"), reader.text("registered_by", needed=False)
    group = reader.text("group", needed=False)
    if reader.wrong or day is None or start is None or status is None:
        return None
    starts_at = _norwegian_clock(day, start)
    return AttendanceLine(place, values, participant, day, starts_at, group, status, hours, name, registered_at)


class _Reader:
    """The values of one line, each parsed with its own problem."""

    def __init__(self, place: SourceLocation, values: dict[str, str]) -> None:
        self.place, self.values, self.wrong = place, values, False

    def _problem(self, name: str, expected: str) -> None:
        self.wrong = True
        self.place.problem(self.values[name], expected, name)

    def text(self, name: str, *, needed: bool = True) -> str:
        value = self.values[name]
        if len(value) > LONGEST_NAME or not (value.isprintable() and (value or not needed)):
            self._problem(name, f"one line of {1 if needed else 0} to {LONGEST_NAME} characters")
        return value

    def date(self) -> date | None:
        found = _date(self.values["date"])
        if found is None:
            self._problem("date", "a date, 2026-10-01 or 01.10.2026")
        return found

    def start(self) -> time | None:
        found = _time(self.values["start"])
        if found is None:
            self._problem("start", "a time such as 08:30")
        return found

    def status(self) -> AttendanceStatus | None:
        try:
            return AttendanceStatus(self.values["status"].lower())
        except ValueError:
            self._problem("status", f"one of {', '.join(AttendanceStatus)}")
            return None

    def hours(self, status: AttendanceStatus | None) -> Decimal | None:
        value = self.values["hours"]
        if not value:
            return None
        try:
            hours = Decimal(value.replace(",", "."))
        except InvalidOperation:
            hours = Decimal(0)
        if not (hours.is_finite() and 0 < hours <= 24 and hours == round(hours, 2)):
            self._problem("hours", "hours of absence such as 1.5, at most 24")
        elif status not in (AttendanceStatus.PARTLY_PRESENT, None):
            self._problem("hours", "hours only where status is partly_present")
        return hours

    def registered_at(self, status: AttendanceStatus | None) -> datetime | None:
        value, none = self.values["registered_at"], status is AttendanceStatus.NOT_REGISTERED
        if none and not value:
            return None
        moment = _moment(value)
        if moment is None or none:
            self._problem("registered_at", "nothing" if none else "a time, 2026-10-01T14:05 or 01.10.2026 14:05")
        return moment


@lru_cache(maxsize=4096)
def _date(value: str) -> date | None:
    """A date written 2026-10-01 or 01.10.2026."""
    norwegian = _NORWEGIAN.fullmatch(value)
    try:
        found = date.fromisoformat("-".join(reversed(norwegian.groups())) if norwegian else value)
    except ValueError:
        return None
    return found if 1900 < found.year < 2100 else None


@lru_cache(maxsize=4096)
def _time(value: str) -> time | None:
    """A time of the day written 08:30, 8:30 or 08.30."""
    try:
        found = time.fromisoformat(value.replace(".", ":").zfill(5))
    except ValueError:
        return None
    return None if found.tzinfo else found


@lru_cache(maxsize=4096)
def _moment(value: str) -> datetime | None:
    """A time; without a zone it is on a Norwegian clock."""
    day, _, rest = value.replace("T", " ", 1).partition(" ")
    clock = rest.replace(".", ":", 2) if _date(day) and not day[:4].isdigit() else rest
    try:
        found = datetime.fromisoformat(f"{_date(day)}T{clock}")
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=OSLO)).astimezone(UTC)


@lru_cache(maxsize=4096)
def _norwegian_clock(day: date, start: time) -> datetime:
    """That time of that day in Norway, in UTC."""
    return datetime.combine(day, start, OSLO).astimezone(UTC)
