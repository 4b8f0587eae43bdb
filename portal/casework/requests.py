"""Leave requests: where one may stand, who may move it, and what goes with each move (IL §§ 17, 46, IF chapter 4).

MOVES is the whole of it. Each move writes an event; an answer gives days in the ledger, a further answer first takes
the days of the earlier one back. What a participant does is told to the municipality (`outbox`). The caller commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from portal.casework import facts, outbox
from portal.casework.moves import Move, refusal, rows_changed
from portal.casework.request_records import StoredEvent, StoredRequest
from portal.casework.result import Refusal, Result
from portal.clock import local
from portal.law.calendar import add_days
from portal.law.extent import Extent, Share
from portal.tables.decision import DecisionOutcome
from portal.tables.leave import (
    WAITING,
    LeaveEvent,
    LeaveEventKind,
    LeaveLedger,
    LeaveRequest,
    RequestForm,
    RequestStatus,
)
from portal.tables.log import Actor, OutgoingKind

DECIDED = (RequestStatus.GRANTED, RequestStatus.PARTLY_GRANTED, RequestStatus.REFUSED)
MOVES: Mapping[str, Move[RequestStatus]] = MappingProxyType(
    {
        "withdraw": Move(Actor.PARTICIPANT, WAITING, (RequestStatus.WITHDRAWN,)),
        "receive": Move(Actor.MUNICIPALITY, (RequestStatus.SENT,), (RequestStatus.RECEIVED,)),
        "ask_for_more": Move(Actor.MUNICIPALITY, WAITING, (RequestStatus.MORE_INFORMATION,)),
        "decide": Move(Actor.MUNICIPALITY, WAITING, DECIDED),
        "decide_again": Move(Actor.MUNICIPALITY, DECIDED, DECIDED),
    }
)
TEXT = "text_id"  # parameter of an event: the text that says more


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """What a stored decision makes of a request. `decision` is its public id, `replaces_id` the decision whose place it
    takes; `hours_said`: the decision itself names the hours that are granted.
    """

    decision_id: int
    decision: str
    outcome: DecisionOutcome
    granted: Extent | None = None
    replaces_id: int | None = None
    hours_said: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """What the request says of it."""
        given = self.granted
        return {
            "status": RequestStatus(self.outcome.value),
            "decision_id": self.decision_id,
            "granted_from": given and given.first_day,
            "granted_to": given and given.last_day,
            "granted_hours": given and given.hours,
            "granted_start": given and given.starts,
            "granted_end": given and given.ends,
        }

    @property
    def params(self) -> dict[str, Any]:
        """What the event says of it."""
        given = self.granted
        if given is None:
            return {"decision": self.decision}
        params = {"decision": self.decision, "from": given.first_day.isoformat(), "to": given.last_day.isoformat()}
        if given.hours is not None:
            params["hours"] = f"{given.hours.normalize():f}"
        if given.starts and given.ends:
            params |= {"start": f"{given.starts:%H:%M}", "end": f"{given.ends:%H:%M}"}
        return params


def is_known(status: RequestStatus, fetched_at: datetime | None) -> bool:
    """Whether the municipality has a request: it said so, or has done something with it."""
    return fetched_at is not None or status is not RequestStatus.SENT


def answer_by(sent_at: datetime, answer_days: int) -> date:
    """The latest day for an answer."""
    return add_days(local(sent_at).date(), answer_days)


def may_be_withdrawn(status: RequestStatus, form: RequestForm, last_day: date, today: date) -> Result:
    """Why a participant may not take a request back. A report can be taken back as long as its days are not over."""
    if status in WAITING and form is RequestForm.REPORT and today > last_day:
        return Refusal.DAYS_ARE_OVER
    return refusal(MOVES["withdraw"], Actor.PARTICIPANT, status)


def withdraw(session: Session, actor: Actor, request: StoredRequest, now: datetime) -> Result:
    """Take a waiting request back."""
    today = local(now).date()
    refused = refusal(MOVES["withdraw"], actor, request.status) or may_be_withdrawn(
        request.status, request.form, request.last_day, today
    )
    if refused:
        return refused
    if not _move(session, request, {"status": RequestStatus.WITHDRAWN}):
        return Refusal.CHANGED_MEANWHILE
    _note(session, request, actor, StoredEvent(LeaveEventKind.WITHDRAWN, now, {}))
    payload = {"request": request.public_id, "number": request.number}
    outbox.add(session, request.participant_id, OutgoingKind.LEAVE_WITHDRAWN, payload, now)
    return None


def may_take(kind: LeaveEventKind, request: StoredRequest) -> Result:
    """Why the municipality's step does not move the request now."""
    move = "receive" if kind is LeaveEventKind.RECEIVED else "ask_for_more"
    refused = refusal(MOVES[move], Actor.MUNICIPALITY, request.status)
    is_past = request.status is not RequestStatus.WITHDRAWN or request.has_happened(kind)
    return Refusal.MOVED_ON if refused and move == "receive" and is_past else refused


def receive(session: Session, actor: Actor, request: StoredRequest, text_id: int | None, now: datetime) -> Result:
    """The municipality has it; a stored text may say more."""
    return _step(session, actor, request, StoredEvent(LeaveEventKind.RECEIVED, now, _says(text_id)))


def ask_for_more(session: Session, actor: Actor, request: StoredRequest, text_id: int | None, now: datetime) -> Result:
    """The municipality needs more; the stored text says what."""
    return _step(session, actor, request, StoredEvent(LeaveEventKind.MORE_INFORMATION, now, _says(text_id)))


def decide(session: Session, actor: Actor, request: StoredRequest, answer: RequestAnswer, now: datetime) -> Result:
    """Answer an application; or anew, where its decision was changed or another one takes the place of that.

    What was told before changes nothing. Nobody decides a report (IF §§ 5, 6, 17 (2)).
    """
    refused = _may_be_decided(actor, request, answer)
    if refused or _is_told(request, answer):
        return refused
    again = request.status not in WAITING
    if not _move(session, request, {**answer.columns, "decided_at": now}):
        return Refusal.CHANGED_MEANWHILE
    _note(session, request, actor, StoredEvent(LeaveEventKind(answer.outcome.value), now, answer.params))
    if again:
        _take_days_back(session, request)
    _give_days(session, request)
    return None


def _may_be_decided(actor: Actor, request: StoredRequest, answer: RequestAnswer) -> Result:
    move = MOVES["decide" if request.status in WAITING else "decide_again"]
    if actor is not move.actor:
        return Refusal.NOT_THEIRS_TO_DO
    if request.form is RequestForm.REPORT:
        return Refusal.NEVER_DECIDED
    if answer.granted and (wrong := disagreement(request.asked, answer.granted, answer)):
        return wrong
    holds = request.decision_id
    if holds not in (None, answer.decision_id, answer.replaces_id) and not _is_told(request, answer):
        return Refusal.NOT_WAITING
    return refusal(move, actor, request.status)


def _is_told(request: StoredRequest, answer: RequestAnswer) -> bool:
    """Whether the request says all of it already, or did before another decision took its place."""
    if request.decision_id != answer.decision_id:
        return request.has_event("decision", answer.decision)
    return all(getattr(request, name) == value for name, value in answer.columns.items())


def _says(text_id: int | None) -> dict[str, Any]:
    return {} if text_id is None else {TEXT: text_id}


def disagreement(asked: Extent, granted: Extent, answer: RequestAnswer) -> Result:
    """How what is granted does not agree with itself, with what was asked for, or with the outcome."""
    if granted.last_day < granted.first_day:
        return Refusal.GRANTED_BACKWARDS
    if granted.starts and granted.share is not Share.HOURS:
        return Refusal.TIMES_OF_SEVERAL_DAYS
    if asked.share is Share.HOURS and granted.share is Share.HOURS_A_DAY and not answer.hours_said:
        return Refusal.HOURS_NOT_SAID
    fewer = granted.has_fewer_hours(asked)
    if fewer and answer.outcome is DecisionOutcome.GRANTED:
        return Refusal.LESS_IS_PARTLY
    less = fewer or granted.leaves_days_out(asked)
    if asked.hours is not None and not less and answer.outcome is DecisionOutcome.PARTLY_GRANTED:
        return Refusal.PARTLY_IS_LESS
    return None


def _step(session: Session, actor: Actor, request: StoredRequest, event: StoredEvent) -> Result:
    refused = Refusal.NOT_THEIRS_TO_DO if actor is not Actor.MUNICIPALITY else may_take(event.kind, request)
    if refused:
        return refused
    if not _move(session, request, {"status": RequestStatus(event.kind.value)}):
        return Refusal.CHANGED_MEANWHILE
    _note(session, request, actor, event)
    return None


def _move(session: Session, request: StoredRequest, values: dict[str, Any]) -> bool:
    """Whether the request still stood as it was read."""
    new = {**values, "version": request.version + 1}
    as_read = (
        col(LeaveRequest.id) == request.id,
        col(LeaveRequest.version) == request.version,
        col(LeaveRequest.status) == request.status,
    )
    if rows_changed(session, update(LeaveRequest).where(*as_read).values(new)) != 1:
        return False
    for name, value in new.items():
        if name in StoredRequest.__dataclass_fields__:
            setattr(request, name, value)
    return True


def _note(session: Session, request: StoredRequest, actor: Actor, event: StoredEvent) -> None:
    """Append what has happened."""
    values = {name: getattr(event, name) for name in ("kind", "at", "params")}
    row = {"request_id": request.id, "seq": request.last_seq + 1, "actor": actor.value, **values}
    session.execute(insert(LeaveEvent), row)
    request.events.append(event)
    request.last_seq += 1


def _give_days(session: Session, request: StoredRequest) -> None:
    first, last = request.granted_from, request.granted_to
    days = _working_days(session, request, first, last) if first and last else 0
    if days:
        _enter(session, request, days=days, hours=request.granted_hours, first_day=first, last_day=last)


def _working_days(session: Session, request: StoredRequest, first: date, last: date) -> int:
    return len(facts.breaks_of(session, request.participant_id).working_days(request.kind, first, last))


def _take_days_back(session: Session, request: StoredRequest) -> None:
    mine = col(LeaveLedger.request_id) == request.id
    taken_back = select(col(LeaveLedger.reverses_id)).where(mine, col(LeaveLedger.reverses_id).is_not(None))
    given = select(LeaveLedger).where(mine, col(LeaveLedger.days) > 0, col(LeaveLedger.id).not_in(taken_back))
    for entry in session.scalars(given).all():
        same = {name: getattr(entry, name) for name in ("hours", "first_day", "last_day")}
        _enter(session, request, days=-entry.days, reverses_id=entry.id, **same)


def _enter(session: Session, request: StoredRequest, **values: Any) -> None:
    whose = {"participant_id": request.participant_id, "request_id": request.id, "kind": request.kind}
    session.execute(insert(LeaveLedger), {**whose, **values})
