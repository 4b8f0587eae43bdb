"""The way in, as a person walks it."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from joserfc import jws
from sqlalchemy import func, select

from portal.auth.reasons import RefusalReason
from portal.demo.idporten import authorize
from portal.tables.log import Access, AccessLog
from portal.tables.login import SignInAttempt
from tests.auth.harness import (
    ANNA,
    ENDED,
    HIGH,
    NOBODY,
    OMAR,
    PLAIN,
    SECURE,
    SUBSTANTIAL,
    Browser,
    Op,
    logins,
    query_of,
    reason,
)

Turn = Callable[..., None]


def attempts(app: Flask) -> int:
    with app.extensions["store"].read_session() as opened:
        return opened.scalar(select(func.count()).select_from(SignInAttempt))


def test_a_participant_signs_in_and_lands_where_they_were_going(visitor: Browser) -> None:
    asked = visitor.get("/plan?uke=48")
    assert asked.status_code == 303
    explained = visitor.get(asked.location)
    assert "/logg-inn/start?next=/plan?uke%3D48" in explained.text or "next=%2Fplan" in explained.text
    landed = visitor.sign_in(next="/plan?uke=48")
    assert (landed.status_code, landed.location) == (303, "/plan?uke=48")
    page = visitor.get("/plan")
    assert page.status_code == 200
    assert "Anna" in page.text
    assert "Vik kommune" in page.text


def test_the_participant_with_a_running_programme_is_found_first(visitor: Browser, app: Flask) -> None:
    visitor.sign_in()
    assert [login.participant_id for login in logins(app)] == [1]
    assert visitor.get("/meg/id").json == {"id": 1}


@pytest.mark.parametrize("pid", [NOBODY, ENDED], ids=["never registered", "over for more than a year"])
def test_somebody_without_a_programme_is_told_what_to_do(visitor: Browser, app: Flask, pid: str) -> None:
    answer = visitor.sign_in(pid)
    assert (answer.status_code, answer.location) == (303, "/logg-inn/ikke-registrert")
    assert "Vi finner deg ikke her" in visitor.get(answer.location).text
    assert not logins(app)
    assert not visitor.signed_in
    assert visitor.at_provider(visitor.start()).location.startswith("/logg-inn/"), "ID-porten asks anew"


def test_somebody_unknown_does_not_stay_in_another_persons_pages(visitor: Browser, app: Flask) -> None:
    visitor.sign_in()
    assert visitor.signed_in
    visitor.sign_in(NOBODY, ny=1)
    assert not visitor.signed_in
    assert logins(app)[0].revoked_at


def test_a_programme_over_for_a_month_can_still_be_read(visitor: Browser, build: Callable[..., Flask], op: Op) -> None:
    assert Browser(build(ended_access_days=500), op).sign_in(ENDED).location == "/"
    assert Browser(build(ended_access_days=399), op).sign_in(ENDED).location == "/logg-inn/ikke-registrert"


def test_the_browser_carries_nothing_but_a_reference_to_the_request(visitor: Browser, op: Op) -> None:
    address = visitor.start()
    assert address.startswith(f"{op.issuer}/authorize?")
    assert set(query_of(address)) == {"client_id", "request_uri"}


def test_without_par_the_parameters_stand_in_the_address(visitor: Browser, op: Op) -> None:
    keys = op.provider.keys
    op.app = op.build(offers_par=False)
    op.provider.keys = keys
    visitor.idporten = op.app.test_client()
    address = visitor.start()
    asked = query_of(address)
    assert asked["acr_values"] == SUBSTANTIAL
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid profile"
    assert {"state", "nonce", "code_challenge", "redirect_uri", "response_type"} <= set(asked)
    assert visitor.back(visitor.at_idporten(address)).location == "/"


def test_our_assertion_is_as_narrow_as_it_can_be(visitor: Browser, op: Op, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = authorize.authenticate
    monkeypatch.setattr(
        authorize, "authenticate", lambda provider, form: seen.append(form["client_assertion"]) or real(provider, form)
    )
    visitor.start()
    visitor.start()
    first, second = (jws.extract_compact(assertion.encode()) for assertion in seen)
    claims = json.loads(first.payload)
    assert first.headers()["kid"] == "test-key"
    assert claims["aud"] == op.issuer
    assert claims["iss"] == claims["sub"]
    assert claims["exp"] - claims["iat"] <= 120
    assert claims["jti"] != json.loads(second.payload)["jti"]


@pytest.mark.parametrize(("language", "asked"), [("nb", "nb"), ("en", "en"), ("ar", "en"), ("uk", "en"), ("ti", "en")])
def test_idporten_is_asked_for_a_language_it_has(visitor: Browser, language: str, asked: str) -> None:
    visitor.portal.set_cookie("sprak", language, domain="localhost")
    page = visitor.at_provider(visitor.at_provider(visitor.start()).location)
    assert f'<html lang="{asked}"' in page.text


def test_a_second_tab_can_sign_in_at_the_same_time(visitor: Browser) -> None:
    first, second = visitor.start(next="/plan"), visitor.start(next="/me")
    assert visitor.back(visitor.at_idporten(second)).location == "/me"
    assert visitor.back(visitor.at_idporten(first)).location == "/plan"
    assert visitor.signed_in


def test_two_callbacks_at_the_very_same_time_both_work(app: Flask, op: Op) -> None:
    visitor = Browser(app, op)
    ways = [visitor.at_idporten(visitor.start()) for _ in range(2)]
    cookie = visitor.cookie("forsok").value
    answers: list[str] = []

    def come_back(way: str) -> None:
        client = app.test_client()
        client.set_cookie("forsok", cookie, domain="localhost")
        answers.append(client.get(way.removeprefix(PLAIN), base_url=PLAIN).location)

    threads = [threading.Thread(target=come_back, args=(way,)) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["/", "/"]


def test_the_eleventh_sign_in_under_way_replaces_the_first(visitor: Browser, app: Flask) -> None:
    ways = [visitor.start() for _ in range(11)]
    assert attempts(app) == 10
    assert reason(visitor.back(visitor.at_idporten(ways[0]))) is RefusalReason.STATE_UNKNOWN
    assert visitor.back(visitor.at_idporten(ways[1])).location == "/"


def test_old_sign_ins_under_way_are_forgotten(visitor: Browser, app: Flask, turn: Turn) -> None:
    visitor.start()
    turn(hours=2, minutes=1)
    visitor.start()
    assert attempts(app) == 1


def test_signing_in_again_changes_the_key_and_removes_the_old_login(visitor: Browser, app: Flask, op: Op) -> None:
    visitor.sign_in()
    old = visitor.cookie("innlogging").value
    visitor.sign_in()
    assert visitor.cookie("innlogging").value != old
    assert len(logins(app)) == 1
    thief = Browser(app, op)
    thief.portal.set_cookie("innlogging", old, domain="localhost")
    assert not thief.signed_in
    assert visitor.signed_in


def test_what_the_browser_kept_for_forms_is_emptied_at_sign_in(visitor: Browser) -> None:
    visitor.token()
    before = visitor.cookie("skjema").value
    visitor.sign_in()
    assert visitor.cookie("skjema") is None or visitor.cookie("skjema").value != before


def test_the_database_holds_no_key_state_or_number(visitor: Browser, app: Flask) -> None:
    way = visitor.start()
    visitor.back(visitor.at_idporten(way))
    visitor.start()
    secrets = [visitor.cookie(name).value for name in ("innlogging", "forsok")] + [ANNA]
    with app.extensions["store"].read_session() as opened:
        stored = "".join(
            repr(row._mapping.values())
            for table in ("login", "sign_in_attempt", "access_log", "participant")
            for row in opened.connection().exec_driver_sql(f"SELECT * FROM {table}")
        )
    for secret in secrets:
        assert secret not in stored


def test_signing_in_is_written_in_the_access_log(visitor: Browser, app: Flask) -> None:
    visitor.sign_in(OMAR)
    with app.extensions["store"].read_session() as opened:
        (line,) = opened.scalars(select(AccessLog)).all()
    assert (line.participant_id, line.access) == (3, Access.SIGNED_IN)


def test_the_login_knows_level_session_and_times(visitor: Browser, app: Flask) -> None:
    visitor.sign_in(level=HIGH)
    (login,) = logins(app)
    assert login.acr == HIGH
    assert login.idp_sid
    assert login.expires_at - login.created_at == timedelta(minutes=120)
    assert login.sealed_id_token is None


@pytest.mark.parametrize("base", [PLAIN, SECURE])
def test_cookies_are_bound_to_this_host(build: Callable[..., Flask], op: Op, base: str) -> None:
    visitor = Browser(build(base_url=base), op, base)
    answer = visitor.sign_in()
    name = "__Host-innlogging" if base == SECURE else "innlogging"
    (line,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{name}=")]
    attributes = {part.strip() for part in line.split(";")[1:]}
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= attributes
    assert ("Secure" in attributes) is (base == SECURE)
    assert not any(part.startswith(("Domain", "Max-Age", "Expires")) for part in attributes)
    assert visitor.signed_in


def test_pages_behind_sign_in_are_not_kept_by_the_browser(visitor: Browser) -> None:
    visitor.sign_in()
    assert visitor.get("/plan").headers["Cache-Control"] == "no-store"


def test_asking_to_be_somebody_else_asks_anew(visitor: Browser, app: Flask) -> None:
    visitor.sign_in(ANNA)
    assert visitor.at_provider(visitor.start()).location.startswith(PLAIN), "ID-porten remembers Anna"
    visitor.sign_in(OMAR, ny=1)
    assert visitor.get("/meg/id").json == {"id": 3}
    assert len(logins(app)) == 1


def test_the_way_in_is_explained_before_leaving(visitor: Browser) -> None:
    page = visitor.get("/logg-inn", query_string={"next": "/plan"})
    assert page.status_code == 200
    assert "MinID" in page.text
    assert 'href="/logg-inn/start?next=/plan"' in page.text.replace("%2F", "/")
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0], "leaving is a link, not a form"


def test_somebody_signed_in_is_not_asked_again(visitor: Browser) -> None:
    visitor.sign_in()
    assert visitor.get("/logg-inn", query_string={"next": "/plan"}).location == "/plan"


def test_coming_back_twice_leads_home(visitor: Browser) -> None:
    way = visitor.at_idporten(visitor.start())
    assert visitor.back(way).location == "/"
    again = visitor.back(way)
    assert (again.status_code, again.location) == (303, "/")
    assert visitor.signed_in


def test_the_start_needs_no_script_and_no_post(visitor: Browser) -> None:
    assert urlsplit(visitor.start()).path == "/authorize"
