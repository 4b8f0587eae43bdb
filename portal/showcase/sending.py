"""What the demo's participants have sent in the portal before anybody looks, sent as the portal itself sends it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from portal.law.case import Case, Request
from portal.law.rules import assess
from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.leave import actions
from portal.leave.choices import What
from portal.leave.forms import Asked
from portal.leave.words import TEXTS
from portal.record import case
from portal.tables.leave import LeaveRequest
from portal.tables.people import Participant


def send(session: Session, sent: list[dict[str, Any]]) -> bool:
    """Sends what is not sent already. False where all of it is. The caller commits."""
    names = [item["id"] for item in sent]
    known = set(session.scalars(select(col(LeaveRequest.public_id)).where(col(LeaveRequest.public_id).in_(names))))
    new = [item for item in sent if item["id"] not in known]
    for item in new:
        _send(session, item)
    return bool(new)


def _send(session: Session, item: dict[str, Any]) -> None:
    mine = col(Participant.external_id) == item["participant"]
    participant_id = session.scalars(select(col(Participant.id)).where(mine)).one()
    assert participant_id is not None  # a primary key
    now = datetime.fromisoformat(item["sent_at"])
    asked = Asked(What(item["what"]), _request(item, now.date()))
    record = case.read(session, participant_id)
    assessment = assess(Case(now.date(), record.participant, asked.request, record.history, record.policy))
    sending = actions.Sending(asked, assessment, item["words"], item["language"], TEXTS)
    actions.submit(session, participant_id, item["id"], sending, now)


def _request(item: dict[str, Any], notice: date) -> Request:
    hours, reason = item.get("hours"), item.get("reason")
    return Request(
        kind=LeaveKind(item["kind"]),
        first_day=date.fromisoformat(item["first_day"]),
        last_day=date.fromisoformat(item["last_day"]),
        notice=notice,
        hours=Decimal(hours) if hours else None,
        reason=WelfareReason(reason) if reason else None,
    )
