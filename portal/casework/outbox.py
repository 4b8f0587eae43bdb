"""What participants send, kept in order until the municipality has it: delivered twice is harmless, lost never."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session

from portal import pace
from portal.tables.columns import new_public_id
from portal.tables.log import OutgoingEvent, OutgoingKind

PLACE = "outgoing_event.payload"


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
    public_id = public_id or new_public_id()
    sealed = session.info["vault"].seal(json.dumps(payload, ensure_ascii=False), PLACE, public_id)
    event = OutgoingEvent(public_id=public_id, participant_id=participant_id, kind=kind, at=now, payload=sealed)
    session.add(event)
    return public_id
