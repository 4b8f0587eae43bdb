"""Words of the portal that a participant says are wrong: sent to the municipality, for its translators.

| verb | who | when |
|---|---|---|
| report | participant | always; the same report is sent once |
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from portal.casework import outbox
from portal.casework.result import Refusal, Result
from portal.tables.log import Actor, OutgoingKind


@dataclass(frozen=True, slots=True)
class WordReport:
    """What is wrong: the form's own id, the route that the page is of (never an address with somebody's ids in it), the
    language, the words as typed, what the reader would say instead, and the messages that say those words.
    """

    public_id: str
    page: str
    language: str
    words: str
    instead: str
    messages: tuple[str, ...]


def report(session: Session, actor: Actor, participant_id: int, reported: WordReport, now: datetime) -> Result:
    """Send a report. Raises TooMany (`portal.casework.pace`)."""
    if actor is not Actor.PARTICIPANT:
        return Refusal.NOT_THEIRS_TO_DO
    payload = asdict(reported)
    public_id = payload.pop("public_id")
    kind = OutgoingKind.WORDS_REPORTED
    if not outbox.add_once(session, participant_id, kind, payload, now, public_id=public_id):
        return Refusal.SENT_BEFORE
    return None
