"""Asking a question, and choosing the language of letters."""

from sqlalchemy import select, update
from sqlmodel import Session, col

from portal import outgoing
from portal.db import add_once
from portal.tables.log import OutgoingKind, Question
from portal.tables.people import Participant, ReadMarker


def ask(session: Session, participant_id: int, public_id: str, words: str, language: str) -> bool:
    """Send a question to the municipality; False where this very question has been sent before."""
    sealed = session.info["vault"].seal(words, "question.words", public_id)
    question = Question(public_id=public_id, participant_id=participant_id, words=sealed, language=language)
    if not add_once(session, question):
        return False
    asked = {"question": public_id, "text": words, "language": language}
    outgoing.record(session, participant_id, OutgoingKind.QUESTION_ASKED, asked)
    return True


def choose_language(session: Session, participant_id: int, language: str) -> None:
    """Remember the language that the participant wants for the portal and for letters."""
    session.execute(update(Participant).where(col(Participant.id) == participant_id).values(chosen_language=language))
    outgoing.record(session, participant_id, OutgoingKind.LANGUAGE_CHOSEN, {"language": language})


def read_answer(session: Session, participant_id: int, public_id: str) -> bool:
    """Note that an answer has been read; False where there is no such answer for this participant."""
    mine = (col(Question.participant_id) == participant_id, col(Question.public_id) == public_id)
    if not session.execute(select(col(Question.id)).where(*mine, col(Question.answered_at).is_not(None))).first():
        return False
    subject = f"answer:{public_id}"
    marked = (col(ReadMarker.participant_id) == participant_id, col(ReadMarker.subject) == subject)
    if not session.execute(select(col(ReadMarker.id)).where(*marked)).first():
        add_once(session, ReadMarker(participant_id=participant_id, subject=subject))
    return True
