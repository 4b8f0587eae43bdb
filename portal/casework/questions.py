"""Questions to the adviser: asked by the participant, answered by the municipality as often as it likes.

| verb | who | when |
|---|---|---|
| ask | participant | always; the same question is asked once |
| answer | municipality | always; a later answer takes the place of the earlier one |
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from portal.casework import outbox, read_marks
from portal.casework.result import Refusal, Result
from portal.store.db import add_once
from portal.tables.log import Actor, OutgoingKind, Question
from portal.tables.people import ReadSubject

PLACE = "question.message"  # what the seal of the words is bound to


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What is asked: the form's own id, the words, and the language they are written in."""

    public_id: str
    message: str
    language: str


@dataclass(slots=True)
class StoredQuestion:
    """A question as it is stored, and its answer so far."""

    id: int
    public_id: str
    participant_id: int
    answer_text_id: int | None
    answered_at: datetime | None


def ask(session: Session, actor: Actor, participant_id: int, asked: NewQuestion, now: datetime) -> Result:
    """Send a question to the municipality. Raises TooMany (`portal.casework.pace`)."""
    if actor is not Actor.PARTICIPANT:
        return Refusal.NOT_THEIRS_TO_DO
    sealed = session.info["vault"].seal(asked.message, PLACE, asked.public_id)
    question = Question(
        public_id=asked.public_id,
        participant_id=participant_id,
        message=sealed,
        language=asked.language,
        asked_at=now,
    )
    if not add_once(session, question, "public_id"):
        return Refusal.SENT_BEFORE
    payload = {"question": asked.public_id, "text": asked.message, "language": asked.language}
    outbox.add(session, participant_id, OutgoingKind.QUESTION_ASKED, payload, now)
    return None


def asked_by(session: Session, participants: Collection[int]) -> list[StoredQuestion]:
    """The questions of these participants."""
    columns = [getattr(Question, name) for name in StoredQuestion.__dataclass_fields__]
    rows = session.execute(select(*columns).where(col(Question.participant_id).in_(participants))).mappings()
    return [StoredQuestion(**row) for row in rows]


def answer(session: Session, actor: Actor, question: StoredQuestion, text_id: int, now: datetime) -> Result:
    """Answer a question with a stored text, at `now`."""
    if actor is not Actor.MUNICIPALITY:
        return Refusal.NOT_THEIRS_TO_DO
    if (question.answer_text_id, question.answered_at) != (text_id, now):
        question.answer_text_id, question.answered_at = text_id, now
        values = {"answer_text_id": text_id, "answered_at": now}
        session.execute(update(Question).where(col(Question.id) == question.id).values(values))
    return None


def mark_read(session: Session, participant_id: int, public_id: str, now: datetime) -> Result:
    """Note that the answer to the participant's question was read."""
    mine = (col(Question.participant_id) == participant_id, col(Question.public_id) == public_id)
    answered = select(col(Question.id)).where(*mine, col(Question.answered_at).is_not(None))
    if session.execute(answered).first() is None:
        return Refusal.NOT_FOUND
    read_marks.mark_read(session, participant_id, ReadSubject.ANSWER, public_id, now)
    return None
