"""Taking a municipality's document into the store: read piece by piece, stored some participants at a time."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import insert
from sqlmodel import Session

from portal.exchange import absences, contests, decisions, people, plans
from portal.exchange.comparing import Compared, Comparison, Read, known_before
from portal.exchange.document import DocumentIn, ParticipantIn
from portal.exchange.people import Item, Known
from portal.exchange.problems import Place, Report, Said
from portal.exchange.requests import Requests
from portal.exchange.shelf import slices, table_of
from portal.exchange.stream import NotJson, Piece, pieces
from portal.exchange.whole import make_whole
from portal.tables.log import Access, AccessLog, Actor

PARTICIPANTS = "participants"
TOGETHER = 100
Count = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Head:
    """A document without its participants."""

    path: Path
    given: DocumentIn


def head(path: Path, report: Report, read: Count) -> Head | None:
    """Everything of the document but its participants; None, with problems told, where it cannot be used."""
    place = Place(report, path, where="$")
    parts: list[str] = []
    try:
        parts.extend(f"{json.dumps(piece.name)}:{piece.text}" for piece in _pieces(path, read) if piece.index is None)
    except NotJson as broken:
        Place(report, path, broken.line, "").problem(Said(broken.found), broken.expected)
        return None
    try:
        return Head(path, DocumentIn.model_validate_json("{" + ",".join(parts) + "}"))
    except ValidationError as error:
        place.invalid(error)
        return None


def _pieces(path: Path, read: Count) -> Iterator[Piece]:
    return pieces(path, (PARTICIPANTS,), read)


def compare(session: Session, found: Head, report: Report, read: Count, touched: set[str]) -> Compared:
    """What of the document must be stored, and nothing of one that is left out; tells what cannot be read."""
    org_number = found.given.municipality.org_number
    if _is_older(found, people.issued_before(session, org_number)):
        return Compared()
    known = known_before(session, org_number, Known(0, found.given.municipality.name, found.given.issued_at))
    return Comparison(session, known, touched, _store).of(_participants(found.path, report, read))


def take(session: Session, found: Head, compared: Compared, report: Report) -> None:
    """Store a document in the session's transaction; every problem is told, and the caller then rolls back."""
    given = found.given
    before = people.issued_before(session, given.municipality.org_number)
    if before is not None and _is_older(found, before):
        report.notices.append(
            f"{found.path}: issued {given.issued_at.isoformat()}, but a document issued {before.isoformat()} "
            "is stored already: nothing in this one was taken"
        )
        return
    place = Place(report, found.path, where="$")
    municipality_id = people.municipality(session, given.municipality, given.issued_at, place)
    known = Known(municipality_id, given.municipality.name, given.issued_at)
    known.participants, known.pids = set(compared.ids), set(compared.pids)
    people.advisers(session, known, given.advisers, place)
    people.groups(session, known, given.groups, place)
    people.breaks(session, known, given.breaks, place)
    changed = sum(_store(session, known, items) for items in slices(compared.items(), TOGETHER))
    if number := len(compared.ids) + len(compared.new):
        report.count("participants", number)
        report.count("participants changed", changed)


def _is_older(found: Head, before: datetime | None) -> bool:
    return before is not None and found.given.issued_at < before


def check(path: Path, report: Report, read: Count) -> None:
    """Tell what is wrong with each participant of a document whose head cannot be used."""
    for _ in _participants(path, report, read):
        pass


def _participants(path: Path, report: Report, read: Count) -> Iterator[Read]:
    """The participants that can be read; problems are told of the others."""
    try:
        for piece in _pieces(path, read):
            if piece.index is not None:
                place = Place(report, path, piece.line, f"$.{PARTICIPANTS}[{piece.index}]")
                try:
                    yield Read(place, ParticipantIn.model_validate_json(piece.text), piece.text)
                except ValidationError as error:
                    place.invalid(error)
    except NotJson:
        return  # told when the head was read


def _store(session: Session, known: Known, items: list[Item]) -> int:
    """Store some participants; gives how many of them changed."""
    chunk = people.participants(session, known, items)
    requests = Requests(chunk)
    make_whole(chunk, requests)
    people.families(chunk)
    plans.plans(chunk)
    plans.training(chunk)
    absence_ids = absences.absences(chunk)
    decision_ids = decisions.decisions(chunk, requests)
    absences.payments(chunk, absence_ids, decision_ids)
    decisions.answers(chunk)
    contests.contest_answers(chunk)
    changed = chunk.changed | chunk.texts.changed
    _log(session, known, changed)
    return len(changed)


def _log(session: Session, known: Known, changed: set[int]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "participant_id": participant,
            "actor": Actor.MUNICIPALITY,
            "actor_name": known.name,
            "access": Access.IMPORTED,
        }
        for participant in sorted(changed)
    ]
    if rows:
        session.execute(insert(table_of(AccessLog)), rows)
