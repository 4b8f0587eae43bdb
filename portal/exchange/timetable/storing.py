"""Storing occurrences: a calendar is the whole timetable of each group and person that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from portal.clock import now
from portal.exchange.comparing import IN_DOUBT, Tried, parted, tried
from portal.exchange.problems import Report, SourceLocation, Verbatim
from portal.exchange.row_sync import RowSync, own_ids
from portal.exchange.stream import Count
from portal.exchange.timetable.calendar import GROUP, PARTICIPANT, CalendarEvent, events, frames
from portal.exchange.timetable.recurrence import Planned, expand
from portal.store.rows import slices, table_of
from portal.tables.people import ClassGroup, Municipality, Participant
from portal.tables.schedule import Occurrence, OccurrenceStatus

TOGETHER = 20
_MUNICIPALITY = table_of(Municipality)
_SAME = (
    "owner", "uid", "recurrence", "code", "title", "place", "room", "day", "starts_at", "ends_at", "status",
    "moved_from",
)  # fmt: skip


@dataclass(slots=True)
class Timetable:
    """A file of calendars, read and expanded: occurrences by owner, and the line on which each owner is first named.

    `municipality` is an organisation number; `same` counts the occurrences of owners that were left out since all of
    theirs are stored.
    """

    path: Path
    municipality: str | None
    owners: dict[str, list[Planned]]
    lines: dict[str, int]
    same: int = 0


def timetable(path: Path, report: Report, read: Count) -> Timetable | None:
    """The occurrences of a file; None, with problems told, where it is not iCalendar."""
    found = frames(path, report)
    if found is None:
        return None
    lines = {owner: frame.line for frame in reversed(found) for owner in frame.owners}
    owners: dict[str, list[Planned]] = {owner: [] for frame in found for owner in frame.owners}
    for planned in expand(_noting(events(path, found, report, read), lines)):
        owners.setdefault(planned.owner, []).append(planned)
    named = {frame.municipality for frame in found}
    if len(named) > 1:
        SourceLocation(report, path).problem(
            Verbatim("several municipalities"), "one in a file", "X-INTRO-MUNICIPALITY"
        )
    return Timetable(path, named.pop(), owners, lines)


def _noting(found: Iterable[CalendarEvent], lines: dict[str, int]) -> Iterator[CalendarEvent]:
    """The events as they are; `lines` learns where each owner is first named."""
    for event in found:
        for owner in event.owners:
            lines.setdefault(owner, event.place.line or 1)
        yield event


def compare(session: Session, found: Timetable, municipality: str | None, touched: set[str]) -> None:
    """Leave out of a timetable the owners whose whole timetable is stored already. `touched` are those that an earlier
    one of the same command changes, and learns of more.
    """
    municipality_id = the_municipality(
        session, found.municipality or municipality, SourceLocation(Report(), found.path)
    )
    ids = {} if municipality_id is None else _owners(session, municipality_id, found, Report())

    def attempt(some: list[str]) -> Tried[tuple[int, int]]:
        if municipality_id is None or touched.intersection(some):
            return IN_DOUBT
        return tried(lambda _told: _store(session, municipality_id, found, {owner: ids[owner] for owner in some}))

    for some, same in parted(ids, TOGETHER, 1, attempt):
        if same:
            found.same += same[0]
            for owner in some:
                del found.owners[owner]
    touched.update(found.owners)


def take(session: Session, found: Timetable, municipality: str | None, report: Report) -> None:
    """Store a timetable in the session's transaction. What is no longer in it, and still to come, becomes cancelled."""
    place = SourceLocation(report, found.path)
    municipality_id = the_municipality(session, found.municipality or municipality, place)
    if municipality_id is None:
        return
    ids = _owners(session, municipality_id, found, report) if found.owners else {}
    report.count("occurrences", found.same)
    report.count("occurrences changed", 0)
    for some in slices(ids, TOGETHER):
        number, changes = _store(session, municipality_id, found, {owner: ids[owner] for owner in some})
        report.count("occurrences", number)
        report.count("occurrences changed", changes)
        for owner in some:
            del found.owners[owner]


def _store(session: Session, municipality_id: int, found: Timetable, ids: dict[str, dict[str, int]]) -> tuple[int, int]:
    """Store the timetables of some owners; gives how many occurrences they have, and how many of these changed."""
    sync = RowSync(
        session, Occurrence, "municipality_id", [municipality_id], key=["owner", "uid", "recurrence"], among=ids
    )
    for owner, mine in ids.items():
        columns = {"group_id": None, "participant_id": None, **mine}
        for planned in found.owners[owner]:
            sync.put(municipality_id=municipality_id, **columns, **{name: getattr(planned, name) for name in _SAME})
    _cancel_missing(sync)
    number = len(sync.wanted)
    sync.flush(learn=False)
    return number, sync.changes


def _cancel_missing(sync: RowSync) -> None:
    """Cancel what is still to come and no longer in the timetable. What has been stays as it was."""
    moment = now()
    for key, row in sync.stored.items():
        if key not in sync.wanted and row["starts_at"] > moment and row["status"] is not OccurrenceStatus.CANCELLED:
            values = {name: value for name, value in row.items() if name != "id"}
            sync.put(**{**values, "status": OccurrenceStatus.CANCELLED, "moved_from": None})


def _owners(session: Session, municipality_id: int, given: Timetable, report: Report) -> dict[str, dict[str, int]]:
    """The column and id that each owner stands for; problems are told of those that nobody knows."""
    groups, participants = (own_ids(session, model, municipality_id) for model in (ClassGroup, Participant))
    found: dict[str, dict[str, int]] = {}
    for name in given.owners:
        kind, _, own = name.partition(":")
        known = participants if kind == "participant" else groups
        if own in known:
            found[name] = {f"{kind}_id": known[own]}
        else:
            place = SourceLocation(report, given.path, given.lines.get(name))
            place.problem(own, f"the id of a {kind} in a document", PARTICIPANT if known is participants else GROUP)
    return found


def the_municipality(session: Session, org_number: str | None, place: SourceLocation) -> int | None:
    """The municipality with this organisation number, or the only one there is."""
    found = {row.org_number: row.id for row in session.execute(select(_MUNICIPALITY.c.org_number, _MUNICIPALITY.c.id))}
    if org_number is None and len(found) == 1:
        return int(next(iter(found.values())))
    if org_number is None:
        place.problem(
            Verbatim(f"{len(found)} municipalities"), "--municipality, or X-INTRO-MUNICIPALITY in the calendar"
        )
    elif org_number not in found:
        place.problem(org_number, "the organisation number of a municipality whose document is stored")
    return found.get(org_number) if org_number else None
