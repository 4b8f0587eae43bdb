"""What the database refuses is told: nothing was sent, what was typed is kept, the log names the rule and no value."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from portal.store.db import Store, add_once
from portal.tables.absence import AbsenceObjection, AbsenceValidity
from portal.tables.leave import LeaveDraft, LeaveRequest
from portal.tables.log import OutgoingEvent, Question
from portal.tables.people import ReadMarker
from tests.participant.leave.making import NOW, Journey, absence, add, main_of, rows_of
from tests.participant.leave.portal_of_three import amal, app, as_person, small_database, small_store

__all__ = ["amal", "app", "as_person", "small_database", "small_store"]

WORDS = "Søsteren min gifter seg"
NOTHING_SENT = "Vi fikk ikke det du sendte."


@contextmanager
def broken(table: type[SQLModel], **values: Any) -> Iterator[None]:
    """Rows of a table are given values that a rule of the database refuses, as a mistake of ours would."""

    def spoil(_mapper: object, _connection: object, row: SQLModel) -> None:
        for name, value in values.items():
            setattr(row, name, value)

    event.listen(table, "before_insert", spoil)
    yield
    event.remove(table, "before_insert", spoil)


def test_a_request_that_the_database_refuses_is_not_said_to_be_sent(
    app: Flask,
    amal: Journey,
    caplog: pytest.LogCaptureFixture,
) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    with broken(LeaveRequest, hours=Decimal(25)):
        answer = amal.post(f"{draft}/betyr", message=WORDS)
    assert answer.status_code == 500
    assert NOTHING_SENT in main_of(answer.text)
    assert f'name="message" value="{WORDS}"' in answer.text, "one press sends it again"
    assert WORDS in amal.html(f"{draft}/betyr"), "the draft is kept"
    assert rows_of(app, LeaveRequest) == rows_of(app, OutgoingEvent) == []
    assert "ck_leave_request_hours_on_one_day" in caplog.text
    assert WORDS not in caplog.text
    sent = amal.post(f"{draft}/betyr", message=WORDS)
    assert (sent.status_code, amal.client.get(sent.location).status_code) == (303, 200)
    assert rows_of(app, LeaveDraft) == []


def test_a_value_that_is_missing_is_logged_without_the_row(
    app: Flask,
    amal: Journey,
    caplog: pytest.LogCaptureFixture,
) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    with broken(LeaveRequest, text_version=None, number="P-2026-000001"):
        assert amal.post(f"{draft}/betyr", message="").status_code == 500
    assert "text_version" in caplog.text
    assert "P-2026-000001" not in caplog.text
    assert rows_of(app, LeaveRequest) == []


def test_a_question_that_the_database_refuses(app: Flask, amal: Journey) -> None:
    typed = {"idempotency_key": str(uuid4()), "message": WORDS}
    with broken(Question, answered_at=NOW):
        answer = amal.post("/meg", **typed)
    assert answer.status_code == 500
    assert NOTHING_SENT in main_of(answer.text)
    assert WORDS in answer.text
    assert rows_of(app, Question) == rows_of(app, OutgoingEvent) == []
    assert amal.post("/meg", **typed).status_code == 303
    assert len(rows_of(app, Question)) == 1


def test_an_objection_that_the_database_refuses(app: Flask, amal: Journey) -> None:
    day = date(2026, 10, 14)
    add(app, row := absence(1, day, day, verdict=AbsenceValidity.INVALID))
    typed = {"idempotency_key": str(uuid4()), "message": WORDS, "paper": "no"}
    with broken(AbsenceObjection, answered_on=day):
        answer = amal.post(f"/fravaer/{row.public_id}/feil", **typed)
    assert answer.status_code == 500
    assert NOTHING_SENT in main_of(answer.text)
    assert rows_of(app, AbsenceObjection) == []
    assert amal.post(f"/fravaer/{row.public_id}/feil", **typed).status_code == 303


def test_the_name_of_another_persons_question_is_not_said_to_be_sent(
    app: Flask,
    amal: Journey,
    as_person: Callable[..., Journey],
) -> None:
    once = str(uuid4())
    assert amal.post("/meg", idempotency_key=once, message="Når?").status_code == 303
    assert as_person("danylo").post("/meg", idempotency_key=once, message=WORDS).status_code == 500
    assert len(rows_of(app, Question)) == 1
    assert as_person("danylo").post("/meg", idempotency_key=str(uuid4()), message=WORDS).status_code == 303


def test_once_is_one_key_of_one_participant(small_store: Store) -> None:
    def marker(participant_id: int, subject: str | None = "plan:1") -> ReadMarker:
        return ReadMarker(participant_id=participant_id, subject=subject, read_at=NOW)

    with small_store.write_session() as session:
        assert [add_once(session, marker(1), "subject") for _ in range(2)] == [True, False]
        assert add_once(session, marker(2), "subject")
        with pytest.raises(IntegrityError):
            add_once(session, marker(1, None), "subject")
        with pytest.raises(IntegrityError):
            add_once(session, marker(99), "subject")
        assert add_once(session, marker(1, "plan:2"), "subject"), "what was refused leaves the rest as it was"
