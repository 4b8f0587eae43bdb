"""From events to occurrences: series are expanded on the clock of their own zone, changes put in their place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from sys import intern
from typing import Any

from dateutil.rrule import rrulestr

from portal.clock import local
from portal.exchange.calendar import Event
from portal.exchange.problems import Said
from portal.exchange.shape import LATEST
from portal.tables.plan import ElementCode
from portal.tables.schedule import OccurrenceStatus

WINDOW = timedelta(days=3 * 365 + 1)
MOST = 5000
WEEKS_OF_A_MONTH, WEEKS_OF_A_YEAR = 5, 53
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


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


def expand(events: Iterable[Event]) -> Iterator[Planned]:
    """Every occurrence of the events, each once; problems are told in the events' own places."""
    masters: dict[str, Event] = {}
    changes: dict[str, dict[datetime, Event]] = {}
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


def _is_whole(event: Event, master: Event) -> bool:
    """Whether it is said what the event is and whose; a change takes from the series what it leaves out."""
    if not (event.code or master.code):
        event.place.problem(Said("no element"), f"one of {', '.join(ElementCode)}", "CATEGORIES")
    if not (event.owners or master.owners):
        event.place.problem(Said("neither"), "X-INTRO-GROUP or X-INTRO-PARTICIPANT")
    return bool((event.code or master.code) and (event.owners or master.owners))


def _keep(known: dict[Any, Event], key: object, event: Event) -> None:
    """Keep the newest version of what stands twice."""
    other = known.get(key)
    if other is not None and other.sequence == event.sequence:
        event.place.problem(event.uid, f"a UID that is not also on line {other.place.line}", "UID")
    if other is None or other.sequence < event.sequence:
        known[key] = event


def _series(master: Event, changes: dict[datetime, Event]) -> Iterator[Planned]:
    if master.rule is None and not master.also and not changes:
        yield from _occurrences(master, master, None)
        return
    starts = _starts(master)
    if starts is None:
        return
    for moment in sorted(changes.keys() - starts):
        if not _is_beyond(moment, master):
            _tell_astray(changes[moment], moment, master, starts)
    excluded = {moment.astimezone(UTC) if isinstance(moment, datetime) else moment for moment in master.without}
    for start in sorted(starts | changes.keys()):
        change = changes.get(start)
        if change is not None:
            yield from _occurrences(change, master, start)
        elif start not in excluded and local(start).date() not in excluded:
            yield from _occurrences(master, master, start)


def _tell_astray(change: Event, instance: datetime, master: Event, starts: set[datetime]) -> None:
    """A change of an occurrence that the series does not have, most often by a slip in the day."""
    expected = f"a start of the series on line {master.place.line}"
    if starts:
        nearest = min(starts, key=lambda start: abs(start - instance)).astimezone(master.start.tzinfo)
        expected += f", such as {nearest.isoformat()}"
    change.place.problem(Said("no occurrence of this series then"), expected, "RECURRENCE-ID")


def _is_beyond(moment: datetime, master: Event) -> bool:
    """Whether the series is no longer followed then, so that nobody can say if it has an occurrence."""
    horizon = master.start.replace(tzinfo=None) + WINDOW
    return master.rule is not None and _last(master) == horizon and _wall(moment, master) > horizon


def _starts(master: Event) -> set[datetime] | None:
    """The starts of the series in UTC, also the excluded ones; None, with a problem told, where it has no measure."""
    if len(master.also) > MOST:
        master.place.problem(Said(f"{len(master.also)} times"), f"at most {MOST}", "RDATE")
        return None
    also = {moment.astimezone(UTC) for moment in master.also}
    if master.rule is None:
        return also | {master.start.astimezone(UTC)}
    frequency = str(master.rule.get("FREQ", ["?"])[0]).upper()
    if frequency not in FREQUENCIES:
        master.place.problem(frequency, f"FREQ one of {', '.join(FREQUENCIES)}", "RRULE")
        return None
    try:
        walls = list(islice(_rule(master), MOST + 1))
    except (ArithmeticError, LookupError, TypeError, ValueError) as wrong:  # what dateutil meets in strange rules
        master.place.problem(Said(str(wrong)), "a rule as in RFC 5545", "RRULE")
        return None
    if len(walls) > MOST:
        master.place.problem(Said(f"more than {MOST} times"), "fewer in three years", "RRULE")
        return None
    return also | {wall.replace(tzinfo=master.start.tzinfo).astimezone(UTC) for wall in walls}


def _rule(master: Event) -> Iterator[datetime]:
    """The starts by the rule on the wall clock of the series, for three years from its first. Raises ValueError."""
    last, rule = _last(master), master.rule.copy()
    _refuse_beyond_the_last(rule)
    rule.pop("UNTIL", None)
    starts = rrulestr(rule.to_ical().decode(), dtstart=master.start.replace(tzinfo=None))
    if "COUNT" not in rule:
        starts = starts.replace(until=last)
    return takewhile(lambda start: start <= last, starts)


def _refuse_beyond_the_last(rule: Any) -> None:
    """Raises ValueError for a day such as 99MO: a weekday that no month, or no year, has so many of."""
    in_month = "BYMONTH" in rule or str(rule["FREQ"][0]).upper() == "MONTHLY"
    for day in rule.get("BYDAY", []):
        if abs(day.relative or 0) > (WEEKS_OF_A_MONTH if in_month else WEEKS_OF_A_YEAR):
            raise ValueError(f"{day}, which no {'month' if in_month else 'year'} has")


def _last(master: Event) -> datetime:
    """Until when the rule is followed, on the wall clock of the series."""
    horizon = master.start.replace(tzinfo=None) + WINDOW
    return min([horizon, *(_wall(until, master) for until in master.rule.get("UNTIL", []))])


def _wall(until: date, master: Event) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    if until.year > LATEST.year:
        return datetime.combine(LATEST, time.max)
    return until.astimezone(master.start.tzinfo).replace(tzinfo=None) if until.tzinfo else until


def _occurrences(event: Event, master: Event, instance: datetime | None) -> Iterator[Planned]:
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


def _ends(event: Event, starts: datetime) -> datetime:
    """The end on the wall clock of the series: a lesson over a change of clocks still ends at its hour."""
    zone = event.start.tzinfo
    length = event.end.astimezone(zone).replace(tzinfo=None) - event.start.replace(tzinfo=None)
    wall = starts.astimezone(zone).replace(tzinfo=None) + length
    return max(wall.replace(tzinfo=zone).astimezone(UTC), starts + timedelta(minutes=1))
