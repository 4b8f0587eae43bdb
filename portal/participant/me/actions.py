"""Asking a question, choosing the language of letters, and asking for a text in one's own language."""

from sqlalchemy import select, update
from sqlmodel import Session, col

from portal.casework import outbox
from portal.casework.texts import original_of
from portal.db import add_once
from portal.tables.log import OutgoingKind, Question
from portal.tables.people import Municipality, Participant, Readable, ReadMarker
from portal.tables.texts import Text, TextVersion, TranslationRequest


def ask(session: Session, participant_id: int, public_id: str, words: str, language: str) -> bool:
    """Send a question to the municipality; False where this very question has been sent before."""
    sealed = session.info["vault"].seal(words, "question.words", public_id)
    question = Question(public_id=public_id, participant_id=participant_id, words=sealed, language=language)
    if not add_once(session, question, "public_id"):
        return False
    asked = {"question": public_id, "text": words, "language": language}
    outbox.add(session, participant_id, OutgoingKind.QUESTION_ASKED, asked)
    return True


def choose_language(session: Session, participant_id: int, language: str) -> None:
    """Remember the language that the participant wants for the portal and for letters."""
    session.execute(update(Participant).where(col(Participant.id) == participant_id).values(chosen_language=language))
    outbox.add(session, participant_id, OutgoingKind.LANGUAGE_CHOSEN, {"language": language})


def ask_for_translation(session: Session, participant_id: int, text: str, language: str) -> bool:
    """Ask the municipality for the text of this public id in `language`, once for each original.

    False where the participant has no such text. The event holds the original, so that it can be found and translated.
    """
    columns = (col(TextVersion.language), col(TextVersion.origin), col(TextVersion.digest), col(TextVersion.body))
    rows = session.execute(
        select(col(Text.id), *columns, col(Municipality.norwegian))
        .join(TextVersion, col(TextVersion.text_id) == col(Text.id))
        .join(Participant, col(Participant.id) == col(Text.participant_id))
        .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
        .where(col(Text.participant_id) == participant_id, col(Text.public_id) == text)
    )
    row = original_of(rows)
    if row is None:
        return False
    asked = TranslationRequest(participant_id=participant_id, text_id=row.id, language=language, digest=row.digest)
    if add_once(session, asked, "text_id", "language", "digest"):
        original = session.info["vault"].open(row.body, "text_version.body", text, row.language)
        payload = {"language": language, "text": original, "original": row.language, "translates": row.digest}
        outbox.add(session, participant_id, OutgoingKind.TRANSLATION_ASKED, payload)
    return True


def read_answer(session: Session, participant_id: int, public_id: str) -> bool:
    """Note that an answer has been read; False where there is no such answer for this participant."""
    mine = (col(Question.participant_id) == participant_id, col(Question.public_id) == public_id)
    if not session.execute(select(col(Question.id)).where(*mine, col(Question.answered_at).is_not(None))).first():
        return False
    marker = ReadMarker(participant_id=participant_id, subject=f"{Readable.ANSWER}{public_id}")
    add_once(session, marker, "subject")
    return True
