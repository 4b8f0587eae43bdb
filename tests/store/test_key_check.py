"""Another encryption key than the database was sealed with: nothing is sealed or opened, and an operator is told."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal import cli
from portal.app import create_app, wsgi
from portal.store import key_check
from portal.store.db import Store
from portal.store.key_check import WrongKey
from portal.tables.people import Participant
from tests.exchange.files import EXAMPLES
from tests.settings import environment_for, key, settings_for

TOLD = "PORTAL_ENCRYPTION_KEY is not the key that this database was sealed with"


pytestmark = pytest.mark.usefixtures("let_go")


@pytest.fixture
def run(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs a command on the demo's database, with these settings changed."""
    settings = demo_app.extensions["settings"]

    def command(*arguments: str, **changes: str) -> int:
        for name, value in environment_for(settings_for(settings.database_url, **changes)).items():
            monkeypatch.setenv(name, value)
        return cli.main(arguments)

    return command


def _numbers(app: Flask) -> list[tuple[str, bytes]]:
    with app.extensions["store"].read_session() as session:
        return [tuple(row) for row in session.execute(select(Participant.external_id, Participant.pid))]


@pytest.mark.parametrize("step", [["exchange", "export"], ["db", "check"], ["db", "upgrade"], ["serve"]])
def test_a_command_with_another_key_stops(
    run: Callable[..., int], step: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("db", "check") == 0, capsys.readouterr()  # the control
    assert run(*step, encryption_key=key("x")) == 78
    assert TOLD in capsys.readouterr().err


def test_an_import_with_another_key_seals_nothing(
    demo_app: Flask, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    before = _numbers(demo_app)
    file = EXAMPLES / "document.json"
    assert run("exchange", "import", str(file), encryption_key=key("x")) == 78
    assert TOLD in capsys.readouterr().err
    assert _numbers(demo_app) == before
    assert run("exchange", "import", str(file)) == 0, capsys.readouterr()  # the control: with the right key it is taken
    assert _numbers(demo_app) != before


def test_a_portal_with_another_key_is_not_ready_and_lets_nobody_in(demo_app: Flask) -> None:
    url = demo_app.extensions["settings"].database_url
    other = create_app(settings_for(url, encryption_key=key("x")))
    assert (other.test_client().get("/readyz").data, other.test_client().get("/readyz").status_code) == (b"key\n", 503)
    with pytest.raises(WrongKey):
        other.extensions["store"].write_session()
    other.extensions["store"].close()


def test_a_server_with_another_key_does_not_start(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    url = demo_app.extensions["settings"].database_url
    for letter in ("e", "x"):
        for name, value in environment_for(settings_for(url, encryption_key=key(letter))).items():
            monkeypatch.setenv(name, value)
        if letter == "e":
            wsgi().extensions["store"].close()
        else:
            with pytest.raises(WrongKey):
                wsgi()


def test_an_older_database_is_given_its_word_only_by_whoever_opens_all_of_it(demo_app: Flask) -> None:
    store = demo_app.extensions["store"]
    with store.write_session() as session:
        session.execute(text("DELETE FROM installation"))
        session.commit()
    other = Store(settings_for(demo_app.extensions["settings"].database_url, encryption_key=key("x")))
    with pytest.raises(WrongKey):
        other.write_session()
    with store.read_session() as session:
        assert session.scalar(text("SELECT count(*) FROM installation")) == 0
    key_check.verify(store.engine, store.vault)
    with store.read_session() as session:
        assert session.scalar(text("SELECT count(*) FROM installation")) == 1
    other.close()


def test_of_two_who_come_first_with_two_keys_one_stays(store: Store, database_url: str) -> None:
    other = Store(settings_for(database_url, encryption_key=key("x")))
    key_check.verify(store.engine, store.vault)
    with pytest.raises(WrongKey), other.engine.execution_options(writes=True).begin() as connection:
        key_check._open(other.vault, key_check._keep(connection, other.vault), key_check.PLACE)
    key_check.verify(store.engine, store.vault)
    other.close()
