"""What participants have sent, for the municipality's own systems: every event until it is acknowledged.

An event that was exported and never acknowledged is exported again. Its id lets the receiver know it again, so
delivered twice is harmless; and nothing is forgotten before the receiver has said that it has it.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from portal import clock
from portal.casework.outbox import PLACE
from portal.db import Store
from portal.exchange.shelf import slices, table_of
from portal.tables.leave import LeaveRequest
from portal.tables.log import Access, AccessLog, Actor, OutgoingEvent
from portal.tables.people import Municipality, Participant

_EVENT, _PARTICIPANT, _MUNICIPALITY = table_of(OutgoingEvent), table_of(Participant), table_of(Municipality)
_REQUEST = table_of(LeaveRequest)
TOGETHER = 500
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
        _MUNICIPALITY.c.name,
    )
    .join(_PARTICIPANT, _PARTICIPANT.c.id == _EVENT.c.participant_id)
    .join(_MUNICIPALITY, _MUNICIPALITY.c.id == _PARTICIPANT.c.municipality_id)
    .where(_EVENT.c.acknowledged_at.is_(None))
    .order_by(_EVENT.c.id)
)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What an acknowledgement came to: newly acknowledged, acknowledged before, and ids that nobody knows."""

    now: list[str]
    before: list[str]
    unknown: list[str]


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
        with store.writing() as session:
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
            "participant": row.external_id,
            "payload": json.loads(vault.open(row.payload, PLACE, row.public_id)),
        }
        for row in rows
    ]
    lines = [
        {"participant_id": participant, "actor": Actor.MUNICIPALITY, "actor_name": name, "access": Access.EXPORTED}
        for participant, name in sorted({(row.participant_id, row.name) for row in rows})
        if participant not in given.participants
    ]
    if lines:
        session.execute(insert(table_of(AccessLog)), lines)
    given.last = max((row.id for row in rows), default=given.last)
    given.participants.update(row.participant_id for row in rows)
    return events


def acknowledge(session: Session, ids: Collection[str]) -> Acknowledged:
    """Note that the receiver has these events; saying it twice changes nothing. The caller commits."""
    known: dict[str, bool] = {}
    for some in slices(ids):
        rows = session.execute(
            select(_EVENT.c.public_id, _EVENT.c.acknowledged_at).where(_EVENT.c.public_id.in_(some))
        ).all()
        known |= {row.public_id: row.acknowledged_at is not None for row in rows}
    fresh = [name for name, done in known.items() if not done]
    _mark(session, fresh)
    return Acknowledged(
        now=[name for name in ids if known.get(name) is False],
        before=[name for name in ids if known.get(name) is True],
        unknown=[name for name in ids if name not in known],
    )


def _mark(session: Session, names: Sequence[str]) -> None:
    for some in slices(names):
        mine = (_EVENT.c.public_id.in_(some), _EVENT.c.acknowledged_at.is_(None))
        session.execute(update(_EVENT).where(*mine).values(acknowledged_at=clock.now()))
        told = (_REQUEST.c.public_id.in_(some), _REQUEST.c.fetched_at.is_(None))
        session.execute(update(_REQUEST).where(*told).values(fetched_at=clock.now()))
