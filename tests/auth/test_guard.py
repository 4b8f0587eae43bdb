"""Closed by default: what a stranger meets at each kind of door."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.auth.guard import OPEN, safe_path
from tests.auth.harness import PLAIN, Browser

Turn = Callable[..., None]
HTMX = {"HX-Request": "true", "HX-Current-URL": f"{PLAIN}/plan?uke=3"}


def test_only_what_is_listed_is_open(app: Flask, visitor: Browser) -> None:
    """Every page that is not listed sends a stranger away."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    for rule in rules:
        path = rule.rule.replace("<int:number>", "1")
        turned_away = visitor.get(path).headers.get("Location", "").partition("?")[0] == "/logg-inn"
        assert turned_away is (rule.endpoint not in OPEN), rule.endpoint


def test_open_names_are_real(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= OPEN


def test_a_stranger_is_sent_to_sign_in_with_where_they_were_going(visitor: Browser) -> None:
    answer = visitor.get("/plan?uke=3")
    assert (answer.status_code, answer.location) == (303, "/logg-inn?next=%2Fplan%3Fuke%3D3")
    visitor.sign_in()
    assert visitor.get("/plan?uke=3").status_code == 200


def test_a_part_asked_for_by_htmx_says_where_to_go_instead(visitor: Browser) -> None:
    answer = visitor.get("/me", headers=HTMX)
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["HX-Redirect"] == "/logg-inn?next=%2Fplan%3Fuke%3D3"
    visitor.sign_in()
    assert visitor.get("/me", headers=HTMX).status_code == 200


def test_htmx_cannot_name_a_page_elsewhere(visitor: Browser) -> None:
    for page in ("https://evil.example/plan", "//evil.example", "", "javascript:alert(1)"):
        answer = visitor.get("/me", headers={**HTMX, "HX-Current-URL": page})
        assert answer.headers["HX-Redirect"] == "/logg-inn"


def test_a_form_sent_too_late_leads_to_sign_in(visitor: Browser) -> None:
    assert visitor.post("/skjema").location == "/logg-inn?next=%2Fskjema"
    assert visitor.post("/plan/send").location == "/logg-inn"
    visitor.sign_in()
    assert visitor.post("/plan/send").text == "sendt"


def test_a_login_that_ended_by_itself_is_explained(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=31)
    answer = visitor.get("/plan")
    assert answer.location == "/logg-inn?next=%2Fplan&utlopt=1"
    assert "Du ble logget ut" in visitor.get(answer.location).text
    assert visitor.cookie("innlogging") is None
    assert "Du ble logget ut" not in visitor.get("/logg-inn").text


def test_what_does_not_exist_is_404_for_everybody(visitor: Browser) -> None:
    assert visitor.get("/finnes-ikke").status_code == 404
    visitor.sign_in()
    assert visitor.get("/finnes-ikke").status_code == 404
    assert visitor.get("/plan/7").status_code == 404


LEADS_AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    " /plan",
    "/plan\r\nX: y",
    "/" + "x" * 1001,
    "/logg-ut/ferdig",
    "/logg-inn/tilbake?code=x",
]


@pytest.mark.parametrize("path", LEADS_AWAY)
def test_nothing_leads_away_from_the_portal(visitor: Browser, path: str) -> None:
    assert safe_path(path) == "/"
    assert visitor.sign_in(next=path).location == "/"


@pytest.mark.parametrize("path", ["/plan", "/plan?uke=3&x=å", "/", "/plan?neste=//evil.example"])
def test_a_page_of_the_portal_is_kept(path: str) -> None:
    assert safe_path(path) == path


def test_the_process_is_known_to_live_by_a_browser_that_is_signed_in_too(
    visitor: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.sign_in()

    def silent(*_: object) -> None:
        raise OperationalError("SELECT", None, Exception("the server does not answer in time"))

    monkeypatch.setattr(app.extensions["store"], "read_session", silent)
    assert visitor.get("/livez").status_code == 200
    assert visitor.get("/plan").status_code == 503, "the control"
