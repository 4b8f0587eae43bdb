"""Objections: a participant says that a registered absence is wrong, and the municipality answers.

MOVES is the whole of it. One objection to an absence may wait; what was taken back stays so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from portal.casework import outbox
from portal.casework.facts import KnownAbsence
from portal.casework.moves import Move, refusal, rows_changed
from portal.casework.result import Refusal, Result
from portal.store.db import add_once
from portal.tables.absence import Absence, AbsenceObjection, ObjectionStatus
from portal.tables.log import Actor, OutgoingKind

PLACE = "absence_objection.message"  # what the seal of the words is bound to
WAITING = (ObjectionStatus.SENT, ObjectionStatus.RECEIVED)
_ANSWERED = (ObjectionStatus.CORRECTED, ObjectionStatus.STANDS)
MOVES: Mapping[str, Move[ObjectionStatus]] = MappingProxyType(
    {
        "withdraw": Move(Actor.PARTICIPANT, WAITING, (ObjectionStatus.WITHDRAWN,)),
        "receive": Move(Actor.MUNICIPALITY, (ObjectionStatus.SENT,), (ObjectionStatus.RECEIVED,)),
        "answer": Move(Actor.MUNICIPALITY, (*WAITING, *_ANSWERED), _ANSWERED),
    }
)


@dataclass(frozen=True, slots=True)
class NewObjection:
    """What is sent: the form's own id, the absence, what is wrong with it, whether there is a paper, the language."""

    public_id: str
    absence: KnownAbsence
    message: str
    has_paper: bool
    language: str


@dataclass(slots=True)
class StoredObjection:
    """An objection as it stands."""

    id: int
    public_id: str
    participant_id: int
    absence_id: int
    status: ObjectionStatus
    answered_on: date | None
    answer_text_id: int | None


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """What the municipality says, on which day, and the text that says why (needed where the absence stands)."""

    status: ObjectionStatus
    answered_on: date
    answer_text_id: int | None


def submit(session: Session, actor: Actor, participant_id: int, said: NewObjection, now: datetime) -> Result:
    """Say that an absence is wrong. Raises TooMany (`portal.casework.pace`)."""
    absence = said.absence
    if actor is not Actor.PARTICIPANT:
        return Refusal.NOT_THEIRS_TO_DO
    if any(each.status in WAITING and each.public_id != said.public_id for each in _to(session, absence.id)):
        return Refusal.ANOTHER_WAITS
    row = AbsenceObjection(
        public_id=said.public_id,
        participant_id=participant_id,
        absence_id=absence.id,
        message=session.info["vault"].seal(said.message, PLACE, said.public_id),
        has_paper=said.has_paper,
        language=said.language,
        sent_at=now,
    )
    if not add_once(session, row, "public_id"):
        return Refusal.SENT_BEFORE
    payload = {
        "contest": said.public_id,
        "absence": _external_id(session, absence.id),
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
        "text": said.message,
        "has_paper": said.has_paper,
        "language": said.language,
    }
    outbox.add(session, participant_id, OutgoingKind.ABSENCE_CONTESTED, payload, now)
    return None


def waiting(session: Session, participant_id: int, absence_id: int) -> StoredObjection | None:
    """What the participant has said of the absence and nobody has answered yet."""
    said = _to(session, absence_id)
    return next((each for each in said if each.participant_id == participant_id and each.status in WAITING), None)


def sent_by(session: Session, participants: Collection[int]) -> list[StoredObjection]:
    """All objections of these participants."""
    return _stored(session, col(AbsenceObjection.participant_id).in_(participants))


def withdraw(session: Session, actor: Actor, objection: StoredObjection, now: datetime) -> Result:
    """Take an objection back, as long as nobody has answered it."""
    refused = refusal(MOVES["withdraw"], actor, objection.status)
    if refused:
        return refused
    if not _move(session, objection, {"status": ObjectionStatus.WITHDRAWN}):
        return Refusal.CHANGED_MEANWHILE
    payload = {"contest": objection.public_id, "absence": _external_id(session, objection.absence_id)}
    outbox.add(session, objection.participant_id, OutgoingKind.CONTEST_WITHDRAWN, payload, now)
    return None


def receive(session: Session, actor: Actor, objection: StoredObjection) -> Result:
    """The municipality has it. An answer is never undone by this."""
    refused = refusal(MOVES["receive"], actor, objection.status)
    if refused:
        return refused
    return None if _move(session, objection, {"status": ObjectionStatus.RECEIVED}) else Refusal.CHANGED_MEANWHILE


def answer(session: Session, actor: Actor, objection: StoredObjection, given: ObjectionAnswer) -> Result:
    """Answer an objection, or answer it anew; the same answer twice changes nothing."""
    refused = refusal(MOVES["answer"], actor, objection.status, given.status)
    if refused:
        return refused
    values = {name: getattr(given, name) for name in ("status", "answered_on", "answer_text_id")}
    if all(getattr(objection, name) == value for name, value in values.items()):
        return None
    return None if _move(session, objection, values) else Refusal.CHANGED_MEANWHILE


def _move(session: Session, objection: StoredObjection, values: dict[str, Any]) -> bool:
    """Whether it still stood as it was read."""
    as_read = (col(AbsenceObjection.id) == objection.id, col(AbsenceObjection.status) == objection.status)
    if rows_changed(session, update(AbsenceObjection).where(*as_read).values(values)) != 1:
        return False
    for name, value in values.items():
        setattr(objection, name, value)
    return True


def _to(session: Session, absence_id: int) -> list[StoredObjection]:
    return _stored(session, col(AbsenceObjection.absence_id) == absence_id)


def _stored(session: Session, which: ColumnElement[bool]) -> list[StoredObjection]:
    columns = [getattr(AbsenceObjection, name) for name in StoredObjection.__dataclass_fields__]
    return [StoredObjection(**row) for row in session.execute(select(*columns).where(which)).mappings()]


def _external_id(session: Session, absence_id: int) -> str:
    return session.scalars(select(col(Absence.external_id)).where(col(Absence.id) == absence_id)).one()
