"""Sign-out: asked for by one service, carried to all of them by both channels."""

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, make_response, redirect, render_template, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from werkzeug.wrappers import Response as AnyResponse

from .authorize import COOKIE
from .config import RegisteredClient
from .memory import BrowserSession
from .provider import Provider, provider
from .words import words

blueprint = Blueprint("logout", __name__)


@blueprint.route("/logout", methods=["GET", "POST"])
def logout() -> AnyResponse | tuple[str, int]:
    """OpenID Connect RP-Initiated Logout 1.0. Without a session here there is no way back, as at ID-porten."""
    op, given = provider(), request.values
    client = _asking(op, given.get("client_id"), given.get("id_token_hint"))
    address = given.get("post_logout_redirect_uri")
    if address and (client is None or address not in client.post_logout_redirect_uris):
        return render_template("demo/stale.html", words=words("nb")), 400
    session = op.sessions.take(request.cookies.get(COOKIE))
    if session is None:
        return render_template("demo/stale.html", words=words("nb")), 400
    state = given.get("state")
    return _everywhere(op, session, f"{address}?{urlencode({'state': state})}" if address and state else address)


def _asking(op: Provider, client_id: str | None, hint: str | None) -> RegisteredClient | None:
    if hint:
        try:
            keys = KeySet([op.keys.current])
            claims = jwt.decode(hint, keys, registry=JWSRegistry(algorithms=["RS256"])).claims
        except (JoseError, ValueError):
            return None
        if client_id not in (None, claims.get("aud")):
            return None
        client_id = claims.get("aud")
    return op.clients.get(client_id or "")


def _everywhere(op: Provider, session: BrowserSession, back_to: str | None) -> AnyResponse:
    clients = [op.clients[client_id] for client_id in session.client_ids]
    for client in clients:
        if client.backchannel_logout_uri:
            op.send(client.backchannel_logout_uri, {"logout_token": op.logout_token(client, session)})
    query = urlencode({"iss": op.issuer, "sid": session.sid})
    frames = [f"{client.frontchannel_logout_uri}?{query}" for client in clients if client.frontchannel_logout_uri]
    if back_to and not frames:
        return redirect(back_to, 303)
    page = render_template("demo/signed_out.html", words=words("nb"), frames=frames, back_to=back_to)
    response = make_response(page)
    response.headers["X-Frames"] = " ".join(sorted({_origin(frame) for frame in frames}))
    response.delete_cookie(COOKIE, path="/")
    return response


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
