"""Taking a municipality's document into the store: read piece by piece, stored some participants at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from portal import clock
from portal.exchange.document import absences, decisions, objections, people, plans, plausible, received
from portal.exchange.document.models import DocumentIn, ParticipantIn
from portal.exchange.document.people import KnownIds, ParticipantEntry
from portal.exchange.document.requests import Requests
from portal.exchange.document.unchanged import DocumentComparison, DocumentDifferences, Earlier, Read, known_before
from portal.exchange.document.whole import make_whole
from portal.exchange.problems import Report, SourceLocation, Verbatim
from portal.exchange.stream import Count, JsonPiece, NotJson, pieces
from portal.store.db import rule
from portal.store.rows import slices
from portal.tables.log import Updated

PARTICIPANTS = "participants"
TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Head:
    """A document without its participants."""

    path: Path
    given: DocumentIn


def head(path: Path, report: Report, read: Count) -> Head | None:
    """Everything of the document but its participants; None, with problems told, where it cannot be used."""
    place = SourceLocation(report, path, where="$")
    parts: list[str] = []
    try:
        parts.extend(f"{json.dumps(piece.name)}:{piece.text}" for piece in _pieces(path, read) if piece.index is None)
    except NotJson as broken:
        SourceLocation(report, path, broken.line, "").problem(Verbatim(broken.found), broken.expected)
        return None
    try:
        given = DocumentIn.model_validate_json("{" + ",".join(parts) + "}")
    except ValidationError as error:
        place.invalid(error)
        return None
    latest = clock.now() + clock.AHEAD
    if given.issued_at > latest:
        place.problem(
            Verbatim(given.issued_at.isoformat()),
            f"a time that is not ahead of {latest:%Y-%m-%d %H:%M} UTC",
            "issued_at",
        )
        return None
    return Head(path, given)


def _pieces(path: Path, read: Count) -> Iterator[JsonPiece]:
    return pieces(path, (PARTICIPANTS,), read)


def compare(session: Session, found: Head, report: Report, read: Count, earlier: Earlier) -> DocumentDifferences:
    """What of the document must be stored; tells what cannot be read."""
    given = found.given
    known = KnownIds(0, given.municipality.name, given.issued_at, source=given.source)
    if "norwegian" in given.municipality.model_fields_set:
        earlier.norwegian.add(given.municipality.norwegian)
    before = known_before(session, given.municipality.org_number, known, earlier)
    return DocumentComparison(session, before, earlier, _store).of(_participants(found.path, report, read))


def take(session: Session, found: Head, compared: DocumentDifferences, report: Report) -> bool:
    """Store a document in the session's transaction; every problem is told, and the caller then rolls back.

    False where something was left out, since a newer document of the same source was taken before.
    """
    given, left_out = found.given, report.left_out
    place = SourceLocation(report, found.path, where="$")
    before = received.of_municipality(session, given.municipality.org_number, given.source)
    is_older = before is not None and given.issued_at < before
    if before is not None and is_older:
        place.left_out("the municipality", given.issued_at, before)
    municipality_id, norwegian = people.municipality(session, given.municipality, is_older, place)
    known = KnownIds(municipality_id, given.municipality.name, given.issued_at, source=given.source, is_older=is_older)
    known.norwegian = norwegian
    known.participants, known.pids = set(compared.ids), set(compared.pids)
    people.advisers(session, known, given.advisers, place)
    people.groups(session, known, given.groups, place)
    people.breaks(session, known, given.breaks, place)
    number = 0
    for items in slices(compared.items(), TOGETHER):
        changed = _place_refusals(session, known, _newer(session, known, items), report)
        number += len(changed)
        report.update(changed)
    if compared.ids or compared.new:
        report.count("participants", len(compared.ids) + len(compared.new))
        report.count("participants changed", number)
    received.note(session, known)
    return report.left_out == left_out


def _newer(session: Session, known: KnownIds, items: list[ParticipantEntry]) -> list[ParticipantEntry]:
    """Those of whom no newer document was taken; of the others it is told."""
    stand = received.of_participants(session, known, [item.given.id for item in items])
    newer = []
    for item in items:
        before = stand.get(item.given.id)
        if before is not None and known.issued_at < before:
            item.place.left_out(f"participant {item.given.id!r}", known.issued_at, before)
        else:
            newer.append(item)
    return newer


def check(path: Path, report: Report, read: Count) -> None:
    """Tell what is wrong with each participant of a document whose head cannot be used."""
    for _ in _participants(path, report, read):
        pass


def _participants(path: Path, report: Report, read: Count) -> Iterator[Read]:
    """The participants that can be read; problems are told of the others."""
    try:
        for piece in _pieces(path, read):
            if piece.index is not None:
                place = SourceLocation(report, path, piece.line, f"$.{PARTICIPANTS}[{piece.index}]")
                try:
                    yield Read(place, ParticipantIn.model_validate_json(piece.text), piece.text)
                except ValidationError as error:
                    place.invalid(error)
    except NotJson:
        return  # told when the head was read


def _place_refusals(
    session: Session, known: KnownIds, items: list[ParticipantEntry], report: Report
) -> dict[int, set[Updated]]:
    """Store some participants; where the database refuses, each by itself, so that the one it refuses is named."""
    before = set(known.pids), set(known.participants)
    told = [(told, len(told)) for told in (report.problems, report.warnings, report.notices)]
    try:
        with session.begin_nested():
            return _store(session, known, items)
    except IntegrityError as refused:
        if len(items) == 1:
            items[0].place.problem(Verbatim("something that the database refuses"), f"the rule {rule(refused)}")
            return {}
    known.pids, known.participants = before
    for lines, number in told:
        del lines[number:]
    for item in items:
        _place_refusals(session, known, [item], report)
    return {}


def _store(session: Session, known: KnownIds, items: list[ParticipantEntry]) -> dict[int, set[Updated]]:
    """Store some participants; gives what changed of whom."""
    chunk = people.participants(session, known, items)
    requests = Requests(chunk)
    make_whole(chunk, requests)
    plausible.look(chunk)
    people.families(chunk)
    plans.plans(chunk)
    plans.training(chunk)
    absence_ids = absences.absences(chunk)
    decision_ids = decisions.decisions(chunk, requests)
    absences.payments(chunk, absence_ids, decision_ids)
    decisions.answers(chunk)
    objections.contest_answers(chunk)
    return chunk.changed
