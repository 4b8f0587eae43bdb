"""The provider's signing keys: made at start, never stored."""

import secrets

from joserfc.jwk import KeySet, RSAKey


def new_key(kid: str | None = None) -> RSAKey:
    """A fresh RSA key for signing."""
    name = kid or f"demo-{secrets.token_hex(8)}"
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"}, private=True)


class SigningKeys:
    """The key in use now. `stranger` is never published: what it signs must be refused."""

    def __init__(self) -> None:
        self.current = new_key()
        self._stranger: RSAKey | None = None

    @property
    def stranger(self) -> RSAKey:
        """A key that looks like ours by name but is not."""
        if self._stranger is None:
            self._stranger = new_key()
        return self._stranger

    def rotate(self, keep_name: bool = False) -> None:
        """Sign with a new key from now on, under a new name or (a fault seen in the wild) the old one."""
        self.current = new_key(self.current.kid if keep_name else None)

    def published(self) -> dict[str, object]:
        """The JWKS document."""
        return {"keys": list(KeySet([self.current]).as_dict(private=False, alg="RS256")["keys"])}
