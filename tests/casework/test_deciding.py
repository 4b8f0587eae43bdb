"""Decisions as the municipality takes them: by nobody else, each once, and each of its own participant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from portal.casework import deciding
from portal.casework.deciding import DecisionFacts, Recorded
from portal.casework.result import Refusal, Result
from portal.law.vocabulary import Authority
from portal.store.db import Store
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.log import Actor
from tests.participant.leave.making import TODAY

MINE, OTHERS = 1, 2
FACTS = DecisionFacts(
    participant_id=MINE, external_id="d1", kind=DecisionKind.EXTENSION, outcome=DecisionOutcome.GRANTED,
    section="integreringsloven § 13", reasons_text_id=None, effect_text_id=None, effective_from=None,
    decided_on=TODAY, decided_by="Kari", authority=Authority.MUNICIPALITY, received_on=None, appeal_by=None,
    appealable=True,
)  # fmt: skip
EARLIER, OF_ANOTHER = replace(FACTS, external_id="d0"), replace(FACTS, participant_id=OTHERS)
Verb = Callable[[Session, Actor, Recorded], Result]
VERBS: dict[str, Verb] = {
    "record": lambda session, actor, known: deciding.record(session, actor, known, [replace(FACTS, section="§ 1")]),
    "replace": lambda session, actor, known: deciding.replace(session, actor, known, FACTS.key, EARLIER.key),
}


def told(session: Session, *facts: DecisionFacts) -> Recorded:
    """Decisions that stand there already."""
    known = deciding.recorded(session, [MINE, OTHERS])
    assert deciding.record(session, Actor.MUNICIPALITY, known, facts) is None
    return known


def stored(session: Session) -> list[str]:
    """Every decision, all of it."""
    session.expire_all()
    return sorted(str(row.model_dump()) for row in session.scalars(select(Decision)))


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_municipality_decides(filled: Store, verb: str) -> None:
    with filled.write_session() as session:
        known = told(session, FACTS, EARLIER)
        before = stored(session)
        assert VERBS[verb](session, Actor.PARTICIPANT, known) is Refusal.NOT_THEIRS_TO_DO
        assert stored(session) == before
        assert VERBS[verb](session, Actor.MUNICIPALITY, known) is None
        assert stored(session) != before
        assert known == deciding.recorded(session, [MINE, OTHERS])
        session.rollback()


def test_what_is_told_again_changes_nothing_and_what_is_new_changes_that_only(filled: Store) -> None:
    with filled.write_session() as session:
        known = told(session, FACTS, EARLIER, OF_ANOTHER)
        before = stored(session)
        assert len(before) == 3
        assert deciding.record(session, Actor.MUNICIPALITY, known, [FACTS, EARLIER, OF_ANOTHER]) is None
        assert stored(session) == before
        number, name = known[FACTS.key].id, known[FACTS.key].public_id
        refused = replace(FACTS, decided_by="Ola", appealable=False)
        assert deciding.record(session, Actor.MUNICIPALITY, known, [refused]) is None
        changed = session.get_one(Decision, number)
        assert (changed.decided_by, changed.appealable, changed.public_id) == ("Ola", False, name)
        assert len(set(stored(session)) - set(before)) == 1
        session.rollback()


@pytest.mark.parametrize(
    ("facts", "deadline"),
    [
        pytest.param({"received_on": date(2026, 10, 19)}, date(2026, 11, 9), id="fvl § 29 (1): three weeks"),
        pytest.param(
            {"received_on": date(2026, 10, 19), "appeal_by": date(2026, 11, 20)}, date(2026, 11, 20), id="told"
        ),
        pytest.param({"received_on": None}, None, id="nobody knows when it arrived"),
        pytest.param({"received_on": date(2026, 10, 19), "appealable": False}, None, id="cannot be appealed"),
        pytest.param(
            {"received_on": date(2026, 10, 19), "authority": Authority.COUNTY_GOVERNOR},
            None,
            id="fvl § 28 (3): ends there",
        ),
    ],
)
def test_the_last_day_to_appeal(filled: Store, facts: dict[str, Any], deadline: date | None) -> None:
    with filled.write_session() as session:
        assert told(session, replace(FACTS, **facts))[FACTS.key].appeal_by == deadline
        session.rollback()


def test_a_decision_takes_the_place_of_one_of_the_same_participant(filled: Store) -> None:
    with filled.write_session() as session:
        known = told(session, FACTS, EARLIER, OF_ANOTHER)
        before = stored(session)
        for later, earlier in ((FACTS.key, OF_ANOTHER.key), (FACTS.key, (MINE, "unknown")), ((MINE, "unknown"), None)):
            refused = deciding.replace(session, Actor.MUNICIPALITY, known, later, earlier)
            assert refused is Refusal.NOT_FOUND, (later, earlier)
        assert stored(session) == before
        for earlier, number in ((EARLIER.key, known[EARLIER.key].id), (None, None)):
            assert deciding.replace(session, Actor.MUNICIPALITY, known, FACTS.key, earlier) is None
            assert known[FACTS.key].replaces_id == number
            assert (
                session.scalars(select(Decision.replaces_id).where(Decision.id == known[FACTS.key].id)).one() == number
            )
        session.rollback()
