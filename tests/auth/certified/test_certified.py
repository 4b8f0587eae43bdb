"""Sign-in against a provider that others made and the OpenID Foundation certified: npm's `oidc-provider`.

It shares no code and no thought with ours, so that both cannot be wrong in the same way.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select

from portal.auth import oidc, signatures
from portal.auth.oidc import OidcClient
from portal.auth.reasons import RefusalReason, Refused
from portal.tables.login import SeenLogoutToken
from portal.tables.people import Participant
from tests.auth.certified import walking
from tests.auth.certified.walking import OTHER_SERVICE, Certified, Visitor, session
from tests.auth.harness import ANNA, HIGH, NOBODY, OMAR, SUBSTANTIAL, logins, query_of, reason
from tests.settings import CLIENT_ID

Newcomer = Callable[[], Visitor]


def with_changes(address: str, **changes: str | None) -> str:
    """`address` with other parameters; None takes one away."""
    query = {name: value for name, value in {**query_of(address), **changes}.items() if value is not None}
    return urlunsplit(urlsplit(address)._replace(query=urlencode(query)))


def client_of(app: Flask) -> OidcClient:
    client: OidcClient = app.extensions["oidc"]
    return client


def name_of(app: Flask, participant_id: int) -> str:
    with app.extensions["store"].read_session() as opened:
        name: str = opened.scalars(select(Participant.given_name).where(Participant.id == participant_id)).one()
        return name


def test_the_browser_carries_only_a_reference_and_comes_back_signed_in(
    visitor: Visitor, app: Flask, idporten: Certified
) -> None:
    before = time.time()
    way = visitor.start("?next=/plan")
    assert way.startswith(f"{idporten.issuer}/")
    assert set(query_of(way)) == {"client_id", "request_uri"}
    assert query_of(way)["client_id"] == CLIENT_ID
    back = visitor.at_provider(way)
    assert set(query_of(back)) == {"code", "state", "iss"}
    answer = visitor.get(back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/plan")
    assert visitor.signed_in
    (login,) = logins(app)
    assert name_of(app, login.participant_id) == "Anna"
    assert login.acr == SUBSTANTIAL
    assert login.idp_sid
    assert before - 2 <= login.auth_time.timestamp() <= time.time() + 1


def test_the_page_there_is_in_the_language_of_the_portal(visitor: Visitor) -> None:
    page = visitor.asked(visitor.start())
    assert page
    assert '<html lang="nb">' in visitor.get(page).text


def test_the_person_is_the_one_who_identified_themselves(newcomer: Newcomer, app: Flask) -> None:
    newcomer().sign_in(ANNA)
    newcomer().sign_in(OMAR)
    assert [name_of(app, login.participant_id) for login in logins(app)] == ["Anna", "Omar"]


def test_a_person_whom_nobody_registered_gets_no_login(visitor: Visitor, app: Flask) -> None:
    assert visitor.sign_in(NOBODY).headers["Location"] == "/logg-inn/ikke-registrert"
    assert not logins(app)


def test_a_callback_works_once_and_in_its_own_browser(newcomer: Newcomer, app: Flask) -> None:
    visitor, thief, other = newcomer(), newcomer(), newcomer()
    back = visitor.at_provider(visitor.start())
    assert reason(thief.get(back)) is RefusalReason.BROWSER_UNKNOWN
    other.start()
    assert reason(other.get(back)) is RefusalReason.BROWSER_OTHER
    assert not logins(app)
    back = visitor.at_provider(visitor.start())
    assert visitor.get(back).headers["Location"] == "/"
    visitor.sign_out()
    assert reason(visitor.get(back)) is RefusalReason.STATE_UNKNOWN
    assert len([login for login in logins(app) if login.revoked_at is None]) == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iss": "https://idporten.no"}, RefusalReason.RESPONSE_ISSUER),
        ({"iss": None}, RefusalReason.RESPONSE_ISSUER),
        ({"state": None}, RefusalReason.STATE_MISSING),
        ({"code": None}, RefusalReason.CODE_MISSING),
        ({"code": "another"}, RefusalReason.TOKEN_REFUSED),
    ],
    ids=lambda value: value if isinstance(value, RefusalReason) else "-".join(f"{n}={v}" for n, v in value.items()),
)
def test_a_changed_answer_is_refused(visitor: Visitor, app: Flask, changes: Any, expected: RefusalReason) -> None:
    back = visitor.at_provider(visitor.start())
    assert reason(visitor.get(with_changes(back, **changes))) is expected
    assert not logins(app)
    assert visitor.sign_in().headers["Location"] == "/"


def test_a_code_cannot_be_used_twice(visitor: Visitor, app: Flask) -> None:
    client = client_of(app)
    begun = client.begin("nb", forced=False)
    code = query_of(visitor.at_provider(begun.address))["code"]
    answer = client.redeem(code, begun.code_verifier)
    assert client.identity(answer, begun.nonce, None).pid == ANNA
    with pytest.raises(Refused) as refused:
        client.redeem(code, begun.code_verifier)
    assert (refused.value.reason, refused.value.detail) == (RefusalReason.TOKEN_REFUSED, "invalid_grant")


def test_the_provider_demands_the_verifier_and_we_the_nonce(visitor: Visitor, app: Flask) -> None:
    client = client_of(app)
    begun = client.begin("nb", forced=False)
    code = query_of(visitor.at_provider(begun.address))["code"]
    with pytest.raises(Refused) as refused:
        client.redeem(code, "another" * 10)
    assert (refused.value.reason, refused.value.detail) == (RefusalReason.TOKEN_REFUSED, "invalid_grant")
    begun = client.begin("nb", forced=False)
    answer = client.redeem(query_of(visitor.at_provider(begun.address))["code"], begun.code_verifier)
    with pytest.raises(Refused) as refused:
        client.identity(answer, "another", None)
    assert refused.value.reason is RefusalReason.NONCE
    assert client.identity(answer, begun.nonce, None).pid == ANNA


def test_a_level_that_is_too_low_is_refused(visitor: Visitor, app: Flask) -> None:
    assert reason(visitor.sign_in(level="selfregistered-email")) is RefusalReason.LEVEL
    assert not logins(app)
    assert visitor.sign_in(level=SUBSTANTIAL).headers["Location"] == "/"


def test_a_portal_that_demands_high_asks_a_substantial_session_again(
    visitor: Visitor, app: Flask, serve: Callable[..., Flask]
) -> None:
    visitor.sign_in()
    assert visitor.asked(visitor.start()) is None, "the provider still knows the person"
    strict = serve(oidc_acr=HIGH)
    assert visitor.asked(visitor.start()), "and asks again where more is demanded"
    assert reason(visitor.sign_in(level=SUBSTANTIAL)) is RefusalReason.LEVEL
    assert visitor.sign_in(level=HIGH).headers["Location"] == "/"
    assert logins(strict)[-1].acr == HIGH
    assert visitor.asked(visitor.start()) is None


def test_after_signing_out_here_the_person_must_identify_themselves(visitor: Visitor, app: Flask) -> None:
    visitor.sign_in()
    assert visitor.asked(visitor.start()) is None
    visitor.sign_out()
    way = visitor.start()
    assert visitor.asked(way), "though the session at the provider lives on"
    visitor.get(visitor.at_provider(visitor.start(), OMAR))
    assert name_of(app, logins(app)[-1].participant_id) == "Omar"


def test_an_old_identification_is_refused_where_a_new_one_was_asked_for(
    visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody takes `prompt=login` out of what is pushed: the provider lets the old session do, we do not."""
    visitor.sign_in()
    client = client_of(app)
    change_what_is_pushed(monkeypatch, prompt=None)
    begun = client.begin("nb", forced=True)
    back = visitor.at_provider(begun.address)
    answer = client.redeem(query_of(back)["code"], begun.code_verifier)
    who = client.identity(answer, begun.nonce, None)
    assert client.identity(answer, begun.nonce, who.auth_time) == who
    with pytest.raises(Refused) as refused:
        client.identity(answer, begun.nonce, who.auth_time + timedelta(seconds=11))
    assert refused.value.reason is RefusalReason.AUTH_TIME_OLD


def test_cancelling_is_a_calm_page(visitor: Visitor, app: Flask) -> None:
    back = visitor.at_provider(visitor.start(), cancel="yes")
    assert query_of(back)["error"] == "access_denied"
    assert reason(visitor.get(back)) is RefusalReason.CANCELLED
    assert not logins(app)


def test_signing_out_goes_to_the_provider_and_back(visitor: Visitor, app: Flask) -> None:
    visitor.sign_in()
    address = visitor.sign_out()
    assert not visitor.signed_in
    assert set(query_of(address)) == {"client_id", "post_logout_redirect_uri", "state"}
    _, secret = visitor.sign_out_there(address)
    back = visitor.confirm(secret)
    assert back.status_code == 303, back.text
    assert query_of(back.headers["Location"]) == {"state": query_of(address)["state"]}
    assert "logget ut av portalen og ID-porten" in visitor.get(back.headers["Location"]).text


def test_the_front_channel_ends_the_login_without_a_cookie(newcomer: Newcomer, app: Flask, idporten: Certified) -> None:
    visitor, bystander = newcomer(), newcomer()
    visitor.sign_in()
    bystander.sign_in(OMAR)
    frames, _ = visitor.sign_out_there(f"{idporten.issuer}/session/end?client_id={OTHER_SERVICE}")
    (frame,) = frames
    assert query_of(frame) == {"iss": idporten.issuer, "sid": logins(app)[0].idp_sid}
    with session() as without_cookies:
        for wrong in ({"iss": "https://idporten.no"}, {"sid": "another"}):
            assert without_cookies.get(with_changes(frame, **wrong), timeout=10).status_code == 200
        assert visitor.signed_in
        heard = without_cookies.get(frame, timeout=10)
    assert (heard.status_code, heard.text) == (200, "")
    assert f"frame-ancestors {idporten.issuer}" in heard.headers["Content-Security-Policy"]
    assert not visitor.signed_in
    assert bystander.signed_in


def test_the_back_channel_ends_the_login_when_another_service_signs_out(
    newcomer: Newcomer, app: Flask, idporten: Certified
) -> None:
    visitor, bystander = newcomer(), newcomer()
    visitor.sign_in()
    bystander.sign_in(OMAR)
    _, secret = visitor.sign_out_there(f"{idporten.issuer}/session/end?client_id={OTHER_SERVICE}")
    assert visitor.signed_in
    assert visitor.confirm(secret).status_code == 303
    assert not visitor.signed_in
    assert bystander.signed_in
    with app.extensions["store"].read_session() as opened:
        assert len(opened.scalars(select(SeenLogoutToken)).all()) == 1


def test_a_new_key_at_the_provider_is_fetched(
    visitor: Visitor, app: Flask, idporten: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visitor.sign_in().headers["Location"] == "/"
    idporten.rotate()
    assert reason(visitor.sign_in()) is RefusalReason.KEY_UNKNOWN, "so soon after the last fetch we do not ask again"
    monkeypatch.setattr(signatures, "PAUSE", timedelta())
    assert visitor.sign_in().headers["Location"] == "/"


def change_what_is_pushed(monkeypatch: pytest.MonkeyPatch, **changes: str | None) -> None:
    """Make our client push other parameters than it would."""
    push = OidcClient._push
    monkeypatch.setattr(
        OidcClient,
        "_push",
        lambda self, web, metadata, address: push(self, web, metadata, with_changes(address, **changes)),
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code_challenge_method": "plain"}, "code_challenge_method"),
        ({"code_challenge": None, "code_challenge_method": None}, "PKCE"),
        ({"redirect_uri": "https://elsewhere.example/logg-inn/tilbake"}, "redirect_uri"),
        ({"response_type": "code id_token"}, "response_type"),
        ({"client_id": OTHER_SERVICE}, "client_id"),
    ],
    ids=["plain challenge", "no challenge", "unregistered address", "tokens by the browser", "another client"],
)
def test_the_provider_takes_no_other_request_than_ours(
    visitor: Visitor,
    app: Flask,
    idporten: Certified,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, str | None],
    why: str,
) -> None:
    with monkeypatch.context() as changed:
        change_what_is_pushed(changed, **changes)
        assert reason(visitor.get("/logg-inn/start")) is RefusalReason.REQUEST_REFUSED
        assert why in idporten.why()
    assert visitor.sign_in().headers["Location"] == "/"


def test_the_provider_takes_no_request_by_the_browser(
    visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(OidcClient, "_push", lambda self, web, metadata, address: address)
        way = client_of(app).begin("nb", forced=False).address
    assert query_of(way)["code_challenge_method"] == "S256"
    answer = visitor.get(way)
    told = query_of(answer.headers["Location"])
    assert (told["error"], "code" in told) == ("invalid_request", False)
    assert "Pushed Authorization Request" in told["error_description"]
    assert visitor.asked(client_of(app).begin("nb", forced=False).address)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("audience", "audience must be the issuer"),
        ("too long", "assertion must be short"),
        ("stranger's key", "client authentication failed"),
        ("used before", "must only be used once"),
    ],
    ids=lambda value: value,
)
def test_the_provider_takes_no_other_proof_than_ours(
    visitor: Visitor, app: Flask, idporten: Certified, monkeypatch: pytest.MonkeyPatch, wrong: str, why: str
) -> None:
    sign = oidc.private_key_jwt_sign
    used: list[str] = []

    def right(key: RSAKey, **options: Any) -> str:
        used.append(sign(key, **options))
        return used[-1]

    def spoiled(key: RSAKey, **options: Any) -> str:
        match wrong:
            case "audience":
                return sign(key, **options | {"token_endpoint": f"{idporten.issuer}/token"})
            case "too long":
                return sign(key, **options | {"expires_in": 121})
            case "stranger's key":
                return sign(RSAKey.generate_key(2048), **options)
            case _:
                return used[0]

    with monkeypatch.context() as changed:
        changed.setattr(oidc, "private_key_jwt_sign", right)
        visitor.start()
        changed.setattr(oidc, "private_key_jwt_sign", spoiled)
        with pytest.raises(Refused) as refused:
            client_of(app).begin("nb", forced=False)
    assert (refused.value.reason, refused.value.detail) == (RefusalReason.REQUEST_REFUSED, "invalid_client")
    assert why in idporten.why()
    assert visitor.sign_in().headers["Location"] == "/"


def test_without_node_or_package_these_tests_fail_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("NODE", "PACKAGES"):
        with monkeypatch.context() as changed:
            changed.setattr(walking, part, tmp_path / "nothing")
            with pytest.raises(AssertionError, match="make setup"), walking.certified("http://localhost:1"):
                pass
