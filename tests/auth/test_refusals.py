"""Everything that must not sign anybody in: the reason, and beside it the same browser doing it right."""

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.auth import claims as claims_module
from portal.auth.claims import AuthRequest, Rules, identity
from portal.auth.reasons import RefusalReason, Refused
from portal.demo.idporten.faults import ANSWERS, ID_TOKEN, ID_TOKEN_RIGHT, RESPONSE, Stage
from portal.demo.idporten.tokens import BACKCHANNEL_EVENT
from tests.auth.harness import ANNA, HIGH, PLAIN, REAL_LOOKING, SUBSTANTIAL, Browser, Op, logins, query_of, reason

Turn = Callable[..., None]

BAD_TOKENS = {
    "iss_wrong": RefusalReason.ISSUER,
    "iss_missing": RefusalReason.ISSUER,
    "aud_wrong": RefusalReason.AUDIENCE,
    "aud_missing": RefusalReason.AUDIENCE,
    "aud_with_another": RefusalReason.AUDIENCE,
    "aud_other_azp_us": RefusalReason.AUDIENCE,
    "azp_wrong": RefusalReason.AUTHORIZED_PARTY,
    "iat_missing": RefusalReason.ISSUED_AT,
    "iat_future": RefusalReason.ISSUED_AT,
    "iat_old": RefusalReason.ISSUED_AT,
    "exp_missing": RefusalReason.EXPIRED,
    "exp_text": RefusalReason.EXPIRED,
    "expired": RefusalReason.EXPIRED,
    "expired_just": RefusalReason.EXPIRED,
    "nbf_future": RefusalReason.NOT_YET,
    "signature_altered": RefusalReason.SIGNATURE,
    "signature_missing": RefusalReason.SIGNATURE,
    "signature_stranger": RefusalReason.SIGNATURE,
    "signature_stranger_own_key": RefusalReason.SIGNATURE,
    "kid_unknown": RefusalReason.KEY_UNKNOWN,
    "alg_none": RefusalReason.ALGORITHM,
    "alg_hs256": RefusalReason.ALGORITHM,
    "alg_rs384": RefusalReason.ALGORITHM,
    "sub_missing": RefusalReason.SUBJECT,
    "sub_empty": RefusalReason.SUBJECT,
    "nonce_wrong": RefusalReason.NONCE,
    "nonce_missing": RefusalReason.NONCE,
    "at_hash_wrong": RefusalReason.ACCESS_TOKEN_HASH,
    "acr_missing": RefusalReason.LEVEL,
    "acr_low": RefusalReason.LEVEL,
    "acr_email": RefusalReason.LEVEL,
    "acr_eidas": RefusalReason.LEVEL,
    "acr_list": RefusalReason.LEVEL,
    "pid_missing": RefusalReason.PID_MISSING,
    "pid_number": RefusalReason.PID_INVALID,
    "pid_short": RefusalReason.PID_INVALID,
    "pid_other_digits": RefusalReason.PID_INVALID,
    "amr_text": RefusalReason.METHODS,
    "auth_time_missing": RefusalReason.AUTH_TIME,
    "auth_time_text": RefusalReason.AUTH_TIME,
    "auth_time_future": RefusalReason.AUTH_TIME,
    "sid_number": RefusalReason.SESSION_ID,
    "events_present": RefusalReason.EVENTS,
}
#: Wrong only under a further condition, tested below.
CONDITIONAL = {"auth_time_old"}
#: Not wrong: `amr` is not to be relied on (ID-porten's own advice).
HARMLESS = {"amr_missing"}

BAD_RESPONSES = {
    "response_iss_wrong": RefusalReason.RESPONSE_ISSUER,
    "response_iss_missing": RefusalReason.RESPONSE_ISSUER,
    "response_state_wrong": RefusalReason.STATE_UNKNOWN,
    "response_state_missing": RefusalReason.STATE_MISSING,
    "response_code_missing": RefusalReason.CODE_MISSING,
    "response_code_wrong": RefusalReason.TOKEN_REFUSED,
    "response_server_error": RefusalReason.PROVIDER_BUSY,
    "response_unavailable": RefusalReason.PROVIDER_BUSY,
    "response_invalid_scope": RefusalReason.PROVIDER_ERROR,
    "response_error_unknown": RefusalReason.PROVIDER_ERROR,
}

BAD_ANSWERS = {
    (Stage.TOKEN, "token_down"): RefusalReason.TOKEN_UNAVAILABLE,
    (Stage.TOKEN, "token_not_json"): RefusalReason.TOKEN_UNAVAILABLE,
    (Stage.TOKEN, "token_refused"): RefusalReason.TOKEN_REFUSED,
    (Stage.TOKEN, "token_empty"): RefusalReason.TOKEN_MISSING,
    (Stage.TOKEN, "id_token_missing"): RefusalReason.TOKEN_MISSING,
    (Stage.TOKEN, "id_token_garbage"): RefusalReason.MALFORMED,
    (Stage.TOKEN, "id_token_number"): RefusalReason.TOKEN_MISSING,
    (Stage.JWKS, "jwks_down"): RefusalReason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_not_json"): RefusalReason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_list"): RefusalReason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_empty"): RefusalReason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_broken"): RefusalReason.KEYS_UNAVAILABLE,
}

BAD_STARTS = {
    (Stage.METADATA, "metadata_down"): RefusalReason.METADATA_UNAVAILABLE,
    (Stage.METADATA, "metadata_not_json"): RefusalReason.METADATA_INVALID,
    (Stage.METADATA, "metadata_list"): RefusalReason.METADATA_INVALID,
    (Stage.METADATA, "metadata_empty"): RefusalReason.METADATA_ISSUER,
    (Stage.METADATA, "metadata_issuer_wrong"): RefusalReason.METADATA_ISSUER,
    (Stage.PAR, "par_down"): RefusalReason.REQUEST_UNAVAILABLE,
    (Stage.PAR, "par_not_json"): RefusalReason.REQUEST_UNAVAILABLE,
    (Stage.PAR, "par_without_address"): RefusalReason.REQUEST_REFUSED,
    (Stage.PAR, "par_refused"): RefusalReason.REQUEST_REFUSED,
}


def test_no_fault_of_the_provider_is_left_untested() -> None:
    assert set(BAD_TOKENS) | CONDITIONAL | HARMLESS == set(ID_TOKEN)
    assert set(BAD_RESPONSES) == set(RESPONSE)
    told = {stage: {name for of, name in {**BAD_ANSWERS, **BAD_STARTS} if of is stage} for stage in ANSWERS}
    assert told == {stage: set(answers) for stage, answers in ANSWERS.items()}


def refuse_then_accept(visitor: Browser, op: Op, expected: RefusalReason) -> None:
    """The armed fault gives `expected` and no login; without it the same browser signs in."""
    answer = visitor.sign_in(ny=1)
    assert reason(answer) is expected
    assert answer.status_code in (200, 400, 503)
    assert not logins(visitor.portal_app)
    op.well_again()
    assert visitor.sign_in(ny=1).location == "/"
    assert len(logins(visitor.portal_app)) == 1


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_a_bad_id_token_is_refused(visitor: Browser, op: Op, name: str) -> None:
    visitor.sign_in()  # the keys are known: the refusal is not for want of them
    visitor.post("/logg-ut")
    before = len(logins(visitor.portal_app))
    op.fault(name)
    assert reason(visitor.sign_in(ny=1)) is BAD_TOKENS[name]
    assert len([login for login in logins(visitor.portal_app) if login.revoked_at is None]) == 0
    assert visitor.sign_in(ny=1).location == "/"
    assert len(logins(visitor.portal_app)) == before + 1


@pytest.mark.parametrize("name", [*ID_TOKEN_RIGHT, *HARMLESS])
def test_an_unusual_but_right_id_token_is_accepted(visitor: Browser, op: Op, name: str) -> None:
    op.fault(name)
    assert visitor.sign_in().location == "/"
    assert visitor.signed_in


@pytest.mark.parametrize("name", BAD_RESPONSES)
def test_a_bad_response_is_refused(visitor: Browser, op: Op, name: str) -> None:
    op.fault(name, Stage.RESPONSE)
    refuse_then_accept(visitor, op, BAD_RESPONSES[name])


@pytest.mark.parametrize(("stage", "name"), BAD_ANSWERS)
def test_a_bad_answer_behind_the_browser_is_refused(visitor: Browser, op: Op, stage: Stage, name: str) -> None:
    op.fault(name, stage)
    refuse_then_accept(visitor, op, BAD_ANSWERS[stage, name])


@pytest.mark.parametrize(("stage", "name"), BAD_STARTS)
def test_a_sign_in_that_cannot_begin_says_so(visitor: Browser, op: Op, stage: Stage, name: str) -> None:
    op.fault(name, stage)
    assert reason(visitor.get("/logg-inn/start")) is BAD_STARTS[stage, name]
    assert visitor.sign_in().location == "/"


def test_a_provider_that_is_gone_says_so_at_every_step(visitor: Browser, op: Op, build: Callable[..., Flask]) -> None:
    gone = Browser(build(oidc_issuer="http://127.0.0.1:9"), op)
    answer = gone.get("/logg-inn/start")
    assert (answer.status_code, reason(answer)) == (503, RefusalReason.METADATA_UNAVAILABLE)
    assert answer.headers["Retry-After"]
    assert visitor.sign_in().location == "/"


NOWHERE = "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("pushed", RefusalReason.REQUEST_UNAVAILABLE),
        ("token", RefusalReason.TOKEN_UNAVAILABLE),
        ("keys", RefusalReason.KEYS_UNAVAILABLE),
    ],
)
def test_a_provider_that_goes_away_half_way_says_so(
    visitor: Browser, op: Op, step: str, expected: RefusalReason
) -> None:
    """Nobody answers at one of its addresses: not even an error comes back."""
    discovery = visitor.portal_app.extensions["oidc"].discovery
    right = discovery.current()
    discovery._kept = (clock.now(), replace(right, **{step: NOWHERE}))
    begun = visitor.get("/logg-inn/start")
    answer = begun if begun.status_code != 303 else visitor.back(visitor.at_idporten(str(begun.location)))
    assert (answer.status_code, reason(answer)) == (503, expected)
    assert not logins(visitor.portal_app)
    discovery._kept = (clock.now(), right)
    assert visitor.sign_in(ny=1).location == "/"


def test_a_cancelled_sign_in_is_a_calm_page(visitor: Browser) -> None:
    answer = visitor.back(visitor.at_idporten(visitor.start(), cancel="1"))
    assert (answer.status_code, reason(answer)) == (200, RefusalReason.CANCELLED)
    assert visitor.sign_in().location == "/"


def test_an_error_is_believed_only_with_our_state_and_issuer(visitor: Browser) -> None:
    way = visitor.at_idporten(visitor.start(), cancel="1")
    state = query_of(way)["state"]
    forged = f"{PLAIN}/logg-inn/tilbake?error=access_denied&state=another&iss={query_of(way)['iss']}"
    assert reason(visitor.back(forged)) is RefusalReason.STATE_UNKNOWN
    assert (
        reason(visitor.back(f"{PLAIN}/logg-inn/tilbake?error=access_denied&state={state}"))
        is RefusalReason.RESPONSE_ISSUER
    )


def test_a_callback_works_once(visitor: Browser, app: Flask, op: Op) -> None:
    way = visitor.at_idporten(visitor.start())
    assert visitor.back(way).location == "/"
    visitor.post("/logg-ut")
    assert reason(visitor.back(way)) is RefusalReason.STATE_UNKNOWN
    assert not visitor.signed_in


def test_a_callback_in_another_browser_signs_nobody_in(visitor: Browser, app: Flask, op: Op) -> None:
    way = visitor.at_idporten(visitor.start())
    stranger, known = Browser(app, op), Browser(app, op)
    assert reason(stranger.back(way)) is RefusalReason.BROWSER_UNKNOWN
    known.start()
    assert reason(known.back(way)) is RefusalReason.BROWSER_OTHER
    assert not logins(app)
    assert visitor.back(way).location == "/", "and it did not use up the right browser's way"


def test_a_callback_after_an_hour_is_too_late(visitor: Browser, turn: Turn) -> None:
    way = visitor.start()
    turn(minutes=61, alone=True)
    assert reason(visitor.back(visitor.at_idporten(way))) is RefusalReason.STATE_EXPIRED
    turn(minutes=-61, alone=True)
    assert visitor.sign_in().location == "/"


def test_a_callback_within_the_hour_is_in_time(visitor: Browser, turn: Turn) -> None:
    address = visitor.at_provider(visitor.start()).location
    turn(minutes=9)
    chosen = visitor.idporten.post(address, base_url=visitor.op.issuer, data={"pid": ANNA})
    assert visitor.back(chosen.location).location == "/"


@pytest.mark.parametrize(("seconds", "accepted"), [(-12, False), (-8, True), (8, True), (12, False)])
def test_clocks_may_differ_by_ten_seconds(visitor: Browser, op: Op, seconds: int, accepted: bool) -> None:
    """A provider ahead of us is refused for `iat`; one behind us refuses our own assertion, as ID-porten does."""
    way = visitor.start()
    op.offset = seconds
    landed = visitor.back(visitor.at_idporten(way))
    assert (landed.location == "/") is accepted
    op.offset = 0
    assert visitor.sign_in(ny=1).location == "/"


def test_high_is_asked_for_and_demanded(build: Callable[..., Flask], op: Op) -> None:
    visitor = Browser(build(oidc_acr=HIGH), op)
    assert visitor.sign_in(level=HIGH).location == "/"
    way = visitor.start(ny=1)
    page = visitor.at_provider(visitor.at_provider(way).location).text
    assert HIGH not in page or SUBSTANTIAL not in page, "only the higher level can be chosen"


def test_substantial_is_not_enough_where_high_is_demanded() -> None:
    right = claims_for(acr=HIGH)
    rules = Rules("https://i", "us", (HIGH,), production=False)
    assert identity(right, rules, AuthRequest("n"), now()).acr == HIGH
    with pytest.raises(Refused) as refused:
        identity(claims_for(acr=SUBSTANTIAL), rules, AuthRequest("n"), now())
    assert refused.value.reason is RefusalReason.LEVEL


def test_an_old_identification_is_refused_only_where_a_new_one_was_asked_for(visitor: Browser, op: Op) -> None:
    op.fault("auth_time_old")
    assert visitor.sign_in().location == "/"
    op.fault("auth_time_old")
    answer = visitor.sign_in(ny=1)
    assert reason(answer) is RefusalReason.AUTH_TIME_OLD
    assert 'href="/logg-inn/start?ny=1"' in answer.text, "trying again asks anew as well"
    assert visitor.sign_in(ny=1).location == "/"


def now() -> Any:
    """The present moment as the checks take it."""
    return clock.now()


def claims_for(**changes: Any) -> dict[str, Any]:
    """Right claims of a made-up person, changed."""
    seconds = int(time.time())
    made = {
        "iss": "https://i",
        "aud": "us",
        "sub": "s",
        "nonce": "n",
        "iat": seconds,
        "exp": seconds + 120,
        "auth_time": seconds,
        "acr": SUBSTANTIAL,
        "amr": ["Minid-APP"],
        "pid": ANNA,
    }
    return {**made, **changes}


PRODUCTION = Rules("https://i", "us", production=True)
TEST = Rules("https://i", "us", production=False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"pid": REAL_LOOKING, "amr": ["TestID"]}, RefusalReason.TEST_PERSON),
        ({"pid": REAL_LOOKING, "amr": ["BankID", "TestID"]}, RefusalReason.TEST_PERSON),
        ({"pid": ANNA}, RefusalReason.TEST_PERSON),
    ],
    ids=["test method", "test method among others", "made-up number"],
)
def test_in_production_no_test_person_signs_in(changes: dict[str, Any], expected: RefusalReason) -> None:
    with pytest.raises(Refused) as refused:
        identity(claims_for(**changes), PRODUCTION, AuthRequest("n"), now())
    assert refused.value.reason is expected
    assert identity(claims_for(**changes), TEST, AuthRequest("n"), now()).pid == changes["pid"]
    assert identity(claims_for(pid=REAL_LOOKING), PRODUCTION, AuthRequest("n"), now()).pid == REAL_LOOKING


def test_production_is_told_by_the_issuer(build: Callable[..., Flask], op: Op) -> None:
    """Whatever is not named as an issuer for tests is a real one."""
    assert reason(Browser(build(demo=False), op).sign_in()) is RefusalReason.TEST_PERSON
    assert Browser(build(demo=False, oidc_test_issuers=(op.issuer,)), op).sign_in().location == "/"
    assert Browser(build(), op).sign_in().location == "/"


@pytest.mark.parametrize(
    "pid", ["00000000000", "32018500000", "11138500000", "11898500000", "1189850000", "", "x" * 11]
)
def test_eleven_digits_must_be_able_to_be_a_number(pid: str) -> None:
    with pytest.raises(Refused) as refused:
        identity(claims_for(pid=pid), TEST, AuthRequest("n"), now())
    assert refused.value.reason is RefusalReason.PID_INVALID


@pytest.mark.parametrize("value", [True, float("nan"), float("inf"), 1e300, -1e300, "1", None, [1]])
@pytest.mark.parametrize("name", ["exp", "iat", "auth_time"])
def test_absurd_times_are_refused_and_do_not_break(name: str, value: object) -> None:
    with pytest.raises(Refused):
        identity(claims_for(**{name: value}), TEST, AuthRequest("n"), now())
    assert identity(claims_for(), TEST, AuthRequest("n"), now())


def test_a_right_at_hash_is_accepted() -> None:
    token = "access"
    right = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
    assert identity(claims_for(at_hash=right), TEST, AuthRequest("n", token), now())
    with pytest.raises(Refused) as refused:
        identity(claims_for(at_hash=right), TEST, AuthRequest("n", "another"), now())
    assert refused.value.reason is RefusalReason.ACCESS_TOKEN_HASH


def test_what_is_shown_of_an_identity_holds_no_number() -> None:
    assert ANNA not in repr(identity(claims_for(), TEST, AuthRequest("n"), now()))


def test_the_event_of_the_back_channel_is_the_same_on_both_sides() -> None:
    assert claims_module.BACKCHANNEL_EVENT == BACKCHANNEL_EVENT
