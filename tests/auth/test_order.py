"""What is looked at first, how far clocks may differ, and which key a token without a name is tried with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import RSAKey

from portal.auth.claims import AuthRequest, Rules, identity
from portal.auth.discovery import Discovery, Metadata, Web
from portal.auth.oidc import OidcClient
from portal.auth.reasons import RefusalReason, Refused
from portal.auth.signatures import Signatures
from portal.demo.idporten.faults import ID_TOKEN, Stage
from portal.demo.idporten.spoils import all_of, by_stranger, put, signed
from tests.auth.certified.test_certified import with_changes
from tests.auth.harness import ANNA, Browser, Op, logins, reason

ELSEWHERE = "https://idporten.example"
CANCELLED = {"error": "access_denied", "code": None}
RESPONSES = {
    "state before all": ({"state": "another", "iss": ELSEWHERE, **CANCELLED}, RefusalReason.STATE_UNKNOWN),
    "no state": ({"state": None, "iss": None, **CANCELLED}, RefusalReason.STATE_MISSING),
    "issuer before error": ({"iss": ELSEWHERE, **CANCELLED}, RefusalReason.RESPONSE_ISSUER),
    "no issuer before error": ({"iss": None, **CANCELLED}, RefusalReason.RESPONSE_ISSUER),
    "issuer before code": ({"iss": ELSEWHERE}, RefusalReason.RESPONSE_ISSUER),
    "error before code": ({"error": "access_denied"}, RefusalReason.CANCELLED),
    "busy before code": ({"error": "server_error"}, RefusalReason.PROVIDER_BUSY),
    "an empty error is one": ({"error": ""}, RefusalReason.PROVIDER_ERROR),
    "no code": ({"code": None}, RefusalReason.CODE_MISSING),
}


@pytest.mark.parametrize(("changes", "expected"), RESPONSES.values(), ids=RESPONSES)
def test_the_first_thing_that_is_wrong_is_the_reason(
    visitor: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], expected: RefusalReason
) -> None:
    redeemed: list[str] = []
    real = OidcClient.redeem
    monkeypatch.setattr(
        OidcClient, "redeem", lambda client, code, verifier: redeemed.append(code) or real(client, code, verifier)
    )
    way = visitor.at_idporten(visitor.start())
    assert reason(visitor.back(with_changes(way, **changes))) is expected
    assert not redeemed, "no code is sent on for an answer that is not right"
    assert not logins(app)
    assert visitor.sign_in(ny=1).location == "/"
    assert len(redeemed) == 1


def test_the_signature_comes_before_what_is_signed(
    visitor: Browser, op: Op, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    wrong = put(iss=ELSEWHERE, nonce="another", pid="1")
    for spoil, expected in (
        (all_of(wrong, signed(by_stranger)), RefusalReason.SIGNATURE),
        (wrong, RefusalReason.ISSUER),
    ):
        monkeypatch.setitem(ID_TOKEN, "several", spoil)
        op.provider.faults._armed[Stage.ID_TOKEN] = ["several"]
        assert reason(visitor.sign_in(ny=1)) is expected
    assert not logins(app)
    assert visitor.sign_in(ny=1).location == "/"


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULES = Rules("https://i", "us", production=False)


def claims(**seconds: int) -> dict[str, Any]:
    """Right claims, with times so many seconds from now."""
    at = {"iat": 0, "exp": 120, "auth_time": 0, **seconds}
    times = {name: int(NOW.timestamp()) + count for name, count in at.items()}
    said = {"iss": "https://i", "aud": "us", "sub": "s", "nonce": "n", "acr": RULES.levels[0], "pid": ANNA}
    return {**said, **times}


@pytest.mark.parametrize(
    ("name", "right", "wrong", "expected"),
    [
        ("exp", -9, -10, RefusalReason.EXPIRED),
        ("iat", 10, 11, RefusalReason.ISSUED_AT),
        ("iat", -300, -301, RefusalReason.ISSUED_AT),
        ("nbf", 10, 11, RefusalReason.NOT_YET),
        ("auth_time", 10, 11, RefusalReason.AUTH_TIME),
        ("auth_time", -7200, 11, RefusalReason.AUTH_TIME),
    ],
)
def test_leeway_is_ten_seconds_to_the_second(name: str, right: int, wrong: int, expected: RefusalReason) -> None:
    assert identity(claims(**{name: right}), RULES, AuthRequest("n"), NOW).pid == ANNA
    with pytest.raises(Refused) as refused:
        identity(claims(**{name: wrong}), RULES, AuthRequest("n"), NOW)
    assert refused.value.reason is expected


def test_a_new_identification_may_be_ten_seconds_older_than_the_asking() -> None:
    asked = AuthRequest("n", fresh_since=NOW - timedelta(seconds=60))
    assert identity(claims(auth_time=-70), RULES, asked, NOW).pid == ANNA
    with pytest.raises(Refused) as refused:
        identity(claims(auth_time=-71), RULES, asked, NOW)
    assert refused.value.reason is RefusalReason.AUTH_TIME_OLD


@pytest.fixture(scope="module")
def two_keys() -> list[RSAKey]:
    """Two keys of a provider."""
    return [RSAKey.generate_key(2048, {"kid": name, "use": "sig"}) for name in ("first", "second")]


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """`verified(header, key, published)`: the claims of a token, from a provider that publishes those keys."""

    def verify(header: dict[str, str], key: RSAKey, published: list[RSAKey]) -> dict[str, Any]:
        told = {"keys": [each.as_dict(private=False) for each in published]}
        monkeypatch.setattr(Web, "document", lambda web, address, *reasons: told)
        discovery = Discovery("https://i", Web("https://i"))
        monkeypatch.setattr(
            discovery, "current", lambda: Metadata("https://i/a", "https://i/t", "https://i/k", None, None)
        )
        token = jwt.encode({"alg": "RS256", **header}, {"sub": "s"}, key)
        return Signatures(discovery, Web("https://i")).verify(token)

    return verify


def test_a_token_that_names_no_key_is_taken_where_there_is_only_one(
    verified: Callable[..., dict[str, Any]], two_keys: list[RSAKey]
) -> None:
    """OpenID conformance: kid-absent-single-jwks and kid-absent-multiple-jwks."""
    first, second = two_keys
    assert verified({}, first, [first]) == {"sub": "s"}
    assert verified({"kid": "second"}, second, two_keys) == {"sub": "s"}
    for key in two_keys:
        with pytest.raises(Refused) as refused:
            verified({}, key, two_keys)
        assert refused.value.reason is RefusalReason.KEY_UNKNOWN
    with pytest.raises(Refused) as refused:
        verified({"kid": "second"}, first, two_keys)
    assert refused.value.reason is RefusalReason.SIGNATURE
