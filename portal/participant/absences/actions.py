"""What a participant does with a registered absence: says that it is wrong, takes that back. The caller commits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import Session, col

from portal.casework import outbox
from portal.casework.facts import KnownAbsence
from portal.db import add_once
from portal.participant.absences.contests import WAITING, WORDS, contests
from portal.tables.absence import Absence, AbsenceContest, ContestStatus
from portal.tables.log import OutgoingKind
from portal.tables.people import Readable, ReadMarker


@dataclass(frozen=True, slots=True)
class Contest:
    """What is sent: the form's own id, what is wrong, whether there is a paper, and the language it was read in."""

    once: UUID
    words: str
    has_paper: bool
    language: str


def contest(session: Session, participant_id: int, absence: KnownAbsence, said: Contest, now: datetime) -> bool:
    """Say that an absence is wrong. False where this was sent before.

    Raises IntegrityError where another one waits for its answer.
    """
    public_id = str(said.once)
    row = AbsenceContest(
        public_id=public_id,
        participant_id=participant_id,
        absence_id=absence.id,
        words=session.info["vault"].seal(said.words, WORDS, public_id),
        has_paper=said.has_paper,
        language=said.language,
        sent_at=now,
    )
    if not add_once(session, row, "public_id"):
        return False
    told = {
        "contest": public_id,
        "absence": _external_id(session, absence),
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
        "text": said.words,
        "has_paper": said.has_paper,
        "language": said.language,
    }
    outbox.add(session, participant_id, OutgoingKind.ABSENCE_CONTESTED, told)
    return True


def withdraw(session: Session, participant_id: int, absence: KnownAbsence) -> bool:
    """Take back what was said of an absence. False where nothing waits: the municipality was first."""
    mine = (
        col(AbsenceContest.participant_id) == participant_id,
        col(AbsenceContest.absence_id) == absence.id,
        col(AbsenceContest.status).in_(WAITING),
    )
    waiting: str | None = session.scalar(select(col(AbsenceContest.public_id)).where(*mine))
    if waiting is None:
        return False
    session.execute(update(AbsenceContest).where(*mine).values(status=ContestStatus.WITHDRAWN))
    told = {"contest": waiting, "absence": _external_id(session, absence)}
    outbox.add(session, participant_id, OutgoingKind.CONTEST_WITHDRAWN, told)
    return True


def read_answers(session: Session, participant_id: int, absence: KnownAbsence) -> None:
    """Note that the answers about an absence have been read; saying it twice changes nothing."""
    for sent in contests(session, participant_id, absence.id):
        if sent.answered_on and not sent.read:
            marker = ReadMarker(participant_id=participant_id, subject=f"{Readable.CONTEST}{sent.public_id}")
            add_once(session, marker, "subject")


def _external_id(session: Session, absence: KnownAbsence) -> str:
    found: str = session.scalars(select(col(Absence.external_id)).where(col(Absence.id) == absence.id)).one()
    return found
