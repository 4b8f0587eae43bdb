"""A code becomes an id_token, once."""

import base64
import hashlib
import hmac
import secrets

from flask import Blueprint, Response, request

from .clients import NotAClient, authenticate
from .config import RegisteredClient
from .faults import Stage
from .memory import AuthorizationGrant
from .provider import answer, provider

blueprint = Blueprint("token", __name__)


@blueprint.post("/token")
def token() -> Response:
    """RFC 6749 § 4.1.3 with RFC 7636 and RFC 7523."""
    op = provider()
    spoiled = op.spoiled(Stage.TOKEN)
    if spoiled is not None:
        return spoiled
    try:
        client = authenticate(op, request.form)
    except NotAClient as reason:
        return answer(401, error="invalid_client", error_description=str(reason))
    if request.form.get("grant_type") != "authorization_code":
        return answer(400, error="unsupported_grant_type")
    grant = op.codes.take(request.form.get("code"))
    if grant is None or not _fits(grant, client):
        return answer(400, error="invalid_grant")
    return answer(
        200,
        access_token=secrets.token_urlsafe(32),
        id_token=op.id_token(grant),
        token_type="Bearer",  # noqa: S106  # the type of the token, not a secret
        expires_in=120,
        scope=grant.asked["scope"],
    )


def _fits(grant: AuthorizationGrant, client: RegisteredClient) -> bool:
    verifier = request.form.get("code_verifier", "")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return (
        grant.asked["client_id"] == client.client_id
        and grant.asked["redirect_uri"] == request.form.get("redirect_uri")
        and 43 <= len(verifier) <= 128
        and hmac.compare_digest(challenge, grant.asked["code_challenge"])
    )
