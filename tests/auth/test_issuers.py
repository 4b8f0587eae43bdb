"""What is read from an issuer's metadata, and the settings for one that is not ID-porten."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from pydantic import ValidationError

from portal import clock
from portal.auth.discovery import Discovery, Metadata, Web
from portal.auth.oidc import OidcClient
from portal.auth.reasons import RefusalReason, Refused
from portal.cli import explain
from portal.settings import IDPORTEN_LEVELS
from tests.auth.harness import HIGH, Browser, Op, query_of, reason
from tests.settings import ISSUER, settings_for

DATABASE = "sqlite:////tmp/portal.db"
SAID = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
}


def read(monkeypatch: pytest.MonkeyPatch, ours: str = ISSUER, **changes: Any) -> Metadata:
    """The metadata as we take it, from a provider that says this of itself."""
    said = {name: value for name, value in {**SAID, **changes}.items() if value is not None}
    monkeypatch.setattr(Web, "document", lambda web, address, *reasons: said | {"asked": address})
    return Discovery(ours, Web(ours)).current()


def say(app: Flask, **changes: Any) -> None:
    """Let the provider have said something else in its metadata."""
    discovery = app.extensions["oidc"].discovery
    discovery._kept = (clock.now(), replace(discovery.current(), **changes))


def test_an_issuer_that_never_names_itself_need_not_but_may_not_lie(visitor: Browser, app: Flask, op: Op) -> None:
    op.fault("response_iss_missing", "response")
    assert reason(visitor.sign_in()) is RefusalReason.RESPONSE_ISSUER, "this one has promised to"
    say(app, names_itself=False)
    op.fault("response_iss_wrong", "response")
    assert reason(visitor.sign_in(ny=1)) is RefusalReason.RESPONSE_ISSUER
    op.fault("response_iss_missing", "response")
    assert visitor.sign_in(ny=1).location == "/"


@pytest.mark.parametrize(("promised", "names_itself"), [(True, True), (False, False), (None, False), ("true", False)])
def test_the_promise_stands_in_the_metadata(
    monkeypatch: pytest.MonkeyPatch, promised: object, names_itself: bool
) -> None:
    found = read(monkeypatch, authorization_response_iss_parameter_supported=promised)
    assert found.names_itself is names_itself


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"token_endpoint_auth_methods_supported": ["client_secret_basic"]}, "lacks private_key_jwt"),
        ({"token_endpoint_auth_methods_supported": []}, "lacks private_key_jwt"),
        ({"id_token_signing_alg_values_supported": ["ES256", "PS256"]}, "lacks RS256"),
    ],
    ids=["only a shared secret", "no method", "other signatures"],
)
def test_an_issuer_that_cannot_do_what_we_need_says_so_at_the_start(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(monkeypatch, **changes)
    assert refused.value.reason is RefusalReason.METADATA_INVALID
    assert refused.value.detail.endswith(said)
    right = {name: [*values, "private_key_jwt", "RS256"] for name, values in changes.items()}
    assert read(monkeypatch, **right).token == f"{ISSUER}/token"
    assert read(monkeypatch).token == f"{ISSUER}/token", "one that lists nothing may be able to"


@pytest.mark.parametrize("address", ["token_endpoint", "authorization_endpoint", "jwks_uri"])
@pytest.mark.parametrize("value", [None, 7, "javascript:alert(1)", "ftp://x/"])
def test_an_address_that_is_missing_or_unsafe_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str, value: object
) -> None:
    with pytest.raises(Refused) as refused:
        read(monkeypatch, **{address: value})
    assert refused.value.reason is RefusalReason.METADATA_INVALID
    assert read(monkeypatch)


def test_the_issuer_is_compared_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, f"{ISSUER}/", issuer=f"{ISSUER}/")
    for ours, theirs in ((ISSUER, f"{ISSUER}/"), (f"{ISSUER}/", ISSUER)):
        with pytest.raises(Refused) as refused:
            read(monkeypatch, ours, issuer=theirs)
        assert refused.value.reason is RefusalReason.METADATA_ISSUER


@pytest.mark.parametrize(
    ("language", "offered", "asked"),
    [
        ("nb", None, "nb"),
        ("ar", None, "en"),
        ("ar", ["nb", "en", "ar"], "ar"),
        ("nb", ["en-GB", "nb-NO"], "nb-NO"),
        ("ti", ["sv", "en-GB"], "en-GB"),
        ("ti", ["sv", "fi"], None),
        ("uk", "uk", "en"),
        ("uk", [7, "uk"], "uk"),
    ],
)
def test_the_page_there_is_asked_for_in_a_language_it_has(
    monkeypatch: pytest.MonkeyPatch, language: str, offered: object, asked: str | None
) -> None:
    client = OidcClient(settings_for(DATABASE))
    client.discovery._kept = (clock.now(), read(monkeypatch, ui_locales_supported=offered))
    assert query_of(client.begin(language, forced=False).address).get("ui_locales") == asked


def test_a_sign_out_page_that_the_browser_may_not_go_to_is_not_gone_to(
    build: Callable[..., Flask], op: Op, caplog: pytest.LogCaptureFixture
) -> None:
    """A browser stops a form whose answer leads outside `form-action`, and the page would stand as if signed in."""
    there = "http://login.localhost:1"
    closed, opened = (build(oidc_browser_origins=origins) for origins in ((), (there,)))
    for app, location in ((closed, "/logg-ut/ferdig"), (opened, f"{there}/logout?")):
        visitor = Browser(app, op)
        visitor.sign_in()
        say(app, end_session=f"{there}/logout")
        answer = visitor.post("/logg-ut")
        assert answer.location.startswith(location)
        assert not visitor.signed_in
        allowed = answer.headers["Content-Security-Policy"].partition("form-action")[2].partition(";")[0].split()
        assert (there in allowed) is (app is opened)
    assert f"{there} is not in oidc_browser_origins" in caplog.text


def test_an_issuer_without_sign_out_signs_out_here(visitor: Browser, app: Flask) -> None:
    visitor.sign_in()
    say(app, end_session=None)
    assert visitor.post("/logg-ut").location == "/logg-ut/ferdig"
    assert not visitor.signed_in


LADDER = ("urn:example:loa2", "urn:example:loa3")
REFUSED = {
    "a level of another ladder": ({"oidc_acr_ladder": LADDER}, "oidc_acr is idporten-loa-substantial, which is not"),
    "a misspelt level": ({"oidc_acr": "idporten-loa-hihg"}, "not a level of oidc_acr_ladder (idporten-loa-subst"),
    "no ladder": ({"oidc_acr_ladder": ()}, "oidc_acr is idporten-loa-substantial, which is not"),
    "a level twice": ({"oidc_acr_ladder": (*IDPORTEN_LEVELS, HIGH)}, "each level once"),
    "two levels in one": ({"oidc_acr_ladder": (*IDPORTEN_LEVELS, "a b")}, "without spaces"),
    "an empty level": ({"oidc_acr_ladder": ("", *IDPORTEN_LEVELS)}, "without spaces"),
    "no openid": ({"oidc_scope": "profile nin"}, "oidc_scope must hold openid"),
    "no claim": ({"oidc_pid_claim": ""}, "PORTAL_OIDC_PID_CLAIM"),
    "a page for an origin": ({"oidc_browser_origins": ("https://login.example.no/x",)}, "must be origins"),
    "a bare host": ({"oidc_browser_origins": ("login.example.no",)}, "must be origins"),
    "an injected rule": ({"oidc_browser_origins": ("https://a.no; script-src *",)}, "must be origins"),
}


@pytest.mark.parametrize(("changes", "said"), REFUSED.values(), ids=REFUSED)
def test_levels_scope_and_origins_that_cannot_be_stop_the_start(changes: dict[str, Any], said: str) -> None:
    assert settings_for(DATABASE).levels == IDPORTEN_LEVELS, "the control: without the change it starts"
    with pytest.raises(ValidationError) as refused:
        settings_for(DATABASE, **changes)
    assert said in explain(refused.value)


def test_the_levels_let_in_are_the_least_and_those_above() -> None:
    assert settings_for(DATABASE, oidc_acr_ladder=LADDER, oidc_acr=LADDER[0]).levels == LADDER
    assert settings_for(DATABASE, oidc_acr_ladder=LADDER, oidc_acr=LADDER[1]).levels == LADDER[1:]


def test_lists_are_given_as_json_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_OIDC_ACR_LADDER", '["urn:example:loa2", "urn:example:loa3"]')
    assert settings_for(DATABASE, oidc_acr=LADDER[1]).levels == LADDER[1:]


@pytest.mark.parametrize(
    ("issuer", "origins", "expected"),
    [
        ("https://idporten.no", (), ("https://idporten.no", "https://login.idporten.no")),
        ("https://id.example.no/tenant", ("https://a.example.no/",), ("https://id.example.no", "https://a.example.no")),
        ("https://id.example.no", ("https://id.example.no",), ("https://id.example.no",)),
        ("http://127.0.0.1:9000", (), ("http://127.0.0.1:9000",)),
    ],
)
def test_the_browser_may_go_to_the_issuers_own_pages(
    issuer: str, origins: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert (
        settings_for(DATABASE, oidc_issuer=issuer, oidc_browser_origins=origins, demo=False).sign_in_origins == expected
    )
