"""What an operator relies on: health, backup, settings that refuse to start, migrations both ways."""

import stat
from pathlib import Path

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from portal import commands
from portal.cli import explain
from portal.settings import Settings
from portal.store import migrate
from portal.store.db import Store
from tests.databases import Databases, Embedded, make, stored
from tests.settings import client_key, key, settings_for
from tests.strict import StrictClient


def test_health(demo_app: Flask, client: StrictClient) -> None:
    assert client.get("/livez").data == b"ok\n"
    assert client.get("/readyz").status_code == 200
    migrate.downgrade(demo_app.extensions["store"].engine, "base")
    assert client.get("/readyz").status_code == 503


def test_migrations_go_up_down_and_up_and_match_the_tables(databases: Databases) -> None:
    with stored(databases) as store:
        engine = store.engine
        migrate.upgrade(engine)
        assert migrate.differences(engine) == []
        migrate.downgrade(engine, "base")
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        migrate.upgrade(engine)
        assert migrate.is_current(engine)


def test_a_backup_is_encrypted_and_whole(embedded: Embedded, tmp_path: Path) -> None:
    store = Store(settings_for(make(embedded)))
    copy = tmp_path / "copy.db"
    assert commands._backup(store.engine, str(copy)) == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert migrate.is_current(Store(settings_for(f"sqlite:///{copy}")).engine)
    with pytest.raises(DatabaseError, match="not a database"):
        Store(settings_for(f"sqlite:///{copy}", database_key=key("x"))).engine.connect()


def test_a_reading_session_cannot_write(store: Store) -> None:
    statement = text("INSERT INTO imported_file (digest, kind, imported_at) VALUES ('d', 'k', '2026-01-01')")
    with store.read_session() as session, pytest.raises(DatabaseError, match=r"readonly|read-only"):
        session.execute(statement)
    with store.write_session() as session:
        session.execute(statement)
        session.rollback()


def test_what_the_driver_says_does_not_hold_values(store: Store) -> None:
    with store.write_session() as session, pytest.raises(DatabaseError) as caught:
        session.execute(text("INSERT INTO imported_file (nowhere) VALUES (:pid)"), {"pid": "01810112345"})
    assert "01810112345" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base_url": "http://portal.example.no"}, "https"),
        ({"oidc_issuer": "https://idporten.no"}, "demo people"),
        ({"oidc_issuer": "http://idporten.no", "demo": False}, "oidc_issuer must be https"),
        ({"base_url": "https://portal.example.no", "demo": False}, "its own machine"),
        ({"database_key": None}, "database_key"),
        ({"secret_key": "short"}, "32 random bytes"),
    ],
)
def test_unsafe_settings_are_refused_with_a_reason(changes: dict[str, object], said: str) -> None:
    settings_for("sqlite:////tmp/portal.db")  # the control: without the change it starts
    with pytest.raises(ValidationError) as refused:
        settings_for("sqlite:////tmp/portal.db", **changes)
    assert said in explain(refused.value)
    assert "short" not in explain(refused.value)


def test_a_key_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings_for("sqlite:////tmp/portal.db").model_dump(mode="json", exclude={"database_key"})
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    for name in ("secret_key", "encryption_key", "oidc_client_key"):
        given.pop(name)
        (tmp_path / f"portal_{name}").write_text(client_key() if name == "oidc_client_key" else key("f"))
    with pytest.raises(ValidationError, match="database_key"):
        Settings(**given)
    (tmp_path / "portal_database_key").write_text(key("d"))
    assert Settings(**given).secret_key.get_secret_value() == key("f")
