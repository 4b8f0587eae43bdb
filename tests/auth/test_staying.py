"""The warning before a login ends: how long is left, and the one tap that keeps it alive."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal import clock
from portal.clock import local
from portal.resources import folder
from tests.auth.harness import Browser, Op

Turn = Callable[..., None]
PART = {"HX-Request-Type": "partial"}


def seconds(answer: TestResponse) -> int:
    """The time left that a warning tells."""
    found = re.search(r'<dialog id="stay"[^>]* data-left="([0-9]+)"', answer.text)
    assert found, answer.text
    return int(found[1])


def is_last(answer: TestResponse) -> bool:
    return "data-last>" in answer.text


def left(visitor: Browser) -> TestResponse:
    """The warning, only looked at."""
    return visitor.get("/bli", headers=PART)


def test_a_page_says_how_long_is_left(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    assert "<body>" in visitor.get("/plan").text, "half an hour, as the script takes it where nothing is said"
    for _ in range(4):
        turn(minutes=25)
        page = visitor.get("/plan").text
    assert re.search(r'<body data-left="(1199|1200)">', page)


def test_a_page_without_scripts_turns_itself_when_the_login_has_ended(visitor: Browser, turn: Turn) -> None:
    assert "http-equiv" not in visitor.get("/").text
    visitor.sign_in()
    turns = r'<noscript><meta http-equiv="refresh" content="180[12]"></noscript>'
    assert re.search(turns, visitor.get("/plan").text)


def test_the_warning_names_the_time(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=28)
    ends = local(clock.now() + timedelta(minutes=2)).strftime("%H:%M")
    assert f"Du blir logget ut kl. {ends}." in re.sub(r"</?bdi[^>]*>", "", left(visitor).text)


def test_asking_for_the_time_does_not_keep_a_login_alive(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    for _ in range(5):
        turn(minutes=5)
        assert not is_last(left(visitor))
    assert 290 <= seconds(left(visitor)) <= 300
    turn(minutes=5, seconds=1)
    assert visitor.get("/bli", headers=PART).location.startswith("/logg-inn?")
    assert not visitor.signed_in


def test_one_tap_keeps_it_alive(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=28)
    answer = visitor.post("/bli", headers=PART)
    assert seconds(answer) >= 1790
    turn(minutes=28)
    assert visitor.post("/bli").location == "/", "a browser that wants a page gets one"
    turn(minutes=28)
    assert visitor.signed_in


def test_two_hours_are_the_end_whatever_one_taps(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    for _ in range(4):
        turn(minutes=25)
        assert visitor.get("/plan").status_code == 200
    assert is_last(left(visitor))
    turn(minutes=18)
    answer = visitor.post("/bli", headers=PART)
    assert is_last(answer)
    assert seconds(answer) <= 120
    turn(minutes=3)
    assert not visitor.signed_in


def test_a_tap_from_elsewhere_does_nothing(visitor: Browser, turn: Turn) -> None:
    visitor.sign_in()
    turn(minutes=28)
    assert visitor.portal.post("/bli", base_url=visitor.base).status_code == 400
    turn(minutes=3)
    assert visitor.signed_in is (visitor.post("/bli").location == "/")


def test_no_page_asks_again_by_itself() -> None:
    """A page that fetched on its own would keep a login alive in an empty room; `/bli` alone may be asked."""
    for page in folder("templates").rglob("*.html"):
        assert not re.search(
            r'hx-trigger="[^"]*\b(every|load|revealed|intersect)\b', page.read_text(encoding="utf-8")
        ), page
    scripts = [path for path in folder("static").glob("*.js") if path.name != "stay.js"]
    assert scripts
    for script in scripts:
        assert "setInterval" not in script.read_text(encoding="utf-8"), script


@pytest.mark.parametrize("minutes", [2, 30])
def test_the_time_left_follows_the_setting(build: Callable[..., Flask], op: Op, minutes: int) -> None:
    visitor = Browser(build(login_idle_minutes=minutes), op)
    visitor.sign_in()
    assert minutes * 60 - 5 <= seconds(left(visitor)) <= minutes * 60
