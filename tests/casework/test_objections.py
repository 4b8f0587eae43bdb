"""Every move of an objection to an absence, by everybody, out of every state."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import Session

from portal.casework import facts, objections
from portal.casework.objections import NewObjection, ObjectionAnswer, StoredObjection
from portal.casework.result import Refusal, Result
from portal.store.db import Store
from portal.tables.absence import AbsenceObjection, ObjectionStatus
from portal.tables.log import Actor, OutgoingEvent
from portal.tables.texts import Text
from tests.participant.leave.making import NOW, TODAY, absence

SENT, RECEIVED, WITHDRAWN = ObjectionStatus.SENT, ObjectionStatus.RECEIVED, ObjectionStatus.WITHDRAWN
CORRECTED, STANDS = ObjectionStatus.CORRECTED, ObjectionStatus.STANDS
Verb = Callable[[Session, Actor, StoredObjection], Result]
VERBS: dict[str, Verb] = {
    "withdraw": lambda session, actor, said: objections.withdraw(session, actor, said, NOW),
    "receive": objections.receive,
    "answer": lambda session, actor, said: objections.answer(
        session, actor, said, ObjectionAnswer(CORRECTED, date(2026, 10, 20), None)
    ),
}
DOES = {"withdraw": Actor.PARTICIPANT, "receive": Actor.MUNICIPALITY, "answer": Actor.MUNICIPALITY}
LEADS_TO = {"withdraw": WITHDRAWN, "receive": RECEIVED, "answer": CORRECTED}
OUT_OF = {"withdraw": {SENT, RECEIVED}, "receive": {SENT}, "answer": {SENT, RECEIVED, CORRECTED, STANDS}}


def objection_in(session: Session, status: ObjectionStatus) -> StoredObjection:
    """What Amal said of an absence, as it stands."""
    session.add(absence(1, TODAY, TODAY, id=7, kind=None))
    session.add(Text(id=1, participant_id=1))
    session.flush()
    answered = status in (CORRECTED, STANDS)
    session.add(
        AbsenceObjection(
            public_id="c",
            participant_id=1,
            absence_id=7,
            message=b"sealed",
            has_paper=False,
            language="nb",
            status=status,
            sent_at=NOW,
            answered_on=TODAY if answered else None,
            answer_text_id=1 if answered else None,
        )
    )
    session.flush()
    (found,) = objections.sent_by(session, [1])
    return found


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("verb", VERBS)
def test_every_state_and_actor(filled: Store, verb: str, actor: Actor) -> None:
    for status in ObjectionStatus:
        with filled.write_session() as session:
            said = objection_in(session, status)
            stands = Refusal.NOT_WAITING if status not in OUT_OF[verb] else None
            expected = stands if actor is DOES[verb] else Refusal.NOT_THEIRS_TO_DO
            assert VERBS[verb](session, actor, said) == expected, status
            now = session.scalars(select(AbsenceObjection.status)).one()
            assert now is (status if expected else LEADS_TO[verb]), status
            told = verb == "withdraw" and not expected
            assert len(session.scalars(select(OutgoingEvent)).all()) == told


def test_no_answer_leads_where_none_leads(filled: Store) -> None:
    with filled.write_session() as session:
        said = objection_in(session, SENT)
        odd = ObjectionAnswer(WITHDRAWN, TODAY, None)
        assert objections.answer(session, Actor.MUNICIPALITY, said, odd) is Refusal.NOT_THEIRS_TO_DO
        right = ObjectionAnswer(STANDS, TODAY, 1)
        assert objections.answer(session, Actor.MUNICIPALITY, said, right) is None


def test_one_waits_at_a_time_and_the_same_is_said_once(filled: Store) -> None:
    with filled.write_session() as session:
        session.add(absence(1, TODAY, TODAY, id=7, kind=None))
        session.flush()
        (row,) = facts.absences(session, 1)
        first, second = (NewObjection(name, row, "Jeg var der.", False, "nb") for name in ("a", "b"))
        assert objections.submit(session, Actor.MUNICIPALITY, 1, first, NOW) is Refusal.NOT_THEIRS_TO_DO
        assert objections.submit(session, Actor.PARTICIPANT, 1, first, NOW) is None
        assert objections.submit(session, Actor.PARTICIPANT, 1, first, NOW) is Refusal.SENT_BEFORE
        assert objections.submit(session, Actor.PARTICIPANT, 1, second, NOW) is Refusal.ANOTHER_WAITS
        waiting = objections.waiting(session, 1, 7)
        assert waiting
        assert objections.withdraw(session, Actor.PARTICIPANT, waiting, NOW) is None
        assert objections.submit(session, Actor.PARTICIPANT, 1, second, NOW) is None
        assert len(session.scalars(select(OutgoingEvent)).all()) == 3
