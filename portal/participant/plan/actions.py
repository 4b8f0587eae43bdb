"""What a participant does with the plan: says that a version is read."""

from datetime import datetime

from sqlmodel import Session

from portal.db import add_once
from portal.tables.people import Readable, ReadMarker


def mark_read(session: Session, participant_id: int, version: int, now: datetime) -> None:
    """Note that the version is read at `now`; saying it twice changes nothing."""
    subject = f"{Readable.PLAN}{version}"
    add_once(session, ReadMarker(participant_id=participant_id, subject=subject, read_at=now), "subject")
