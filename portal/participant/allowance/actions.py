"""What a participant does with payments: says that a change is read."""

from datetime import datetime

from sqlmodel import Session

from portal.db import add_once
from portal.participant.allowance.queries import Change
from portal.tables.people import Readable, ReadMarker


def mark_read(session: Session, participant_id: int, change: Change, now: datetime) -> None:
    """Note that the change has been read at `now`; saying it twice changes nothing."""
    if not change.read:
        subject = f"{Readable.PAYMENT}{change.id}"
        add_once(session, ReadMarker(participant_id=participant_id, subject=subject, read_at=now), "subject")
