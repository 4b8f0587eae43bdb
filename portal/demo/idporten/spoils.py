"""Ways of spoiling a token before it is signed, or in the signing."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from joserfc import jws

from .tokens import Draft, sign_rs256

Spoil = Callable[[Draft], None]


def put(**claims: Any) -> Spoil:
    """Replace or add claims."""
    return lambda draft: draft.claims.update(claims)


def drop(*names: str) -> Spoil:
    """Leave claims out."""

    def spoil(draft: Draft) -> None:
        for name in names:
            draft.claims.pop(name, None)

    return spoil


def shift(name: str, seconds: int) -> Spoil:
    """Move a time claim; `name` not there yet counts from `iat`."""
    return lambda draft: draft.claims.update({name: draft.claims.get(name, draft.claims["iat"]) + seconds})


def age(seconds: int) -> Spoil:
    """The whole token as it would have been made `seconds` ago."""

    def spoil(draft: Draft) -> None:
        for name in ("iat", "exp"):
            draft.claims[name] -= seconds

    return spoil


def head(**values: Any) -> Spoil:
    """Change the header."""
    return lambda draft: draft.header.update(values)


def signed(how: Callable[[Draft], str]) -> Spoil:
    """Sign in another way."""
    return lambda draft: setattr(draft, "sign", how)


def all_of(*spoils: Spoil) -> Spoil:
    """Several changes at once."""

    def spoil(draft: Draft) -> None:
        for one in spoils:
            one(draft)

    return spoil


def _part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _unsigned_text(draft: Draft, alg: str) -> str:
    header = {**draft.header, "alg": alg}
    return _part(json.dumps(header).encode()) + "." + _part(json.dumps(draft.claims).encode())


def unsigned(draft: Draft) -> str:
    """No signature at all."""
    return _unsigned_text(draft, "none") + "."


def hs256_with_public_key(draft: Draft) -> str:
    """Signed with our public key as if it were a shared secret."""
    text = _unsigned_text(draft, "HS256")
    secret = draft.key.as_pem(private=False)
    return text + "." + _part(hmac.new(secret, text.encode(), hashlib.sha256).digest())


def rs384(draft: Draft) -> str:
    """The right key, another algorithm."""
    header = {**draft.header, "alg": "RS384"}
    return jws.serialize_compact(header, json.dumps(draft.claims), draft.key, algorithms=["RS384"])


def by_stranger(draft: Draft) -> str:
    """A key that was never published, under a published name."""
    draft.key = draft.stranger
    return sign_rs256(draft)


def by_stranger_with_own_key(draft: Draft) -> str:
    """The same, with the key offered in the header."""
    draft.header["jwk"] = draft.stranger.as_dict(private=False)
    return by_stranger(draft)


def altered(draft: Draft) -> str:
    """Changed after it was signed."""
    header, _, signature = sign_rs256(draft).split(".")
    claims = {**draft.claims, "jti": "altered"}
    return ".".join((header, _part(json.dumps(claims).encode()), signature))


def without_signature(draft: Draft) -> str:
    """The signature cut off."""
    return sign_rs256(draft).rsplit(".", 1)[0] + "."
