"""Nobody waits for an import: sign-in, sign-out by all ways, and reading, while somebody else truly holds the lock.

Held is what an import holds: on SQLite the write lock of the file, on PostgreSQL the rows of every participant.
"""

import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError

from portal.auth import logins as portal_logins
from portal.store import login_file
from portal.store.db import Store, make_engine
from portal.tables.log import Access, AccessLog
from portal.tables.login import OWN_FILE, Login, LoginNote
from portal.tables.people import Participant
from tests.auth.harness import ANNA, OMAR, PLAIN, Browser, Op, fill, logins, portal_settings, running
from tests.databases import Databases, make

Turn = Callable[..., None]
AT_ONCE = 3.0  # seconds, on a busy machine; whoever waits for SQLite's lock waits five


@pytest.fixture(scope="module")
def people(databases: Databases) -> str:
    return make(databases, fill)


@pytest.fixture
def url(databases: Databases, people: str) -> Iterator[str]:
    own = databases.new(people)
    yield own
    databases.drop(own)


@pytest.fixture
def app(url: str, op: Op) -> Iterator[Flask]:
    with running(portal_settings(url, op)) as portal:
        yield portal


@pytest.fixture
def other_worker(url: str, op: Op) -> Iterator[Flask]:
    with running(portal_settings(url, op)) as portal:
        yield portal


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """Somebody else writes and has not committed yet; shown to be so by a writer that cannot."""
    engine = make_engine(app.extensions["settings"])
    with engine.execution_options(writes=True).connect() as connection, connection.begin() as transaction:
        rename = update(Participant).values(given_name=Participant.given_name)
        connection.execute(rename)
        with app.extensions["store"].write_session(waits=False) as refused, pytest.raises(OperationalError):
            refused.execute(rename)
        yield
        transaction.rollback()
    engine.dispose()


@contextmanager
def at_once() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < AT_ONCE


def told(app: Flask) -> list[Access]:
    """What the access log says, and that nothing waits for it any more."""
    with app.extensions["store"].read_session() as opened:
        assert not opened.scalar(select(func.count()).select_from(LoginNote))
        return list(opened.scalars(select(AccessLog.access).order_by(AccessLog.id)))


def test_one_can_sign_in(app: Flask, visitor: Browser) -> None:
    with held(app):
        with at_once():
            assert visitor.sign_in().status_code == 303
        assert visitor.signed_in
    assert visitor.signed_in


@pytest.mark.parametrize("way", ["here", "front channel", "back channel"])
def test_one_can_sign_out(app: Flask, other_worker: Flask, visitor: Browser, op: Op, turn: Turn, way: str) -> None:
    bystander = Browser(app, op)
    bystander.sign_in(OMAR)
    visitor.sign_in()
    login = visitor.cookie("innlogging").value
    with held(app):
        with at_once():
            if way == "here":
                assert visitor.post("/logg-ut").status_code == 303
                assert visitor.cookie("innlogging") is None, "the browser forgets it in any case"
            elif way == "front channel":
                asked = {"iss": op.issuer, "sid": logins(app)[-1].idp_sid or ""}
                assert app.test_client().get("/logg-ut/frontkanal", query_string=asked).status_code == 200
            else:
                visitor.idporten.get("/logout", base_url=op.issuer)
                (_, form), *_ = op.sent
                answer = app.test_client().post("/logg-ut/bakkanal", base_url=PLAIN, data=form)
                assert answer.status_code == 200
        for portal in (app, other_worker):
            again = Browser(portal, op)
            again.portal.set_cookie("innlogging", login, domain="localhost")
            assert not again.signed_in, "in every worker, at once"
    assert not again.signed_in
    assert bystander.signed_in, "the control"
    turn(minutes=2)
    bystander.get("/plan")
    assert told(app) == [Access.SIGNED_IN, Access.SIGNED_IN, Access.SIGNED_OUT]


def test_one_can_read_though_the_use_of_the_login_is_due_to_be_noted(app: Flask, visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=20)
    with held(app), at_once():
        assert visitor.get("/plan").status_code == 200
    turn(minutes=20)
    assert visitor.signed_in, "and it was noted: half an hour counts from there"


def test_what_is_sent_after_the_end_is_kept(app: Flask, visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    form = {"csrf_token": visitor.token(), "message": "Hei"}
    turn(minutes=31)
    with held(app), at_once():
        answer = visitor.portal.post("/plan/send", base_url=PLAIN, data=form, headers={"Referer": f"{PLAIN}/plan"})
        assert answer.status_code == 303
        assert answer.location.startswith("/logg-inn")


def test_noting_the_use_waits_for_nobody_who_writes_logins(
    app: Flask, visitor: Browser, turn: Turn, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in()
    turn(minutes=2)
    with app.extensions["store"].login_session() as signing:
        signing.execute(update(Login).values(last_seen_at=Login.last_seen_at))
        with at_once():
            assert visitor.get("/plan").status_code == 200
        assert "not noted" in caplog.text
        signing.rollback()
    before = logins(app)[0].last_seen_at
    visitor.get("/plan")
    assert logins(app)[0].last_seen_at > before


def test_a_line_stands_in_the_log_once_though_its_note_came_twice(app: Flask, visitor: Browser) -> None:
    visitor.sign_in()
    store: Store = app.extensions["store"]
    with store.read_session() as opened:
        line = opened.scalars(select(AccessLog)).one()
    (login,) = logins(app)
    kind = {"participant_id": login.participant_id, "at": line.at, "actor": line.actor, "access": line.access}
    with store.login_session() as signing:
        signing.add(LoginNote(**kind, pid_index=login.pid_index))
        signing.add(LoginNote(**kind | {"participant_id": 99}, pid_index=login.pid_index))
        signing.commit()
    portal_logins.write_log(store)
    assert told(app) == [Access.SIGNED_IN]


def test_whoever_gets_the_row_of_somebody_who_is_gone_is_not_signed_in(app: Flask, visitor: Browser, op: Op) -> None:
    visitor.sign_in(OMAR)
    store: Store = app.extensions["store"]
    with store.write_session() as opened:
        row = opened.execute(text("SELECT id, municipality_id FROM participant WHERE given_name = 'Omar'")).one()
        omar = opened.get(Participant, row.id)
        assert omar is not None
        values = omar.model_dump() | {"pid_index": b"another", "external_id": "new", "public_id": "new"}
        opened.delete(omar)
        opened.flush()
        opened.add(Participant(**values))
        opened.commit()
    assert not visitor.signed_in
    anna = Browser(app, op)
    anna.sign_in(ANNA)
    assert anna.signed_in


def test_logins_stand_in_their_own_file_only(app: Flask, visitor: Browser, url: str) -> None:
    if not url.startswith("sqlite"):
        assert app.extensions["store"].both is app.extensions["store"].engine
        return
    visitor.sign_in()
    path = login_file.path_of(url)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert logins(app)
    with app.extensions["store"].engine.connect() as alone:
        for model in OWN_FILE:
            assert not alone.exec_driver_sql(f"SELECT count(*) FROM {model.__tablename__}").scalar()


def opened_by(path: Path, secret: bytes) -> list[str]:
    """The tables of a file, read with a key."""
    connection = sqlcipher3.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{secret.hex()}'\"")
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    return sorted(name for (name,) in found)


def test_the_file_is_made_once_by_many_and_anew_for_another_key_or_other_tables(tmp_path: Path) -> None:
    path, first, second = tmp_path / "portal.db-logins", b"a" * 32, b"b" * 32
    with ThreadPoolExecutor(16) as workers:
        list(workers.map(lambda _: login_file.prepare(path, first), range(16)))
    tables = sorted(str(model.__tablename__) for model in OWN_FILE)
    assert opened_by(path, first) == tables
    connection = sqlcipher3.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{first.hex()}'\"")
    connection.execute("CREATE TABLE kept (x)")
    connection.commit()
    login_file.prepare(path, first)
    assert opened_by(path, first) == sorted([*tables, "kept"]), "today's tables are left as they are"
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    login_file.prepare(path, first)
    assert opened_by(path, first) == tables
    login_file.prepare(path, second)
    assert opened_by(path, second) == tables
    with pytest.raises(sqlcipher3.DatabaseError, match="not a database"):
        opened_by(path, first)


def test_a_torn_file_is_made_anew(url: str, op: Op) -> None:
    """Its first page is whole, so that only reading the others tells."""
    if not url.startswith("sqlite"):
        return
    path = login_file.path_of(url)
    with running(portal_settings(url, op)) as before:
        Browser(before, op).sign_in()
        with before.extensions["store"].login_session() as signing:
            signing.connection().connection.commit()
            signing.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    torn = bytearray(path.read_bytes())
    assert len(torn) > 3 * 4096
    for page in range(4096, len(torn), 4096):
        torn[page + 100 : page + 116] = b"X" * 16
    path.write_bytes(torn)
    with running(portal_settings(url, op)) as after:
        visitor = Browser(after, op)
        assert visitor.sign_in().status_code == 303
        assert visitor.signed_in


def test_a_portal_starts_where_only_the_portals_own_file_was_restored(app: Flask, visitor: Browser, url: str) -> None:
    if not url.startswith("sqlite"):
        return
    visitor.sign_in()
    app.extensions["store"].close()
    for part in ("", "-wal", "-shm"):
        Path(f"{login_file.path_of(url)}{part}").unlink(missing_ok=True)
    assert not visitor.signed_in
    visitor.sign_in()
    assert visitor.signed_in


def test_a_file_taken_away_meanwhile_ends_every_login_in_every_worker(
    app: Flask, other_worker: Flask, visitor: Browser, op: Op, url: str
) -> None:
    """Nobody goes on with the file that is no longer there, which no command would reach."""
    if not url.startswith("sqlite"):
        return
    visitor.sign_in()
    there = Browser(other_worker, op)
    there.sign_in(OMAR)
    assert visitor.signed_in
    assert there.signed_in, "the control"
    for part in ("", "-wal", "-shm"):
        Path(f"{login_file.path_of(url)}{part}").unlink(missing_ok=True)
    assert not visitor.signed_in
    assert not there.signed_in
    visitor.sign_in()
    again = Browser(other_worker, op)
    again.portal.set_cookie("innlogging", visitor.cookie("innlogging").value, domain="localhost")
    assert again.signed_in, "they know of each other's logins"
