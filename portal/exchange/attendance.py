"""Storing attendance, a few thousand lines at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from portal import clock
from portal.exchange.problems import Place, Report, Said
from portal.exchange.shelf import Shelf, slices, table_of
from portal.exchange.table import Read, Registered, registrations
from portal.exchange.timetable import own_ids, the_municipality
from portal.tables.log import Updated
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus

TOGETHER = 2000
_HAS_BEEN = (AttendanceStatus.PRESENT, AttendanceStatus.PARTLY_PRESENT)
_OCCURRENCE = table_of(Occurrence)
Owner = tuple[str, int]
Slot = tuple[Owner, datetime]
Lesson = tuple[bool, int, datetime]


@dataclass(slots=True)
class _Known:
    """A municipality's own ids, and which participants have got anything new."""

    municipality: int
    groups: dict[str, int]
    participants: dict[str, int]
    changed: set[int] = field(default_factory=set)
    changes: int = 0
    older: int = 0


def take(session: Session, path: Path, municipality: str | None, report: Report, read: Read) -> None:
    """Store attendance in the session's transaction; a line older than what is stored does not overwrite it."""
    municipality_id = the_municipality(session, municipality, Place(report, path))
    if municipality_id is None:
        for _ in registrations(path, report, read):
            pass
        return
    known = _Known(municipality_id, *own_ids(session, municipality_id))
    for lines in slices(registrations(path, report, read), TOGETHER):
        _store(session, known, lines)
        report.count("attendance", len(lines))
    report.count("attendance changed", known.changes)
    if known.older:
        report.notices.append(f"{path}: {known.older} lines are older than what is stored, and changed nothing")
    report.update({participant: {Updated.ATTENDANCE} for participant in known.changed})


def _store(session: Session, known: _Known, lines: list[Registered]) -> None:
    owned = [(line, owner) for line in lines if (owner := _owner(known, line))]
    occurrences = _occurrences(session, {owner for _, owner in owned}, owned)
    matched = [(line, found) for line, owner in owned if (found := _match(occurrences, owner, line))]
    shelf = _shelf(session, {(known.participants[line.participant], found) for line, found in matched})
    for line, found in matched:
        values: dict[str, Any] = {"participant_id": known.participants[line.participant], "occurrence_id": found}
        key = tuple(values[name] for name in shelf.key)
        if _contradicts(line, shelf.wanted.get(key)):
            line.place.problem(Said("another status at the same registered_at"), "one line, or a later one", "status")
        elif _is_older(line, shelf.wanted.get(key) or shelf.stored.get(key)):
            known.older += 1
        else:
            same = ("status", "hours", "registered_by", "registered_at")
            shelf.put(**values, **{name: getattr(line, name) for name in same})
    shelf.flush(learn=False)
    known.changes += shelf.changes
    known.changed |= shelf.changed


def _shelf(session: Session, pairs: set[tuple[int, int]]) -> Shelf:
    """What is stored, looked up from the side that is smaller: files come by day as well as by participant."""
    participants, occurrences = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if len(occurrences) < len(participants):
        who = "participant_id"
        return Shelf(session, Attendance, "occurrence_id", occurrences, key=[who], who=who)
    return Shelf(session, Attendance, "participant_id", participants, key=["occurrence_id"])


def _owner(known: _Known, line: Registered) -> Owner | None:
    """Whose timetable the line is about: the group's, or where none is given the participant's own."""
    if line.participant not in known.participants:
        line.place.problem(line.participant, "the id of a participant in a document", "participant")
    if line.group and line.group not in known.groups:
        line.place.problem(line.group, "the id of a group in a document", "group")
    if line.participant not in known.participants or (line.group and line.group not in known.groups):
        return None
    return ("group", known.groups[line.group]) if line.group else ("participant", known.participants[line.participant])


def _occurrences(
    session: Session, owners: set[Owner], lines: Iterable[tuple[Registered, Owner]]
) -> dict[Slot, list[Lesson]]:
    """What the owners have on the lines' days: cancelled or not, id, and end, by owner and start."""
    columns = [_OCCURRENCE.c[name] for name in ("id", "group_id", "participant_id", "starts_at", "ends_at", "status")]
    mine = or_(
        _OCCURRENCE.c.group_id.in_([number for kind, number in owners if kind == "group"]),
        _OCCURRENCE.c.participant_id.in_([number for kind, number in owners if kind == "participant"]),
    )
    days = _OCCURRENCE.c.day.in_({line.day for line, _ in lines})
    found: dict[Slot, list[Lesson]] = {}
    for row in session.execute(select(*columns).where(mine, days)):
        owner = ("group", row.group_id) if row.group_id else ("participant", row.participant_id)
        found.setdefault((owner, row.starts_at), []).append(
            (row.status is OccurrenceStatus.CANCELLED, row.id, row.ends_at)
        )
    return found


def _match(occurrences: dict[Slot, list[Lesson]], owner: Owner, line: Registered) -> int | None:
    """The occurrence of a line; a cancelled one only where there is no other."""
    found = sorted(occurrences.get((owner, line.starts_at), []))
    standing = [lesson for lesson in found if not lesson[0]] or found
    if len(standing) != 1:
        what = Said(f"{len(standing)} occurrences")
        line.place.problem(what, "one occurrence of this group or participant that starts then", "start")
        return None
    _, number, ends_at = standing[0]
    _look(line, ends_at)
    return number


def _look(line: Registered, ends_at: datetime) -> None:
    """Tell what cannot be of one line: hours beyond the lesson, presence before it, a registration still to come."""
    latest = clock.now() + clock.AHEAD
    long = Decimal((ends_at - line.starts_at).total_seconds()) / 3600
    if line.hours is not None and line.hours > long:
        line.place.problem(line.hours, f"at most the {long.normalize():f} hours of the lesson", "hours")
    if line.registered_at is not None and line.registered_at > latest:
        line.place.problem(Said(line.registered_at.isoformat()), "a time that has been", "registered_at")
    if line.starts_at > latest and line.status in _HAS_BEEN:
        line.place.problem(Said(line.status.value), "nobody present before the lesson begins", "status")


def _contradicts(line: Registered, wanted: dict[str, Any] | None) -> bool:
    same = wanted is not None and line.registered_at is not None and wanted["registered_at"] == line.registered_at
    return wanted is not None and same and (wanted["status"], wanted["hours"]) != (line.status, line.hours)


def _is_older(line: Registered, stored: dict[str, Any] | None) -> bool:
    known = stored["registered_at"] if stored else None
    return known is not None and line.registered_at is not None and line.registered_at < known
