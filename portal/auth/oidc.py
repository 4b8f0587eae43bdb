"""We as a client of ID-porten: pushed request, PKCE, own key, and what comes back.

Authlib makes the requests; every decision about what is accepted is in `claims` and `signatures`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from authlib.common.urls import add_params_to_qs
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import private_key_jwt_sign

from portal import clock
from portal.auth.claims import AuthRequest, Identity, Rules, ended_session, identity
from portal.auth.client_key import client_key
from portal.auth.discovery import ALGORITHM, METHOD, TIMEOUT_SECONDS, Discovery, Metadata, Web
from portal.auth.reasons import RefusalReason, Refused
from portal.auth.signatures import Signatures
from portal.settings import Settings

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 60
ID_TOKEN_TYPES = ("jwt", "")
LOGOUT_TOKEN_TYPES = ("logout+jwt",)


@dataclass(frozen=True, slots=True)
class StartedSignIn:
    """A sign-in sent off: where the browser goes, and the secrets to remember until it is back."""

    address: str
    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the token endpoint gave."""

    id_token: str
    access_token: str | None

    def __repr__(self) -> str:
        return "Answer(…)"


class OidcClient:
    """The portal at ID-porten."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer
        self.redirect_uri = f"{settings.base_url}/logg-inn/tilbake"
        self.signed_out_uri = f"{settings.base_url}/logg-ut/ferdig"
        self.rules = Rules(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            levels=settings.levels,
            production=not settings.made_up_people,
            pid_claim=settings.oidc_pid_claim,
        )
        self._scope, self._origins = settings.oidc_scope, settings.sign_in_origins
        self._key = client_key(settings.client_key())
        self._web = Web(self.issuer)
        self.discovery = Discovery(self.issuer, self._web)
        self.signatures = Signatures(self.discovery, self._web)

    def begin(self, language: str, *, forced: bool) -> StartedSignIn:
        """Prepare a sign-in; `forced` asks ID-porten to identify the person anew. Raises Refused."""
        metadata = self.discovery.current()
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        locale = _locale(language, metadata.locales)
        with self._session() as session:
            address, _state = session.create_authorization_url(
                metadata.authorization,
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                acr_values=self.rules.levels[0],
                **({"ui_locales": locale} if locale else {}),
                **({"prompt": "login"} if forced else {}),
            )
            if metadata.pushed:
                address = self._push(session, metadata, address)
        return StartedSignIn(address, state, nonce, verifier)

    def redeem(self, code: str, code_verifier: str) -> Answer:
        """Change the code for tokens. Raises Refused."""
        metadata = self.discovery.current()
        try:
            with self._session() as session:
                token = session.fetch_token(
                    metadata.token,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=code_verifier,
                    client_id=self.rules.client_id,
                    allow_redirects=False,
                )
        except OAuthError as refused:
            raise Refused(RefusalReason.TOKEN_REFUSED, error_code(refused.error)) from refused
        except (requests.RequestException, ValueError) as failed:
            raise Refused(RefusalReason.TOKEN_UNAVAILABLE, type(failed).__name__) from failed
        id_token, access_token = token.get("id_token"), token.get("access_token")
        if not isinstance(id_token, str) or not id_token:
            raise Refused(RefusalReason.TOKEN_MISSING)
        return Answer(id_token, access_token if isinstance(access_token, str) else None)

    def identity(self, answer: Answer, nonce: str, fresh_since: datetime | None) -> Identity:
        """The person the answer speaks of. Raises Refused."""
        claims = self.signatures.verify(answer.id_token, *ID_TOKEN_TYPES)
        return identity(claims, self.rules, AuthRequest(nonce, answer.access_token, fresh_since), clock.now())

    def ended_session(self, logout_token: object) -> tuple[str, str, datetime]:
        """`sid`, `jti` and expiry of a back-channel sign-out. Raises Refused."""
        claims = self.signatures.verify(logout_token, *LOGOUT_TOKEN_TYPES)
        return ended_session(claims, self.rules, clock.now())

    def sign_out_form(self, state: str, id_token: str | None) -> tuple[str, dict[str, str]] | None:
        """Address and fields of the sign-out at ID-porten; None if it has none. Raises Refused."""
        address = self.discovery.current().end_session
        if address is None:
            return None
        if origin(address) not in self._origins:
            raise Refused(RefusalReason.METADATA_INVALID, f"{origin(address)} is not in oidc_browser_origins")
        fields = {"client_id": self.rules.client_id, "post_logout_redirect_uri": self.signed_out_uri, "state": state}
        return address, {**fields, **({"id_token_hint": id_token} if id_token else {})}

    def _session(self) -> Any:
        session = OAuth2Session(
            client_id=self.rules.client_id,
            scope=self._scope,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method=METHOD,
            default_timeout=TIMEOUT_SECONDS,
        )
        session.trust_env = not self._web.local
        session.register_client_auth_method((METHOD, self._prove))
        return session

    def _prove(self, _auth: object, _method: str, uri: str, headers: Any, body: Any) -> tuple[str, Any, Any]:
        """Authlib's hook for client authentication: one audience (the issuer), one minute, one use, a named key."""
        assertion = private_key_jwt_sign(
            self._key,
            client_id=self.rules.client_id,
            token_endpoint=self.issuer,
            header={"kid": self._key.kid},
            alg=ALGORITHM,
            issued_at=int(clock.now().timestamp()),
            expires_in=ASSERTION_SECONDS,
        )
        proof = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)]
        return uri, headers, add_params_to_qs(body or "", proof)

    def _push(self, session: Any, metadata: Metadata, address: str) -> str:
        """RFC 9126: hand the parameters over behind the browser's back, and send the browser with a reference."""
        try:
            answer = session.post(
                metadata.pushed,
                data=dict(parse_qsl(urlsplit(address).query)),
                auth=session.client_auth(METHOD),
                allow_redirects=False,
            )
        except requests.RequestException as failed:
            raise Refused(RefusalReason.REQUEST_UNAVAILABLE, type(failed).__name__) from failed
        found = _json_object(answer)
        if answer.status_code >= 500 or found is None:
            raise Refused(RefusalReason.REQUEST_UNAVAILABLE, f"HTTP {answer.status_code}")
        if answer.status_code != 201 or not isinstance(found.get("request_uri"), str):
            raise Refused(RefusalReason.REQUEST_REFUSED, error_code(found.get("error")))
        reference = {"client_id": self.rules.client_id, "request_uri": found["request_uri"]}
        return with_query(metadata.authorization, reference)


def origin(address: str) -> str:
    """Scheme and host of an address: what a browser's rules for forms and frames go by."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _locale(language: str, offered: tuple[str, ...]) -> str | None:
    """The provider's own tag for the reader's language, otherwise for English; None if it has neither."""
    tags = (tag for wanted in (language, "en") for tag in offered if tag.partition("-")[0].lower() == wanted)
    return next(tags, None)


def with_query(address: str, values: dict[str, str]) -> str:
    """`address` with `values` added to its query."""
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(values)}"


def error_code(value: object) -> str:
    """An OAuth error code fit for the log: letters and underscores, not too many; never a description."""
    text = value if isinstance(value, str) else ""
    return text if text.replace("_", "").isalpha() and text.isascii() and len(text) <= 40 else "unreadable"


def _json_object(answer: requests.Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
