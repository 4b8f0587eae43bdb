"""What a participant does: begins, types, sends, withdraws. The caller commits."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import CursorResult, delete, func, insert, select, update
from sqlmodel import Session, col

from portal import pace
from portal.casework import outbox
from portal.clock import local
from portal.db import add_once
from portal.law.assessment import Assessment
from portal.law.vocabulary import DecisionForm, LeaveKind
from portal.participant.leave.asked import Answers, Asked
from portal.participant.leave.queries import ANSWERS, SHOWN, WORDS, Sent
from portal.participant.leave.shown import Shown, digest, plain
from portal.tables.columns import new_public_id
from portal.tables.leave import (
    WAITING,
    LeaveDraft,
    LeaveEvent,
    LeaveEventKind,
    LeaveRequest,
    RequestForm,
    RequestStatus,
)
from portal.tables.log import OutgoingKind
from portal.tables.people import Participant

DRAFTS_KEPT = timedelta(days=14)
PARTICIPANT = "participant"
_TOLD = frozenset({LeaveKind.OWN_ILLNESS, LeaveKind.CHILD_ILLNESS})
_FIRST_NUMBER, _NUMBERS = 100_000, 900_000


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent: the request, what the rules said of it, free words, the language, and what was shown before."""

    asked: Asked
    assessment: Assessment
    words: str
    language: str
    shown: Shown


def form_of(kind: LeaveKind, assessment: Assessment) -> RequestForm:
    """Illness and religious days in time are only told of (IF §§ 5, 6, 17 (2)); the rest is applied for (IL § 17)."""
    told = kind in _TOLD or assessment.decision is DecisionForm.NOTIFICATION
    return RequestForm.REPORT if told else RequestForm.APPLICATION


def begin(session: Session, participant_id: int, answers: Answers, now: datetime) -> str:
    """A new draft, gives its public id; the participant's drafts older than 14 days go. Raises TooMany."""
    pace.check_drafts(session, participant_id)
    old = (col(LeaveDraft.participant_id) == participant_id, col(LeaveDraft.updated_at) < now - DRAFTS_KEPT)
    session.execute(delete(LeaveDraft).where(*old))
    public_id = new_public_id()
    session.execute(
        insert(LeaveDraft).values(
            public_id=public_id,
            participant_id=participant_id,
            answers=_seal(session, public_id, answers),
            updated_at=now,
        )
    )
    return public_id


def keep(session: Session, participant_id: int, public_id: str, answers: Answers, now: datetime) -> None:
    """Keep what has been typed so far."""
    session.execute(
        update(LeaveDraft)
        .where(col(LeaveDraft.public_id) == public_id, col(LeaveDraft.participant_id) == participant_id)
        .values(answers=_seal(session, public_id, answers), updated_at=now)
    )


def submit(session: Session, participant_id: int, public_id: str, sending: Sending, now: datetime) -> bool:
    """Send the draft as a request. False where it was sent before: sending twice makes one request."""
    asked, words = sending.asked, sending.words
    vault = session.info["vault"]
    sealed = vault.seal(words, WORDS, public_id) if words else None
    request = LeaveRequest(
        public_id=public_id,
        number=_free_number(session, now),
        participant_id=participant_id,
        form=form_of(asked.request.kind, sending.assessment),
        kind=asked.request.kind,
        reason=asked.request.reason,
        first_day=asked.request.first_day,
        last_day=asked.request.last_day,
        hours=asked.request.hours,
        words=sealed,
        sent_at=now,
        language=sending.language,
        text_version=digest(sending.shown),
        seen=_seen(asked, sending.assessment),
        shown=vault.seal(json.dumps(plain(sending.shown), ensure_ascii=False), SHOWN, public_id),
    )
    if not add_once(session, request, "public_id"):
        return False
    assert request.id is not None  # flushed
    _event(session, request.id, 1, LeaveEventKind.SENT, now)
    outbox.add(session, participant_id, OutgoingKind.LEAVE_SENT, _payload(request, words, sending.shown), public_id)
    mine = (col(LeaveDraft.public_id) == public_id, col(LeaveDraft.participant_id) == participant_id)
    session.execute(delete(LeaveDraft).where(*mine))
    return True


def one_at_a_time(session: Session, participant_id: int) -> None:
    """Let no other request of the participant be sent until this transaction ends: two tabs never say one day twice."""
    mine = select(col(Participant.id)).where(col(Participant.id) == participant_id)
    session.execute(mine.with_for_update(key_share=True))


def withdraw(session: Session, participant_id: int, sent: Sent, now: datetime) -> bool:
    """Take a waiting request back. False, and nothing is changed, where it is no longer as `sent` says."""
    done: CursorResult[Any] = session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor
        update(LeaveRequest)
        .where(
            col(LeaveRequest.public_id) == sent.public_id,
            col(LeaveRequest.participant_id) == participant_id,
            col(LeaveRequest.status).in_(WAITING),
            col(LeaveRequest.version) == sent.version,
        )
        .values(status=RequestStatus.WITHDRAWN, version=sent.version + 1)
    )
    if done.rowcount != 1:
        return False
    latest = session.execute(
        select(func.max(col(LeaveEvent.seq))).where(col(LeaveEvent.request_id) == sent.id)
    ).scalar()
    _event(session, sent.id, (latest or 0) + 1, LeaveEventKind.WITHDRAWN, now)
    told = {"request": sent.public_id, "number": sent.number}
    outbox.add(session, participant_id, OutgoingKind.LEAVE_WITHDRAWN, told)
    return True


def _seal(session: Session, public_id: str, answers: Answers) -> bytes:
    sealed: bytes = session.info["vault"].seal(json.dumps(answers, ensure_ascii=False), ANSWERS, public_id)
    return sealed


def _event(session: Session, request_id: int, seq: int, kind: LeaveEventKind, now: datetime) -> None:
    session.add(LeaveEvent(request_id=request_id, seq=seq, kind=kind, actor=PARTICIPANT, at=now))


def _free_number(session: Session, now: datetime) -> str:
    while True:
        number = f"P-{local(now).year}-{_FIRST_NUMBER + secrets.randbelow(_NUMBERS)}"
        taken = select(col(LeaveRequest.id)).where(col(LeaveRequest.number) == number)
        if session.execute(taken).first() is None:
            return number


def _seen(asked: Asked, assessment: Assessment) -> dict[str, Any]:
    """What the portal said before sending, and the answers that have no column of their own."""
    request, quota = asked.request, assessment.quota
    return {
        "what": asked.what,
        "documentation": request.documentation,
        "medical_from": _iso(request.medical_from),
        "event_date": _iso(request.event_date),
        "travel_days": request.travel_days,
        "outcome": assessment.outcome,
        "section": assessment.section,
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


def _payload(request: LeaveRequest, words: str, shown: Shown) -> dict[str, Any]:
    hours: Decimal | None = request.hours
    return {
        "request": request.public_id,
        "number": request.number,
        "form": request.form,
        "kind": request.kind,
        "reason": request.reason,
        "first_day": request.first_day.isoformat(),
        "last_day": request.last_day.isoformat(),
        "hours": str(hours) if hours is not None else None,
        "text": words or None,
        "language": request.language,
        "text_version": request.text_version,
        "seen": request.seen,
        "shown": plain(shown),
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
