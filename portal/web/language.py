"""Which language this request speaks, and the chooser that changes it.

Order: what was just chosen, what was chosen before (cookie), the participant's own language, the browser's wish, and
Norwegian with the chooser in plain view. The menu of each page offers the nearest languages and `every one`, which
shows the same page, as typed, with all of them.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as Answer

from portal.i18n import BY_ID, LANGUAGES, NORWEGIAN, Language, match, negotiate, translator, translator_of
from portal.request_state import request_state
from portal.settings import Settings

COOKIE = "sprak"
#: Addresses whose page cannot be asked for again: what they were asked with is used up.
SHOWN_ONCE = ("/logg-inn/start", "/logg-inn/tilbake")
FIELD = "sprak"
EVERY = "alle"
ONE_YEAR = 31_536_000
REFUSED = 400

blueprint = Blueprint("language", __name__)


@blueprint.post("/sprak")
def choose() -> Answer:
    """Remember the chosen language and go back to the page the reader was on; with all languages if asked for them."""
    path, _, query = local_path(_shown() or request.form.get("next", "/")).partition("?")
    asked = [(name, value) for name, value in parse_qsl(query) if name != FIELD]
    if request.form.get(FIELD) == EVERY:
        asked.append((FIELD, EVERY))
    return redirect(f"{path}?{urlencode(asked)}".rstrip("?"), 303)


def _shown() -> str | None:
    """The page that the reader sees, where the browser says so and it can be shown again: htmx may have moved on since
    the form was made.
    """
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if parts.netloc != request.host or parts.path in SHOWN_ONCE:
        return None
    return f"{parts.path}?{parts.query}".rstrip("?")


def local_path(path: str) -> str:
    """`path` if it leads to this very portal, otherwise the front page."""
    try:
        parts = urlsplit(path.replace("\\", "/"))
    except ValueError:
        return "/"
    safe = path.startswith("/") and not path.startswith("//") and not parts.netloc and not parts.scheme
    return path if safe and path.isprintable() and "\\" not in path else "/"


def changing() -> bool:
    """Whether a form was sent only to change the language: show it again as typed, without judging it."""
    return request_state().language_chosen is not None and request.endpoint != "language.choose"


def choosing() -> bool:
    """Whether the reader asked to see every language."""
    return request_state().shows_every_language


def is_chosen() -> bool:
    """Whether this browser's reader has chosen a language that is shown here."""
    shown = tuple(language.id for language in shown_languages(current_app.extensions["settings"]))
    return match(request.cookies.get(_cookie(), ""), shown) is not None


def stay() -> None:
    """Let this browser keep the language of the page, though the one on record changes."""
    request_state().language_chosen = translator().language.id


def letters_to_offer() -> Language | None:
    """The language that the participant chose here, where they have not said that letters shall be in another."""
    person, chosen = request_state().person, (request_state().reader or translator()).language
    if person is None or person.chose_language or request.cookies.get(_cookie()) != chosen.id:
        return None
    return None if match(person.language) == chosen.id else chosen


def shown_languages(settings: Settings) -> tuple[Language, ...]:
    """The languages that this municipality has approved, bokmål first; all of them where it has not chosen."""
    return tuple(BY_ID[name] for name in settings.languages) if settings.languages else LANGUAGES


def speak() -> None:
    """Choose the language of this request."""
    now, shown = request_state(), tuple(language.id for language in shown_languages(current_app.extensions["settings"]))
    now.translator = translator_of(_known(shown) or negotiate(_wishes(), shown) or NORWEGIAN.id)
    sent = request.form.get(FIELD) if request.method == "POST" else None  # too large a form is refused in these words
    chosen = match(sent, shown) if sent is not None else None
    if chosen:
        now.translator = translator_of(chosen)
    now.shows_every_language = EVERY in (sent, request.args.get(FIELD) if request.query_string else None)
    now.language_chosen = translator().language.id if sent == EVERY else chosen


def remember(answer: Response) -> Response:
    """Let the browser keep what was chosen."""
    chosen = request_state().language_chosen
    if chosen and answer.status_code != REFUSED:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        answer.set_cookie(_cookie(), chosen, max_age=ONE_YEAR, secure=secure, httponly=True, samesite="Lax", path="/")
    return answer


def _known(shown: tuple[str, ...]) -> str | None:
    person = request_state().person
    candidates = (request.cookies.get(_cookie()), person.language if person else None)
    return next((found for tag in candidates if tag and (found := match(tag, shown))), None)


def _cookie() -> str:
    """The name of the cookie; on https its prefix binds it to this very host."""
    return f"__Host-{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE


def _wishes() -> str:
    return request.headers.get("Accept-Language", "")
