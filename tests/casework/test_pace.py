"""One person cannot fill the municipality's inbox: told plainly, with what was typed kept, and logged."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.tables.leave import LeaveDraft
from portal.tables.log import OutgoingEvent, Question
from tests.databases import Databases
from tests.settings import settings_for
from tests.strict import StrictClient, opened, sign_in, token_of

MOST = 3
LIMITS = {"sent_an_hour": MOST, "sent_a_day": MOST + 2, "drafts_an_hour": MOST, "drafts_a_day": MOST + 2}


@pytest.fixture
def url(databases: Databases, demo_database: str) -> Iterator[str]:
    own = databases.new(demo_database)
    yield own
    databases.drop(own)


@pytest.fixture
def portal(url: str) -> Iterator[Flask]:
    with opened(settings_for(url, **LIMITS)) as app:
        yield app


def ask(client: StrictClient, words: str = "Når begynner kurset?") -> Any:
    token = token_of(client.get("/meg").text)
    return client.post("/meg", data={"csrf_token": token, "idempotency_key": str(uuid4()), "message": words})


def number(app: Flask, model: Any) -> int:
    with app.extensions["store"].read_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def later(app: Flask, by: timedelta) -> None:
    """Let what was sent be so much older."""
    with app.extensions["store"].write_session() as session:
        for event in session.scalars(select(OutgoingEvent)):
            event.at -= by
        session.commit()


def test_questions_beyond_the_limit_are_not_taken_in_any_worker(
    portal: Flask, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    later(portal, timedelta(days=2))
    asked, sent = number(portal, Question), number(portal, OutgoingEvent)
    amal, bilal = sign_in(portal, "amal"), sign_in(portal, "bilal")
    assert [ask(amal).status_code for _ in range(MOST)] == [303] * MOST
    refused = ask(amal, "Hva med <meg>?")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert "Du har sendt mye på kort tid. Prøv igjen om en time, eller ring kommunen." in refused.text
    assert 'name="message" value="Hva med &lt;meg&gt;?"' in refused.text, "what was typed is kept, to be sent again"
    assert any(line.startswith("denied 429 POST /meg: too many sent, login ") for line in caplog.messages)
    assert "Hva med" not in caplog.text
    with opened(settings_for(url, **LIMITS)) as worker:
        elsewhere = worker.test_client()
        key = amal.get_cookie("innlogging", domain="localhost")
        assert key is not None
        elsewhere.set_cookie("innlogging", key.value)
        assert ask(elsewhere).status_code == 429  # type: ignore[arg-type]  # the portal's own class
    assert (number(portal, Question), number(portal, OutgoingEvent)) == (asked + MOST, sent + MOST)
    assert ask(bilal).status_code == 303, "somebody else sends as before"
    later(portal, timedelta(hours=1))
    assert ask(amal).status_code == 303, "and so does she after an hour"


def test_a_day_has_a_limit_of_its_own(portal: Flask) -> None:
    amal = sign_in(portal, "amal")
    for most in (MOST, 2):
        later(portal, timedelta(hours=2) if most == 2 else timedelta(days=2))
        assert [ask(amal).status_code for _ in range(most)] == [303] * most
    refused = ask(amal)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "86400")
    assert "Du har sendt mye i dag. Prøv igjen i morgen, eller ring kommunen." in refused.text


def test_everything_that_is_sent_counts(portal: Flask) -> None:
    later(portal, timedelta(days=2))
    amal = sign_in(portal, "amal")
    token = token_of(amal.get("/meg").text)
    chosen = [amal.post("/meg/sprak", data={"csrf_token": token, "brev": name}).status_code for name in ("uk", "ar")]
    assert chosen == [303, 303]
    assert [ask(amal).status_code for _ in range(2)] == [303, 429]


def test_drafts_beyond_the_limit_are_not_begun(portal: Flask) -> None:
    amal = sign_in(portal, "amal")
    with portal.extensions["store"].write_session() as session:
        session.execute(update(LeaveDraft).values(updated_at=LeaveDraft.updated_at))
    before = number(portal, LeaveDraft)
    token = token_of(amal.get("/permisjon/ny").text)
    begun = [amal.post("/permisjon/ny", data={"csrf_token": token, "what": "ill"}) for _ in range(MOST + 1)]
    assert [answer.status_code for answer in begun] == [303] * MOST + [429]
    assert number(portal, LeaveDraft) == before + MOST


def test_at_once_is_no_way_round(portal: Flask) -> None:
    later(portal, timedelta(days=2))
    clients = [sign_in(portal, "amal") for _ in range(MOST * 3)]
    with ThreadPoolExecutor(4) as workers:
        answers = sorted(answer.status_code for answer in workers.map(ask, clients))
    assert answers == [303] * MOST + [429] * MOST * 2
