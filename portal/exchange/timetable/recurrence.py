"""From events to occurrences: series are expanded on the clock of their own zone, changes put in their place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from sys import intern
from typing import Any

from portal.clock import local
from portal.exchange.problems import Verbatim
from portal.exchange.timetable import rules
from portal.exchange.timetable.calendar import CalendarEvent
from portal.tables.plan import ElementCode
from portal.tables.schedule import OccurrenceStatus


@dataclass(frozen=True, slots=True)
class Planned:
    """One occurrence of one group or participant; times in UTC, `day` on a Norwegian clock."""

    owner: str
    uid: str
    recurrence: str
    code: ElementCode
    title: str
    place: str
    room: str
    day: date
    starts_at: datetime
    ends_at: datetime
    status: OccurrenceStatus
    moved_from: datetime | None


def expand(events: Iterable[CalendarEvent]) -> Iterator[Planned]:
    """Every occurrence of the events, each once; problems are told in the events' own places."""
    masters: dict[str, CalendarEvent] = {}
    changes: dict[str, dict[datetime, CalendarEvent]] = {}
    for event in events:
        if event.instance is None:
            _keep(masters, event.uid, event)
        else:
            _keep(changes.setdefault(event.uid, {}), event.instance.astimezone(UTC), event)
    for uid, master in masters.items():
        changed = changes.pop(uid, {})
        whole = [_is_whole(event, master) for event in (master, *changed.values())]  # a list: each tells its problems
        if all(whole):
            yield from _series(master, changed)
    for alone in changes.values():
        for moment, change in alone.items():
            if _is_whole(change, change):
                yield from _occurrences(change, change, moment)


def _is_whole(event: CalendarEvent, master: CalendarEvent) -> bool:
    """Whether it is said what the event is and whose; a change takes from the series what it leaves out."""
    if not (event.code or master.code):
        event.place.problem(Verbatim("no element"), f"one of {', '.join(ElementCode)}", "CATEGORIES")
    if not (event.owners or master.owners):
        event.place.problem(Verbatim("neither"), "X-INTRO-GROUP or X-INTRO-PARTICIPANT")
    return bool((event.code or master.code) and (event.owners or master.owners))


def _keep(known: dict[Any, CalendarEvent], key: object, event: CalendarEvent) -> None:
    """Keep the newest version of what stands twice."""
    other = known.get(key)
    if other is not None and other.sequence == event.sequence:
        event.place.problem(event.uid, f"a UID that is not also on line {other.place.line}", "UID")
    if other is None or other.sequence < event.sequence:
        known[key] = event


def _series(master: CalendarEvent, changes: dict[datetime, CalendarEvent]) -> Iterator[Planned]:
    if master.rule is None and not master.also and not changes:
        yield from _occurrences(master, master, None)
        return
    starts = rules.starts(master)
    if starts is None:
        return
    for moment in sorted(changes.keys() - starts):
        if not rules.is_beyond(moment, master):
            _tell_astray(changes[moment], moment, master, starts)
    excluded = {moment.astimezone(UTC) if isinstance(moment, datetime) else moment for moment in master.without}
    for start in sorted(starts | changes.keys()):
        change = changes.get(start)
        if change is not None:
            yield from _occurrences(change, master, start)
        elif start not in excluded and local(start).date() not in excluded:
            yield from _occurrences(master, master, start)


def _tell_astray(change: CalendarEvent, instance: datetime, master: CalendarEvent, starts: set[datetime]) -> None:
    """A change of an occurrence that the series does not have, most often by a slip in the day."""
    expected = f"a start of the series on line {master.place.line}"
    if starts:
        nearest = min(starts, key=lambda start: abs(start - instance)).astimezone(master.start.tzinfo)
        expected += f", such as {nearest.isoformat()}"
    change.place.problem(Verbatim("no occurrence of this series then"), expected, "RECURRENCE-ID")


def _occurrences(event: CalendarEvent, master: CalendarEvent, instance: datetime | None) -> Iterator[Planned]:
    """The event at `instance` for each of its owners."""
    code = event.code or master.code
    assert code is not None  # it is whole
    starts = event.start.astimezone(UTC) if event.instance or instance is None else instance
    ends = _ends(event, starts)
    moved = event.instance is not None and starts != instance
    cancelled = event.cancelled or master.cancelled
    status = OccurrenceStatus.PLANNED
    if cancelled or moved:
        status = OccurrenceStatus.CANCELLED if cancelled else OccurrenceStatus.MOVED
    for owner in event.owners or master.owners:
        yield Planned(
            owner=intern(owner),
            uid=intern(event.uid),
            recurrence="" if instance is None else f"{instance:%Y%m%dT%H%M%SZ}",
            code=code,
            title=intern(event.title or master.title),
            place=intern(event.at or master.at),
            room=intern(event.room or master.room),
            day=local(starts).date(),
            starts_at=starts,
            ends_at=ends,
            status=status,
            moved_from=instance if status is OccurrenceStatus.MOVED else None,
        )


def _ends(event: CalendarEvent, starts: datetime) -> datetime:
    """The end on the wall clock of the series: a lesson over a change of clocks still ends at its hour."""
    zone = event.start.tzinfo
    length = event.end.astimezone(zone).replace(tzinfo=None) - event.start.replace(tzinfo=None)
    wall = starts.astimezone(zone).replace(tzinfo=None) + length
    return max(wall.replace(tzinfo=zone).astimezone(UTC), starts + timedelta(minutes=1))
