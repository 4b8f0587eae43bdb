"""Sign-in in the portal as it is served: every door is closed, and every page of sign-in is fit to read."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import BuildError, Rule

from portal.auth.failures import explain
from portal.auth.guard import OPEN
from portal.auth.reasons import RefusalReason
from portal.demo.idporten.faults import Stage
from tests.auth.harness import ENDED, NOBODY, PLAIN, Browser, Op, fill, logins, portal_settings, reason
from tests.databases import Embedded
from tests.house.crawling import crawl
from tests.strict import opened, sign_in

LANGUAGES = ("nb", "en", "uk", "ar", "ti")


@pytest.fixture
def whole(op: Op, filled: tuple[Embedded, str]) -> Iterator[Flask]:
    """The whole portal, with a client that reads strictly."""
    databases, like = filled
    with opened(portal_settings(databases.new(like), op)) as app:
        yield app


def address_of(app: Flask, rule: Rule, method: str) -> str:
    """Some address that leads to the rule."""
    adapter = app.url_map.bind("localhost")
    for value in (uuid4(), 7, "2026-11"):
        try:
            address = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, value), method)
            if adapter.match(address, method)[0] == rule.endpoint:
                return address
        except (BuildError, NotFound, ValueError):
            continue
    raise AssertionError(f"no address for {rule}")


def test_every_door_is_closed_to_strangers(whole: Flask, op: Op) -> None:
    visitor = Browser(whole, op)
    closed = [rule for rule in whole.url_map.iter_rules() if rule.endpoint not in OPEN]
    assert len(closed) > 5
    for rule in closed:
        if "GET" in (rule.methods or ()):
            address = address_of(whole, rule, "GET")
            answer = visitor.get(address)
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/logg-inn"), rule
            part = visitor.get(address, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
            assert (part.status_code, part.data) == (401, b""), rule
        if "POST" in (rule.methods or ()):
            answer = visitor.post(address_of(whole, rule, "POST"))
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/logg-inn"), rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_sign_in_is_fit_to_read(whole: Flask, op: Op, language: str) -> None:
    visitor = Browser(whole, op)
    visitor.portal.set_cookie("sprak", language, domain="localhost")
    pages = [
        visitor.get("/"),
        visitor.get("/logg-inn?next=/plan"),
        visitor.get("/logg-inn?utlopt=1"),
        visitor.get(visitor.sign_in(NOBODY).location),
        visitor.get("/logg-ut/ferdig"),
    ]
    op.fault("acr_low")
    pages.append(visitor.sign_in())
    for page in pages:
        assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_not_registered_is_told_what_to_do_in_every_language(whole: Flask, op: Op, language: str) -> None:
    visitor = Browser(whole, op)
    visitor.portal.set_cookie("sprak", language, domain="localhost")
    answer = visitor.get(visitor.sign_in(NOBODY).location)
    assert answer.status_code == 200
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert main.count("<li>") == 3, "three steps"
    assert 'action="/logg-ut"' in main
    assert 'name="idporten" value="1"' in main, "the session at ID-porten can be ended from here"
    assert 'href="/logg-inn/start?ny=1"' in main, "and somebody else can sign in"
    heading = {"nb": "Vi finner deg ikke her"}.get(language)
    assert heading in main if heading else "Vi finner deg ikke her" not in main.partition('class="nb"')[0]
    assert "Logget inn som" not in answer.text
    assert NOBODY not in answer.text


def test_an_ended_programme_can_be_read_and_nothing_be_asked_for(
    op: Op, filled: tuple[Embedded, str], turn: Callable[..., None]
) -> None:
    databases, like = filled
    with opened(portal_settings(databases.new(like), op, ended_access_days=500)) as app:
        visitor = Browser(app, op)
        assert visitor.sign_in(ENDED).location == "/"
        for path in ("/", "/plan", "/timeplan", "/fravaer", "/permisjon", "/stonad", "/meg"):
            page = visitor.get(path)
            assert page.status_code == 200, path
            assert "Vera" in page.text, path
        turn(days=101)
        assert visitor.sign_in(ENDED).location == "/logg-inn/ikke-registrert"
        assert visitor.get("/plan").status_code == 303


@pytest.mark.one_database
@pytest.mark.parametrize("language", ["nb", "ar"])
def test_every_page_says_who_is_signed_in_and_has_the_way_out(shown_app: Flask, language: str) -> None:
    client = sign_in(shown_app, "amal", language)
    beside = {address: client.get(address).get_data(as_text=True) for address in ("/finnes-ikke", "/annen")}
    for address, page in {**crawl(client), **beside}.items():
        own = page.partition('<details class="menu self">')[2].partition("</form>")[0]
        assert "<bdi>Amal</bdi>" in own, address
        assert '<form method="post" action="/logg-ut"' in own, address
        assert 'name="csrf_token"' in own, address
        assert "<button" in own, address


@pytest.mark.parametrize("reason_code", RefusalReason)
def test_every_reason_has_words(whole: Flask, reason_code: RefusalReason) -> None:
    with whole.test_request_context(base_url=PLAIN):
        said = explain(reason_code)
    assert said.heading
    assert said.advice
    assert said.status in (200, 400, 503)


def test_signing_in_and_out_again(whole: Flask, op: Op, turn: Callable[..., None]) -> None:
    visitor = Browser(whole, op)
    assert visitor.sign_in(next="/meg").location == "/meg"
    assert visitor.get("/meg").status_code == 200
    answer = visitor.post("/logg-ut")
    assert answer.location.startswith(op.issuer)
    assert visitor.get("/meg").status_code == 303
    op.fault("token_down", Stage.TOKEN)
    assert reason(visitor.sign_in()) is RefusalReason.TOKEN_UNAVAILABLE


def test_it_works_on_every_database(database_url: str, op: Op) -> None:
    with opened(portal_settings(database_url, op)) as app:
        fill(app.extensions["store"])
        visitor = Browser(app, op)
        assert visitor.sign_in(next="/meg").location == "/meg"
        visitor.sign_in(ny=1)
        assert len(logins(app)) == 1
        visitor.idporten.get("/logout", base_url=op.issuer)
        form = op.sent[-1][1]
        answers = [app.test_client().post("/logg-ut/bakkanal", base_url=PLAIN, data=form).status_code for _ in range(2)]
        assert answers == [200, 400]
        assert visitor.get("/meg").status_code == 303
