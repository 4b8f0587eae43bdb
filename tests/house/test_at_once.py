"""Two requests at the same moment, and a database that somebody else is writing to; on both engines."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Semaphore, Thread
from typing import Any
from uuid import uuid4

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.store import db, patience
from portal.store.db import Store
from portal.tables.decision import Decision, DecisionOutcome
from portal.tables.leave import LeaveEvent, LeaveRequest
from portal.tables.log import OutgoingEvent, Question
from portal.tables.people import ReadMarker
from tests.participant.leave.making import Journey, rows_of
from tests.participant.leave.portal_of_three import amal, app, as_person, small_database  # noqa: F401  # fixtures
from tests.participant.leave.test_sent import decide

TOGETHER = 4
ROUNDS = 3


@pytest.fixture(autouse=True)
def as_served(app: Flask) -> None:  # noqa: F811
    """Unexpected errors become pages, as for a participant, so that a 500 is seen."""
    app.testing = False


def at_once(app: Flask, journey: Journey, path: str | list[str], **typed: str) -> list[int]:  # noqa: F811
    """The same form, or one to each path, sent from several tabs at the same moment; the statuses, sorted."""
    cookies: Any = journey.client._cookies
    paths = path if isinstance(path, list) else [path] * TOGETHER
    ready = Barrier(len(paths))
    statuses: list[int] = []

    def send(path: str) -> None:
        tab: Any = app.test_client()
        tab._cookies.update(cookies)
        ready.wait()
        statuses.append(tab.post(path, data={"csrf_token": journey.token, **typed}).status_code)

    threads = [Thread(target=send, args=[path]) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_a_question_sent_at_once_is_one_question(app: Flask, amal: Journey) -> None:  # noqa: F811
    for number in range(1, ROUNDS + 1):
        assert at_once(app, amal, "/meg", idempotency_key=str(uuid4()), message="Når?") == [303] * TOGETHER
        assert len(rows_of(app, Question)) == len(rows_of(app, OutgoingEvent)) == number


def test_a_request_sent_at_once_is_one_request(app: Flask, amal: Journey) -> None:  # noqa: F811
    for number in range(1, ROUNDS + 1):
        draft = amal.asked("wedding", f"2026-11-{15 + number}")
        assert at_once(app, amal, f"{draft}/betyr", message="") == [303] * TOGETHER
        assert len(rows_of(app, LeaveRequest)) == len(rows_of(app, OutgoingEvent)) == number


def test_a_day_told_at_once_in_several_tabs_is_told_once(app: Flask, amal: Journey) -> None:  # noqa: F811
    for number in range(1, ROUNDS + 1):
        drafts = [amal.asked("ill", f"2026-10-{18 + number}") for _ in range(TOGETHER)]
        assert at_once(app, amal, [f"{draft}/betyr" for draft in drafts], message="") == [303] * TOGETHER
        assert len(rows_of(app, LeaveRequest)) == len(rows_of(app, OutgoingEvent)) == number


def test_of_withdrawals_at_once_one_counts(app: Flask, amal: Journey) -> None:  # noqa: F811
    sent = amal.sent("wedding", "2026-11-16")
    assert at_once(app, amal, f"{sent}/trekk") == [303] * TOGETHER
    assert len(rows_of(app, LeaveEvent)) == 2


def test_a_decision_read_at_once_is_read(app: Flask, amal: Journey) -> None:  # noqa: F811
    for number in range(1, ROUNDS + 1):
        sent = amal.sent("wedding", f"2026-11-{15 + number}")
        decide(app, sent, DecisionOutcome.GRANTED)
        decision = rows_of(app, Decision)[-1]
        assert at_once(app, amal, f"/vedtak/{decision.public_id}/lest") == [303] * TOGETHER
        assert len(rows_of(app, ReadMarker)) == number


@pytest.fixture
def busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], TestResponse]], Any]:  # noqa: F811
    """Does something while somebody else writes; skipped where writers do not wait for each other."""
    store = app.extensions["store"]
    if store.engine.dialect.name != "sqlite":
        pytest.skip("only the file has one writer at a time")

    def during(act: Callable[[], TestResponse]) -> TestResponse:
        with store.write_session() as other:
            other.connection()
            return act()

    return during


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait 0.1 seconds for the write lock instead of five."""
    monkeypatch.setattr(db, "PAGE_WAITS", 100)


@pytest.mark.usefixtures("impatient")
def test_while_somebody_writes(app: Flask, busy: Callable[..., Any], as_person: Callable[..., Journey]) -> None:  # noqa: F811
    """A page is read; a form is asked to wait, with a whole page; a stranger is not kept waiting."""
    app.extensions["store"].close()
    amal = as_person("amal", "ar")  # noqa: F811
    form = {"csrf_token": amal.token, "idempotency_key": str(uuid4()), "message": "Når?"}
    assert busy(lambda: amal.client.get("/meg")).status_code == 200
    answer = busy(lambda: amal.client.post("/meg", data=form))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert '<html lang="ar"' in answer.text
    again = html5lib.parse(answer.text, namespaceHTMLElements=False).find(".//main//form")
    assert again.get("action") == "/meg"
    kept = {field.get("name"): field.get("value") for field in again.iter("input")}
    assert kept == form
    assert busy(lambda: app.test_client().post("/meg")).status_code == 400
    assert amal.client.post("/meg", data=kept).status_code == 303


@pytest.fixture
def seated(monkeypatch: pytest.MonkeyPatch) -> Semaphore:
    """Released each time that somebody may wait for the lock; others do not wait at all."""
    taken, found = patience.Seats.taken, Semaphore(0)

    @contextmanager
    def told(seats: patience.Seats) -> Iterator[None]:
        with taken(seats):
            found.release()
            yield

    monkeypatch.setattr(patience, "BRIEFLY", 0)
    monkeypatch.setattr(db, "PAGE_WAITS", 60_000)  # on a busy machine too
    monkeypatch.setattr(patience.Seats, "taken", told)
    return found


def test_half_the_threads_wait_for_a_writer_and_the_others_are_free(
    app: Flask,  # noqa: F811
    as_person: Callable[..., Journey],  # noqa: F811
    seated: Semaphore,
) -> None:
    """Whoever finds no place to wait is asked at once to send again, and nothing that was typed is lost."""
    app.extensions["store"].close()  # the connections that wait as before
    importing = Store(app.extensions["settings"])
    if importing.file is None:
        pytest.skip("only the file has one writer at a time")
    forms = [{"idempotency_key": str(uuid4()), "message": f"Når, {number}?"} for number in range(patience.THREADS)]
    senders = [as_person("amal") for _ in forms]
    half = len(forms) // 2

    def send(number: int) -> TestResponse:
        return senders[number].client.post("/meg", data={"csrf_token": senders[number].token, **forms[number]})

    with ThreadPoolExecutor(half) as pool:
        with importing.write_session() as other:
            other.connection()
            while seated.acquire(blocking=False):
                pass  # whoever wrote before
            waiting = [pool.submit(send, number) for number in range(half)]
            assert all(seated.acquire(timeout=30) for _ in range(half))
            told = [send(number) for number in range(half, len(forms))]
            assert senders[0].client.get("/meg").status_code == 200
            assert not any(found.done() for found in waiting), "they wait still"
        assert [found.result().status_code for found in waiting] == [303] * half
    importing.close()
    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in told] == [(503, "2")] * half
    assert all(form["message"] in answer.text for form, answer in zip(forms[half:], told, strict=True))
    assert [send(number).status_code for number in range(half, len(forms))] == [303] * half
    assert len(rows_of(app, Question)) == len(forms)
