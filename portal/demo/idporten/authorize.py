"""From a service's request to a person at the page, and back with a code."""

import re
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from .clients import NotAClient, authenticate
from .config import RegisteredClient
from .faults import RESPONSE, Stage
from .memory import AuthorizationGrant, BrowserSession
from .provider import Provider, answer, provider
from .words import words

blueprint = Blueprint("authorize", __name__)
COOKIE = "demo_idporten_okt"
LEVELS = ("idporten-loa-substantial", "idporten-loa-high")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
STATE = re.compile(r"[\x20-\x7E]+")
PID = re.compile(r"[0-9]{11}")
TEST_LOGIN = re.compile(r"testid:([0-9]{11})_(idporten-loa-(?:substantial|high))")


@blueprint.post("/par")
def push() -> Response:
    """RFC 9126: the service hands in its request behind the browser's back."""
    op = provider()
    spoiled = op.spoiled(Stage.PAR)
    if spoiled is not None:
        return spoiled
    try:
        client = authenticate(op, request.form)
    except NotAClient as reason:
        return answer(401, error="invalid_client", error_description=str(reason))
    asked = {name: value for name, value in request.form.items() if not name.startswith("client_assertion")}
    problem = problem_with(client, asked)
    if problem:
        return answer(400, error="invalid_request", error_description=problem)
    name = op.pushed.put(asked)
    return answer(201, request_uri=f"urn:ietf:params:oauth:request_uri:{name}", expires_in=120)


def problem_with(client: RegisteredClient, asked: dict[str, str]) -> str | None:
    """What is wrong with a request, in words for the developer; None when all is well."""
    rules = {
        "response_type must be code": asked.get("response_type") == "code",
        "redirect_uri is not registered": asked.get("redirect_uri") in client.redirect_uris,
        "scope must hold openid": "openid" in asked.get("scope", "").split(),
        "state is missing or has a forbidden sign": bool(STATE.fullmatch(asked.get("state", ""))),
        "nonce is missing": bool(asked.get("nonce")),
        "PKCE with S256 is required": asked.get("code_challenge_method") == "S256",
        "code_challenge is malformed": bool(CHALLENGE.fullmatch(asked.get("code_challenge", ""))),
        "acr_values are unknown": set(asked.get("acr_values", LEVELS[0]).split()) <= set(LEVELS),
        "prompt is unknown": asked.get("prompt", "login") in ("login", "none"),
        "response_mode must be query": asked.get("response_mode", "query") == "query",
    }
    return next((problem for problem, kept in rules.items() if not kept), None)


@blueprint.get("/authorize")
def authorize() -> AnyResponse | tuple[str, int]:
    """The browser arrives: on at once if the person is signed in well enough, otherwise to the page."""
    op = provider()
    asked = _asked(op)
    if asked is None:
        return render_template("demo/stale.html", words=words("nb")), 400
    session = _shared_session(op, asked)
    if session is not None:
        return _back_with_code(op, asked, session)
    if asked.get("prompt") == "none":
        return back(op, asked, error="login_required")
    hinted = TEST_LOGIN.fullmatch(asked.get("login_hint", ""))
    if hinted:
        return _signed_in(op, asked, hinted[1], hinted[2])
    return redirect(url_for("authorize.page", page=op.pages.put(asked)), 303)


def _asked(op: Provider) -> dict[str, str] | None:
    client = op.clients.get(request.args.get("client_id", ""))
    if client is None:
        return None
    if op.config.offers_par:
        asked = op.pushed.take(request.args.get("request_uri", "").removeprefix("urn:ietf:params:oauth:request_uri:"))
        return asked if asked and asked["client_id"] == client.client_id and len(request.args) == 2 else None
    asked = request.args.to_dict()
    return None if problem_with(client, asked) else asked


def _shared_session(op: Provider, asked: dict[str, str]) -> BrowserSession | None:
    session = op.sessions.see(request.cookies.get(COOKIE))
    if session is None or asked.get("prompt") == "login" or not session.alive(op.clock()):
        return None
    if op.clients[asked["client_id"]].isolated and asked["client_id"] not in session.client_ids:
        return None
    return session if session.acr in LEVELS[LEVELS.index(_wanted(asked)) :] else None


def _wanted(asked: dict[str, str]) -> str:
    levels = [level for level in LEVELS if level in asked.get("acr_values", "").split()]
    return levels[0] if levels else LEVELS[0]


@blueprint.get("/logg-inn/<page>")
def page(page: str) -> str | tuple[str, int]:
    """Who signs in, and at which level."""
    asked = provider().pages.see(page)
    if asked is None:
        return render_template("demo/stale.html", words=words("nb")), 400
    return _page(asked)


def _page(asked: dict[str, str], problem: bool = False) -> str:
    levels = LEVELS[LEVELS.index(_wanted(asked)) :]
    return render_template(
        "demo/sign_in.html",
        words=words(asked.get("ui_locales", "nb")),
        people=provider().config.people,
        levels=levels,
        problem=problem,
        typed=request.form.get("pid", ""),
    )


@blueprint.post("/logg-inn/<page>")
def choose(page: str) -> AnyResponse | tuple[str, int]:
    """The person chose somebody, typed a number, or gave up."""
    op = provider()
    asked = op.pages.see(page)
    if asked is None:
        return render_template("demo/stale.html", words=words("nb")), 400
    if "cancel" in request.form:
        op.pages.take(page)
        return back(op, asked, error="access_denied")
    pid = request.form.get("person") or request.form.get("pid", "").replace(" ", "")
    level = request.form.get("level", _wanted(asked))
    if not PID.fullmatch(pid) or level not in LEVELS[LEVELS.index(_wanted(asked)) :]:
        return _page(asked, problem=True), 422
    op.pages.take(page)
    return _signed_in(op, asked, pid, level)


def _signed_in(op: Provider, asked: dict[str, str], pid: str, level: str) -> AnyResponse:
    op.sessions.take(request.cookies.get(COOKIE))
    session = BrowserSession(pid=pid, acr=level, auth_time=op.now(), last_used=op.clock())
    name = op.sessions.put(session)
    response = _back_with_code(op, asked, session)
    response.set_cookie(COOKIE, name, httponly=True, samesite="Lax", path="/", secure=request.is_secure)
    return response


def _back_with_code(op: Provider, asked: dict[str, str], session: BrowserSession) -> AnyResponse:
    session.last_used = op.clock()
    if asked["client_id"] not in session.client_ids:
        session.client_ids.append(asked["client_id"])
    return back(op, asked, code=op.codes.put(AuthorizationGrant(session, asked)))


def back(op: Provider, asked: dict[str, str], **values: str) -> AnyResponse:
    """The authorization response, with `iss` (RFC 9207), spoiled if a fault is armed."""
    answered: dict[str, str | None] = {**values, "state": asked["state"], "iss": op.issuer}
    fault = op.faults.strike(Stage.RESPONSE)
    answered.update(RESPONSE[fault] if fault else {})
    query = urlencode({name: value for name, value in answered.items() if value is not None})
    return redirect(f"{asked['redirect_uri']}?{query}", 303)
