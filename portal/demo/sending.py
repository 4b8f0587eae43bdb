"""What the demo's participants have sent and read before anybody looks, done as the portal itself does it."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlmodel import Session, col

from portal import clock
from portal.casework import facts, objections, questions
from portal.casework.read_marks import mark_read
from portal.casework.result import Result
from portal.casework.submission import NewRequest, submit
from portal.law.case import Request
from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.participant.leave import queries
from portal.participant.leave.choices import Occasion
from portal.participant.leave.leave_input import LeaveInput
from portal.participant.leave.preview.record import shown
from portal.participant.leave.preview.request_preview import preview_request
from portal.tables.absence import Absence
from portal.tables.leave import LeaveRequest
from portal.tables.log import Actor
from portal.tables.people import Participant, ReadSubject


def send(session: Session, done: dict[str, list[dict[str, Any]]]) -> bool:
    """Sends and reads what is not sent and read already. False where nothing was sent. The caller commits."""
    people = _people(session)
    for item in done["read"]:
        read_at = datetime.fromisoformat(item["at"])
        mark_read(session, people[item["participant"]], ReadSubject.PLAN, item["version"], read_at)
    names = [item["id"] for item in done["requests"]]
    known = set(session.scalars(select(col(LeaveRequest.public_id)).where(col(LeaveRequest.public_id).in_(names))))
    new = [item for item in done["requests"] if item["id"] not in known]
    for item in new:
        _send(session, people[item["participant"]], item)
    for item in done["contests"]:
        _object(session, people[item["participant"]], item)
    asked = [_ask(session, people[item["participant"]], item) for item in done["questions"]]
    return bool(new) or None in asked


def _people(session: Session) -> dict[str, int]:
    rows = session.execute(select(col(Participant.external_id), col(Participant.id)))
    return {name: number for name, number in rows if number is not None}


def _send(session: Session, participant_id: int, item: dict[str, Any]) -> None:
    now = datetime.fromisoformat(item["sent_at"])
    asked = LeaveInput(Occasion(item["what"]), _request(item, now.date()))
    record = facts.read(session, participant_id)
    due = queries.due_days(session, participant_id)
    with Flask(__name__).app_context():  # what is said where no request is, is said in Norwegian alone
        meant = partial(preview_request, record, asked, now.date(), due)
        told = shown(meant, item["language"])
        new = NewRequest(
            item["id"], asked.what, asked.request, meant().assessment, item["message"], item["language"], told
        )
    submit(session, Actor.PARTICIPANT, participant_id, new, now)


def _ask(session: Session, participant_id: int, item: dict[str, Any]) -> Result:
    question = questions.NewQuestion(item["id"], item["message"], item["language"])
    return questions.ask(session, Actor.PARTICIPANT, participant_id, question, clock.now())


def _object(session: Session, participant_id: int, item: dict[str, Any]) -> None:
    mine = (col(Absence.participant_id) == participant_id, col(Absence.external_id) == item["absence"])
    absence_id = session.scalars(select(col(Absence.id)).where(*mine)).one()
    absence = next(row for row in facts.absences(session, participant_id) if row.id == absence_id)
    said = objections.NewObjection(str(UUID(item["id"])), absence, item["message"], item["paper"], item["language"])
    sent_at = datetime.fromisoformat(item["sent_at"])
    objections.submit(session, Actor.PARTICIPANT, participant_id, said, sent_at)


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
