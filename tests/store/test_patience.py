"""PostgreSQL that is there and does not answer: pages say so in time, and all goes on when it answers again."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal.auth import cookies
from portal.store.db import Store
from tests.databases import PostgreSQL, make, postgresql
from tests.settings import settings_for
from tests.strict import opened

HURRIED = {"database_connect_seconds": 2, "database_statement_seconds": 1, "database_lock_seconds": 1}


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    """A server of our own, to be stopped."""
    with postgresql() as own:
        yield own


@pytest.fixture
def app(server: PostgreSQL) -> Iterator[Flask]:
    """A portal on it."""
    with opened(settings_for(make(server), **HURRIED)) as portal:
        yield portal


@contextmanager
def _silent(server: PostgreSQL) -> Iterator[None]:
    """Every process of the server stands still, its sockets open."""
    folder = Path(server.address.partition("host=")[2].replace("%2F", "/"))
    first = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
    processes = [first, *first.children(recursive=True)]
    for process in processes:
        os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process.pid, signal.SIGCONT)


def _seconds(app: Flask, path: str, status: int) -> float:
    """How long an answer takes to somebody whose login the portal has to look for."""
    client = app.test_client()
    client.set_cookie(cookies.name(app.extensions["settings"], cookies.Cookie.LOGIN), "x" * 43, domain="localhost")
    begun = monotonic()
    assert client.get(path).status_code == status
    return monotonic() - begun


def test_pages_answer_in_time_when_the_server_does_not(server: PostgreSQL, app: Flask) -> None:
    assert _seconds(app, "/meg", 303) < 3
    with _silent(server):
        assert _seconds(app, "/meg", 503) < 6  # a second for a statement, one of grace, two to be let in
        assert _seconds(app, "/readyz", 503) < 0.5  # known to be silent: nobody waits again
        assert app.test_client().get("/livez").status_code == 200
    sleep(3.1)
    assert _seconds(app, "/meg", 303) < 3


@pytest.mark.parametrize(("web", "seconds"), [(True, 1), (False, 60)])
def test_a_page_hurries_and_a_command_does_not(server: PostgreSQL, web: bool, seconds: int) -> None:
    store = Store(settings_for(server.new(), database_command_seconds=60, **HURRIED), web=web)
    with store.engine.connect() as connection:
        told = [connection.scalar(text(f"SHOW {name}")) for name in ("lock_timeout", "statement_timeout")]
    assert told == [f"{seconds}s" if seconds < 60 else "1min"] * 2
    store.close()


def test_a_long_statement_of_a_page_is_ended_by_the_server(server: PostgreSQL) -> None:
    store = Store(settings_for(server.new(), **HURRIED), web=True)
    with store.engine.connect() as connection, pytest.raises(OperationalError, match="statement timeout"):
        connection.execute(text("SELECT pg_sleep(9)"))
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    store.close()
