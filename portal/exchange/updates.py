"""What one command changed of each participant, as one line in their access log."""

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select
from sqlmodel import Session

from portal.exchange.shelf import slices, table_of
from portal.tables.log import Access, AccessLog, Actor, Updated
from portal.tables.people import Municipality, Participant

_PARTICIPANT, _MUNICIPALITY = table_of(Participant), table_of(Municipality)
ORDER = list(Updated)


def log_updates(session: Session, updated: Mapping[int, Collection[Updated]]) -> None:
    """Write the lines, one for each participant of whom anything changed."""
    for some in slices(sorted(updated)):
        named = (
            select(_PARTICIPANT.c.id, _MUNICIPALITY.c.name)
            .join(_MUNICIPALITY, _MUNICIPALITY.c.id == _PARTICIPANT.c.municipality_id)
            .where(_PARTICIPANT.c.id.in_(some))
            .order_by(_PARTICIPANT.c.id)
        )
        rows = [
            {
                "participant_id": participant,
                "actor": Actor.MUNICIPALITY,
                "actor_name": name,
                "access": Access.IMPORTED,
                "updated": [kind.value for kind in sorted(updated[participant], key=ORDER.index)],
            }
            for participant, name in session.execute(named)
        ]
        session.execute(insert(table_of(AccessLog)), rows)
