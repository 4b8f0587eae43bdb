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
from portal.auth.claims import Asked, Rules, identity
from portal.auth.reasons import Reason, Refused
from portal.demo.idporten.faults import ANSWERS, ID_TOKEN, ID_TOKEN_RIGHT, RESPONSE, Stage
from portal.demo.idporten.tokens import BACKCHANNEL_EVENT
from tests.auth.harness import ANNA, HIGH, PLAIN, REAL_LOOKING, SUBSTANTIAL, Browser, Op, logins, query_of, reason

Turn = Callable[..., None]

BAD_TOKENS = {
    "iss_wrong": Reason.ISSUER,
    "iss_missing": Reason.ISSUER,
    "aud_wrong": Reason.AUDIENCE,
    "aud_missing": Reason.AUDIENCE,
    "aud_with_another": Reason.AUDIENCE,
    "aud_other_azp_us": Reason.AUDIENCE,
    "azp_wrong": Reason.AUTHORIZED_PARTY,
    "iat_missing": Reason.ISSUED_AT,
    "iat_future": Reason.ISSUED_AT,
    "iat_old": Reason.ISSUED_AT,
    "exp_missing": Reason.EXPIRED,
    "exp_text": Reason.EXPIRED,
    "expired": Reason.EXPIRED,
    "expired_just": Reason.EXPIRED,
    "nbf_future": Reason.NOT_YET,
    "signature_altered": Reason.SIGNATURE,
    "signature_missing": Reason.SIGNATURE,
    "signature_stranger": Reason.SIGNATURE,
    "signature_stranger_own_key": Reason.SIGNATURE,
    "kid_unknown": Reason.KEY_UNKNOWN,
    "alg_none": Reason.ALGORITHM,
    "alg_hs256": Reason.ALGORITHM,
    "alg_rs384": Reason.ALGORITHM,
    "sub_missing": Reason.SUBJECT,
    "sub_empty": Reason.SUBJECT,
    "nonce_wrong": Reason.NONCE,
    "nonce_missing": Reason.NONCE,
    "at_hash_wrong": Reason.ACCESS_TOKEN_HASH,
    "acr_missing": Reason.LEVEL,
    "acr_low": Reason.LEVEL,
    "acr_email": Reason.LEVEL,
    "acr_eidas": Reason.LEVEL,
    "acr_list": Reason.LEVEL,
    "pid_missing": Reason.PID_MISSING,
    "pid_number": Reason.PID_INVALID,
    "pid_short": Reason.PID_INVALID,
    "pid_other_digits": Reason.PID_INVALID,
    "amr_text": Reason.METHODS,
    "auth_time_missing": Reason.AUTH_TIME,
    "auth_time_text": Reason.AUTH_TIME,
    "auth_time_future": Reason.AUTH_TIME,
    "sid_number": Reason.SESSION_ID,
    "events_present": Reason.EVENTS,
}
#: Wrong only under a further condition, tested below.
CONDITIONAL = {"auth_time_old"}
#: Not wrong: `amr` is not to be relied on (ID-porten's own advice).
HARMLESS = {"amr_missing"}

BAD_RESPONSES = {
    "response_iss_wrong": Reason.RESPONSE_ISSUER,
    "response_iss_missing": Reason.RESPONSE_ISSUER,
    "response_state_wrong": Reason.STATE_UNKNOWN,
    "response_state_missing": Reason.STATE_MISSING,
    "response_code_missing": Reason.CODE_MISSING,
    "response_code_wrong": Reason.TOKEN_REFUSED,
    "response_server_error": Reason.PROVIDER_BUSY,
    "response_unavailable": Reason.PROVIDER_BUSY,
    "response_invalid_scope": Reason.PROVIDER_ERROR,
    "response_error_unknown": Reason.PROVIDER_ERROR,
}

BAD_ANSWERS = {
    (Stage.TOKEN, "token_down"): Reason.TOKEN_UNAVAILABLE,
    (Stage.TOKEN, "token_not_json"): Reason.TOKEN_UNAVAILABLE,
    (Stage.TOKEN, "token_refused"): Reason.TOKEN_REFUSED,
    (Stage.TOKEN, "token_empty"): Reason.TOKEN_MISSING,
    (Stage.TOKEN, "id_token_missing"): Reason.TOKEN_MISSING,
    (Stage.TOKEN, "id_token_garbage"): Reason.MALFORMED,
    (Stage.TOKEN, "id_token_number"): Reason.TOKEN_MISSING,
    (Stage.JWKS, "jwks_down"): Reason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_not_json"): Reason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_list"): Reason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_empty"): Reason.KEYS_UNAVAILABLE,
    (Stage.JWKS, "jwks_broken"): Reason.KEYS_UNAVAILABLE,
}

BAD_STARTS = {
    (Stage.METADATA, "metadata_down"): Reason.METADATA_UNAVAILABLE,
    (Stage.METADATA, "metadata_not_json"): Reason.METADATA_INVALID,
    (Stage.METADATA, "metadata_list"): Reason.METADATA_INVALID,
    (Stage.METADATA, "metadata_empty"): Reason.METADATA_ISSUER,
    (Stage.METADATA, "metadata_issuer_wrong"): Reason.METADATA_ISSUER,
    (Stage.PAR, "par_down"): Reason.REQUEST_UNAVAILABLE,
    (Stage.PAR, "par_not_json"): Reason.REQUEST_UNAVAILABLE,
    (Stage.PAR, "par_without_address"): Reason.REQUEST_REFUSED,
    (Stage.PAR, "par_refused"): Reason.REQUEST_REFUSED,
}


def test_no_fault_of_the_provider_is_left_untested() -> None:
    assert set(BAD_TOKENS) | CONDITIONAL | HARMLESS == set(ID_TOKEN)
    assert set(BAD_RESPONSES) == set(RESPONSE)
    told = {stage: {name for of, name in {**BAD_ANSWERS, **BAD_STARTS} if of is stage} for stage in ANSWERS}
    assert told == {stage: set(answers) for stage, answers in ANSWERS.items()}


def refuse_then_accept(visitor: Browser, op: Op, expected: Reason) -> None:
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
    assert (answer.status_code, reason(answer)) == (503, Reason.METADATA_UNAVAILABLE)
    assert answer.headers["Retry-After"]
    assert visitor.sign_in().location == "/"


NOWHERE = "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("pushed", Reason.REQUEST_UNAVAILABLE),
        ("token", Reason.TOKEN_UNAVAILABLE),
        ("keys", Reason.KEYS_UNAVAILABLE),
    ],
)
def test_a_provider_that_goes_away_half_way_says_so(visitor: Browser, op: Op, step: str, expected: Reason) -> None:
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
    assert (answer.status_code, reason(answer)) == (200, Reason.CANCELLED)
    assert visitor.sign_in().location == "/"


def test_an_error_is_believed_only_with_our_state_and_issuer(visitor: Browser) -> None:
    way = visitor.at_idporten(visitor.start(), cancel="1")
    state = query_of(way)["state"]
    forged = f"{PLAIN}/logg-inn/tilbake?error=access_denied&state=another&iss={query_of(way)['iss']}"
    assert reason(visitor.back(forged)) is Reason.STATE_UNKNOWN
    assert reason(visitor.back(f"{PLAIN}/logg-inn/tilbake?error=access_denied&state={state}")) is Reason.RESPONSE_ISSUER


def test_a_callback_works_once(visitor: Browser, app: Flask, op: Op) -> None:
    way = visitor.at_idporten(visitor.start())
    assert visitor.back(way).location == "/"
    visitor.post("/logg-ut")
    assert reason(visitor.back(way)) is Reason.STATE_UNKNOWN
    assert not visitor.signed_in


def test_a_callback_in_another_browser_signs_nobody_in(visitor: Browser, app: Flask, op: Op) -> None:
    way = visitor.at_idporten(visitor.start())
    stranger, known = Browser(app, op), Browser(app, op)
    assert reason(stranger.back(way)) is Reason.BROWSER_UNKNOWN
    known.start()
    assert reason(known.back(way)) is Reason.BROWSER_OTHER
    assert not logins(app)
    assert visitor.back(way).location == "/", "and it did not use up the right browser's way"


def test_a_callback_after_an_hour_is_too_late(visitor: Browser, turn: Turn) -> None:
    way = visitor.start()
    turn(minutes=61, alone=True)
    assert reason(visitor.back(visitor.at_idporten(way))) is Reason.STATE_EXPIRED
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
    assert identity(right, rules, Asked("n"), now()).acr == HIGH
    with pytest.raises(Refused) as refused:
        identity(claims_for(acr=SUBSTANTIAL), rules, Asked("n"), now())
    assert refused.value.reason is Reason.LEVEL


def test_an_old_identification_is_refused_only_where_a_new_one_was_asked_for(visitor: Browser, op: Op) -> None:
    op.fault("auth_time_old")
    assert visitor.sign_in().location == "/"
    op.fault("auth_time_old")
    answer = visitor.sign_in(ny=1)
    assert reason(answer) is Reason.AUTH_TIME_OLD
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
        ({"pid": REAL_LOOKING, "amr": ["TestID"]}, Reason.TEST_PERSON),
        ({"pid": REAL_LOOKING, "amr": ["BankID", "TestID"]}, Reason.TEST_PERSON),
        ({"pid": ANNA}, Reason.TEST_PERSON),
    ],
    ids=["test method", "test method among others", "made-up number"],
)
def test_in_production_no_test_person_signs_in(changes: dict[str, Any], expected: Reason) -> None:
    with pytest.raises(Refused) as refused:
        identity(claims_for(**changes), PRODUCTION, Asked("n"), now())
    assert refused.value.reason is expected
    assert identity(claims_for(**changes), TEST, Asked("n"), now()).pid == changes["pid"]
    assert identity(claims_for(pid=REAL_LOOKING), PRODUCTION, Asked("n"), now()).pid == REAL_LOOKING


def test_production_is_told_by_the_issuer(build: Callable[..., Flask], op: Op) -> None:
    """Whatever is not named as an issuer for tests is a real one."""
    assert reason(Browser(build(demo=False), op).sign_in()) is Reason.TEST_PERSON
    assert Browser(build(demo=False, oidc_test_issuers=(op.issuer,)), op).sign_in().location == "/"
    assert Browser(build(), op).sign_in().location == "/"


@pytest.mark.parametrize(
    "pid", ["00000000000", "32018500000", "11138500000", "11898500000", "1189850000", "", "x" * 11]
)
def test_eleven_digits_must_be_able_to_be_a_number(pid: str) -> None:
    with pytest.raises(Refused) as refused:
        identity(claims_for(pid=pid), TEST, Asked("n"), now())
    assert refused.value.reason is Reason.PID_INVALID


@pytest.mark.parametrize("value", [True, float("nan"), float("inf"), 1e300, -1e300, "1", None, [1]])
@pytest.mark.parametrize("name", ["exp", "iat", "auth_time"])
def test_absurd_times_are_refused_and_do_not_break(name: str, value: object) -> None:
    with pytest.raises(Refused):
        identity(claims_for(**{name: value}), TEST, Asked("n"), now())
    assert identity(claims_for(), TEST, Asked("n"), now())


def test_a_right_at_hash_is_accepted() -> None:
    token = "access"
    right = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
    assert identity(claims_for(at_hash=right), TEST, Asked("n", token), now())
    with pytest.raises(Refused) as refused:
        identity(claims_for(at_hash=right), TEST, Asked("n", "another"), now())
    assert refused.value.reason is Reason.ACCESS_TOKEN_HASH


def test_what_is_shown_of_an_identity_holds_no_number() -> None:
    assert ANNA not in repr(identity(claims_for(), TEST, Asked("n"), now()))


def test_the_event_of_the_back_channel_is_the_same_on_both_sides() -> None:
    assert claims_module.BACKCHANNEL_EVENT == BACKCHANNEL_EVENT
