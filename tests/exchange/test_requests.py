"""The municipality's answers move a request: events, ledger, guarded status; and never a request that waits no more."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.law.vocabulary import LeaveKind
from portal.store.db import Store
from portal.tables.decision import Decision
from portal.tables.leave import LeaveEvent, LeaveLedger, LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import Question
from tests.exchange.files import changed, dump, example, refused, rows, taken, texts

NUMBER, NAME = "P-2026-1", "request-1"
WAITING = [RequestStatus.SENT, RequestStatus.RECEIVED, RequestStatus.MORE_INFORMATION]


@pytest.fixture
def sent(with_example: Store) -> Store:
    """The example, and a request for Monday to Friday, 12 to 16 October."""
    ask(with_example)
    return with_example


def ask(store: Store, **values: Any) -> None:
    with store.write_session() as session:
        request: dict[str, Any] = {
            "public_id": NAME, "number": NUMBER, "participant_id": 1, "form": RequestForm.APPLICATION,
            "kind": LeaveKind.WELFARE, "first_day": date(2026, 10, 12), "last_day": date(2026, 10, 16),
            "language": "nb", "text_version": "1",
        }  # fmt: skip
        session.add(LeaveRequest(**request | values))
        session.commit()


def decision(**values: Any) -> dict[str, Any]:
    return {
        "id": "v-9", "kind": "leave", "outcome": "granted", "section": "integreringsforskriften § 14",
        "decided_on": "2026-10-02", "received_on": "2026-10-02", "request": NUMBER, **values,
    }  # fmt: skip


def only(store: Store) -> LeaveRequest:
    [request] = rows(store, LeaveRequest)
    assert isinstance(request, LeaveRequest)
    return request


def later(day: int, **participant: Any) -> dict[str, Any]:
    return changed(**participant) | {"issued_at": f"2026-10-{day:02}T06:00:00+02:00"}


@pytest.mark.parametrize("name", [NUMBER, NAME])
def test_granted(sent: Store, tmp_path: Path, name: str) -> None:
    taken(sent, tmp_path, changed(decisions=[decision(request=name)]))
    request, [event], [days] = only(sent), rows(sent, LeaveEvent), rows(sent, LeaveLedger)
    stored = rows(sent, Decision)[-1]
    assert (request.status, request.decision_id, request.version) == (RequestStatus.GRANTED, stored.id, 2)
    assert (request.granted_from, request.granted_to) == (request.first_day, request.last_day)
    assert (event.kind, event.seq, event.actor) == ("granted", 1, "municipality")
    assert event.params == {"decision": stored.public_id, "from": "2026-10-12", "to": "2026-10-16"}
    assert (days.days, days.kind, days.request_id) == (5, LeaveKind.WELFARE, request.id)
    assert str(stored.appeal_by) == "2026-10-23"


def test_partly_granted_and_refused(sent: Store, tmp_path: Path) -> None:
    part = decision(outcome="partly_granted", granted_from="2026-10-12", granted_to="2026-10-13", reasons="For langt")
    taken(sent, tmp_path, changed(decisions=[part]))
    assert (only(sent).status, str(only(sent).granted_to)) == (RequestStatus.PARTLY_GRANTED, "2026-10-13")
    ask(sent, public_id="request-2", number="P-2026-2")
    refusal = decision(id="v-10", request="P-2026-2", outcome="refused", reasons="Nei")
    taken(sent, tmp_path, later(3, decisions=[refusal]))
    second = rows(sent, LeaveRequest)[1]
    assert (second.status, second.granted_from) == (RequestStatus.REFUSED, None)
    assert [row.days for row in rows(sent, LeaveLedger)] == [2]
    assert texts(sent, rows(sent, Decision)[-1].reasons_text_id) == {"nb": "Nei"}


@pytest.mark.parametrize("asked", [None, 5])
def test_fewer_hours_are_granted_of_the_days_asked_for(sent: Store, tmp_path: Path, asked: int | None) -> None:
    day = date(2026, 10, 19)
    ask(sent, public_id="request-2", number="P-2026-2", first_day=day, last_day=day, hours=asked)
    part = decision(outcome="partly_granted", request="P-2026-2", reasons="For langt")
    [problem] = refused(sent, tmp_path, later(2, decisions=[part]))
    assert problem.endswith("expected granted_from and granted_to, or hours, where a request is partly granted")
    taken(sent, tmp_path, later(3, decisions=[part | {"granted_hours": 2}]))
    request = rows(sent, LeaveRequest)[1]
    assert (request.status, request.granted_hours) == (RequestStatus.PARTLY_GRANTED, 2)
    assert (request.granted_from, request.granted_to) == (day, day)


def test_the_same_answer_in_a_newer_document_changes_nothing(sent: Store, tmp_path: Path) -> None:
    steps = [
        {"request": NUMBER, "status": "more_information", "at": "2026-10-02T09:00:00Z", "text": "Hvilken dag?"},
        {"request": NUMBER, "status": "received", "at": "2026-10-01T09:00:00Z"},
    ]
    taken(sent, tmp_path, later(2, requests=steps, decisions=[decision()]))
    assert [event.kind for event in rows(sent, LeaveEvent)] == ["received", "more_information", "granted"]
    assert texts(sent, rows(sent, LeaveEvent)[1].params["text_id"]) == {"nb": "Hvilken dag?"}
    before = dump(sent)
    taken(sent, tmp_path, later(3, requests=steps, decisions=[decision()]))
    after = dump(sent)
    assert {name for name in before if before[name] != after[name]} == {"received", "imported_file"}


def test_steps_in_documents_of_their_own(sent: Store, tmp_path: Path) -> None:
    received = {"request": NUMBER, "status": "received", "at": "2026-10-01T09:00:00Z"}
    taken(sent, tmp_path, later(2, requests=[received]))
    assert only(sent).status is RequestStatus.RECEIVED
    more = {"request": NUMBER, "status": "more_information", "at": "2026-10-02T09:00:00Z", "text": "Hva?"}
    taken(sent, tmp_path, later(3, requests=[received, more]))
    assert only(sent).status is RequestStatus.MORE_INFORMATION
    taken(sent, tmp_path, later(4, decisions=[decision()]))
    assert (only(sent).status, only(sent).version) == (RequestStatus.GRANTED, 4)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "answer",
    [
        {"decisions": [decision()]},
        {"requests": [{"request": NUMBER, "status": "received", "at": "2026-10-01T09:00:00Z"}]},
        {"requests": [{"request": NUMBER, "status": "more_information", "at": "2026-10-01T09:00:00Z", "text": "?"}]},
    ],
)
def test_a_withdrawn_request_is_told_of_and_not_answered(sent: Store, tmp_path: Path, answer: dict[str, Any]) -> None:
    with sent.write_session() as session:
        session.get_one(LeaveRequest, 1).status = RequestStatus.WITHDRAWN
        session.commit()
    [problem] = refused(sent, tmp_path, changed(**answer))
    assert "found a request that is withdrawn, expected a request that waits for an answer" in problem
    with sent.write_session() as session:
        session.get_one(LeaveRequest, 1).status = RequestStatus.SENT
        session.commit()
    taken(sent, tmp_path, changed(**answer))


def test_a_second_decision_is_told_of_unless_it_replaces_the_first(sent: Store, tmp_path: Path) -> None:
    first = decision(outcome="refused", reasons="Nei")
    taken(sent, tmp_path, later(2, decisions=[first]))
    second = decision(id="v-10", decided_on="2026-10-03", received_on="2026-10-03")
    [problem] = refused(sent, tmp_path, later(3, decisions=[second]))
    assert "found a request that is refused" in problem
    taken(sent, tmp_path, later(4, decisions=[first, second | {"replaces": "v-9"}]))
    assert only(sent).status is RequestStatus.GRANTED
    before = dump(sent)
    taken(sent, tmp_path, later(5, decisions=[first, second | {"replaces": "v-9"}]))
    after = dump(sent)
    assert {name for name in before if before[name] != after[name]} == {"received", "imported_file"}


def test_days_are_taken_back_when_a_decision_changes(sent: Store, tmp_path: Path) -> None:
    taken(sent, tmp_path, later(2, decisions=[decision()]))
    taken(sent, tmp_path, later(3, decisions=[decision(granted_from="2026-10-12", granted_to="2026-10-12")]))
    given, back, again = rows(sent, LeaveLedger)
    assert [given.days, back.days, again.days] == [5, -5, 1]
    assert back.reverses_id == given.id
    taken(sent, tmp_path, later(4, decisions=[decision(outcome="refused", reasons="Nei")]))
    assert sum(row.days for row in rows(sent, LeaveLedger)) == 0
    assert only(sent).granted_from is None


def test_a_report_is_not_decided(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    ask(store, form=RequestForm.REPORT)
    [problem] = refused(store, tmp_path, changed(decisions=[decision()]))
    assert "found a report, which nobody decides" in problem


def test_another_participants_request_is_not_found(sent: Store, tmp_path: Path) -> None:
    document = changed(decisions=[])
    other = {
        **document["participants"][0],
        "id": "p-2",
        "pid": "02838810120",
        "decisions": [decision()],
        "payments": [],
    }
    document["participants"].append(other)
    [problem] = refused(sent, tmp_path, document)
    assert "$.participants[1].decisions[0].request: found 'P-2026-1'" in problem


def test_an_answer_to_a_question(sent: Store, tmp_path: Path) -> None:
    with sent.write_session() as session:
        session.add(Question(public_id="q-1", participant_id=1, message=b"", language="uk"))
        session.commit()
    answer = {"question": "q-1", "text": "Ja", "answered_at": "2026-10-02T10:00:00+02:00"}
    taken(sent, tmp_path, later(2, answers=[answer]))
    [question] = rows(sent, Question)
    assert question.answered_at == datetime(2026, 10, 2, 8, tzinfo=UTC)
    assert texts(sent, question.answer_text_id) == {"nb": "Ja"}
    taken(sent, tmp_path, later(3, answers=[answer | {"text": "Nei"}]))
    assert rows(sent, Question)[0].answer_text_id == question.answer_text_id
    assert texts(sent, question.answer_text_id) == {"nb": "Nei"}
