"""A page with Norwegian beside, for the talk with an adviser or an interpreter: they find a sentence by its number.

`?vis=to` on a page of a section, or of signing in. The page is made twice, in the reader's language and in Norwegian,
by the same route for the same person; reading changes nothing, so it may be done twice. Nothing else of the portal
knows of it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, current_app, make_response, request
from markupsafe import Markup

from portal import clock
from portal.bilingual.in_norwegian import in_norwegian, reads_translation
from portal.bilingual.lines import PageLine, Text, read
from portal.bilingual.pairs import Pair, side_by_side, what_matters
from portal.i18n import format as formats
from portal.i18n import gettext, translator
from portal.request_state import request_state
from portal.web.headers import wants_part
from portal.web.language import FIELD
from portal.web.page_context import SECTIONS
from portal.web.respond import page

ASKS, BOTH = "vis", "to"
MOST = 10  # lines of what matters: one screen
#: Pages before sign-in that an interpreter helps with; the front page is one of a section.
BEFORE = ("auth.sign_in", "auth.not_registered")
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class BilingualPage:
    """What the page prints: heading in both languages, moment, the pairs that matter, the rest, the way back."""

    title: str
    heading: Pair
    moment: Markup
    first: tuple[Pair, ...]
    rest: tuple[Pair, ...]
    back: str


def address() -> str | None:
    """Where this page stands with Norwegian beside; None where there is nothing to put beside."""
    return _here({ASKS: BOTH}) if _has_two_sides() else None


def _has_two_sides() -> bool:
    shown = request.blueprint in SECTIONS or request.endpoint in BEFORE
    return shown and request.method in _READING and reads_translation()


def _here(more: dict[str, str]) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in (ASKS, FIELD)]
    return f"{request.path}?{urlencode([*kept, *more.items()])}".rstrip("?")


def show() -> Response | tuple[str, int] | None:
    """The page with Norwegian beside, where it is asked for so; None for the page itself."""
    if request.args.get(ASKS) != BOTH or not _has_two_sides() or wants_part():
        return None
    own = _answer()
    if own.status_code != 200 or own.mimetype != "text/html":
        return own
    with in_norwegian():
        norwegian = _answer()
    return page("side_by_side.html", beside_page=_both(own.get_data(as_text=True), norwegian.get_data(as_text=True)))


def _answer() -> Response:
    view = current_app.view_functions[request.endpoint or ""]
    return make_response(view(**(request.view_args or {})))


def _both(own: str, norwegian: str) -> BilingualPage:
    mine, theirs = read(own), read(norwegian)
    heading = Pair(_heading(mine.lines), _heading(theirs.lines), "h1")
    person = request_state().person
    first, rest = what_matters(list(side_by_side(_rest(mine.lines), _rest(theirs.lines))), MOST)
    suffix = f" – {formats.isolated(person.municipality if person else '')}"
    return BilingualPage(
        title=mine.title.removesuffix(suffix),
        heading=heading,
        moment=_moment(),
        first=tuple(first),
        rest=tuple(rest),
        back=_here({}),
    )


def _heading(lines: list[PageLine]) -> Text:
    return next((line.text for line in lines if line.kind == "h1"), ())


def _rest(lines: list[PageLine]) -> list[PageLine]:
    return [line for line in lines if line.kind != "h1"]


def _moment() -> Markup:
    now = clock.now()
    day = translator().day_long(clock.local(now).date())
    return gettext("%(day)s kl. %(time)s", day=day, time=formats.clock(formats.wall_clock(now)))
