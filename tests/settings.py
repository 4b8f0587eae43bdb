"""Settings of a portal under test: fixed keys, loopback addresses."""

import base64
import json
from functools import cache
from typing import Any

from joserfc.jwk import RSAKey
from pydantic import SecretStr

from portal.settings import Settings

BASE_URL = "http://localhost:8000"
ISSUER = "http://127.0.0.1:9000"
CLIENT_ID = "introportalen-test"


def key(letter: str) -> str:
    """A key of 32 equal bytes: enough for a test, unlike anything for use."""
    return base64.urlsafe_b64encode(letter.encode() * 32).decode()


@cache
def client_key() -> str:
    """The portal's own RSA key as JSON."""
    return json.dumps(
        RSAKey.generate_key(2048, {"kid": "test-key", "use": "sig", "alg": "RS256"}).as_dict(private=True)
    )


def settings_for(database_url: str, **changes: Any) -> Settings:
    """Settings that would start a portal on this machine, with `changes`."""
    values: dict[str, Any] = {
        "base_url": BASE_URL,
        "database_url": database_url,
        "database_key": key("d"),
        "secret_key": key("s"),
        "encryption_key": key("e"),
        "oidc_issuer": ISSUER,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_key": client_key(),
        "demo": True,
    }
    return Settings(**(values | changes))


def public_keys() -> dict[str, Any]:
    """The public half of the portal's key, as a key set."""
    return {"keys": [RSAKey.import_key(json.loads(client_key())).as_dict(private=False)]}


def environment_for(settings: Settings) -> dict[str, str]:
    """The same settings as the environment of a process."""
    told = {name: getattr(settings, name) for name in settings.model_fields_set}
    secret = {name: value.get_secret_value() for name, value in told.items() if isinstance(value, SecretStr)}
    return {f"PORTAL_{name.upper()}": str(value) for name, value in (told | secret).items()}
