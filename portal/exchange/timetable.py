"""Storing occurrences: a calendar is the whole timetable of each group and person that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from portal.clock import now
from portal.exchange.blocks import Read
from portal.exchange.calendar import GROUP, PARTICIPANT, Event, events, frames
from portal.exchange.problems import Place, Report, Said
from portal.exchange.recurrence import Planned, expand
from portal.exchange.shelf import Shelf, slices, table_of
from portal.tables.people import GroupName, Municipality, Participant
from portal.tables.schedule import Occurrence, OccurrenceStatus

TOGETHER = 20
_MUNICIPALITY = table_of(Municipality)
_SAME = (
    "owner", "uid", "recurrence", "code", "title", "place", "room", "day", "starts_at", "ends_at", "status",
    "moved_from",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timetable:
    """A file of calendars, read and expanded: occurrences by owner, and the line on which each owner is first named.

    `municipality` is an organisation number.
    """

    path: Path
    municipality: str | None
    owners: dict[str, list[Planned]]
    lines: dict[str, int]


def timetable(path: Path, report: Report, read: Read) -> Timetable | None:
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
        Place(report, path).problem(Said("several municipalities"), "one in a file", "X-INTRO-MUNICIPALITY")
    return Timetable(path, named.pop(), owners, lines)


def _noting(found: Iterable[Event], lines: dict[str, int]) -> Iterator[Event]:
    """The events as they are; `lines` learns where each owner is first named."""
    for event in found:
        for owner in event.owners:
            lines.setdefault(owner, event.place.line or 1)
        yield event


def take(session: Session, found: Timetable, municipality: str | None, report: Report) -> None:
    """Store a timetable in the session's transaction. What is no longer in it, and still to come, becomes cancelled."""
    place = Place(report, found.path)
    municipality_id = the_municipality(session, found.municipality or municipality, place)
    if municipality_id is None:
        return
    ids = _owners(session, municipality_id, found, report)
    for some in slices(ids, TOGETHER):
        shelf = Shelf(
            session, Occurrence, "municipality_id", [municipality_id], key=["owner", "uid", "recurrence"], among=some
        )
        for owner in some:
            columns = {"group_id": None, "participant_id": None, **ids[owner]}
            for planned in found.owners.pop(owner):
                shelf.put(
                    municipality_id=municipality_id, **columns, **{name: getattr(planned, name) for name in _SAME}
                )
        _cancel_missing(shelf)
        report.count("occurrences", len(shelf.wanted))
        shelf.flush(learn=False)
        report.count("occurrences changed", shelf.changes)


def _cancel_missing(shelf: Shelf) -> None:
    """Cancel what is still to come and no longer in the timetable. What has been stays as it was."""
    moment = now()
    for key, row in shelf.stored.items():
        if key not in shelf.wanted and row["starts_at"] > moment and row["status"] is not OccurrenceStatus.CANCELLED:
            values = {name: value for name, value in row.items() if name != "id"}
            shelf.put(**{**values, "status": OccurrenceStatus.CANCELLED, "moved_from": None})


def _owners(session: Session, municipality_id: int, given: Timetable, report: Report) -> dict[str, dict[str, int]]:
    """The column and id that each owner stands for; problems are told of those that nobody knows."""
    groups, participants = own_ids(session, municipality_id)
    found: dict[str, dict[str, int]] = {}
    for name in given.owners:
        kind, _, own = name.partition(":")
        known = participants if kind == "participant" else groups
        if own in known:
            found[name] = {f"{kind}_id": known[own]}
        else:
            place = Place(report, given.path, given.lines.get(name))
            place.problem(own, f"the id of a {kind} in a document", PARTICIPANT if known is participants else GROUP)
    return found


def own_ids(session: Session, municipality_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of a municipality's groups and participants, by its own ids."""
    group, participant = table_of(GroupName), table_of(Participant)
    found = [
        session.execute(select(table.c.external_id, table.c.id).where(table.c.municipality_id == municipality_id))
        for table in (group, participant)
    ]
    return _by_name(found[0]), _by_name(found[1])


def _by_name(rows: Iterable[object]) -> dict[str, int]:
    return {row.external_id: row.id for row in rows}  # type: ignore[attr-defined]  # rows of `own_ids`


def the_municipality(session: Session, org_number: str | None, place: Place) -> int | None:
    """The municipality with this organisation number, or the only one there is."""
    found = {row.org_number: row.id for row in session.execute(select(_MUNICIPALITY.c.org_number, _MUNICIPALITY.c.id))}
    if org_number is None and len(found) == 1:
        return int(next(iter(found.values())))
    if org_number is None:
        place.problem(Said(f"{len(found)} municipalities"), "--municipality, or X-INTRO-MUNICIPALITY in the calendar")
    elif org_number not in found:
        place.problem(org_number, "the organisation number of a municipality whose document is stored")
    return found.get(org_number) if org_number else None
