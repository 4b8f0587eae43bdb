"""Who is this, and may they be here? Every page is private unless its endpoint stands in OPEN."""

from functools import partial
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Response as Answer

from portal import clock, db
from portal.auth import cookies, logins
from portal.auth.cookies import Cookie
from portal.auth.logins import Person
from portal.settings import Settings
from portal.web.language import local_path
from portal.web.respond import from_htmx

#: The only endpoints that answer somebody who is not signed in.
OPEN = frozenset(
    {
        "auth.sign_in",
        "auth.start",
        "auth.callback",
        "auth.not_registered",
        "auth.sign_out",
        "auth.signed_out",
        "auth.front_channel",
        "auth.back_channel",
        "home.index",
        "health.live",
        "health.ready",
        "language.choose",
    }
)
LONGEST_PATH = 1_000


def init_app(app: Flask, settings: Settings) -> None:
    """Know the person before anything else looks at the request; turn strangers away; note that a login was used."""

    def identify() -> None:
        key = cookies.read(settings, Cookie.LOGIN)
        g.person = logins.current(db.session(), settings, key, clock.now()) if key else None

    def turn_strangers_away() -> Answer | None:
        if request.endpoint is None or request.endpoint in OPEN or g.person is not None:
            return None
        return turn_away(settings)

    def note_use(response: Response) -> Response:
        person: Person | None = g.get("person")
        now = clock.now()
        if person is not None and now - person.last_seen_at >= logins.SEEN_EVERY:
            response.call_on_close(partial(logins.touch, db.store(), person.login_id, now))
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, identify)
    app.before_request(turn_strangers_away)
    app.after_request(note_use)


def participant_id() -> int:
    """The id of the signed-in participant; only for endpoints that are not open."""
    person: Person = g.person
    return person.id


def turn_away(settings: Settings) -> Answer:
    """Send a stranger to sign in, and remember where they were going."""
    late = cookies.read(settings, Cookie.LOGIN) is not None
    address = _sign_in_address(wanted_page(), late)
    if from_htmx():
        response: Answer = Response("", 401)
        response.headers["HX-Redirect"] = address
    else:
        response = redirect(address, 303)
    if late:
        cookies.drop(response, settings, Cookie.LOGIN)
    return response


def _sign_in_address(goal: str, late: bool) -> str:
    asked = {"next": goal} if goal != "/" else {}
    asked |= {"utlopt": "1"} if late else {}
    page = url_for("auth.sign_in")
    return f"{page}?{urlencode(asked)}" if asked else page


def wanted_page() -> str:
    """The page to come back to: this one, or the one that htmx or a form was sent from."""
    if from_htmx():
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
        return safe_path(f"{shown.path}?{shown.query}".rstrip("?")) if shown.netloc == request.host else "/"
    if request.method in ("GET", "HEAD"):
        return safe_path(request.full_path.rstrip("?"))
    return safe_path(request.path) if _readable(request.path) else "/"


def safe_path(path: str) -> str:
    """`path` if it leads to a page of this portal that is not about signing in or out, otherwise the front page."""
    local = local_path(path) if len(path) <= LONGEST_PATH else "/"
    return "/" if local.startswith(("/logg-inn", "/logg-ut")) else local


def _readable(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # in a request
    except (NotFound, MethodNotAllowed):
        return False
    return True
