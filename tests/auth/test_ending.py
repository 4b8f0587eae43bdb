"""Logins that end because the municipality says so: by a corrected number, or by a command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cli import main
from portal.tables.log import AccessLog, Actor
from tests.auth.harness import numbers
from tests.exchange.files import changed, example, refused, taken
from tests.strict import StrictClient, opened, sign_in


@pytest.fixture
def store(demo_app: Flask, tmp_path: Path) -> Any:
    """The demo municipality, and beside it the participant of the documented example."""
    store = demo_app.extensions["store"]
    taken(store, tmp_path, example())
    return store


def is_in(client: StrictClient) -> bool:
    return client.get("/meg").status_code == 200


def test_a_corrected_number_ends_the_logins_of_who_had_it(
    demo_app: Flask, store: Any, tmp_path: Path, signed_in: Callable[..., StrictClient]
) -> None:
    person = example()["participants"][0]
    wrong, neighbour = sign_in(demo_app, person["id"]), signed_in("amal")
    taken(store, tmp_path, changed(given_name="Olha"))
    assert is_in(wrong), "another name is no other person"
    refused(store, tmp_path, changed(pid="1"))
    assert is_in(wrong), "what is not taken changes nothing"
    document = changed(pid=other_number(person["pid"]))
    document["issued_at"] = "2026-10-03T06:00:00+02:00"
    taken(store, tmp_path, document)
    assert not is_in(wrong)
    assert is_in(sign_in(demo_app, person["id"])), "whose number it is now can sign in"
    assert is_in(neighbour)


def other_number(pid: str) -> str:
    """Another made-up number of somebody born on the same day."""
    return next(number for number in numbers(pid[:6]) if number != pid)


@pytest.fixture
def end(demo_app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run `portal logins end` on the store of the portal; gives its exit code and what it printed."""
    settings = demo_app.extensions["settings"]
    monkeypatch.setattr("portal.auth.ending.Settings", lambda: settings)

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["logins", "end", *arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_the_municipality_ends_the_logins_of_one(
    demo_app: Flask, end: Callable[..., Any], signed_in: Callable[..., StrictClient]
) -> None:
    amal, phone, bilal = signed_in("amal"), signed_in("amal"), signed_in("bilal")
    key = amal.get_cookie("innlogging", domain="localhost")
    assert key is not None
    assert end("--participant", "amal") == (0, "Ended: 2 logins.\n")
    assert [is_in(client) for client in (amal, phone, bilal)] == [False, False, True]
    with opened(demo_app.extensions["settings"]) as worker:
        phone_there = worker.test_client()
        phone_there.set_cookie("innlogging", key.value)
        assert phone_there.get("/meg").status_code == 303, "in every worker"
    with demo_app.extensions["store"].read_session() as session:
        lines = session.scalars(select(AccessLog).where(AccessLog.actor == Actor.MUNICIPALITY)).all()
        ended = [line for line in lines if line.access == "signed_out"]
        assert len(ended) == 1, "told once, however many browsers"
    assert end("--participant", "amal") == (0, "Ended: 0 logins.\n")


def test_everybody_of_a_municipality_or_of_all(
    demo_app: Flask, store: Any, end: Callable[..., Any], signed_in: Callable[..., StrictClient]
) -> None:
    there, here = sign_in(demo_app, example()["participants"][0]["id"]), signed_in("amal")
    assert end("--municipality", example()["municipality"]["org_number"]) == (0, "Ended: 1 login.\n")
    assert (is_in(there), is_in(here)) == (False, True)
    assert end("--all") == (0, "Ended: 1 login.\n")
    assert not is_in(here)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say whose"),
        (("--all", "--participant", "amal"), "Say whose"),
        (("--participant", "amal"), "several municipalities"),
        (("--municipality", "999999999"), "found no municipality '999999999'"),
        (("--municipality", "310000019", "--participant", "nobody"), "found no participant 'nobody'"),
    ],
)
def test_who_is_not_named_well_loses_nothing(
    store: Any, end: Callable[..., Any], signed_in: Callable[..., StrictClient], arguments: tuple[str, ...], said: str
) -> None:
    amal = signed_in("amal")
    code, printed = end(*arguments)
    assert (code, said in printed) == (2, True), printed
    assert is_in(amal)
