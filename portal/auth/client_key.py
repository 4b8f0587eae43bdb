"""The portal's own keys at ID-porten: one in use, and while changing, one that waits or one that has served.

A key file holds a JWK set with private keys; the first signs. `portal keys` makes and changes it.
"""

import json
import os
import secrets
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

BITS = 2048
PUBLIC = ("kty", "use", "alg", "kid", "n", "e")


class KeysUnusable(ValueError):
    """A key, or a step with keys, that cannot be: the message says why and never holds a key."""


def client_key(text: str) -> RSAKey:
    """The key that signs: from JWK JSON (with `kid`, as registered), a JWK set (its first), or PEM (named by its
    RFC 7638 thumbprint).
    """
    return client_keys(text)[0]


def client_keys(text: str) -> list[RSAKey]:
    """Every key in `text`, the one in use first."""
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else text
        listed = found["keys"] if isinstance(found, dict) and "keys" in found else [found]
        keys = [RSAKey.import_key(item) for item in listed]
    except (JoseError, ValueError, TypeError, KeyError) as unreadable:
        raise KeysUnusable(
            "oidc_client_key must be a private RSA key: a JWK (or a set) as JSON, or PEM"
        ) from unreadable
    if not keys:
        raise KeysUnusable("oidc_client_key is a set without keys: a private RSA key is needed")
    for key in keys:
        if not key.is_private:
            raise KeysUnusable("oidc_client_key is a public key; the private one is needed")
        key.ensure_kid()
    return keys


def new_key(today: date) -> RSAKey:
    """A new key, named by its day and some letters (ID-porten takes letters, digits, `.`, `_` and `-`)."""
    name = f"{today:%Y-%m-%d}-{secrets.token_hex(3)}"
    return RSAKey.generate_key(BITS, {"kid": name, "use": "sig", "alg": "RS256"})


def public_set(keys: list[RSAKey]) -> dict[str, Any]:
    """What is uploaded to ID-porten: the public half of every key."""
    halves = [{"use": "sig", "alg": "RS256", **key.as_dict(private=False)} for key in keys]
    return {"keys": [{name: half[name] for name in PUBLIC} for half in halves]}


def add(keys: list[RSAKey], today: date) -> list[RSAKey]:
    """With a new key that waits; the one in use stays in use."""
    if len(keys) > 1:
        raise KeysUnusable("there are two keys already: switch or drop first")
    return [*keys, new_key(today)]


def switch(keys: list[RSAKey]) -> list[RSAKey]:
    """With the other key in use. Once more switches back."""
    if len(keys) != 2:
        raise KeysUnusable("there is no other key to use: add one first")
    return [keys[1], keys[0]]


def drop(keys: list[RSAKey]) -> list[RSAKey]:
    """Only the key in use."""
    if len(keys) == 1:
        raise KeysUnusable("there is only the key in use: nothing to drop")
    return keys[:1]


def read(path: Path) -> list[RSAKey]:
    """The keys of a key file."""
    return client_keys(path.read_text(encoding="utf-8"))


def write(path: Path, keys: list[RSAKey]) -> None:
    """Write a key file, whole or not at all, for its owner alone (mode 0600)."""
    text = json.dumps({"keys": [key.as_dict(private=True) for key in keys]}, indent=2)
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(half).replace(path)
    except OSError:
        Path(half).unlink(missing_ok=True)
        raise
