"""The cookie that holds the secret of a browser's forms: only what we wrote ourselves is believed."""

from collections.abc import Callable

import pytest
from flask import Flask
from itsdangerous import BadSignature

from portal.vault import Vault
from portal.web.csrf import FIELD, Sealed
from tests.settings import key
from tests.strict import StrictClient, token_of

SECRET = "a-secret"


def test_what_was_written_is_read() -> None:
    ours = Sealed(Vault(key("e")))
    assert ours.loads(ours.dumps({FIELD: SECRET}), 0) == {FIELD: SECRET}


@pytest.mark.parametrize("change", [lambda text: "b" + text, lambda text: text[:-1], lambda _: SECRET, lambda _: "æ~ø"])
def test_nothing_else_is_read(change: Callable[[str], str]) -> None:
    ours = Sealed(Vault(key("e")))
    with pytest.raises(BadSignature):
        ours.loads(change(ours.dumps({FIELD: SECRET})), 0)
    with pytest.raises(BadSignature):
        Sealed(Vault(key("f"))).loads(ours.dumps({FIELD: SECRET}), 0)


def test_it_holds_nothing_else() -> None:
    with pytest.raises(ValueError, match="more"):
        Sealed(Vault(key("e"))).dumps({FIELD: SECRET, "more": "words"})


def test_a_browser_keeps_its_cookie_and_a_forged_one_is_given_anew(client: StrictClient, demo_app: Flask) -> None:
    name = demo_app.config["SESSION_COOKIE_NAME"]
    assert name in client.get("/").headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get("/").headers
    client.set_cookie(name, f"{SECRET}~forged", domain="localhost")
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
    for sent in (token, f"{token}{'A' * 16}"):
        assert amal.post("/meg/sprak", data={"csrf_token": sent, "sprak": "en"}).status_code == 400
