"""Who is this, and may they be here? Every page is private unless its endpoint stands in OPEN."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Response as Answer

from portal import clock
from portal.auth import cookies, logins, saved_forms
from portal.auth.cookies import Cookie
from portal.auth.logins import SignedInPerson
from portal.request_state import request_state
from portal.settings import Settings
from portal.store import db
from portal.web import csrf, denials, errors
from portal.web.language import local_path
from portal.web.respond import from_htmx

#: The only endpoints that answer somebody who is not signed in.
OPEN = frozenset(
    {
        "auth.sign_in",
        "auth.start",
        "auth.callback",
        "auth.not_signed_in",
        "auth.not_registered",
        "auth.sign_out",
        "auth.signed_out",
        "auth.time_left",
        "auth.front_channel",
        "auth.back_channel",
        "errors.of_proxy",
        "home.index",
        "health.live",
        "health.ready",
        "language.choose",
    }
)
#: Answers whatever the database does, to whoever asks.
ASKS_NOBODY = frozenset({"health.live"})
LONGEST_PATH = 1_000
#: Not pages to come back to.
NO_GOAL = ("/logg-inn", "/logg-ut", "/bli", "/annen")


@dataclass(frozen=True, slots=True)
class RemainingTime:
    """How long a login still lasts, and when it ends. `last`: whatever one does: it ends after two hours in all."""

    seconds: int
    last: bool
    at: datetime


def init_app(app: Flask, settings: Settings) -> None:
    """Answer forms whose token is not ours."""
    app.register_error_handler(CSRFError, partial(_token_failed, settings))


def identify() -> None:
    """Know the person; to be called before anything else looks at the request."""
    settings: Settings = current_app.extensions["settings"]
    key = cookies.read(settings, Cookie.LOGIN)
    if key and request.endpoint not in ASKS_NOBODY:
        with db.short_read_session() as session:
            request_state().person = logins.current(session, settings, key, clock.now())


def turn_strangers_away() -> Answer | None:
    """Let in whoever may be here: None; the answer to anybody else."""
    if (person := request_state().person) is not None:
        return _of_this_person(person) if g.get("csrf_valid") else None
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    return turn_away(current_app.extensions["settings"])


def login_left() -> RemainingTime | None:
    """How long the login of this page lasts; None where nobody is signed in."""
    return left(current_app.extensions["settings"]) if request_state().person else None


def _of_this_person(person: SignedInPerson) -> Answer | None:
    """None where the form stood on a page made for the one who is signed in. A token without a mark may be planted."""
    match csrf.whose():
        case None:
            raise CSRFError
        case sender:
            return None if sender == person.id else _someone_else()


def _token_failed(settings: Settings, _error: CSRFError) -> Answer:
    denials.note("form token")
    sender = csrf.whose()
    if sender is None:
        return errors.answer(400)
    person = request_state().person
    if person is None:
        return turn_away(settings)
    return _back_to_the_page(settings, person) if sender == person.id else _someone_else()


def note_use(response: Response) -> Response:
    """Note that a login was used, after the answer is sent; asking for the time left is no use of it."""
    person = request_state().person
    now = clock.now()
    asks_for_the_time = request.endpoint == "auth.time_left"
    if person is not None and not asks_for_the_time and now - person.last_seen_at >= logins.SEEN_EVERY:
        response.call_on_close(partial(logins.touch, db.store(), person.login_id, now))
    return response


def left(settings: Settings, *, used: bool = True) -> RemainingTime:
    """How long the present login lasts after this request; `used`: the request counts as use."""
    person = signed_in()
    now = clock.now()
    noted = used and now - person.last_seen_at >= logins.SEEN_EVERY
    idle_end = (now if noted else person.last_seen_at) + timedelta(minutes=settings.login_idle_minutes)
    end = min(idle_end, person.expires_at)
    return RemainingTime(int((end - now).total_seconds()), person.expires_at <= idle_end, end)


def participant_id() -> int:
    """The id of the signed-in participant; only for endpoints that are not open."""
    return signed_in().id


def signed_in() -> SignedInPerson:
    """The signed-in participant; only for endpoints that are not open."""
    person = request_state().person
    assert person is not None  # `turn_strangers_away` let the request through
    return person


def turn_away(settings: Settings) -> Answer:
    """Send a stranger to sign in, and remember where they were going and what they sent."""
    denials.note("not signed in")
    sender = csrf.whose() if request.method == "POST" else None
    late = sender is not None or cookies.read(settings, Cookie.LOGIN) is not None
    response = _lead_to("")
    goal = _keep(settings, sender, response) if sender is not None else wanted_page()
    _point(response, _sign_in_address(goal, late))
    if late:
        cookies.drop(response, settings, Cookie.LOGIN)
    return response


def _back_to_the_page(settings: Settings, person: SignedInPerson) -> Answer:
    """The same person has signed in again in another tab: show the page anew with what was typed."""
    response = _lead_to("")
    _point(response, _keep(settings, person.id, response))
    return response


def _keep(settings: Settings, participant_id: int, response: Answer) -> str:
    browser = cookies.know_browser(response, settings)
    with db.store().login_session() as signing:
        address = saved_forms.keep(signing, participant_id, browser, wanted_page(), clock.now())
        signing.commit()
    return address


def _someone_else() -> Answer:
    """Another person's page was sent: nothing of it is read."""
    denials.note("a form of somebody else's page")
    return _lead_to(url_for("auth.someone_else"))


def _lead_to(address: str) -> Answer:
    """A browser is redirected; htmx is told where to go."""
    response: Answer = Response("", 401) if from_htmx() else redirect(address, 303)
    _point(response, address)
    return response


def _point(response: Answer, address: str) -> None:
    response.headers["HX-Redirect" if response.status_code == 401 else "Location"] = address


def _sign_in_address(goal: str, late: bool) -> str:
    asked = {"next": goal} if goal != "/" else {}
    asked |= {"utlopt": "1"} if late else {}
    page = url_for("auth.sign_in")
    return f"{page}?{urlencode(asked)}" if asked else page


def wanted_page() -> str:
    """The page to come back to: this one, or the one that htmx or a form was sent from."""
    if from_htmx():
        path, query = _shown_here(request.headers.get("HX-Current-URL"))
        return safe_path(f"{path}?{query}".rstrip("?"))
    if request.method in ("GET", "HEAD"):
        return safe_path(request.full_path.rstrip("?"))
    if _readable(request.path):
        return safe_path(request.path)
    path, _query = _shown_here(request.referrer)
    return safe_path(path) if _readable(path) else "/"


def _shown_here(address: str | None) -> tuple[str, str]:
    """Path and query of a page of this portal that a browser names; the front page for anything else."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return "/", ""
    return (parts.path, parts.query) if parts.netloc == request.host else ("/", "")


def safe_path(path: str) -> str:
    """`path` if it leads to a page of this portal that is not about signing in or out, otherwise the front page."""
    local = local_path(path) if len(path) <= LONGEST_PATH else "/"
    return "/" if local.startswith(NO_GOAL) else local


def _readable(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # in a request
    except (NotFound, MethodNotAllowed):
        return False
    return True
