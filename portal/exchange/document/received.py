"""What was received last: when the newest document was issued, by source, of a municipality and of each participant.

A document that is older than what stands of a participant from the same source leaves that participant as they are. So
one system that lags, or a queue out of order, never takes back what another document said.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, delete, func, insert, select
from sqlmodel import Session

from portal.exchange.document.people import KnownIds
from portal.exchange.row_sync import RowSync
from portal.store.rows import slices, table_of
from portal.tables.log import ImportedFile, Received
from portal.tables.people import Municipality, Participant
from portal.tables.rows import labelled

_RECEIVED, _FILE = table_of(Received), table_of(ImportedFile)
_PARTICIPANT, _MUNICIPALITY = table_of(Participant), table_of(Municipality)


class ReceivedLine(NamedTuple):
    """What was received of one municipality from one source; `participants` is how many its documents named."""

    org_number: str
    source: str
    oldest: datetime
    newest: datetime
    participants: int


def of_municipality(session: Session, org_number: str, source: str) -> datetime | None:
    """When the newest head of a document from this source was issued."""
    mine = (_MUNICIPALITY.c.org_number == org_number, _RECEIVED.c.source == source)
    joined = select(_RECEIVED.c.issued_at).join(_MUNICIPALITY, _MUNICIPALITY.c.id == _RECEIVED.c.municipality_id)
    found: datetime | None = session.scalar(joined.where(*mine, _RECEIVED.c.participant_id.is_(None)))
    return found


def of_participants(session: Session, known: KnownIds, names: Collection[str]) -> dict[str, datetime]:
    """When the newest document from this source was issued, by the municipality's own id of a participant."""
    found = session.execute(
        select(_PARTICIPANT.c.external_id, _RECEIVED.c.issued_at)
        .join(_RECEIVED, _RECEIVED.c.participant_id == _PARTICIPANT.c.id)
        .where(_PARTICIPANT.c.municipality_id == known.municipality, _PARTICIPANT.c.external_id.in_(names))
        .where(_RECEIVED.c.source == known.source)
    )
    return {row.external_id: row.issued_at for row in found}


def note(session: Session, known: KnownIds) -> None:
    """Note that a document was taken: of the municipality, unless it was older, and of the participants taken."""
    said = {"municipality_id": known.municipality, "source": known.source, "issued_at": known.issued_at}
    if not known.is_older:
        mine = (_RECEIVED.c.municipality_id == known.municipality, _RECEIVED.c.source == known.source)
        session.execute(delete(_RECEIVED).where(*mine, _RECEIVED.c.participant_id.is_(None)))
        session.execute(insert(_RECEIVED), said)
    for names in slices(sorted(known.participants)):
        mine = (_PARTICIPANT.c.municipality_id == known.municipality, _PARTICIPANT.c.external_id.in_(names))
        ids = session.scalars(select(_PARTICIPANT.c.id).where(*mine)).all()
        sync = RowSync(session, Received, "participant_id", ids, key=["source"])
        newest = {
            row["participant_id"]: row["issued_at"] for row in sync.stored.values() if row["source"] == known.source
        }
        for number in ids:
            if newest.get(number, known.issued_at) <= known.issued_at:
                sync.put(**said, participant_id=number)
        sync.flush(learn=False)


def lines(session: Session, org_number: str | None, source: str | None, participant: str | None) -> list[ReceivedLine]:
    """What was received, a line for each municipality and source."""
    found = session.execute(
        select(
            *labelled(
                ReceivedLine,
                org_number=_MUNICIPALITY.c.org_number,
                source=_RECEIVED.c.source,
                oldest=func.min(_RECEIVED.c.issued_at, type_=_RECEIVED.c.issued_at.type),
                newest=func.max(_RECEIVED.c.issued_at, type_=_RECEIVED.c.issued_at.type),
                participants=func.count(_RECEIVED.c.participant_id),
            )
        )
        .join(_MUNICIPALITY, _MUNICIPALITY.c.id == _RECEIVED.c.municipality_id)
        .where(_RECEIVED.c.id.in_(_chosen(org_number, source, participant)))
        .group_by(_MUNICIPALITY.c.org_number, _RECEIVED.c.source)
        .order_by(_MUNICIPALITY.c.org_number, _RECEIVED.c.source)
    )
    return [ReceivedLine._make(row) for row in found]


def reset(session: Session, org_number: str | None, source: str | None, participant: str | None) -> None:
    """Forget what was received, so that the next document is taken whenever it was issued, even the very file of
    before. The caller commits.
    """
    session.execute(delete(_FILE).where(_FILE.c.kind == "document"))
    session.execute(delete(_RECEIVED).where(_RECEIVED.c.id.in_(_chosen(org_number, source, participant))))


def _chosen(org_number: str | None, source: str | None, participant: str | None) -> Select[tuple[int]]:
    found = (
        select(_RECEIVED.c.id)
        .join(_MUNICIPALITY, _MUNICIPALITY.c.id == _RECEIVED.c.municipality_id)
        .outerjoin(_PARTICIPANT, _PARTICIPANT.c.id == _RECEIVED.c.participant_id)
    )
    wanted = {_MUNICIPALITY.c.org_number: org_number, _RECEIVED.c.source: source}
    wanted[_PARTICIPANT.c.external_id] = participant
    return found.where(*(column == value for column, value in wanted.items() if value is not None))
