"""What a participant says that they have read. Nothing else is done by opening a page."""

from datetime import datetime

from sqlmodel import Session

from portal.store.db import add_once
from portal.tables.people import ReadMarker, ReadSubject


def mark_read(session: Session, participant_id: int, kind: ReadSubject, name: str | int, now: datetime) -> None:
    """Note that the thing of this name (a public id, a version, an id) was read at `now`; said twice it is said once.

    The caller has found it to be the participant's own, and commits.
    """
    marker = ReadMarker(participant_id=participant_id, subject=f"{kind}{name}", read_at=now)
    add_once(session, marker, "subject")
