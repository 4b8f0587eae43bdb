"""The demo ID-porten keeps ID-porten's rules: each refusal stands beside the same request done right."""

import base64
import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.test import TestResponse

from portal.demo.idporten import (
    NotOnThisMachine,
    Person,
    RegisteredClient,
    create_demo_idporten,
    for_portal,
    read,
    wsgi,
)
from portal.demo.idporten.clients import ASSERTION_TYPE
from portal.demo.idporten.tokens import BACKCHANNEL_EVENT

ISSUER = "http://127.0.0.1:5901"
BACK = "http://localhost:5900/logg-inn/tilbake"
DONE = "http://localhost:5900/logg-ut/ferdig"
KEY = RSAKey.generate_key(2048, {"kid": "portal-1"}, private=True)
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "portal-1"}, private=True)
ANNA = Person("11927298765", "Anna Øvelse", "uk", "Har alt")
SUBSTANTIAL, HIGH = "idporten-loa-substantial", "idporten-loa-high"


@dataclass
class World:
    """A provider, a browser, a clock that can be turned, and what was sent over the back-channel."""

    app: Flask
    sent: list[tuple[str, dict[str, str]]]
    offset: list[float]
    browser: FlaskClient = field(init=False)
    verifier: str = "v" * 64

    def __post_init__(self) -> None:
        self.browser = self.app.test_client()

    def assertion(self, key: RSAKey = KEY, header: dict[str, Any] | None = None, **claims: Any) -> str:
        now = int(time.time() + self.offset[0])
        made = {"iss": "portal", "sub": "portal", "aud": ISSUER, "iat": now, "exp": now + 100}
        made["jti"] = secrets.token_urlsafe()
        made.update(claims)
        content = {name: value for name, value in made.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "portal-1", **(header or {})}, content, key)

    def signed(self, assertion: str | None = None, **form: Any) -> dict[str, str]:
        proof = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion or self.assertion()}
        made = {"client_id": "portal", **proof, **form}
        return {name: value for name, value in made.items() if value is not None}

    def push(self, assertion: str | None = None, **asked: Any) -> TestResponse:
        return self.browser.post("/par", data=self.signed(assertion, **{**self.asked(), **asked}))

    def asked(self) -> dict[str, str]:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return {
            "response_type": "code",
            "redirect_uri": BACK,
            "scope": "openid profile",
            "state": "the-state",
            "nonce": "the-nonce",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "acr_values": SUBSTANTIAL,
        }

    def arrive(self, client_id: str = "portal", **asked: Any) -> TestResponse:
        pushed = self.push(**asked)
        assert pushed.status_code == 201, pushed.text
        return self.browser.get(
            "/authorize", query_string={"client_id": client_id, "request_uri": pushed.json["request_uri"]}
        )

    def sign_in(self, pid: str = ANNA.pid, level: str | None = None, **asked: Any) -> dict[str, str]:
        page = self.arrive(**asked)
        if BACK not in page.location:
            form = {"pid": pid, **({"level": level} if level else {})}
            page = self.browser.post(page.location, data=form)
        return answered(page)

    def redeem(self, code: str, assertion: str | None = None, **form: Any) -> TestResponse:
        made = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": self.verifier}
        return self.browser.post("/token", data=self.signed(assertion, **{**made, **form}))

    def claims(self, **asked: Any) -> dict[str, Any]:
        token = self.redeem(self.sign_in(**asked)["code"]).json["id_token"]
        keys = KeySet.import_key_set(self.browser.get("/jwks.json").json)
        return jwt.decode(token, keys, algorithms=["RS256"]).claims


def answered(response: TestResponse) -> dict[str, str]:
    """The parameters of an authorization response."""
    assert response.location.startswith(BACK), response.location
    return {name: values[0] for name, values in parse_qs(urlsplit(response.location).query).items()}


def client(**changes: Any) -> RegisteredClient:
    given = {
        "client_id": "portal",
        "jwks": KeySet([KEY]).as_dict(private=False),
        "redirect_uris": (BACK,),
        "post_logout_redirect_uris": (DONE,),
    }
    return RegisteredClient(**{**given, **changes})


@pytest.fixture
def build() -> Callable[..., World]:
    """Make a world with the clients given."""

    def make(*clients: RegisteredClient, **options: Any) -> World:
        sent: list[tuple[str, dict[str, str]]] = []
        offset = [0.0]
        app = create_demo_idporten(
            ISSUER,
            clients or (client(),),
            [ANNA],
            clock=lambda: time.time() + offset[0],
            send=lambda address, form: sent.append((address, form)),
            **options,
        )
        return World(app, sent, offset)

    return make


@pytest.fixture
def world(build: Callable[..., World]) -> World:
    """One provider with one service."""
    return build()


def test_metadata_names_its_own_issuer_and_offers_par(world: World) -> None:
    found = world.browser.get("/.well-known/openid-configuration").json
    assert found["issuer"] == ISSUER
    assert found["pushed_authorization_request_endpoint"] == f"{ISSUER}/par"
    assert found["id_token_signing_alg_values_supported"] == ["RS256"]


def test_published_keys_hold_nothing_private(world: World) -> None:
    (key,) = world.browser.get("/jwks.json").json["keys"]
    assert set(key) == {"kty", "kid", "use", "alg", "n", "e"}


def test_a_sign_in_gives_the_claims_of_idporten(world: World) -> None:
    claims = world.claims(ui_locales="nn")
    assert {"iss": ISSUER, "aud": "portal", "pid": ANNA.pid, "acr": SUBSTANTIAL, "nonce": "the-nonce"}.items() <= (
        claims.items()
    )
    assert claims["amr"] == ["TestID"]
    assert claims["locale"] == "nn"
    assert claims["exp"] - claims["iat"] == 120
    assert ANNA.pid not in claims["sub"]
    assert claims["sid"]


def test_the_response_carries_state_and_issuer(world: World) -> None:
    response = world.sign_in()
    assert (response["state"], response["iss"]) == ("the-state", ISSUER)


def test_the_page_lists_people_and_needs_no_script(world: World) -> None:
    page = world.browser.get(world.arrive().location)
    assert ANNA.name in page.text
    assert ANNA.worth_seeing in page.text
    assert "<script" not in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("asked", "language"), [("nb", "nb"), ("nn", "nn"), ("en", "en"), ("se", "se"), ("so", "nb")])
def test_the_page_follows_ui_locales(world: World, asked: str, language: str) -> None:
    page = world.browser.get(world.arrive(ui_locales=asked).location)
    assert f'<html lang="{language}"' in page.text


def test_the_page_may_be_reloaded(world: World) -> None:
    location = world.arrive().location
    assert [world.browser.get(location).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("typed", ["", "1192729876", "1192729876x", "٠١٢٣٤٥٦٧٨٩٠"])
def test_a_number_that_is_not_eleven_digits_is_refused(world: World, typed: str) -> None:
    location = world.arrive().location
    assert world.browser.post(location, data={"pid": typed}).status_code == 422
    assert world.browser.post(location, data={"pid": "119272 98765"}).status_code == 303


def test_cancelling_says_access_denied(world: World) -> None:
    response = answered(world.browser.post(world.arrive().location, data={"cancel": "1"}))
    assert (response["error"], response["state"], response["iss"]) == ("access_denied", "the-state", ISSUER)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"response_type": "token"}, "response_type"),
        ({"redirect_uri": "http://localhost:5900/"}, "redirect_uri"),
        ({"scope": "profile"}, "openid"),
        ({"state": None}, "state"),
        ({"state": "å"}, "state"),
        ({"nonce": None}, "nonce"),
        ({"code_challenge": None}, "code_challenge"),
        ({"code_challenge_method": "plain"}, "S256"),
        ({"code_challenge_method": None}, "S256"),
        ({"acr_values": "Level4"}, "acr_values"),
        ({"prompt": "consent"}, "prompt"),
        ({"response_mode": "form_post"}, "response_mode"),
    ],
)
def test_par_refuses_a_request_that_breaks_a_rule(world: World, changes: dict[str, Any], says: str) -> None:
    refused = world.push(**changes)
    assert (refused.status_code, refused.json["error"]) == (400, "invalid_request")
    assert says in refused.json["error_description"]
    assert world.push().status_code == 201


BAD_ASSERTIONS: dict[str, Callable[[World], str]] = {
    "garbage": lambda world: "not.a.token",
    "foreign key": lambda world: world.assertion(OTHER_KEY),
    "unknown kid": lambda world: world.assertion(header={"kid": "nobody"}),
    "no kid": lambda world: jwt.encode({"alg": "RS256"}, {"iss": "portal"}, KEY),
    "aud is the token endpoint": lambda world: world.assertion(aud=f"{ISSUER}/token"),
    "aud is a list": lambda world: world.assertion(aud=[ISSUER]),
    "aud missing": lambda world: world.assertion(aud=None),
    "iss": lambda world: world.assertion(iss="another"),
    "sub": lambda world: world.assertion(sub="another"),
    "exp missing": lambda world: world.assertion(exp=None),
    "exp too far": lambda world: world.assertion(exp=int(time.time()) + 600),
    "expired": lambda world: world.assertion(iat=int(time.time()) - 5, exp=int(time.time()) - 1),
    "iat old": lambda world: world.assertion(iat=int(time.time()) - 60),
    "iat missing": lambda world: world.assertion(iat=None),
    "jti missing": lambda world: world.assertion(jti=None),
    "RS384": lambda world: jwt.encode({"alg": "RS384", "kid": "portal-1"}, {"iss": "portal"}, KEY, ["RS384"]),
}


@pytest.mark.parametrize("name", BAD_ASSERTIONS)
def test_a_bad_client_assertion_is_refused_at_par_and_token(world: World, name: str) -> None:
    assert world.push(BAD_ASSERTIONS[name](world)).json["error"] == "invalid_client"
    refused = world.redeem("code", BAD_ASSERTIONS[name](world))
    assert (refused.status_code, refused.json["error"]) == (401, "invalid_client")
    assert world.push().status_code == 201


def test_an_assertion_works_once(world: World) -> None:
    assertion = world.assertion()
    assert [world.push(assertion).status_code for _ in range(2)] == [201, 401]


def test_client_id_must_be_in_the_body(world: World) -> None:
    assert world.push(client_id=None).status_code == 401
    assert world.push().status_code == 201


def test_a_pushed_request_works_once_and_for_two_minutes(world: World) -> None:
    uri = world.push().json["request_uri"]
    asked = {"client_id": "portal", "request_uri": uri}
    assert [world.browser.get("/authorize", query_string=asked).status_code for _ in range(2)] == [303, 400]
    late = {"client_id": "portal", "request_uri": world.push().json["request_uri"]}
    world.offset[0] += 121
    assert world.browser.get("/authorize", query_string=late).status_code == 400


def test_nothing_but_client_and_request_may_stand_in_the_address(world: World) -> None:
    asked = {"client_id": "portal", "request_uri": world.push().json["request_uri"], "acr_values": HIGH}
    assert world.browser.get("/authorize", query_string=asked).status_code == 400
    assert world.browser.get("/authorize", query_string={**world.asked(), "client_id": "portal"}).status_code == 400


def test_without_par_the_parameters_come_in_the_address(build: Callable[..., World]) -> None:
    world = build(offers_par=False)
    assert "pushed_authorization_request_endpoint" not in world.browser.get("/.well-known/openid-configuration").json
    asked = {**world.asked(), "client_id": "portal"}
    assert world.browser.get("/authorize", query_string=asked).status_code == 303
    assert world.browser.get("/authorize", query_string={**asked, "nonce": ""}).status_code == 400


@pytest.mark.parametrize(
    "form",
    [{"code_verifier": "w" * 64}, {"code_verifier": "short"}, {"redirect_uri": DONE}, {"code": "another"}],
    ids=["verifier", "short verifier", "redirect_uri", "code"],
)
def test_a_code_is_refused_with_wrong_proof(world: World, form: dict[str, str]) -> None:
    refused = world.redeem(**{"code": world.sign_in()["code"], **form})
    assert (refused.status_code, refused.json["error"]) == (400, "invalid_grant")
    assert world.redeem(world.sign_in()["code"]).status_code == 200


def test_a_code_works_once_and_for_a_minute(world: World) -> None:
    code = world.sign_in()["code"]
    assert [world.redeem(code).status_code for _ in range(2)] == [200, 400]
    late = world.sign_in()["code"]
    world.offset[0] += 61
    assert world.redeem(late).status_code == 400


def test_signing_in_again_needs_no_page_until_half_an_hour_has_passed(world: World) -> None:
    first = world.claims()
    world.offset[0] += 29 * 60
    again = world.claims()
    assert (again["sid"], again["auth_time"]) == (first["sid"], first["auth_time"])
    world.offset[0] += 31 * 60
    assert "/logg-inn/" in urlsplit(world.arrive().location).path
    assert "code" not in world.arrive().location


def test_prompt_login_and_a_higher_level_ask_again(world: World) -> None:
    world.claims()
    assert BACK not in world.arrive(prompt="login").location
    assert BACK not in world.arrive(acr_values=HIGH).location
    assert BACK in world.arrive().location


def test_a_higher_level_can_be_chosen_and_is_enough_for_less(world: World) -> None:
    assert world.claims(level=HIGH)["acr"] == HIGH
    assert world.claims()["acr"] == HIGH


def test_high_cannot_be_met_with_substantial(world: World) -> None:
    location = world.arrive(acr_values=HIGH).location
    assert world.browser.post(location, data={"pid": ANNA.pid, "level": SUBSTANTIAL}).status_code == 422
    assert world.browser.post(location, data={"pid": ANNA.pid, "level": HIGH}).status_code == 303


def test_prompt_none_without_a_session_says_login_required(world: World) -> None:
    assert answered(world.arrive(prompt="none"))["error"] == "login_required"
    world.claims()
    assert "code" in answered(world.arrive(prompt="none"))


def test_a_test_login_needs_no_page(world: World) -> None:
    assert "code" in answered(world.arrive(login_hint=f"testid:{ANNA.pid}_{HIGH}"))


@pytest.mark.parametrize(("isolated", "asks"), [(True, True), (False, False)])
def test_isolated_services_do_not_share_a_sign_in(build: Callable[..., World], isolated: bool, asks: bool) -> None:
    second = client(client_id="second", isolated=isolated)
    world = build(client(), second)
    world.claims()
    assertion = world.assertion(iss="second", sub="second")
    pushed = world.push(assertion, client_id="second").json["request_uri"]
    arrived = world.browser.get("/authorize", query_string={"client_id": "second", "request_uri": pushed})
    assert (BACK not in arrived.location) is asks


def signed_in_for_logout(build: Callable[..., World]) -> World:
    world = build(client(frontchannel_logout_uri="http://localhost:5900/f", backchannel_logout_uri="http://b.test/b"))
    world.claims()
    return world


@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_out_reaches_both_channels_and_leads_back(build: Callable[..., World], method: str) -> None:
    world = signed_in_for_logout(build)
    given = {"client_id": "portal", "post_logout_redirect_uri": DONE, "state": "s"}
    page = getattr(world.browser, method)("/logout", **{"query_string" if method == "get" else "data": given})
    assert f"{DONE}?state=s" in page.text
    frame = re.search(r'<iframe src="([^"]+)"', page.text)
    assert frame
    assert "iss=http%3A%2F%2F127.0.0.1%3A5901&amp;sid=" in frame[1]
    assert "frame-src http://localhost:5900;" in page.headers["Content-Security-Policy"]
    ((address, form),) = world.sent
    keys = KeySet.import_key_set(world.browser.get("/jwks.json").json)
    token = jwt.decode(form["logout_token"], keys, algorithms=["RS256"])
    assert (address, token.header["typ"]) == ("http://b.test/b", "logout+jwt")
    assert token.claims["events"] == {BACKCHANNEL_EVENT: {}}
    assert BACK not in world.arrive().location


def test_sign_out_without_a_session_leads_nowhere(world: World) -> None:
    asked = {"client_id": "portal", "post_logout_redirect_uri": DONE}
    assert world.browser.get("/logout", query_string=asked).status_code == 400
    world.claims()
    assert world.browser.get("/logout", query_string=asked).location == DONE


@pytest.mark.parametrize("wrong", [{"post_logout_redirect_uri": BACK}, {"client_id": None}, {"client_id": "nobody"}])
def test_sign_out_never_leads_to_an_unregistered_address(world: World, wrong: dict[str, str | None]) -> None:
    world.claims()
    right = {"client_id": "portal", "post_logout_redirect_uri": DONE}
    asked = {name: value for name, value in {**right, **wrong}.items() if value}
    assert world.browser.get("/logout", query_string=asked).status_code == 400
    assert world.browser.get("/logout", query_string=right).status_code == 303


def test_a_hint_names_the_service(world: World) -> None:
    hint = world.redeem(world.sign_in()["code"]).json["id_token"]
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": DONE}
    assert world.browser.get("/logout", query_string={**asked, "id_token_hint": hint[:-4]}).status_code == 400
    assert world.browser.get("/logout", query_string=asked).location == DONE


def test_keys_can_be_changed(world: World) -> None:
    before = world.browser.get("/jwks.json").json["keys"][0]
    world.browser.post("/_fault", data={"stage": "key", "name": "same_name"})
    same_name = world.browser.get("/jwks.json").json["keys"][0]
    world.browser.post("/_fault", data={"stage": "key", "name": "rotate"})
    rotated = world.browser.get("/jwks.json").json["keys"][0]
    assert before["kid"] == same_name["kid"] != rotated["kid"]
    assert len({before["n"], same_name["n"], rotated["n"]}) == 3


def test_a_fault_spoils_one_token_and_is_spent(world: World) -> None:
    assert world.browser.post("/_fault", data={"name": "acr_low"}).status_code == 200
    assert [world.claims()["acr"] for _ in range(2)] == ["idporten-loa-low", SUBSTANTIAL]


def test_every_fault_of_the_id_token_can_be_made(world: World) -> None:
    listed = world.browser.get("/_fault").json
    for name in listed["id_token"]:
        world.browser.post("/_fault", data={"name": name})
        assert world.redeem(world.sign_in()["code"]).status_code == 200, name


def test_an_unknown_fault_is_refused(world: World) -> None:
    for form in ({"name": "nonsense"}, {"name": "acr_low", "stage": "nowhere"}, {"name": "acr_low", "stage": "par"}):
        assert world.browser.post("/_fault", data=form).status_code == 422


@pytest.mark.parametrize("issuer", ["https://idporten.no", "http://10.0.0.1:5901", "http://localhost.example", ""])
def test_it_refuses_to_be_reached_from_elsewhere(issuer: str) -> None:
    with pytest.raises(NotOnThisMachine):
        create_demo_idporten(issuer, [client()])


@pytest.mark.parametrize("issuer", ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"])
def test_it_starts_on_this_machine(issuer: str) -> None:
    assert create_demo_idporten(issuer, [client()])


def test_it_starts_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [{"pid": ANNA.pid, "name": ANNA.name, "language": "uk", "worth_seeing": ""}]
    content = for_portal(ISSUER, "http://localhost:5900", "portal", KeySet([KEY]).as_dict(private=False), people)
    path = tmp_path / "demo.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setenv("DEMO_IDPORTEN_CONFIG", str(path))
    config = read(path)
    assert config.clients[0].redirect_uris == (BACK,)
    assert config.people[0].name == ANNA.name
    assert wsgi().extensions["demo_idporten"].issuer == ISSUER
