"""What the demo's participants have sent and read before anybody looks, done as the portal itself does it."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlmodel import Session, col

from portal.casework import facts
from portal.law.case import Request
from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.participant.absences import actions as absence_actions
from portal.participant.leave import actions, queries
from portal.participant.leave.asked import Asked
from portal.participant.leave.before import shown
from portal.participant.leave.choices import What
from portal.participant.leave.meaning import meaning
from portal.participant.me import actions as me_actions
from portal.participant.plan import actions as plan_actions
from portal.tables.absence import Absence
from portal.tables.leave import LeaveRequest
from portal.tables.people import Participant


def send(session: Session, done: dict[str, list[dict[str, Any]]]) -> bool:
    """Sends and reads what is not sent and read already. False where nothing was sent. The caller commits."""
    people = _people(session)
    for item in done["read"]:
        plan_actions.mark_read(
            session, people[item["participant"]], item["version"], datetime.fromisoformat(item["at"])
        )
    names = [item["id"] for item in done["requests"]]
    known = set(session.scalars(select(col(LeaveRequest.public_id)).where(col(LeaveRequest.public_id).in_(names))))
    new = [item for item in done["requests"] if item["id"] not in known]
    for item in new:
        _send(session, people[item["participant"]], item)
    for item in done["contests"]:
        _contest(session, people[item["participant"]], item)
    asked = [
        me_actions.ask(session, people[item["participant"]], item["id"], item["words"], item["language"])
        for item in done["questions"]
    ]
    return bool(new) or any(asked)


def _people(session: Session) -> dict[str, int]:
    rows = session.execute(select(col(Participant.external_id), col(Participant.id)))
    return {name: number for name, number in rows if number is not None}


def _send(session: Session, participant_id: int, item: dict[str, Any]) -> None:
    now = datetime.fromisoformat(item["sent_at"])
    asked = Asked(What(item["what"]), _request(item, now.date()))
    record = facts.read(session, participant_id)
    due = queries.due_days(session, participant_id)
    with Flask(__name__).app_context():  # what is said where no request is, is said in Norwegian alone
        meant = partial(meaning, record, asked, now.date(), due)
        told = shown(meant, item["language"])
        sending = actions.Sending(asked, meant().assessment, item["words"], item["language"], told)
    actions.submit(session, participant_id, item["id"], sending, now)


def _contest(session: Session, participant_id: int, item: dict[str, Any]) -> None:
    mine = (col(Absence.participant_id) == participant_id, col(Absence.external_id) == item["absence"])
    absence_id = session.scalars(select(col(Absence.id)).where(*mine)).one()
    absence = next(row for row in facts.absences(session, participant_id) if row.id == absence_id)
    said = absence_actions.Contest(UUID(item["id"]), item["words"], item["paper"], item["language"])
    absence_actions.contest(session, participant_id, absence, said, datetime.fromisoformat(item["sent_at"]))


def _request(item: dict[str, Any], notice: date) -> Request:
    hours, reason, event = item.get("hours"), item.get("reason"), item.get("event")
    return Request(
        kind=LeaveKind(item["kind"]),
        first_day=date.fromisoformat(item["first_day"]),
        last_day=date.fromisoformat(item["last_day"]),
        notice=notice,
        hours=Decimal(hours) if hours else None,
        reason=WelfareReason(reason) if reason else None,
        event_date=date.fromisoformat(event) if event else None,
    )
