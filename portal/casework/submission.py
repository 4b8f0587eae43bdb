"""Sending a leave request: what was asked for, what the portal said of it, and the very sentences that were shown.

Whoever sends twice has sent once; two tabs never say the same day twice (`one_at_a_time`). The caller commits.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from portal.casework import drafts, outbox
from portal.casework.result import Refusal, Result
from portal.casework.snapshot import Shown, digest, plain
from portal.clock import local
from portal.law.assessment import Assessment
from portal.law.case import Request
from portal.law.vocabulary import DecisionForm, LeaveKind
from portal.store.db import add_once
from portal.tables.leave import LeaveEvent, LeaveEventKind, LeaveRequest, RequestForm
from portal.tables.log import Actor, OutgoingKind
from portal.tables.people import Participant

MESSAGE, SHOWN = "leave_request.message", "leave_request.shown"  # what the seals are bound to
_FIRST_NUMBER, _NUMBERS = 100_000, 900_000


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is sent: the draft's public id, what was chosen (`what`) and asked for, what the rules said of it, free
    words with their language, and what stood on the pages before sending.
    """

    public_id: str
    what: str
    request: Request
    assessment: Assessment
    message: str
    language: str
    shown: Shown


def form_of(kind: LeaveKind, assessment: Assessment) -> RequestForm:
    """Illness and religious days in time are only told of (IF §§ 5, 6, 17 (2)); the rest is applied for (IL § 17)."""
    told = kind.law.is_illness or assessment.decision is DecisionForm.NOTIFICATION
    return RequestForm.REPORT if told else RequestForm.APPLICATION


def one_at_a_time(session: Session, participant_id: int) -> None:
    """Let no other request of the participant be sent until this transaction ends."""
    mine = select(col(Participant.id)).where(col(Participant.id) == participant_id)
    session.execute(mine.with_for_update(key_share=True))


def submit(session: Session, actor: Actor, participant_id: int, new: NewRequest, now: datetime) -> Result:
    """Send a draft as a request. Raises TooMany (`portal.casework.pace`)."""
    if actor is not Actor.PARTICIPANT:
        return Refusal.NOT_THEIRS_TO_DO
    row = _row(session, participant_id, new, now)
    if not add_once(session, row, "public_id"):
        return Refusal.SENT_BEFORE
    assert row.id is not None  # flushed
    session.add(LeaveEvent(request_id=row.id, seq=1, kind=LeaveEventKind.SENT, actor=actor.value, at=now))
    outbox.add(session, participant_id, OutgoingKind.LEAVE_SENT, _payload(row, new), now, public_id=new.public_id)
    drafts.end(session, participant_id, new.public_id)
    return None


def _row(session: Session, participant_id: int, new: NewRequest, now: datetime) -> LeaveRequest:
    request, public_id, vault = new.request, new.public_id, session.info["vault"]
    return LeaveRequest(
        public_id=public_id,
        number=_free_number(session, now),
        participant_id=participant_id,
        form=form_of(request.kind, new.assessment),
        kind=request.kind,
        reason=request.reason,
        first_day=request.first_day,
        last_day=request.last_day,
        hours=request.hours,
        message=vault.seal(new.message, MESSAGE, public_id) if new.message else None,
        sent_at=now,
        language=new.language,
        text_version=digest(new.shown),
        seen=_seen(new),
        shown=vault.seal(json.dumps(plain(new.shown), ensure_ascii=False), SHOWN, public_id),
    )


def _free_number(session: Session, now: datetime) -> str:
    while True:
        number = f"P-{local(now).year}-{_FIRST_NUMBER + secrets.randbelow(_NUMBERS)}"
        taken = select(col(LeaveRequest.id)).where(col(LeaveRequest.number) == number)
        if session.execute(taken).first() is None:
            return number


def _seen(new: NewRequest) -> dict[str, Any]:
    """What the portal said before sending, and the answers that have no column of their own."""
    request, assessment, quota = new.request, new.assessment, new.assessment.quota
    return {
        "what": new.what,
        "documentation": request.documentation,
        "medical_from": _iso(request.medical_from),
        "event_date": _iso(request.event_date),
        "travel_days": request.travel_days,
        "outcome": assessment.outcome,
        "section": assessment.legal_basis,
        "reasons": list(assessment.reasons),
        "working_days": assessment.working_days,
        "covered_days": assessment.covered_days,
        "beyond_days": assessment.beyond_days,
        "allowance": assessment.allowance,
        "self_certified_days": assessment.self_certified_days,
        "statement_from": _iso(assessment.medical_from),
        "quota": None
        if quota is None
        else {
            "limit": quota.limit,
            "used": quota.used,
            "pending": quota.pending,
            "after": quota.after,
            "left": quota.left,
            "period": quota.period.kind,
        },
    }


def _payload(row: LeaveRequest, new: NewRequest) -> dict[str, Any]:
    return {
        "request": row.public_id,
        "number": row.number,
        "form": row.form,
        "kind": row.kind,
        "reason": row.reason,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "hours": str(row.hours) if row.hours is not None else None,
        "text": new.message or None,
        "language": row.language,
        "text_version": row.text_version,
        "seen": row.seen,
        "shown": plain(new.shown),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
