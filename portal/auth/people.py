"""Which participant a national identity number belongs to, found without the number being readable."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlmodel import Session, col

from portal.tables.people import Participant


class Numbered(NamedTuple):
    """A participant, and the blind index of the number by which they are known."""

    id: int
    pid_index: bytes


def find(session: Session, pid: str, ended_since: date | None = None) -> Numbered | None:
    """The participant with this number, or None.

    Registered in two municipalities (after moving), the one whose programme is not over comes first, then the newest.
    `ended_since`: programmes that were over before this day are left out.
    """
    statement = (
        select(col(Participant.id), col(Participant.pid_index))
        .where(col(Participant.pid_index) == session.info["vault"].blind_index(pid))
        .order_by(col(Participant.ended_on).is_not(None), col(Participant.id).desc())
    )
    if ended_since is not None:
        statement = statement.where(or_(col(Participant.ended_on).is_(None), col(Participant.ended_on) >= ended_since))
    row = session.execute(statement).first()
    return Numbered(row.id, row.pid_index) if row else None
