"""An issuer that is not ID-porten, by settings alone: its own levels, claim and scope, and no pushed requests.

The provider is the certified one. Whatever is refused here is beside the same browser doing it right.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from portal.auth.reasons import RefusalReason
from tests.auth.certified.walking import Certified, Door, Shape, Visitor, certified
from tests.auth.harness import ANNA, HIGH, OMAR, logins, query_of, reason

LOA2, LOA3, LOA4 = (f"urn:example:loa{number}" for number in (2, 3, 4))
SHAPE = Shape(levels=("urn:example:loa1", LOA3, LOA4), claim="norEduPersonNIN", scope="openid nin", pushed=False)
BY_SETTINGS = {
    "demo": False,
    "oidc_acr_ladder": (LOA2, LOA3, LOA4),
    "oidc_acr": LOA3,
    "oidc_scope": "openid nin",
    "oidc_pid_claim": "norEduPersonNIN",
    "logout_hint": True,
}


@pytest.fixture(scope="module")
def issuer(door: Door) -> Iterator[Certified]:
    """The provider, set up as no ID-porten is."""
    with certified(door.address, SHAPE) as running:
        yield running


@pytest.fixture
def put(serve: Callable[..., Flask], issuer: Certified) -> Callable[..., Flask]:
    """Serve a portal that trusts this issuer."""
    usual = {**BY_SETTINGS, "oidc_issuer": issuer.issuer, "oidc_test_issuers": (issuer.issuer,)}
    return lambda **changes: serve(**{**usual, **changes})


@pytest.fixture
def elsewhere(put: Callable[..., Flask]) -> Flask:
    """Such a portal."""
    return put()


@pytest.fixture
def visitor(elsewhere: Flask, door: Door, issuer: Certified) -> Iterator[Visitor]:
    """A browser that has been nowhere yet."""
    with ExitStack() as stack:
        yield Visitor(door.address, issuer.issuer, stack)


def signed_in(app: Flask) -> int:
    return len([login for login in logins(app) if login.revoked_at is None])


def test_the_whole_way_in_and_out_at_an_issuer_that_is_not_idporten(
    visitor: Visitor, elsewhere: Flask, issuer: Certified
) -> None:
    way = visitor.start("?next=/plan")
    asked = query_of(way)
    assert (asked["acr_values"], asked["scope"], asked["code_challenge_method"]) == (LOA3, "openid nin", "S256")
    back = visitor.at_provider(way)
    assert query_of(back)["iss"] == issuer.issuer
    assert visitor.get(back).headers["Location"] == "/plan"
    assert "Anna" in visitor.get("/plan").text
    (login,) = logins(elsewhere)
    assert login.acr == LOA3
    assert visitor.asked(visitor.start()) is None, "the issuer still knows the person"
    address = visitor.sign_out()
    assert not visitor.signed_in
    assert query_of(address)["id_token_hint"].count(".") == 2
    _, secret = visitor.sign_out_there(address)
    home = visitor.confirm(secret).headers["Location"]
    assert query_of(home) == {"state": query_of(address)["state"]}
    assert "Du er logget ut" in visitor.get(home).text
    assert visitor.asked(visitor.start()), "and after a sign-out it asks anew"


def test_its_sign_out_reaches_us_by_both_channels(visitor: Visitor, elsewhere: Flask, issuer: Certified) -> None:
    visitor.sign_in()
    frames, secret = visitor.sign_out_there(f"{issuer.issuer}/session/end")
    assert [urlsplit(frame).path for frame in frames] == ["/logg-ut/frontkanal"]
    assert f"frame-ancestors {issuer.issuer}" in visitor.get(frames[0]).headers["Content-Security-Policy"]
    assert not visitor.signed_in
    visitor.sign_in()
    assert visitor.signed_in
    _, secret = visitor.sign_out_there(f"{issuer.issuer}/session/end")
    visitor.confirm(secret)
    assert not visitor.signed_in


@pytest.mark.parametrize("level", [LOA3, LOA4])
def test_the_least_level_and_those_above_it_sign_in(visitor: Visitor, elsewhere: Flask, level: str) -> None:
    assert visitor.sign_in(level=level).headers["Location"] == "/"
    assert logins(elsewhere)[-1].acr == level


@pytest.mark.parametrize("level", [LOA2, "urn:example:loa1", HIGH, "URN:EXAMPLE:LOA3", f"{LOA3} {LOA4}"])
def test_a_level_below_or_outside_the_ladder_is_refused(visitor: Visitor, elsewhere: Flask, level: str) -> None:
    assert reason(visitor.sign_in(level=level)) is RefusalReason.LEVEL
    assert not logins(elsewhere)
    assert visitor.sign_in(level=LOA3).headers["Location"] == "/"


def test_a_ladder_may_begin_lower(visitor: Visitor, put: Callable[..., Flask]) -> None:
    assert reason(visitor.sign_in(level=LOA2)) is RefusalReason.LEVEL
    lower = put(oidc_acr=LOA2)
    assert visitor.sign_in(level=LOA2).headers["Location"] == "/"
    assert signed_in(lower) == 1


def test_a_person_without_the_number_is_refused(visitor: Visitor, elsewhere: Flask) -> None:
    answer = visitor.sign_in(OMAR, unknown="1")
    assert reason(answer) is RefusalReason.PID_MISSING
    assert not logins(elsewhere)
    assert 'href="/logg-inn/start?ny=1"' in answer.text, "for the issuer still knows who it was"
    assert visitor.get(visitor.at_provider(visitor.start("?ny=1"), ANNA)).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"oidc_pid_claim": "pid"}, RefusalReason.PID_MISSING),
        ({"oidc_pid_claim": "sub"}, RefusalReason.PID_INVALID),
        ({"oidc_scope": "openid"}, RefusalReason.PID_MISSING),
        ({"oidc_test_issuers": ()}, RefusalReason.TEST_PERSON),
    ],
    ids=["ID-porten's claim", "a pseudonym", "a scope without the number", "a real issuer and a made-up person"],
)
def test_another_setting_than_the_issuers_own_lets_nobody_in(
    visitor: Visitor, put: Callable[..., Flask], changes: dict[str, Any], expected: RefusalReason
) -> None:
    wrong = put(**changes)
    assert reason(visitor.sign_in()) is expected
    assert not logins(wrong)
    put()
    assert visitor.sign_in().headers["Location"] == "/"
