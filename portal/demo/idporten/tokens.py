"""The two signed messages of the provider, as drafts that a fault may spoil before they are signed."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.jwk import RSAKey

from .memory import BrowserSession

ID_TOKEN_SECONDS = 120
LOGOUT_TOKEN_SECONDS = 300
BACKCHANNEL_EVENT = "http://schemas.openid.net/event/backchannel-logout"
AMR = ["TestID"]


@dataclass
class Draft:
    """A token about to be signed."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: RSAKey
    stranger: RSAKey
    sign: Callable[["Draft"], str]

    def signed(self) -> str:
        """The compact form."""
        return self.sign(self)


def sign_rs256(draft: Draft) -> str:
    """The proper signature."""
    registry = jws.JWSRegistry(algorithms=["RS256"])
    registry.max_header_length = 16_384
    return jwt.encode(draft.header, draft.claims, draft.key, registry=registry, default_type=None)


def id_token(issuer: str, salt: bytes, session: BrowserSession, asked: dict[str, str], now: int) -> dict[str, Any]:
    """The claims as ID-porten sets them: pairwise `sub`, `pid`, `acr`, `amr` as a list, `sid`, two minutes of life."""
    client_id = asked["client_id"]
    claims = {
        "iss": issuer,
        "aud": client_id,
        "sub": _pairwise(salt, client_id, session.pid),
        "pid": session.pid,
        "acr": session.acr,
        "amr": list(AMR),
        "auth_time": session.auth_time,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "jti": secrets.token_urlsafe(16),
        "sid": session.sid,
    }
    if "nonce" in asked:
        claims["nonce"] = asked["nonce"]
    if "profile" in asked.get("scope", "").split():
        claims["locale"] = asked.get("ui_locales", "nb")
    return claims


def logout_token(issuer: str, client_id: str, session: BrowserSession, now: int) -> dict[str, Any]:
    """The claims of a back-channel sign-out."""
    return {
        "iss": issuer,
        "aud": client_id,
        "iat": now,
        "exp": now + LOGOUT_TOKEN_SECONDS,
        "jti": secrets.token_urlsafe(16),
        "events": {BACKCHANNEL_EVENT: {}},
        "sid": session.sid,
    }


def _pairwise(salt: bytes, client_id: str, pid: str) -> str:
    digest = hmac.new(salt, f"{client_id}|{pid}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
