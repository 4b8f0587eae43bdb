"""The cookie that holds the secret of a browser's forms, and the mark of the person whose page a form stands on."""

from collections.abc import Callable

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from tests.strict import StrictClient, token_of

pytestmark = pytest.mark.one_database


def test_a_browser_keeps_its_cookie_and_a_forged_one_is_given_anew(client: StrictClient, demo_app: Flask) -> None:
    name = demo_app.config["SESSION_COOKIE_NAME"]
    assert name in client.get("/").headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get("/").headers
    client.set_cookie(name, "eyJjc3JmX3Rva2VuIjoiYSJ9.forged", domain="localhost")
    assert name in client.get("/").headers["Set-Cookie"]


def test_a_planted_cookie_and_its_own_token_send_nothing_for_whoever_is_signed_in(
    client: StrictClient, signed_in: Callable[..., StrictClient], demo_app: Flask
) -> None:
    name = demo_app.config["SESSION_COOKIE_NAME"]
    token = token_of(client.get("/").text)
    planted = client.get_cookie(name)
    amal = signed_in("amal")
    assert planted is not None
    amal.set_cookie(name, planted.value, domain="localhost")
    forged = URLSafeSerializer("another key", salt="whose page").dumps(1)
    for sent in (token, f"{token}~{forged}"):
        assert amal.post("/meg/sprak", data={"csrf_token": sent, "sprak": "en"}).status_code == 400
