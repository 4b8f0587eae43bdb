"""private_key_jwt, checked as strictly as ID-porten may: one audience (the issuer), two minutes, one use."""

from collections.abc import Mapping

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from .config import RegisteredClient
from .provider import Provider

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST_SECONDS = 120
CLOCK_SECONDS = 10


class NotAClient(Exception):
    """Why the caller is not taken for a registered service."""


def authenticate(provider: Provider, form: Mapping[str, str]) -> RegisteredClient:
    """The registered service that signed the assertion in `form`; raises NotAClient with the reason."""
    client = provider.clients.get(form.get("client_id", ""))
    if client is None:
        raise NotAClient("client_id is missing or unknown")
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise NotAClient("client_assertion_type is missing or wrong")
    claims = _verified(client, form.get("client_assertion", ""))
    _check(provider, client, claims)
    return client


def _verified(client: RegisteredClient, assertion: str) -> dict[str, object]:
    keys = KeySet.import_key_set({"keys": list(client.jwks["keys"])})
    try:
        token = jwt.decode(assertion, keys, registry=JWSRegistry(algorithms=["RS256"]))
    except (JoseError, ValueError) as wrong:
        raise NotAClient(f"the assertion cannot be verified: {type(wrong).__name__}") from wrong
    if not token.header.get("kid"):
        raise NotAClient("the assertion does not name its key")
    return token.claims


def _check(provider: Provider, client: RegisteredClient, claims: dict[str, object]) -> None:
    now = provider.now()
    issued, expires, jti = claims.get("iat"), claims.get("exp"), claims.get("jti")
    if claims.get("iss") != client.client_id or claims.get("sub") != client.client_id:
        raise NotAClient("iss and sub must be the client_id")
    if claims.get("aud") != provider.issuer:
        raise NotAClient("aud must be the issuer and nothing else")
    if not isinstance(issued, int) or abs(issued - now) > CLOCK_SECONDS:
        raise NotAClient("iat is missing or not now")
    if not isinstance(expires, int) or expires <= now or expires - issued > LONGEST_SECONDS:
        raise NotAClient("exp is missing, past or more than 120 seconds after iat")
    if not isinstance(jti, str) or not jti or provider.seen_jti.see(jti):
        raise NotAClient("jti is missing or used before")
    provider.seen_jti.put(True, jti)
