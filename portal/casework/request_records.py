"""Leave requests as they are stored, with what has happened to them: what the verbs of `requests` move."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from portal.law.extent import Extent, asked_for
from portal.law.vocabulary import LeaveKind
from portal.tables.leave import LeaveEvent, LeaveEventKind, LeaveRequest, RequestForm, RequestStatus


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One thing that happened to a request. `params` hold facts, not sentences."""

    kind: LeaveEventKind
    at: datetime
    params: dict[str, Any]


@dataclass(slots=True)
class StoredRequest:
    """A request as it stands, and its events in order. `version` grows with each move."""

    id: int
    public_id: str
    number: str
    participant_id: int
    form: RequestForm
    kind: LeaveKind
    first_day: date
    last_day: date
    hours: Decimal | None
    status: RequestStatus
    version: int
    decision_id: int | None
    granted_from: date | None
    granted_to: date | None
    granted_hours: Decimal | None
    granted_start: time | None
    granted_end: time | None
    events: list[StoredEvent] = field(default_factory=list)
    last_seq: int = 0

    @property
    def asked(self) -> Extent:
        """How much was asked for."""
        return asked_for(self.kind, self.first_day, self.last_day, self.hours)

    def has_happened(self, kind: LeaveEventKind) -> bool:
        """Whether one of its events is of this kind."""
        return any(event.kind is kind for event in self.events)

    def has_event(self, name: str, value: object) -> bool:
        """Whether the parameter `name` of one of its events is `value`."""
        return any(event.params.get(name) == value for event in self.events)


_COLUMNS = [
    getattr(LeaveRequest, name) for name in StoredRequest.__dataclass_fields__ if name not in ("events", "last_seq")
]
_EVENT_COLUMNS = [getattr(LeaveEvent, name) for name in StoredEvent.__dataclass_fields__]


def sent_by(session: Session, participants: Collection[int]) -> list[StoredRequest]:
    """All requests of these participants."""
    return _stored(session, col(LeaveRequest.participant_id).in_(participants))


def sent(session: Session, participant_id: int, public_id: str) -> StoredRequest | None:
    """The participant's own request; None for anybody else's."""
    found = _stored(
        session, (col(LeaveRequest.participant_id) == participant_id) & (col(LeaveRequest.public_id) == public_id)
    )
    return next(iter(found), None)


def _stored(session: Session, which: ColumnElement[bool]) -> list[StoredRequest]:
    rows = session.execute(select(*_COLUMNS).where(which)).mappings()
    found = {row["id"]: StoredRequest(**row) for row in rows}
    events = select(col(LeaveEvent.request_id), col(LeaveEvent.seq), *_EVENT_COLUMNS).join(LeaveRequest).where(which)
    for row in session.execute(events.order_by(col(LeaveEvent.request_id), col(LeaveEvent.seq))).mappings():
        request = found[row["request_id"]]
        request.events.append(StoredEvent(**{name: row[name] for name in StoredEvent.__dataclass_fields__}))
        request.last_seq = row["seq"]
    return list(found.values())
