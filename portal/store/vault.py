"""Encryption of what must not be readable in a copied database: identity numbers and free text about people.

A sealed value is version byte, 12-byte nonce and AES-256-GCM ciphertext. It is bound to the place where it
stands (table, column, row), so that a value moved to another row cannot be opened.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12


class SealBroken(Exception):
    """The value was altered, moved, or sealed with another key."""


class Vault:
    """Seals and opens text with keys derived from one master key (32 bytes, URL-safe base64)."""

    def __init__(self, master: str) -> None:
        secret = base64.urlsafe_b64decode(master)
        self._cipher = AESGCM(_derive(secret, b"columns"))
        self._index_key = _derive(secret, b"blind index")
        self._mark_key = _derive(secret, b"marks")

    def seal(self, text: str, *aad: object) -> bytes:
        """`text` encrypted and bound to `aad`, e.g. `("participant.pid", public_id)`."""
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), _bind(aad))

    def open(self, sealed: bytes, *aad: object) -> str:
        """The text that was sealed at `aad`; raises SealBroken for anything else."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, _bind(aad)).decode()
        except (InvalidTag, ValueError) as broken:
            raise SealBroken from broken

    def mark(self, text: str) -> bytes:
        """A keyed digest (16 bytes) by which we know again what we gave a browser; quick, since every page asks."""
        return hashlib.blake2b(text.encode(), key=self._mark_key, digest_size=16).digest()

    def blind_index(self, pid: str) -> bytes:
        """A keyed digest (32 bytes) by which a national identity number is found without being readable."""
        return hmac.digest(self._index_key, pid.encode(), "sha256")


def _bind(aad: tuple[object, ...]) -> bytes:
    return "|".join(str(part) for part in aad).encode()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"introportalen " + purpose).derive(secret)
