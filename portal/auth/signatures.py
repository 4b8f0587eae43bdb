"""The provider's public keys, and whether a token was signed by one of them. RS256 and nothing else.

Keys are fetched anew once a day, when a token names a key we do not know, and once when a signature does not hold
(a provider may put a new key under an old name). A pause between such fetches keeps strangers' tokens from making us
call the provider again and again.
"""

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, RSAKey
from joserfc.jws import JWSRegistry

from portal import clock
from portal.auth.discovery import ALGORITHM, Discovery, Web
from portal.auth.reasons import RefusalReason, Refused

KEEP = timedelta(hours=24)
PAUSE = timedelta(seconds=10)
LONGEST_HEADER = 16_384
LONGEST_TOKEN = 65_536


class Signatures:
    """Verifies tokens of one provider."""

    def __init__(self, discovery: Discovery, web: Web) -> None:
        self._discovery, self._web = discovery, web
        self._kept: tuple[datetime, KeySet] | None = None
        self._registry = JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)
        self._registry.max_header_length = LONGEST_HEADER  # ID-porten may put its certificates there (x5c)

    def verify(self, token: object, *types: str) -> dict[str, Any]:
        """The claims of a properly signed token whose `typ` is one of `types`; raises Refused."""
        if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
            raise Refused(RefusalReason.MALFORMED)
        _check_header(_header(token), types)
        try:
            return self._decode(token, self._keys())
        except (InvalidKeyIdError, BadSignatureError) as first:
            if not self._may_fetch_again():
                raise _refusal(first) from first
        try:
            return self._decode(token, self._fetch())
        except (InvalidKeyIdError, BadSignatureError) as second:
            raise _refusal(second) from second

    def _decode(self, token: str, keys: KeySet) -> dict[str, Any]:
        try:
            return jwt.decode(token, keys, registry=self._registry).claims
        except (InvalidKeyIdError, BadSignatureError):
            raise
        except (JoseError, ValueError, TypeError) as unreadable:
            raise Refused(RefusalReason.MALFORMED, type(unreadable).__name__) from unreadable

    def _keys(self) -> KeySet:
        if self._kept and clock.now() - self._kept[0] < KEEP:
            return self._kept[1]
        return self._fetch()

    def _may_fetch_again(self) -> bool:
        return self._kept is None or clock.now() - self._kept[0] >= PAUSE

    def _fetch(self) -> KeySet:
        address = self._discovery.current().keys
        found = self._web.document(address, RefusalReason.KEYS_UNAVAILABLE, RefusalReason.KEYS_UNAVAILABLE)
        self._kept = (clock.now(), _usable(found.get("keys")))
        return self._kept[1]


def _usable(listed: object) -> KeySet:
    keys = [key for item in (listed if isinstance(listed, list) else []) if (key := _rsa(item)) is not None]
    if not keys:
        raise Refused(RefusalReason.KEYS_UNAVAILABLE, "no usable key")
    return KeySet(list(keys))


def _rsa(item: object) -> RSAKey | None:
    if not isinstance(item, dict) or item.get("kty") != "RSA" or item.get("use", "sig") != "sig":
        return None
    try:
        return RSAKey.import_key(item)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _header(token: str) -> dict[str, Any]:
    part = token.partition(".")[0]
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError) as unreadable:
        raise Refused(RefusalReason.MALFORMED, "header") from unreadable
    if not isinstance(found, dict):
        raise Refused(RefusalReason.MALFORMED, "header")
    return found


def _check_header(header: dict[str, Any], types: tuple[str, ...]) -> None:
    if header.get("alg") != ALGORITHM:
        raise Refused(RefusalReason.ALGORITHM)
    if "crit" in header:
        raise Refused(RefusalReason.MALFORMED, "crit")
    if types and str(header.get("typ", "")).lower() not in types:
        raise Refused(RefusalReason.TYPE)


def _refusal(error: JoseError) -> Refused:
    return Refused(RefusalReason.KEY_UNKNOWN if isinstance(error, InvalidKeyIdError) else RefusalReason.SIGNATURE)
