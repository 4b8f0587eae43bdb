"""Reading a timetable (iCalendar): what each event says, some events at a time, with the line each begins on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Component, vBroken
from icalendar.timezone import tzp

from portal.clock import OSLO
from portal.exchange.problems import Report, SourceLocation, Verbatim
from portal.exchange.shape import EARLIEST, LATEST
from portal.exchange.stream import Count
from portal.exchange.timetable.blocks import Block, blocks, line_of_bad_byte, lines
from portal.tables.plan import ElementCode

TOGETHER = 200
GROUP, PARTICIPANT, MUNICIPALITY, ROOM = "X-INTRO-GROUP", "X-INTRO-PARTICIPANT", "X-INTRO-MUNICIPALITY", "X-INTRO-ROOM"
OWNERS = {GROUP: "group", PARTICIPANT: "participant"}
LONGEST_TEXT = 200
LONGEST_UID = 255
BY_THE_WAY = ("TZUNTIL", "TZID-ALIAS-OF")  # RFC 7808; the reader of time zones does not know them
TWO_DAYS = timedelta(days=2)
A_TIME = "a time such as DTSTART;TZID=Europe/Oslo:20261001T083000"
A_WHOLE_DAY = "events of whole days are left out; days without school belong in the document"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event as the file says it: a series, one occurrence, or a change of one (`instance` is the time it had)."""

    place: SourceLocation
    uid: str
    instance: datetime | None
    start: datetime
    end: datetime
    rule: str | None
    also: tuple[datetime, ...]
    without: tuple[date, ...]
    owners: tuple[str, ...]
    code: ElementCode | None
    title: str
    at: str
    room: str
    cancelled: bool
    sequence: int


@dataclass(slots=True)
class Zone:
    """A time zone as a calendar explains it. `ends`: it says until when, so that nobody knows the clock afterwards."""

    line: int
    lines: list[str] = field(default_factory=list)
    ends: bool = False
    name: str = ""
    rules: list[str] = field(default_factory=list)
    passed_over: bool = False

    def add(self, text: str) -> bool:
        """One line more; False for one that is passed over."""
        if not text.startswith((" ", "\t")):  # a line that goes on is of the same property
            before, _, value = text.partition(":")
            word = before.partition(";")[0].strip().upper()
            self.passed_over = word in BY_THE_WAY
            self.ends |= word == "TZUNTIL"
            self.name = value.strip() if word == "TZID" else self.name
            self.rules += [value] if word == "RRULE" else []
        if not self.passed_over:
            self.lines.append(text)
        return not self.passed_over


@dataclass(slots=True)
class CalendarHeader:
    """A calendar of a file without its events: its own lines, and what it says of all its events. `whole_days` are the
    lines of the events that have no hour.
    """

    lines: list[str] = field(default_factory=list)
    line: int = 1
    zones: list[Zone] = field(default_factory=list)
    whole_days: list[int] = field(default_factory=list)
    owners: tuple[str, ...] = ()
    municipality: str | None = None

    def add(self, number: int, text: str, depth: list[str]) -> None:
        """One line more."""
        in_zone = depth[1:2] == ["VTIMEZONE"]
        if in_zone and depth[2:] == [] and text.upper().startswith("BEGIN:"):
            self.zones.append(Zone(number))
        if not in_zone or self.zones[-1].add(text):
            self.lines.append(text)


def frames(path: Path, report: Report) -> list[CalendarHeader] | None:
    """The calendars of a file; None, with a problem told, where it is not iCalendar."""
    try:
        found = _frames(path)
    except UnicodeDecodeError as wrong:
        SourceLocation(report, path, line_of_bad_byte(path)).problem(
            Verbatim(f"byte {wrong.object[wrong.start]:#x}"), "UTF-8"
        )
        return None
    if not found:
        SourceLocation(report, path, 1).problem(Verbatim("no BEGIN:VCALENDAR"), "an iCalendar file")
        return None
    for frame in found:
        place = SourceLocation(report, path, frame.line)
        if not _are_understood(frame.zones, report, path):
            return None
        calendar = _parse(frame.lines) if frame.lines[-1].strip().upper() == "END:VCALENDAR" else None
        if calendar is None:
            place.problem(
                Verbatim("a calendar that cannot be read or does not end"), "BEGIN:VCALENDAR to END:VCALENDAR"
            )
            return None
        frame.owners = _owners(calendar)
        frame.municipality = _text(calendar, MUNICIPALITY) or None
    return found


def _frames(path: Path) -> list[CalendarHeader]:
    found: list[CalendarHeader] = []
    for number, text, depth in lines(path):
        if depth and depth[0] == "VCALENDAR" and depth[1:2] != ["VEVENT"]:
            if depth == ["VCALENDAR"] and text.upper() == "BEGIN:VCALENDAR":
                found.append(CalendarHeader(line=number))
            found[-1].add(number, text, depth)
    return found


def _are_understood(zones: list[Zone], report: Report, path: Path) -> bool:
    """Whether every time zone says how its clock goes, now and later; problems are told of the others."""
    before = len(report.problems)
    for zone in zones:
        place = SourceLocation(report, path, zone.line)
        others = [rule for rule in zone.rules if "FREQ=YEARLY" not in rule.upper()]
        if others:
            place.problem(Verbatim(f"time zone {zone.name} by {others[0]}"), "FREQ=YEARLY", "RRULE")
        elif _parse(["BEGIN:VCALENDAR", *zone.lines, "END:VCALENDAR"]) is None:
            place.problem(
                Verbatim(f"time zone {zone.name} that cannot be read"), "STANDARD and DAYLIGHT as in RFC 5545"
            )
        elif zone.ends and not _is_known(zone.name):
            place.problem(
                Verbatim(f"time zone {zone.name} that ends"),
                "one without end, or a name such as Europe/Oslo",
                "TZUNTIL",
            )
    return len(report.problems) == before


def _is_known(zone: str) -> bool:
    """Whether the clock of a zone is known by its name alone."""
    tzp.use_zoneinfo()
    return tzp.timezone(zone) is not None


def events(path: Path, found: list[CalendarHeader], report: Report, read: Count) -> Iterator[CalendarEvent]:
    """The events of a file that can be read; problems are told of the others."""
    held: list[Block] = []
    for block in blocks(path, read):
        if held and (block.calendar != held[0].calendar or len(held) == TOGETHER):
            yield from _events(path, found[held[0].calendar], held, report)
            held = []
        held.append(block)
    if held:
        yield from _events(path, found[held[0].calendar], held, report)
    left_out = [str(line) for frame in found for line in frame.whole_days]
    if left_out:
        report.notices.append(f"{path}: {A_WHOLE_DAY} (line {', '.join(left_out)})")


def _parse(text: list[str]) -> Component | None:
    """The calendar, whose time zones are its own: two files may mean different clocks by one name."""
    tzp.use_zoneinfo()
    try:
        return Calendar.from_ical("\r\n".join(text))
    except (ValueError, IndexError, KeyError):
        return None


def _events(path: Path, frame: CalendarHeader, some: list[Block], report: Report) -> Iterator[CalendarEvent]:
    text = [line for block in some for line in block.lines]
    calendar = _parse([*frame.lines[:-1], *text, "END:VCALENDAR"])
    parts = [] if calendar is None else calendar.walk("VEVENT")
    if len(parts) == len(some):
        for block, part in zip(some, parts, strict=True):
            event = _event(part, block, frame, SourceLocation(report, path, block.line))
            if event is not None:
                yield event
    elif len(some) == 1:
        SourceLocation(report, path, some[0].line).problem(
            Verbatim("an event that cannot be read"), "an event of iCalendar"
        )
    else:
        for block in some:
            yield from _events(path, frame, [block], report)


def _event(part: Component, block: Block, frame: CalendarHeader, place: SourceLocation) -> CalendarEvent | None:
    """The event, or None with its problems told; None also where it has no hour, which is noted."""
    if _is_of_whole_days(part):
        frame.whole_days.append(place.line or 0)
        return None
    for name, message in part.errors:
        place.problem(Verbatim(str(message)), "a property as in RFC 5545", *([name] if name else []))
    start = _moment(part, "DTSTART", place)
    end = _end(part, start, place)
    uid, owners = _text(part, "UID"), _owners(part) or frame.owners
    instance = _moment(part, "RECURRENCE-ID", place) if "RECURRENCE-ID" in part else None
    if len(_values(part, "RRULE")) > 1:
        place.problem(Verbatim("several rules"), "one rule", "RRULE")
    if "EXRULE" in part:
        place.problem(
            Verbatim("a rule of exceptions, which RFC 5545 has no more"), "each exception in EXDATE", "EXRULE"
        )
    if not uid or len(uid) > LONGEST_UID:
        found = f"{len(uid)} characters" if uid else "nothing"
        place.problem(Verbatim(found), f"a text of at most {LONGEST_UID} characters that no other event has", "UID")
    if instance is not None and _values(part, "RECURRENCE-ID")[0].params.get("RANGE"):
        place.problem(Verbatim("RANGE"), "one occurrence; what follows is a series of its own", "RECURRENCE-ID")
    if (
        part.errors
        or not 0 < len(uid) <= LONGEST_UID
        or start is None
        or end is None
        or ("RECURRENCE-ID" in part and instance is None)
    ):
        return None
    return CalendarEvent(
        place=place,
        uid=uid,
        instance=instance,
        start=start,
        end=end,
        rule=block.value("RRULE") if "RRULE" in part else None,
        also=tuple(day for day in _moments(part, "RDATE", start, place) if isinstance(day, datetime)),
        without=tuple(_moments(part, "EXDATE", start, place)),
        owners=owners,
        code=_code(part, place),
        title=_text(part, "SUMMARY")[:LONGEST_TEXT],
        at=_text(part, "LOCATION")[:LONGEST_TEXT],
        room=_text(part, ROOM)[:LONGEST_TEXT],
        cancelled=_text(part, "STATUS").upper() == "CANCELLED",
        sequence=max((int(value) for value in _values(part, "SEQUENCE")), default=0),
    )


def _is_of_whole_days(part: Component) -> bool:
    starts = [getattr(value, "dt", None) for value in _values(part, "DTSTART")]
    return len(starts) == 1 and isinstance(starts[0], date) and not isinstance(starts[0], datetime)


def _values(part: Component, name: str) -> list[Any]:
    """What a property says, each time it stands there; what cannot be read is among the event's errors."""
    found = part.get(name, [])
    return [value for value in (found if isinstance(found, list) else [found]) if not isinstance(value, vBroken)]


def _text(part: Component, name: str) -> str:
    """The first value as one line without control characters."""
    values = _values(part, name)
    return " ".join("".join(c if c.isprintable() else " " for c in str(values[0])).split()) if values else ""


def _owners(part: Component) -> tuple[str, ...]:
    """Whose the event is: `group:…` or `participant:…`."""
    return tuple(f"{kind}:{str(value).strip()}" for name, kind in OWNERS.items() for value in _values(part, name))


def _code(part: Component, place: SourceLocation) -> ElementCode | None:
    words = {str(word).strip().lower() for value in _values(part, "CATEGORIES") for word in value.cats}
    known = [code for code in ElementCode if code.value in words]
    if len(known) > 1:
        place.problem(", ".join(known), "one element", "CATEGORIES")
    return known[0] if known else None


def _moment(part: Component, name: str, place: SourceLocation) -> datetime | None:
    """A time with its zone; a time without any is on a Norwegian clock. None, with a problem told, for all else."""
    values = _values(part, name)
    value = getattr(values[0], "dt", None) if len(values) == 1 else None
    if not isinstance(value, datetime):
        if not any(error[0] == name for error in part.errors):
            place.problem(Verbatim(f"{len(values)} values" if value is None else str(value)), A_TIME, name)
        return None
    if value.tzinfo is None:
        zone = values[0].params.get("TZID")
        if zone:
            place.problem(Verbatim(f"time zone {zone}"), "a zone such as Europe/Oslo, or one with a VTIMEZONE", name)
            return None
        value = value.replace(tzinfo=OSLO)
    return value if _is_in_these_years(value, name, place) and _is_on_a_clock(value, name, place) else None


def _is_in_these_years(value: date, name: str, place: SourceLocation) -> bool:
    """Whether a day lies in the years of the documents; a problem where not, since clocks cannot be turned there."""
    known = EARLIEST.year <= value.year <= LATEST.year
    if not known:
        place.problem(Verbatim(f"the year {value.year}"), f"{EARLIEST.year} to {LATEST.year}", name)
    return known


def _is_on_a_clock(value: date, name: str, place: SourceLocation) -> bool:
    """Whether the time zone of a time says what its clock shows then; a problem where its rules cannot be followed."""
    try:
        if isinstance(value, datetime):
            value.utcoffset()
    except (ArithmeticError, LookupError, TypeError, ValueError):  # what dateutil meets in strange rules
        place.problem(
            Verbatim("a time zone whose rules cannot be followed"), "STANDARD and DAYLIGHT as in RFC 5545", name
        )
        return False
    return True


def _end(part: Component, start: datetime | None, place: SourceLocation) -> datetime | None:
    if start is None:
        return None
    if "DURATION" in part and "DTEND" not in part:
        lengths = [value.dt for value in _values(part, "DURATION")]
        if any(error[0] == "DURATION" for error in part.errors):
            return None
        if len(lengths) != 1 or not isinstance(lengths[0], timedelta):
            place.problem(Verbatim(f"{len(lengths)} values"), "a length such as PT3H", "DURATION")
            return None
        end: datetime | None = start + max(-TWO_DAYS, min(lengths[0], TWO_DAYS))
    else:
        end = _moment(part, "DTEND", place)
    if end is not None and not timedelta(0) < end - start <= timedelta(days=1):
        place.problem(Verbatim(f"{start} to {end}"), "an end after the start, within 24 hours", "DTEND")
        return None
    return end


def _moments(part: Component, name: str, start: datetime, place: SourceLocation) -> Iterator[date]:
    for value in _values(part, name):
        for item in getattr(value, "dts", []):
            moment = item.dt
            if isinstance(moment, tuple):
                place.problem(Verbatim("a period"), "times", name)
            elif not (_is_in_these_years(moment, name, place) and _is_on_a_clock(moment, name, place)):
                continue
            elif isinstance(moment, datetime) and moment.tzinfo is None:
                yield moment.replace(tzinfo=start.tzinfo)
            else:
                yield moment
