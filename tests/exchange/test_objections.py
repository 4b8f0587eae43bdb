"""The municipality's answers to what participants said is wrong with an absence."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceObjection, ObjectionStatus
from tests.exchange.files import changed, dump, refused, rows, taken, texts

RECEIVED = {"contest": "c-1", "outcome": "received"}
STANDS = {"contest": "c-1", "outcome": "stands", "text": "Fordi", "answered_on": "2026-10-02"}
CORRECTED = {"contest": "c-1", "outcome": "corrected", "answered_on": "2026-10-03"}


@pytest.fixture
def contested(with_example: Store) -> Store:
    """A store with the example and a contest of its first absence."""
    store = with_example
    absence_id = rows(store, Absence)[0].id
    with store.write_session() as session:
        session.add(
            AbsenceObjection(
                public_id="c-1", participant_id=1, absence_id=absence_id, message=b"", has_paper=False, language="uk"
            )
        )
        session.commit()
    return store


def answered(store: Store, folder: Path, *answers: dict[str, Any]) -> AbsenceObjection:
    """The contest after the municipality sent these answers, one document each."""
    for number, answer in enumerate(answers):
        taken(store, folder, changed(contest_answers=[answer]) | {"issued_at": f"2026-10-0{number + 2}T06:00:00Z"})
    found: AbsenceObjection = rows(store, AbsenceObjection)[0]
    return found


def test_received_then_answered(contested: Store, tmp_path: Path) -> None:
    assert answered(contested, tmp_path, RECEIVED).status is ObjectionStatus.RECEIVED
    row = answered(contested, tmp_path, STANDS, RECEIVED)
    assert (row.status, row.answered_on) == (ObjectionStatus.STANDS, date(2026, 10, 2))
    assert texts(contested, row.answer_text_id) == {"nb": "Fordi"}


def test_an_answer_may_be_changed_and_the_same_changes_nothing(contested: Store, tmp_path: Path) -> None:
    row = answered(contested, tmp_path, STANDS, CORRECTED)
    assert (row.status, row.answer_text_id) == (ObjectionStatus.CORRECTED, None)
    before = {name: rows for name, rows in dump(contested).items() if name not in ("received", "imported_file")}
    answered(contested, tmp_path, CORRECTED, CORRECTED, CORRECTED)
    after = dump(contested)
    assert {name: after[name] for name in before} == before


def test_what_was_taken_back_stays_so(contested: Store, tmp_path: Path) -> None:
    with contested.write_session() as session:
        session.get_one(AbsenceObjection, 1).status = ObjectionStatus.WITHDRAWN
        session.commit()
    assert answered(contested, tmp_path, STANDS).status is ObjectionStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (STANDS | {"contest": "c-2"}, "found 'c-2', expected the id of a contest that this participant has sent"),
        ({"contest": "c-1", "outcome": "stands", "answered_on": "2026-10-02"}, "a text with the reasons"),
        ({"contest": "c-1", "outcome": "corrected"}, "answered_on where there is an answer"),
        (RECEIVED | {"text": "Ja"}, "a text only with an answer"),
    ],
)
def test_wrong_answers_are_told(contested: Store, tmp_path: Path, answer: dict[str, Any], problem: str) -> None:
    [found] = refused(contested, tmp_path, changed(contest_answers=[answer]))
    assert problem in found
    assert answered(contested, tmp_path, STANDS).status is ObjectionStatus.STANDS
