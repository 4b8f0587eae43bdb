"""What a participant does with the plan: says that a version is read."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from portal.db import add_once
from portal.plan.queries import READ_SUBJECT
from portal.tables.people import ReadMarker

_MARKED = select(col(ReadMarker.id)).where(
    col(ReadMarker.participant_id) == bindparam("participant_id"), col(ReadMarker.subject) == bindparam("subject")
)


def mark_read(session: Session, participant_id: int, version: int, now: datetime) -> None:
    """Note that the version is read at `now`; saying it twice changes nothing."""
    subject = f"{READ_SUBJECT}{version}"
    if session.execute(_MARKED, {"participant_id": participant_id, "subject": subject}).first() is None:
        add_once(session, ReadMarker(participant_id=participant_id, subject=subject, read_at=now))
