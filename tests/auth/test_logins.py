"""How long a login lives, and what notes its use."""

from collections.abc import Callable

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from tests.auth.harness import HIGH, SUBSTANTIAL, Browser, Op, logins

Turn = Callable[..., None]


def test_half_an_hour_of_silence_ends_a_login(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=29)
    assert visitor.signed_in
    turn(minutes=30)
    assert not visitor.signed_in


def test_two_hours_end_a_login_however_busy(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    for _ in range(5):
        turn(minutes=20)
        assert visitor.signed_in
    turn(minutes=19)
    assert visitor.signed_in
    turn(minutes=1)
    assert not visitor.signed_in


def test_the_limits_are_settings(build: Callable[..., Flask], op: Op, turn: Turn) -> None:
    visitor = Browser(build(login_idle_minutes=5, login_absolute_minutes=6), op)
    visitor.sign_in()
    turn(minutes=4)
    assert visitor.signed_in
    turn(minutes=2)
    assert not visitor.signed_in


@pytest.mark.parametrize(("name", "most"), [("login_idle_minutes", 30), ("login_absolute_minutes", 120)])
def test_the_limits_can_only_be_lowered(build: Callable[..., Flask], name: str, most: int) -> None:
    assert build(**{name: most})
    for minutes in (most + 1, 0):
        with pytest.raises(ValidationError, match=name):
            build(**{name: minutes})


def test_a_busy_login_never_ends_for_idleness_however_short(build: Callable[..., Flask], op: Op, turn: Turn) -> None:
    with pytest.raises(ValidationError, match="login_idle_minutes"):
        build(login_idle_minutes=1)  # use is noted once a minute: it would end in spite of it
    visitor = Browser(build(login_idle_minutes=2), op)
    visitor.sign_in()
    for _ in range(8):
        turn(seconds=40)
        assert visitor.signed_in
    turn(minutes=2)
    assert not visitor.signed_in


def test_a_login_by_a_level_that_is_no_longer_enough_ends(
    build: Callable[..., Flask], op: Op, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = build()
    visitor, sure = Browser(app, op), Browser(app, op)
    visitor.sign_in(level=SUBSTANTIAL)
    sure.sign_in(level=HIGH)
    assert visitor.signed_in
    monkeypatch.setitem(app.extensions["settings"].__dict__, "oidc_acr", HIGH)  # as after a new start
    assert not visitor.signed_in
    assert sure.signed_in


def test_use_is_noted_once_a_minute(visitor: Browser, app: Flask, turn: Turn) -> None:
    visitor.sign_in()
    started = logins(app)[0].last_seen_at
    turn(seconds=50)
    visitor.get("/plan")
    assert logins(app)[0].last_seen_at == started
    turn(seconds=20)
    visitor.get("/plan")
    noted = logins(app)[0].last_seen_at
    assert 69 <= (noted - started).total_seconds() <= 75


@pytest.mark.parametrize("forged", ["", "x", "é", "x" * 3000, "a; b"])
def test_a_made_up_key_opens_nothing(visitor: Browser, forged: str) -> None:
    visitor.portal.set_cookie("innlogging", forged, domain="localhost")
    assert not visitor.signed_in
    visitor.sign_in()
    assert visitor.signed_in


def test_a_person_who_is_removed_is_signed_out(visitor: Browser, app: Flask) -> None:
    visitor.sign_in()
    with app.extensions["store"].write_session() as opened:
        opened.connection().exec_driver_sql("DELETE FROM participant WHERE id = 1")
        opened.commit()
    assert not visitor.signed_in


def test_expired_logins_are_cleared_away_at_the_next_sign_in(visitor: Browser, app: Flask, op: Op, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=121)
    Browser(app, op).sign_in()
    assert len(logins(app)) == 1


def test_a_busy_database_does_not_break_an_answer_already_sent(
    visitor: Browser, app: Flask, turn: Turn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in()
    store = app.extensions["store"]
    turn(minutes=2)

    def busy(*, waits: bool = True) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(store, "login_session", busy)
    answer = visitor.get("/plan")
    assert answer.status_code == 200
    assert answer.text
    answer.close()
    assert "not noted" in caplog.text
    monkeypatch.undo()
    caplog.clear()
    visitor.get("/plan").close()
    assert "not noted" not in caplog.text, "the control"
