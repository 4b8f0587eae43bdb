"""A whole run with words that must not be seen again: in logs, addresses, titles, cookies, or the database."""

import copy
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlmodel import SQLModel, col
from werkzeug.test import TestResponse

from portal import clock
from portal.app import create_app
from portal.exchange import importer
from portal.exchange.commands import tell
from portal.exchange.export import events
from portal.store.db import Store
from portal.tables.people import Participant
from portal.tables.texts import Text, TextVersion
from tests.auth.conftest import op, provider  # noqa: F401  # fixtures
from tests.auth.harness import ANNA, PLAIN, Browser, Op, fill, portal_settings
from tests.databases import Databases, Embedded, make
from tests.exchange.files import example

WORDS, QUESTION, TYPED = "kanarifugl-magesmerter", "kanarifugl-spørsmål", "kanarifugl-skrivefeil"
SECRET = (ANNA, WORDS, QUESTION, TYPED)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def portal(databases: Databases, empty_database: str, op: Op) -> Iterator[Flask]:  # noqa: F811
    """The portal as it is served, with Anna in it."""
    url = databases.new(empty_database)
    app = create_app(portal_settings(url, op))
    fill(app.extensions["store"])
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).values(start=clock.today() - timedelta(days=200)))
        session.commit()
    yield app
    app.extensions["store"].close()
    databases.drop(url)


class Watched(Browser):
    """A browser that keeps every answer."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.answers: list[TestResponse] = []
        ask: Any = self.portal.open

        def kept(*args: Any, **kwargs: Any) -> TestResponse:
            answer: TestResponse = ask(*args, **kwargs)
            self.answers.append(answer)
            return answer

        setattr(self.portal, "open", kept)  # noqa: B010  # every way of asking goes through it


def a_day(browser: Watched) -> None:
    """Sign in, ask for leave, ask a question, mistype, get lost, sign out, and stay away from there."""
    today = clock.today().isoformat()
    browser.sign_in()
    draft = browser.post("/permisjon/ny", data={"what": "ill"}).location.removesuffix("/i-dag")
    browser.post(f"{draft}/dager", data={"first": TYPED, "hours": TYPED, "extent": "hours"})
    browser.post(f"{draft}/dager", data={"extent": "whole", "hours": "", "paper": "no", "first": today, "last": today})
    sent = browser.post(f"{draft}/betyr", data={"message": WORDS}).location
    assert WORDS in browser.get(sent.removesuffix("/kvittering")).text, "the participant sees the own words"
    browser.post("/meg", data={"idempotency_key": str(uuid4()), "message": QUESTION})
    browser.post("/meg", data={"idempotency_key": "x", "message": TYPED})
    for path in ("/", "/plan", "/timeplan", "/fravaer", "/permisjon", "/stonad", "/meg", "/finnes-ikke"):
        browser.get(path)
    browser.portal.post("/meg", base_url=PLAIN, data={"message": TYPED})
    browser.post("/logg-ut")
    browser.post("/meg", data={"message": TYPED})


def imports(store: Store, folder: Path) -> dict[str, Any]:
    """Take the example in, and one that is wrong in its secret places; gives the example."""
    document = example()
    broken = copy.deepcopy(document)
    broken["participants"][0] |= {"given_name": f"{TYPED}\x07", "pid": f"{ANNA}0", "born": ANNA, "adviser": ANNA}
    broken["participants"][0]["plans"] = [{"id": ANNA, "reasons": f"{WORDS}\x07"}]
    for number, content in enumerate((broken, document)):
        path = folder / f"{number}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        assert tell(importer.take(store, [path])) == (2, 0)[number]
    return document


def test_nothing_secret_is_seen_again(
    portal: Flask,
    op: Op,  # noqa: F811
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    browser = Watched(portal, op)
    a_day(browser)
    store: Store = portal.extensions["store"]
    document = imports(store, tmp_path)
    with store.write_session() as session:
        sent = events.waiting(session)
        session.commit()
    assert WORDS in json.dumps(sent), "the municipality gets the words"
    printed = capsys.readouterr()
    logged = caplog.text + printed.err + printed.out
    assert "problems: nothing was taken" in logged, "there was something to tell of"
    participant = document["participants"][0]
    assert not [word for word in (*SECRET, participant["pid"]) if word in logged], logged
    assert len(browser.answers) > 20
    for answer in browser.answers:
        shown = [str(answer.headers), answer.request.path, answer.request.query_string.decode()]
        shown += TITLE.findall(answer.text) if answer.mimetype == "text/html" else []
        assert not [word for word in (*SECRET, "Anna") if any(word in place for place in shown)], shown
        assert ANNA not in answer.text
        if answer.status_code in (400, 404):
            assert TYPED not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}, cookie


def raw_values(store: Store) -> bytes:
    """Everything that stands in the opened database, as bytes."""
    found = []
    with store.read_session() as session:
        for table in SQLModel.metadata.sorted_tables:
            for row in session.connection().exec_driver_sql(f"SELECT * FROM {table.name}"):
                found += [
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row
                ]
    return b"\n".join(found)


def test_an_opened_database_does_not_tell_what_is_sealed(portal: Flask, op: Op, tmp_path: Path) -> None:  # noqa: F811
    """Not even whoever has the key of the file reads numbers and words; the key of the columns is another one."""
    a_day(Watched(portal, op))
    store: Store = portal.extensions["store"]
    document = imports(store, tmp_path)
    raw = raw_values(store)
    assert b"Anna" in raw, "the search finds what is not sealed"
    pid = document["participants"][0]["pid"]
    assert not [word for word in (*SECRET, pid) if word.encode() in raw]
    with store.read_session() as session:
        rows = session.execute(select(TextVersion, Text).join(Text, col(Text.id) == col(TextVersion.text_id))).all()
        bodies = [store.vault.open(row.body, "text_version.body", text.public_id, row.language) for row, text in rows]
    assert len(bodies) > 3
    assert not [body for body in bodies if body.encode() in raw]


def test_the_file_itself_tells_nothing(embedded: Embedded, op: Op) -> None:  # noqa: F811
    url = make(embedded, fill)
    path = Path(url.removeprefix("sqlite:///"))
    told = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert len(told) > 100_000
    assert not [word for word in (b"SQLite format", b"Anna", b"participant", b"CREATE TABLE") if word in told]
