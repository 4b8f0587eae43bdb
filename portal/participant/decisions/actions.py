"""What a participant does with a decision: says that it is read."""

from datetime import datetime

from sqlmodel import Session

from portal.casework.decisions import Known
from portal.db import add_once
from portal.tables.people import Readable, ReadMarker


def mark_read(session: Session, participant_id: int, known: Known, now: datetime) -> None:
    """Note that the decision has been read at `now`; saying it twice changes nothing."""
    if not known.read:
        subject = f"{Readable.DECISION}{known.public_id}"
        add_once(session, ReadMarker(participant_id=participant_id, subject=subject, read_at=now), "subject")
