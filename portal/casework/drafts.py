"""Drafts of leave requests: what a participant has typed so far, kept as typed, for two weeks."""

import json
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from portal.casework import pace
from portal.tables.columns import new_public_id
from portal.tables.leave import LeaveDraft

PLACE = "leave_draft.answers"  # what the seal of the answers is bound to
DAYS_KEPT = timedelta(days=14)
Answers = dict[str, str]


def begin(session: Session, participant_id: int, answers: Answers, now: datetime) -> str:
    """A new draft; gives its public id. The participant's drafts older than 14 days go. Raises TooMany."""
    pace.check_drafts(session, participant_id)
    old = (col(LeaveDraft.participant_id) == participant_id, col(LeaveDraft.updated_at) < now - DAYS_KEPT)
    session.execute(delete(LeaveDraft).where(*old))
    public_id = new_public_id()
    sealed = _seal(session, public_id, answers)
    values = {"public_id": public_id, "participant_id": participant_id, "answers": sealed, "updated_at": now}
    session.execute(insert(LeaveDraft).values(values))
    return public_id


def keep(session: Session, participant_id: int, public_id: str, answers: Answers, now: datetime) -> None:
    """Keep what has been typed so far."""
    mine = (col(LeaveDraft.public_id) == public_id, col(LeaveDraft.participant_id) == participant_id)
    values = {"answers": _seal(session, public_id, answers), "updated_at": now}
    session.execute(update(LeaveDraft).where(*mine).values(values))


def answers(session: Session, participant_id: int, public_id: str) -> Answers | None:
    """What has been typed so far, as typed; None where this participant has no such draft."""
    mine = (col(LeaveDraft.public_id) == public_id, col(LeaveDraft.participant_id) == participant_id)
    sealed = session.execute(select(col(LeaveDraft.answers)).where(*mine)).scalar()
    if sealed is None:
        return None
    found: Answers = json.loads(session.info["vault"].open(sealed, PLACE, public_id))
    return found


def end(session: Session, participant_id: int, public_id: str) -> None:
    """The draft has become a request."""
    mine = (col(LeaveDraft.public_id) == public_id, col(LeaveDraft.participant_id) == participant_id)
    session.execute(delete(LeaveDraft).where(*mine))


def _seal(session: Session, public_id: str, answers: Answers) -> bytes:
    sealed: bytes = session.info["vault"].seal(json.dumps(answers, ensure_ascii=False), PLACE, public_id)
    return sealed
