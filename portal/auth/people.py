"""Which participant a national identity number belongs to, found without the number being readable."""

from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from portal.tables.people import Participant


def find(session: Session, pid: str, ended_since: date | None = None) -> int | None:
    """The id of the participant with this number, or None.

    Registered in two municipalities (after moving), the one whose programme is not over comes first, then the newest.
    `ended_since`: programmes that were over before this day are left out.
    """
    statement = (
        select(col(Participant.id))
        .where(col(Participant.pid_index) == session.info["vault"].blind_index(pid))
        .order_by(col(Participant.ended_on).is_not(None), col(Participant.id).desc())
    )
    if ended_since is not None:
        statement = statement.where(or_(col(Participant.ended_on).is_(None), col(Participant.ended_on) >= ended_since))
    return session.execute(statement).scalars().first()
