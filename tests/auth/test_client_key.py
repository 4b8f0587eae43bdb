"""The portal's own key, as it may be given."""

import json

import pytest
from joserfc.jwk import ECKey, RSAKey

from portal.auth.client_key import client_key
from portal.auth.oidc import error_code
from tests import settings as fixed

KEY = RSAKey.import_key(json.loads(fixed.client_key()))


def test_a_jwk_keeps_its_name() -> None:
    assert client_key(fixed.client_key()).kid == "test-key"


def test_a_pem_is_named_by_its_thumbprint() -> None:
    assert client_key(KEY.as_pem(private=True).decode()).kid == KEY.thumbprint()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "private RSA key"),
        ("{", "private RSA key"),
        ("{}", "private RSA key"),
        ("-----BEGIN", "private RSA key"),
        (json.dumps(ECKey.generate_key("P-256", private=True).as_dict(private=True)), "private RSA key"),
        (json.dumps(KEY.as_dict(private=False)), "the private one is needed"),
        (KEY.as_pem(private=False).decode(), "the private one is needed"),
    ],
    ids=["nothing", "not JSON", "empty JSON", "not PEM", "elliptic", "public JWK", "public PEM"],
)
def test_another_key_stops_the_start_without_being_shown(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        client_key(text)
    assert not text or text[:20] not in str(refused.value) or text == "{"


@pytest.mark.parametrize(
    ("given", "logged"),
    [("invalid_grant", "invalid_grant"), ("<b>x</b>", "unreadable"), ("x" * 41, "unreadable"), (None, "unreadable")],
)
def test_only_a_plain_error_code_is_logged(given: object, logged: str) -> None:
    assert error_code(given) == logged
