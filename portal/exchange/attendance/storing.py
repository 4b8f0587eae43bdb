"""Storing attendance, a few thousand lines at a time."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from portal import clock
from portal.clock import local
from portal.exchange.attendance.table import AttendanceLine, registered_by
from portal.exchange.comparing import IN_DOUBT, Tried, packed, parted, tried, unpacked
from portal.exchange.problems import Report, SourceLocation, Verbatim
from portal.exchange.row_sync import Row, RowSync, Values, own_ids
from portal.exchange.timetable.storing import the_municipality
from portal.store.rows import slices, table_of
from portal.tables.log import Updated
from portal.tables.people import ClassGroup, Membership, Participant
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus

TOGETHER, FEW = 2000, 100
_HAS_BEEN = (AttendanceStatus.PRESENT, AttendanceStatus.PARTLY_PRESENT)
_MEMBERSHIP, _OCCURRENCE = table_of(Membership), table_of(Occurrence)
Owner = tuple[str, int]
Slot = tuple[Owner, datetime]
Members = dict[tuple[int, int], tuple[date, date]]
Lesson = tuple[bool, int, datetime]


@dataclass(slots=True)
class _Known:
    """A municipality's own ids, and which participants have got anything new."""

    municipality: int
    groups: dict[str, int]
    participants: dict[str, int]
    changed: set[int] = field(default_factory=set)
    changes: int = 0


@dataclass(slots=True)
class Touched:
    """What earlier parts of a command change: timetables of these owners, attendance of these participants and days."""

    owners: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    def has(self, line: AttendanceLine) -> bool:
        """Whether the line may be about something that is changed."""
        owner = f"group:{line.group}" if line.group else f"participant:{line.participant}"
        return owner in self.owners or (line.participant in self.participants and line.day in self.days)

    def add(self, lines: Iterable[AttendanceLine]) -> None:
        """These lines change something."""
        for line in lines:
            self.participants.add(line.participant)
            self.days.add(line.day)


@dataclass(slots=True)
class AttendanceComparison:
    """A file of attendance: how many of its lines are stored already, how many of these are older than what is stored,
    and the others as JSON.
    """

    path: Path
    same: int = 0
    older: int = 0
    new: list[bytes] = field(default_factory=list)

    def keep(self, lines: Iterable[AttendanceLine]) -> None:
        """Store these."""
        self.new.append(packed(json.dumps([(line.place.line, line.values) for line in lines])))

    def lines(self, report: Report) -> Iterator[AttendanceLine]:
        """The lines to store, which could be read before."""
        for kept in self.new:
            for number, values in json.loads(unpacked(kept)):
                line = registered_by(values, SourceLocation(report, self.path, number))
                if line is not None:
                    yield line


def compare(
    session: Session, lines: Iterable[AttendanceLine], path: Path, municipality: str | None, touched: Touched
) -> AttendanceComparison:
    """What of the lines of a file must be stored."""
    found = AttendanceComparison(path)
    municipality_id = the_municipality(session, municipality, SourceLocation(Report(), path))
    known = None if municipality_id is None else _known(session, municipality_id)

    def attempt(lines: list[AttendanceLine]) -> Tried[int]:
        if known is None or any(touched.has(line) for line in lines):
            return IN_DOUBT
        return tried(
            lambda told: _store(session, known, [replace(line, place=line.place.reporting_to(told)) for line in lines])
        )

    for some, older in parted(lines, TOGETHER, FEW, attempt):
        if older is None:
            found.keep(some)
            touched.add(some)
        else:
            found.same += len(some)
            found.older += older
    return found


def take(session: Session, found: AttendanceComparison, municipality: str | None, report: Report) -> None:
    """Store attendance in the session's transaction; a line older than what is stored does not overwrite it."""
    municipality_id = the_municipality(session, municipality, SourceLocation(report, found.path))
    if municipality_id is None:
        return
    number, older = found.same, found.older
    known = _known(session, municipality_id)
    for lines in slices(found.lines(report), TOGETHER):
        older += _store(session, known, lines)
        number += len(lines)
    if number:
        report.count("attendance", number)
    report.count("attendance changed", known.changes)
    if older:
        report.notices.append(f"{found.path}: {older} lines are older than what is stored, and changed nothing")
    report.update({participant: {Updated.ATTENDANCE} for participant in known.changed})


def _known(session: Session, municipality: int) -> _Known:
    groups, participants = (own_ids(session, model, municipality) for model in (ClassGroup, Participant))
    return _Known(municipality, groups, participants)


def _store(session: Session, known: _Known, lines: list[AttendanceLine]) -> int:
    """Store some lines; gives how many are older than what is stored."""
    older = 0
    owned = [(line, owner) for line in lines if (owner := _owner(known, line))]
    occurrences = _occurrences(session, {owner for _, owner in owned}, owned)
    matched = [(line, owner, found) for line, owner in owned if (found := _match(occurrences, owner, line))]
    sync = _sync(session, {(known.participants[line.participant], found) for line, _, found in matched})
    members = _members(session, known, matched)
    for line, owner, found in matched:
        values: dict[str, Any] = {"participant_id": known.participants[line.participant], "occurrence_id": found}
        key = tuple(values[name] for name in sync.key)
        if _contradicts(line, sync.wanted.get(key)):
            line.place.problem(
                Verbatim("another status at the same registered_at"), "one line, or a later one", "status"
            )
        elif _is_older(line, sync.wanted.get(key) or sync.stored.get(key)):
            older += 1
        else:
            values |= {name: getattr(line, name) for name in ("status", "hours", "registered_by", "registered_at")}
            _warn(line, owner, sync.stored.get(key), values, members)
            sync.put(**values)
    sync.flush(learn=False)
    known.changes += sync.changes
    known.changed |= sync.changed
    return older


def _sync(session: Session, pairs: set[tuple[int, int]]) -> RowSync:
    """What is stored, looked up from the side that is smaller: files come by day as well as by participant."""
    participants, occurrences = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if len(occurrences) < len(participants):
        who = "participant_id"
        return RowSync(session, Attendance, "occurrence_id", occurrences, key=[who], who=who)
    return RowSync(session, Attendance, "participant_id", participants, key=["occurrence_id"])


def _owner(known: _Known, line: AttendanceLine) -> Owner | None:
    """Whose timetable the line is about: the group's, or where none is given the participant's own."""
    if line.participant not in known.participants:
        line.place.problem(line.participant, "the id of a participant in a document", "participant")
    if line.group and line.group not in known.groups:
        line.place.problem(line.group, "the id of a group in a document", "group")
    if line.participant not in known.participants or (line.group and line.group not in known.groups):
        return None
    return ("group", known.groups[line.group]) if line.group else ("participant", known.participants[line.participant])


def _occurrences(
    session: Session, owners: set[Owner], lines: Iterable[tuple[AttendanceLine, Owner]]
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


def _match(occurrences: dict[Slot, list[Lesson]], owner: Owner, line: AttendanceLine) -> int | None:
    """The occurrence of a line; a cancelled one only where there is no other."""
    found = sorted(occurrences.get((owner, line.starts_at), []))
    standing = [lesson for lesson in found if not lesson[0]] or found
    if len(standing) != 1:
        what = Verbatim(f"{len(standing)} occurrences")
        line.place.problem(what, "one occurrence of this group or participant that starts then", "start")
        return None
    _, number, ends_at = standing[0]
    _look(line, ends_at)
    return number


def _members(session: Session, known: _Known, lines: Iterable[tuple[AttendanceLine, Owner, int]]) -> Members:
    """When the participants of the lines are in the groups of the lines."""
    participants = {known.participants[line.participant] for line, _, _ in lines}
    groups = {number for _, (kind, number), _ in lines if kind == "group"}
    mine = (_MEMBERSHIP.c.participant_id.in_(participants), _MEMBERSHIP.c.group_id.in_(groups))
    rows = session.execute(select(_MEMBERSHIP).where(*mine)) if groups else ()
    return {(row.participant_id, row.group_id): (row.first_day or date.min, row.last_day or date.max) for row in rows}


def _warn(line: AttendanceLine, owner: Owner, stored: Row | None, values: Values, members: Members) -> None:
    """Tell what seldom is of a line that changes something: a stranger to the group, presence known beforehand."""
    if stored and all(stored[name] == value for name, value in values.items()):
        return
    first, last = members.get((values["participant_id"], owner[1]), (date.max, date.min))
    if owner[0] == "group" and not first <= line.day <= last:
        expected = f"somebody who is in the group {line.group!r} on {line.day}"
        line.place.warning(line.participant, expected, "participant")
    if line.status in _HAS_BEEN and line.registered_at and line.registered_at + clock.AHEAD < line.starts_at:
        found = Verbatim(f"{line.status.value}, registered {local(line.registered_at):%Y-%m-%d %H:%M}")
        line.place.warning(found, "presence registered once the lesson has begun", "registered_at")


def _look(line: AttendanceLine, ends_at: datetime) -> None:
    """Tell what cannot be of one line: hours beyond the lesson, presence in one that has not begun, a registration
    still to come.
    """
    latest = clock.now() + clock.AHEAD
    long = Decimal((ends_at - line.starts_at).total_seconds()) / 3600
    if line.hours is not None and line.hours > long:
        line.place.problem(line.hours, f"at most the {long.normalize():f} hours of the lesson", "hours")
    if line.registered_at is not None and line.registered_at > latest:
        line.place.problem(Verbatim(line.registered_at.isoformat()), "a time that has been", "registered_at")
    if line.starts_at > latest and line.status in _HAS_BEEN:
        line.place.problem(Verbatim(line.status.value), "nobody present before the lesson begins", "status")


def _contradicts(line: AttendanceLine, wanted: dict[str, Any] | None) -> bool:
    same = wanted is not None and line.registered_at is not None and wanted["registered_at"] == line.registered_at
    return wanted is not None and same and (wanted["status"], wanted["hours"]) != (line.status, line.hours)


def _is_older(line: AttendanceLine, stored: dict[str, Any] | None) -> bool:
    known = stored["registered_at"] if stored else None
    return known is not None and line.registered_at is not None and line.registered_at < known
