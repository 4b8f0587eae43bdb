"""The way out: here, at ID-porten, and from elsewhere by both channels."""

from collections.abc import Callable
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock
from portal.auth import logout
from portal.auth.reasons import RefusalReason, Refused
from portal.demo.idporten.faults import LOGOUT_TOKEN, Stage
from portal.tables.log import Access, AccessLog
from portal.tables.login import SeenLogoutToken
from tests.auth.harness import OMAR, PLAIN, Browser, Op, logins, query_of, reason

Turn = Callable[..., None]
BAD_LOGOUT_TOKENS = {
    "iss_wrong": RefusalReason.ISSUER,
    "iss_missing": RefusalReason.ISSUER,
    "aud_wrong": RefusalReason.AUDIENCE,
    "aud_missing": RefusalReason.AUDIENCE,
    "aud_with_another": RefusalReason.AUDIENCE,
    "iat_missing": RefusalReason.ISSUED_AT,
    "iat_future": RefusalReason.ISSUED_AT,
    "iat_old": RefusalReason.ISSUED_AT,
    "exp_missing": RefusalReason.EXPIRED,
    "exp_text": RefusalReason.EXPIRED,
    "expired": RefusalReason.EXPIRED,
    "signature_altered": RefusalReason.SIGNATURE,
    "signature_missing": RefusalReason.SIGNATURE,
    "signature_stranger": RefusalReason.SIGNATURE,
    "signature_stranger_own_key": RefusalReason.SIGNATURE,
    "kid_unknown": RefusalReason.KEY_UNKNOWN,
    "alg_none": RefusalReason.ALGORITHM,
    "alg_hs256": RefusalReason.ALGORITHM,
    "alg_rs384": RefusalReason.ALGORITHM,
    "typ_id_token": RefusalReason.TYPE,
    "events_missing": RefusalReason.EVENTS,
    "events_wrong": RefusalReason.EVENTS,
    "events_text": RefusalReason.EVENTS,
    "events_value_text": RefusalReason.EVENTS,
    "nonce_present": RefusalReason.NONCE,
    "sid_missing": RefusalReason.SESSION_ID,
    "sid_number": RefusalReason.SESSION_ID,
    "jti_missing": RefusalReason.TOKEN_ID,
    "jti_number": RefusalReason.TOKEN_ID,
}


def test_no_bad_logout_token_is_left_untested() -> None:
    assert set(BAD_LOGOUT_TOKENS) == set(LOGOUT_TOKEN)


def sid_of(app: Flask) -> str:
    sid = logins(app)[-1].idp_sid
    assert sid
    return sid


def test_signing_out_ends_the_login_here_first_and_then_at_idporten(visitor: Browser, app: Flask, op: Op) -> None:
    visitor.sign_in()
    answer = visitor.post("/logg-ut")
    assert answer.status_code == 303
    assert not visitor.signed_in
    assert logins(app)[0].revoked_at
    assert urlsplit(answer.location).path == "/logout"
    asked = query_of(answer.location)
    assert set(asked) == {"client_id", "post_logout_redirect_uri", "state"}
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    there = visitor.at_provider(answer.location)
    way_back = f"{asked['post_logout_redirect_uri']}?state={asked['state']}"
    assert way_back in there.text
    assert f"{PLAIN}/logg-ut/frontkanal?" in there.text
    said = visitor.back(way_back).text
    assert "logget ut av portalen og ID-porten" in said
    assert "Andre offentlige nettsider logger deg også ut." in said
    assert "Bruker flere denne telefonen? Lukk nettleseren nå." in said


def test_after_signing_out_the_next_one_must_identify_themselves(visitor: Browser) -> None:
    visitor.sign_in()
    assert visitor.at_provider(visitor.start()).location.startswith(PLAIN), "ID-porten still knows the person"
    visitor.post("/logg-ut")
    assert visitor.at_provider(visitor.start()).location.startswith("/logg-inn/"), "and is now told to ask"
    visitor.sign_in(OMAR)
    assert visitor.at_provider(visitor.start()).location.startswith(PLAIN)


@pytest.mark.parametrize("state", ["", "?state=", "?state=another"])
def test_an_answer_that_is_not_ours_promises_nothing(visitor: Browser, state: str) -> None:
    visitor.sign_in()
    visitor.post("/logg-ut")
    page = visitor.get(f"/logg-ut/ferdig{state}")
    assert page.status_code == 200
    assert "Du er logget ut av portalen<" in page.text
    assert "Du kan fortsatt være logget inn på andre nettsider." in page.text
    assert "Lukk nettleseren nå." in page.text
    assert "og ID-porten" not in page.text


def test_somebody_still_signed_in_is_not_told_otherwise(visitor: Browser) -> None:
    visitor.sign_in()
    assert visitor.get("/logg-ut/ferdig").location == "/"
    visitor.post("/logg-ut")
    assert visitor.get("/logg-ut/ferdig").status_code == 200


def test_signing_out_is_not_done_by_a_link_or_a_strange_form(visitor: Browser) -> None:
    visitor.sign_in()
    assert visitor.get("/logg-ut").status_code == 405
    assert visitor.portal.post("/logg-ut", base_url=PLAIN).status_code == 400
    assert visitor.signed_in
    visitor.post("/logg-ut")
    assert not visitor.signed_in


def test_without_a_login_one_is_not_sent_to_an_error_page_at_idporten(visitor: Browser) -> None:
    assert visitor.post("/logg-ut").location == "/logg-ut/ferdig"
    assert visitor.post("/logg-ut", data={"idporten": "1"}).location.startswith(visitor.op.issuer)


def test_when_idporten_cannot_be_reached_one_is_signed_out_here_all_the_same(
    visitor: Browser, app: Flask, op: Op, turn: Turn
) -> None:
    visitor.sign_in()
    app.extensions["oidc"].discovery._kept = None
    op.fault("metadata_down", Stage.METADATA)
    assert visitor.post("/logg-ut").location == "/logg-ut/ferdig"
    assert not visitor.signed_in


def test_the_form_for_a_provider_that_wants_post(build: Callable[..., Flask], op: Op) -> None:
    visitor = Browser(build(logout_method="post"), op)
    visitor.sign_in()
    page = visitor.post("/logg-ut")
    assert page.status_code == 200
    assert f'action="{op.issuer}/logout"' in page.text
    assert 'name="post_logout_redirect_uri"' in page.text
    form = page.text.partition(f'action="{op.issuer}/logout"')[2].partition("</form>")[0]
    assert "csrf_token" not in form
    assert "Anna" not in page.text
    assert op.issuer in page.headers["Content-Security-Policy"].partition("form-action")[2].partition(";")[0]
    assert page.headers["Clear-Site-Data"]
    assert not visitor.signed_in


def test_the_token_is_kept_sealed_and_sent_only_when_we_are_told_to(build: Callable[..., Flask], op: Op) -> None:
    app = build(logout_hint=True)
    visitor = Browser(app, op)
    visitor.sign_in()
    sealed = logins(app)[0].sealed_id_token
    assert sealed
    assert b"eyJ" not in sealed
    answer = visitor.post("/logg-ut")
    assert query_of(answer.location)["id_token_hint"].count(".") == 2
    assert visitor.at_provider(answer.location).status_code == 200
    assert logins(app)[0].sealed_id_token is None


def test_signing_out_is_written_in_the_access_log(visitor: Browser, app: Flask) -> None:
    visitor.sign_in()
    visitor.post("/logg-ut")
    visitor.post("/logg-ut")
    with app.extensions["store"].read_session() as opened:
        told = [line.access for line in opened.scalars(select(AccessLog).order_by(AccessLog.id))]
    assert told == [Access.SIGNED_IN, Access.SIGNED_OUT]


def front_channel(app: Flask, op: Op, **given: str) -> TestResponse:
    """ID-porten's frame: a browser without our cookies."""
    return app.test_client().get("/logg-ut/frontkanal", base_url=PLAIN, query_string=given)


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_front_channel_ends_the_login_without_a_cookie(visitor: Browser, app: Flask, op: Op, slash: str) -> None:
    visitor.sign_in()
    other = Browser(app, op)
    other.sign_in(OMAR)
    answer = front_channel(app, op, iss=op.issuer + slash, sid=logins(app)[0].idp_sid or "")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"frame-ancestors {op.issuer}" in answer.headers["Content-Security-Policy"]
    assert not visitor.signed_in
    assert other.signed_in


def test_only_the_front_channel_may_stand_in_a_frame(visitor: Browser) -> None:
    visitor.sign_in()
    for path in ("/plan", "/logg-inn/ikke-registrert", "/logg-ut/ferdig", "/"):
        assert "frame-ancestors 'none'" in visitor.get(path).headers["Content-Security-Policy"]


def test_the_front_channel_does_nothing_for_strangers_and_tells_them_nothing(
    visitor: Browser, app: Flask, op: Op
) -> None:
    visitor.sign_in()
    sid = sid_of(app)
    answers = [
        front_channel(app, op, iss="https://evil.example", sid=sid),
        front_channel(app, op, iss=op.issuer, sid="another"),
        front_channel(app, op, iss=op.issuer),
        front_channel(app, op, sid=sid),
        front_channel(app, op),
        visitor.get("/logg-ut/frontkanal"),
    ]
    assert visitor.signed_in
    right = front_channel(app, op, iss=op.issuer, sid=sid)
    assert not visitor.signed_in
    assert {(answer.status_code, answer.data) for answer in [*answers, right]} == {(200, b"")}


def sign_out_elsewhere(visitor: Browser, op: Op) -> str:
    """The person signs out at ID-porten; the logout_token that was sent to us."""
    visitor.idporten.get("/logout", base_url=op.issuer)
    ((address, form),) = op.sent
    assert address == f"{PLAIN}/logg-ut/bakkanal"
    op.sent.clear()
    return form["logout_token"]


def back_channel(app: Flask, token: str | None) -> TestResponse:
    """ID-porten's server: no cookies, no CSRF token, no Referer."""
    form = {"logout_token": token} if token is not None else {}
    return app.test_client().post("/logg-ut/bakkanal", base_url=PLAIN, data=form)


def test_the_back_channel_ends_the_login(visitor: Browser, app: Flask, op: Op) -> None:
    visitor.sign_in()
    other = Browser(app, op)
    other.sign_in(OMAR)
    answer = back_channel(app, sign_out_elsewhere(visitor, op))
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not visitor.signed_in
    assert other.signed_in


@pytest.mark.parametrize("name", BAD_LOGOUT_TOKENS)
def test_a_bad_logout_token_ends_nothing(
    visitor: Browser, app: Flask, op: Op, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in()
    op.fault(name, Stage.LOGOUT_TOKEN)
    answer = back_channel(app, sign_out_elsewhere(visitor, op))
    assert (answer.status_code, answer.json) == (400, {"error": "invalid_request"})
    assert caplog.messages[-1] == f"back-channel sign-out refused: {BAD_LOGOUT_TOKENS[name]}"
    assert visitor.signed_in
    visitor.sign_in(ny=1)
    assert back_channel(app, sign_out_elsewhere(visitor, op)).status_code == 200
    assert not visitor.signed_in


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "é.é.é", "x" * 70_000])
def test_what_is_no_token_ends_nothing(app: Flask, token: str | None) -> None:
    assert back_channel(app, token).status_code == 400


def test_an_id_token_does_not_sign_out(visitor: Browser, app: Flask, op: Op, caplog: pytest.LogCaptureFixture) -> None:
    grants: list[str] = []
    real = op.provider.id_token
    op.provider.id_token = lambda grant: grants.append(real(grant)) or grants[-1]  # type: ignore[method-assign]
    visitor.sign_in()
    assert back_channel(app, grants[0]).status_code == 400
    assert caplog.messages[-1] == f"back-channel sign-out refused: {RefusalReason.TYPE}"
    assert visitor.signed_in


def test_a_logout_token_does_not_sign_in(visitor: Browser, app: Flask, op: Op) -> None:
    visitor.sign_in()
    token = sign_out_elsewhere(visitor, op)
    op.provider.id_token = lambda grant: token  # type: ignore[method-assign]
    assert reason(visitor.sign_in(ny=1)) is RefusalReason.TYPE


def test_a_logout_token_is_obeyed_once(
    visitor: Browser, app: Flask, op: Op, caplog: pytest.LogCaptureFixture, turn: Turn
) -> None:
    visitor.sign_in()
    token = sign_out_elsewhere(visitor, op)
    assert [back_channel(app, token).status_code for _ in range(3)] == [200, 400, 400]
    assert caplog.messages[-1] == f"back-channel sign-out refused: {RefusalReason.REPLAYED}"


def test_only_a_token_that_is_there_is_one_that_was_used(app: Flask) -> None:
    store, now = app.extensions["store"], clock.now()
    client = Mock()
    client.ended_session.return_value = ("s-1", "t-1", None)
    with pytest.raises(IntegrityError):
        logout.back_channel(store, client, "token", now)
    client.ended_session.return_value = ("s-1", "t-1", now)
    logout.back_channel(store, client, "token", now)
    with pytest.raises(Refused) as refused:
        logout.back_channel(store, client, "token", now)
    assert refused.value.reason is RefusalReason.REPLAYED


def test_used_logout_tokens_are_forgotten_when_they_have_expired(
    visitor: Browser, app: Flask, op: Op, turn: Turn
) -> None:
    for _ in range(2):
        visitor.sign_in(ny=1)
        assert back_channel(app, sign_out_elsewhere(visitor, op)).status_code == 200
        turn(minutes=10)
    with app.extensions["store"].read_session() as opened:
        assert opened.scalar(select(func.count()).select_from(SeenLogoutToken)) == 1


def test_all_browsers_of_one_session_are_signed_out(visitor: Browser, app: Flask, op: Op) -> None:
    visitor.sign_in()
    second = Browser(app, op)
    second.idporten = visitor.idporten
    second.sign_in()
    assert len({login.idp_sid for login in logins(app)}) == 1
    assert back_channel(app, sign_out_elsewhere(visitor, op)).status_code == 200
    assert not visitor.signed_in
    assert not second.signed_in
