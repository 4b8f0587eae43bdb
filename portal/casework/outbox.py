"""What participants send, kept in order until the municipality has it: delivered twice is harmless, lost never.

An event that was given out and never acknowledged is given out again. Its id lets the receiver know it again.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from portal.casework import pace
from portal.store.db import add_once as store_once
from portal.store.rows import slices
from portal.tables.columns import new_public_id
from portal.tables.leave import LeaveRequest
from portal.tables.log import OutgoingEvent, OutgoingKind

PLACE = "outgoing_event.payload"  # what the seal of a payload is bound to


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What an acknowledgement came to: newly acknowledged, acknowledged before, and ids that nobody knows."""

    now: list[str]
    before: list[str]
    unknown: list[str]


def add(
    session: Session,
    participant_id: int,
    kind: OutgoingKind,
    payload: dict[str, Any],
    now: datetime,
    *,
    public_id: str | None = None,
) -> str:
    """Add an event of `now` in the transaction that made it true; gives its public id. That a request was sent is told
    under the request's own id: so it is known which requests the municipality has.

    Raises TooMany where the participant has sent too much lately: then nothing is to be committed.
    """
    pace.check_sent(session, participant_id)
    event = _event(session, participant_id, kind, payload, now, public_id=public_id or new_public_id())
    session.add(event)
    return event.public_id


def add_once(
    session: Session, participant_id: int, kind: OutgoingKind, payload: dict[str, Any], now: datetime, *, public_id: str
) -> bool:
    """The same under the id that a form has; False, and nothing is added, where the participant has sent that form
    before. Raises TooMany.
    """
    pace.check_sent(session, participant_id)
    return store_once(session, _event(session, participant_id, kind, payload, now, public_id=public_id), "public_id")


def _event(
    session: Session, participant_id: int, kind: OutgoingKind, payload: dict[str, Any], now: datetime, *, public_id: str
) -> OutgoingEvent:
    sealed = session.info["vault"].seal(json.dumps(payload, ensure_ascii=False), PLACE, public_id)
    return OutgoingEvent(public_id=public_id, participant_id=participant_id, kind=kind, at=now, payload=sealed)


def acknowledge(session: Session, ids: Collection[str], now: datetime) -> Acknowledged:
    """Note that the municipality has these events; saying it twice changes nothing. The caller commits."""
    known: dict[str, bool] = {}
    for some in slices(ids):
        columns = (col(OutgoingEvent.public_id), col(OutgoingEvent.acknowledged_at))
        rows = session.execute(select(*columns).where(col(OutgoingEvent.public_id).in_(some))).all()
        known |= {row.public_id: row.acknowledged_at is not None for row in rows}
    _mark(session, [name for name, done in known.items() if not done], now)
    return Acknowledged(
        now=[name for name in ids if known.get(name) is False],
        before=[name for name in ids if known.get(name) is True],
        unknown=[name for name in ids if name not in known],
    )


def _mark(session: Session, names: Sequence[str], now: datetime) -> None:
    """That a request was sent is told under its own id: the municipality has it now."""
    for some in slices(names):
        mine = (col(OutgoingEvent.public_id).in_(some), col(OutgoingEvent.acknowledged_at).is_(None))
        session.execute(update(OutgoingEvent).where(*mine).values(acknowledged_at=now))
        told = (col(LeaveRequest.public_id).in_(some), col(LeaveRequest.fetched_at).is_(None))
        session.execute(update(LeaveRequest).where(*told).values(fetched_at=now))
