"""Every move of a leave request, by everybody, out of every state: what is not in the table changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from portal.casework import request_records, requests
from portal.casework.request_records import StoredRequest
from portal.casework.requests import MOVES, RequestAnswer
from portal.casework.result import Refusal, Result
from portal.law.extent import Extent
from portal.law.vocabulary import LeaveKind
from portal.store.db import Store
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.leave import LeaveEvent, LeaveLedger, LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import Actor, OutgoingEvent
from tests.participant.leave.making import NOW, TODAY

SENT, RECEIVED, MORE = RequestStatus.SENT, RequestStatus.RECEIVED, RequestStatus.MORE_INFORMATION
GRANTED, PARTLY, REFUSED = RequestStatus.GRANTED, RequestStatus.PARTLY_GRANTED, RequestStatus.REFUSED
WITHDRAWN = RequestStatus.WITHDRAWN
DECIDED = (GRANTED, PARTLY, REFUSED)
APPLICATION, REPORT = RequestForm.APPLICATION, RequestForm.REPORT
FIRST, LAST = TODAY + timedelta(days=7), TODAY + timedelta(days=8)
Verb = Callable[[Session, Actor, StoredRequest], Result]

NEW = RequestAnswer(2, "two", DecisionOutcome.GRANTED, Extent(FIRST, LAST), replaces_id=1)
VERBS: dict[str, Verb] = {
    "withdraw": lambda session, actor, request: requests.withdraw(session, actor, request, NOW),
    "receive": lambda session, actor, request: requests.receive(session, actor, request, None, NOW),
    "ask_for_more": lambda session, actor, request: requests.ask_for_more(session, actor, request, None, NOW),
    "decide": lambda session, actor, request: requests.decide(session, actor, request, NEW, NOW),
}
#: Who does it, and what becomes of it out of each state; a report is never decided.
DOES = {"withdraw": Actor.PARTICIPANT, "receive": Actor.MUNICIPALITY, "ask_for_more": Actor.MUNICIPALITY}
REFUSED_OUT_OF: dict[str, dict[RequestStatus, Refusal]] = {
    "withdraw": dict.fromkeys((*DECIDED, WITHDRAWN), Refusal.NOT_WAITING),
    "receive": dict.fromkeys((RECEIVED, MORE, *DECIDED), Refusal.MOVED_ON) | {WITHDRAWN: Refusal.NOT_WAITING},
    "ask_for_more": dict.fromkeys((*DECIDED, WITHDRAWN), Refusal.NOT_WAITING),
    "decide": {WITHDRAWN: Refusal.NOT_WAITING},
}
LEADS_TO = {"withdraw": WITHDRAWN, "receive": RECEIVED, "ask_for_more": MORE, "decide": GRANTED}
STATES = [
    (form, status) for form in RequestForm for status in RequestStatus if form is APPLICATION or status not in DECIDED
]


def expected(verb: str, actor: Actor, form: RequestForm, status: RequestStatus) -> Result:
    """What the table says, written down once more."""
    if actor is not DOES.get(verb, Actor.MUNICIPALITY):
        return Refusal.NOT_THEIRS_TO_DO
    if verb == "decide" and form is REPORT:
        return Refusal.NEVER_DECIDED
    return REFUSED_OUT_OF[verb].get(status)


def request_in(
    session: Session, form: RequestForm, status: RequestStatus, **facts: Any
) -> request_records.StoredRequest:
    """Amal's request in a state; two decisions are stored, and the first holds where it is decided."""
    for number, name in ((1, "one"), (2, "two")):
        session.add(
            Decision(
                id=number,
                public_id=name,
                participant_id=1,
                external_id=name,
                kind=DecisionKind.LEAVE,
                outcome=DecisionOutcome.GRANTED,
                section="§ 14",
                decided_on=TODAY,
            )
        )
    decided = {"decision_id": 1, "decided_at": NOW} if status in DECIDED else {}
    granted = {"granted_from": FIRST, "granted_to": FIRST} if status in (GRANTED, PARTLY) else {}
    values = {
        "public_id": "r", "number": "P-1", "participant_id": 1, "form": form, "kind": LeaveKind.WELFARE,
        "first_day": FIRST, "last_day": LAST, "status": status, "sent_at": NOW, "language": "nb", "text_version": "1",
        **decided, **granted, **facts,
    }  # fmt: skip
    session.add(LeaveRequest(**values))
    session.flush()
    found = request_records.sent(session, 1, "r")
    assert found
    return found


def everything(session: Session) -> dict[type[SQLModel], list[str]]:
    """All that a verb may change."""
    tables: tuple[type[SQLModel], ...] = (LeaveRequest, LeaveEvent, LeaveLedger, OutgoingEvent)
    return {table: [str(row.model_dump()) for row in session.scalars(select(table))] for table in tables}


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("verb", VERBS)
def test_every_state_and_actor(filled: Store, verb: str, actor: Actor) -> None:
    for form, status in STATES:
        with filled.write_session() as session:
            request = request_in(session, form, status)
            before = everything(session)
            assert VERBS[verb](session, actor, request) == expected(verb, actor, form, status), (form, status)
            session.expire_all()
            after = everything(session)
            if expected(verb, actor, form, status):
                assert after == before, (form, status)
            else:
                assert session.scalars(select(LeaveRequest.status)).one() is LEADS_TO[verb]
                assert session.scalars(select(LeaveEvent.kind)).all() == [LEADS_TO[verb].value]
            session.rollback()


def test_each_row_of_the_table_is_walked() -> None:
    assert set(MOVES) == {*VERBS, "decide_again"}
    assert {actor for move in MOVES.values() for actor in [move.actor]} == set(Actor)


def test_days_are_given_and_taken_back(filled: Store) -> None:
    with filled.write_session() as session:
        request = request_in(session, APPLICATION, SENT)
        first = RequestAnswer(1, "one", DecisionOutcome.GRANTED, Extent(FIRST, LAST))
        assert requests.decide(session, Actor.MUNICIPALITY, request, first, NOW) is None
        assert requests.decide(session, Actor.MUNICIPALITY, request, first, NOW) is None  # told again: nothing new
        second = RequestAnswer(2, "two", DecisionOutcome.REFUSED, replaces_id=1)
        assert requests.decide(session, Actor.MUNICIPALITY, request, second, NOW) is None
        assert requests.decide(session, Actor.MUNICIPALITY, request, first, NOW) is None  # it was replaced
        assert session.scalars(select(LeaveLedger.days)).all() == [2, -2]
        assert session.scalars(select(LeaveEvent.kind)).all() == ["granted", "refused"]
        assert request.status is REFUSED


def test_a_decision_that_takes_no_place_changes_nothing(filled: Store) -> None:
    with filled.write_session() as session:
        request = request_in(session, APPLICATION, GRANTED)
        stranger = RequestAnswer(2, "two", DecisionOutcome.REFUSED)
        assert requests.decide(session, Actor.MUNICIPALITY, request, stranger, NOW) is Refusal.NOT_WAITING
        successor = RequestAnswer(2, "two", DecisionOutcome.REFUSED, replaces_id=1)
        assert requests.decide(session, Actor.MUNICIPALITY, request, successor, NOW) is None


@pytest.mark.parametrize(
    ("last_day", "refused"),
    [(TODAY, None), (TODAY - timedelta(days=1), Refusal.DAYS_ARE_OVER)],
)
def test_a_report_is_taken_back_until_its_days_are_over(filled: Store, last_day: date, refused: Result) -> None:
    with filled.write_session() as session:
        request = request_in(session, REPORT, SENT, first_day=last_day, last_day=last_day)
        assert requests.withdraw(session, Actor.PARTICIPANT, request, NOW) is refused


def test_whoever_comes_second_is_told(filled: Store) -> None:
    with filled.write_session() as session:
        request = request_in(session, APPLICATION, SENT)
        stale = request_records.sent(session, 1, "r")
        assert stale
        assert requests.receive(session, Actor.MUNICIPALITY, request, None, NOW) is None
        assert requests.withdraw(session, Actor.PARTICIPANT, stale, NOW) is Refusal.CHANGED_MEANWHILE
