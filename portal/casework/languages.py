"""Which language a participant gets letters in, and texts that they ask for in their own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from portal.casework import outbox
from portal.casework.result import Refusal, Result
from portal.casework.texts import PLACE, original_of
from portal.store.db import add_once
from portal.store.rows import slices
from portal.tables.log import Actor, OutgoingKind
from portal.tables.people import Municipality, Participant
from portal.tables.texts import Text, TextVersion, TranslationRequest


@dataclass(frozen=True, slots=True)
class AskedTranslation:
    """A text that its participant has asked for in a language; `digest` is that of the original they saw."""

    id: int
    text_id: int
    language: str
    digest: str


def choose(session: Session, actor: Actor, participant_id: int, language: str, now: datetime) -> Result:
    """Remember the language that the participant wants for the portal and for letters. Raises TooMany."""
    if actor is not Actor.PARTICIPANT:
        return Refusal.NOT_THEIRS_TO_DO
    session.execute(update(Participant).where(col(Participant.id) == participant_id).values(chosen_language=language))
    outbox.add(session, participant_id, OutgoingKind.LANGUAGE_CHOSEN, {"language": language}, now)
    return None


def ask_for_translation(
    session: Session, actor: Actor, participant_id: int, text: str, now: datetime, *, language: str
) -> Result:
    """Ask the municipality for the participant's text of this public id in `language`, once for each original.

    The event holds the original, so that it can be found and translated. Raises TooMany.
    """
    if actor is not Actor.PARTICIPANT:
        return Refusal.NOT_THEIRS_TO_DO
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
        return Refusal.NOT_FOUND
    asked = TranslationRequest(
        participant_id=participant_id, text_id=row.id, language=language, digest=row.digest, asked_at=now
    )
    if not add_once(session, asked, "text_id", "language", "digest"):
        return Refusal.SENT_BEFORE
    original = session.info["vault"].open(row.body, PLACE, text, row.language)
    payload = {"language": language, "text": original, "original": row.language, "translates": row.digest}
    outbox.add(session, participant_id, OutgoingKind.TRANSLATION_ASKED, payload, now)
    return None


def translations_asked_by(session: Session, participants: Collection[int]) -> list[AskedTranslation]:
    """What these participants have asked for and not got yet."""
    columns = [getattr(TranslationRequest, field) for field in AskedTranslation.__dataclass_fields__]
    asked = select(*columns).where(col(TranslationRequest.participant_id).in_(participants))
    return [AskedTranslation(**row) for row in session.execute(asked).mappings()]


def give_translations(session: Session, actor: Actor, asked: Collection[int]) -> Result:
    """The municipality has given what these requests asked for: the same may be asked for anew, should it go again."""
    if actor is not Actor.MUNICIPALITY:
        return Refusal.NOT_THEIRS_TO_DO
    for some in slices(asked):
        session.execute(delete(TranslationRequest).where(col(TranslationRequest.id).in_(some)))
    return None
