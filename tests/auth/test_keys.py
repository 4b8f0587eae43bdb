"""The provider changes its keys; we follow, without being led in circles."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal.auth.discovery import KEEP, Web
from portal.auth.reasons import RefusalReason
from portal.auth.signatures import PAUSE
from tests.auth.harness import Browser, Op, reason

Turn = Callable[..., None]


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The last part of every address that was fetched, in order."""
    seen: list[str] = []
    real = Web.document

    def document(web: Web, address: str, *reasons: RefusalReason) -> dict[str, object]:
        seen.append(address.rpartition("/")[2])
        return real(web, address, *reasons)

    monkeypatch.setattr(Web, "document", document)
    return seen


def after_the_pause(turn: Turn) -> None:
    turn(seconds=PAUSE.total_seconds() + 1)


@pytest.mark.parametrize("keep_name", [False, True], ids=["new name", "same name"])
def test_a_new_key_is_fetched(visitor: Browser, op: Op, turn: Turn, keep_name: bool) -> None:
    assert visitor.sign_in().location == "/"
    after_the_pause(turn)
    op.provider.keys.rotate(keep_name=keep_name)
    assert visitor.sign_in(ny=1).location == "/"


def test_metadata_and_keys_are_kept_for_a_day(visitor: Browser, turn: Turn, fetched: list[str]) -> None:
    visitor.sign_in()
    visitor.sign_in(ny=1)
    assert fetched == ["openid-configuration", "jwks.json"]
    turn(seconds=(KEEP + timedelta(seconds=1)).total_seconds())
    visitor.sign_in(ny=1)
    assert fetched == ["openid-configuration", "jwks.json"] * 2


@pytest.mark.parametrize("fault", ["kid_unknown", "signature_stranger"])
def test_a_bad_token_makes_us_fetch_once_and_then_not_again_for_a_while(
    visitor: Browser, op: Op, turn: Turn, fetched: list[str], fault: str
) -> None:
    visitor.sign_in()
    after_the_pause(turn)
    fetched.clear()
    op.fault(fault, times=3)
    for _ in range(3):
        assert reason(visitor.sign_in(ny=1)) in (RefusalReason.KEY_UNKNOWN, RefusalReason.SIGNATURE)
    assert fetched == ["jwks.json"]
    assert visitor.sign_in(ny=1).location == "/"


def test_an_issuer_with_another_name_is_never_asked_for_anything_else(
    build: Callable[..., Flask], op: Op, fetched: list[str]
) -> None:
    other_name = op.issuer.replace("127.0.0.1", "localhost")
    assert reason(Browser(build(oidc_issuer=other_name), op).get("/logg-inn/start")) is RefusalReason.METADATA_ISSUER
    assert fetched == ["openid-configuration"]
