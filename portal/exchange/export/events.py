"""What participants have sent, for the municipality's own systems: every event until it is acknowledged.

An event that was exported and never acknowledged is exported again. Its id lets the receiver know it again, so
delivered twice is harmless; and nothing is forgotten before the receiver has said that it has it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from portal.casework import access_log
from portal.casework.outbox import PLACE
from portal.store.db import Store
from portal.store.rows import table_of
from portal.tables.log import Access, OutgoingEvent, OutgoingKind
from portal.tables.people import Municipality, Participant

_EVENT, _PARTICIPANT, _MUNICIPALITY = table_of(OutgoingEvent), table_of(Participant), table_of(Municipality)
TOGETHER = 500
#: Events that do not say who sent them: nothing in them is about a person.
NOBODY_S = (OutgoingKind.WORDS_REPORTED,)
_WAITING = (
    select(
        _EVENT.c.id,
        _EVENT.c.public_id,
        _EVENT.c.participant_id,
        _EVENT.c.kind,
        _EVENT.c.at,
        _EVENT.c.payload,
        _PARTICIPANT.c.external_id,
        _MUNICIPALITY.c.org_number,
    )
    .join(_PARTICIPANT, _PARTICIPANT.c.id == _EVENT.c.participant_id)
    .join(_MUNICIPALITY, _MUNICIPALITY.c.id == _PARTICIPANT.c.municipality_id)
    .where(_EVENT.c.acknowledged_at.is_(None))
    .order_by(_EVENT.c.id)
)


@dataclass(slots=True)
class Given:
    """What an export has given out: up to which event, and whose."""

    last: int = 0
    participants: set[int] = field(default_factory=set)


def batches(store: Store, municipality: str | None = None, most: int | None = None) -> Iterator[list[dict[str, Any]]]:
    """The events not yet acknowledged, oldest first, some at a time. Each time it is in the access log whose they are,
    and nothing is locked, before they are given out.
    """
    given, number = Given(), 0
    while most is None or number < most:
        with store.write_session() as session:
            events = waiting(session, municipality, TOGETHER if most is None else min(TOGETHER, most - number), given)
            session.commit()
        if not events:
            return
        number += len(events)
        yield events


def waiting(
    session: Session, municipality: str | None = None, most: int | None = None, given: Given | None = None
) -> list[dict[str, Any]]:
    """The events not yet acknowledged, oldest first; notes in the access log whose were read. The caller commits.

    `given` leaves out what it has, and learns of what is given.
    """
    given = given or Given()
    found = _WAITING.where(_MUNICIPALITY.c.org_number == municipality) if municipality else _WAITING
    rows = session.execute(found.where(_EVENT.c.id > given.last).limit(most)).all()
    vault = session.info["vault"]
    events = [
        {
            "id": row.public_id,
            "at": row.at.isoformat(),
            "kind": row.kind.value,
            "municipality": row.org_number,
            "participant": None if row.kind in NOBODY_S else row.external_id,
            "payload": json.loads(vault.open(row.payload, PLACE, row.public_id)),
        }
        for row in rows
    ]
    unseen = {row.participant_id for row in rows} - given.participants
    access_log.note(session, Access.EXPORTED, dict.fromkeys(unseen, ()))
    given.last = max((row.id for row in rows), default=given.last)
    given.participants.update(row.participant_id for row in rows)
    return events
