"""A test client that reads every HTML answer as a strict reader would, and refuses what people would stumble over."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from portal import clock
from portal.app import create_app
from portal.auth import cookies, logins
from portal.auth.claims import Identity
from portal.auth.people import Numbered
from portal.settings import Settings
from portal.tables.people import Participant

LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}
NEEDS_HTMX = (Path(__file__).parents[1] / "static" / "vendor" / "htmx.min.js").exists()
HTMX_ACTIONS = {"hx-get": "href", "hx-post": "action"}


class StrictClient(FlaskClient):
    """A Flask client whose every HTML answer must be whole, labelled and free of inline code."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; raises AssertionError where the answer is not fit for a reader."""
        answer = super().open(*args, **kwargs)
        if _readable(answer):
            examine(answer)
        return answer


def _readable(answer: TestResponse) -> bool:
    """Whether an answer is HTML for a reader: no redirect, and not compressed."""
    leads_on = answer.status_code in (301, 302, 303, 307, 308)
    return answer.mimetype == "text/html" and bool(answer.data) and not leads_on and not answer.content_encoding


def examine(answer: TestResponse) -> None:
    """Refuse an answer that a browser, a screen reader or the content policy would stumble over."""
    text = answer.get_data(as_text=True)
    whole = text.lstrip().lower().startswith("<!doctype")
    tree = parsed(text, whole=whole)
    elements = list(tree.iter())
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    if whole:
        _examine_page(tree, elements)
    else:
        assert len(list(tree)) == 1, "a part has one root element"
    assert not any("<br" in text or "<bdi" in text for text in tree.itertext()), "markup that was escaped"
    for element in elements:
        _examine_element(element, elements, set(ids))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@lru_cache(maxsize=256)
def parsed(text: str, *, whole: bool) -> Element:
    """A whole page, or a part of one, as a browser builds it; whoever asks next gets the same, so nobody changes it."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    try:
        return parser.parse(text) if whole else parser.parseFragment(text)
    except ParseError as error:
        line, column = parser.errors[-1][0] if parser.errors else (0, 0)
        raise AssertionError(f"not HTML at {line}:{column}: {error}\n{text.splitlines()[line - 1][:300]}") from error


def _examine_page(tree: Element, elements: list[Element]) -> None:
    assert tree.get("lang"), "lang stands on html"
    assert tree.get("dir") in ("ltr", "rtl"), "dir stands on html"
    assert len([e for e in elements if e.tag == "h1"]) == 1, "exactly one h1"
    title = next(e for e in elements if e.tag == "title")
    assert (title.text or "").strip(), "a title"
    assert len([e for e in elements if e.tag == "main"]) == 1, "exactly one main"
    asks = any(name.startswith("hx-") for e in elements for name in e.attrib)
    has_it = any("htmx" in (e.get("src") or "") for e in elements if e.tag == "script")
    assert has_it or not asks or not NEEDS_HTMX, "a page with hx-attributes sets uses_htmx"
    speaks = any("aloud" in (e.get("class") or "").split() for e in elements)
    fetches = any("/aloud." in (e.get("src") or "") for e in elements if e.tag == "script")
    assert speaks == fetches, "a page fetches the reading script where something can be heard, and only there"
    for button in (e for e in elements if e.get("data-aloud")):
        assert button.get("data-aloud") in {e.get("id") for e in elements}, "a button reads a part of its page"


def _examine_element(element: Element, elements: list[Element], ids: set[str]) -> None:  # noqa: C901  # a list of rules
    tag = element.tag
    assert element.get("style") is None, f"inline style on {tag}"
    assert not [name for name in element.attrib if name.startswith(("on", "hx-on"))], f"inline code on {tag}"
    assert tag != "style", "a style element"
    assert tag != "script" or (element.get("src") and not (element.text or "").strip()), "an inline script"
    for name in ("aria-describedby", "aria-labelledby", "for"):
        for target in (element.get(name) or "").split():
            assert target in ids, f"{name}={target} points at nothing"
    if tag in LABELLED and element.get("type") not in UNLABELLED_TYPES:
        assert _label(element, elements), f"{tag} {element.get('name')} has no label"
    if tag in ("a", "button"):
        assert words_in(element) or element.get("aria-label"), f"{tag} without words: {element.attrib}"
    if tag == "form" and (element.get("method") or "get").lower() == "post":
        assert element.get("action"), "a form says where it goes"
        assert any(e.get("name") == "csrf_token" for e in element.iter()), (
            f"form {element.get('action')} lacks its token"
        )
    for action, fallback in HTMX_ACTIONS.items():
        if element.get(action):
            forms = [e for e in elements if e.tag == "form" and element in set(e.iter())]
            assert element.get(fallback) or element.get("formaction") or forms, f"{action} without a way round it"
    if tag == "img":
        assert element.get("alt") is not None, "an image without alt"


def _label(element: Element, elements: list[Element]) -> bool:
    own = element.get("id")
    return bool(
        element.get("aria-label")
        or element.get("aria-labelledby")
        or any(e.tag == "label" and (e.get("for") == own or element in set(e.iter())) for e in elements)
    )


def words_in(element: Element) -> str:
    """All text within an element, in one line."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


class Compiled(BytecodeCache):
    """Templates compiled once for all portals of a test run."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The portal with strict clients; it lets go of its database in the end."""
    app = create_app(settings)
    app.testing, app.test_client_class = True, StrictClient
    try:
        yield app
    finally:
        app.extensions["store"].close()


def token_of(page: str) -> str:
    """The form token of a page; raises AssertionError where it has none."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "a page with a form"
    return found[1]


def sign_in(app: Flask, person: str, language: str = "nb") -> StrictClient:
    """A browser in which the participant with external id `person` is signed in, as sign-in itself leaves it."""
    client: StrictClient = app.test_client()  # type: ignore[assignment]  # the portal's own class
    settings: Settings = app.extensions["settings"]
    now = clock.now()
    with app.extensions["store"].read_session() as session:
        row = session.execute(
            select(Participant.id, Participant.pid_index).where(Participant.external_id == person)
        ).one()
    with app.extensions["store"].login_session() as session:
        who = Identity(pid="", acr=settings.oidc_acr, sid=None, auth_time=now)
        key = logins.start(session, settings, Numbered(*row), who, id_token="", old=None, now=now)
        session.commit()
    client.set_cookie(cookies.name(settings, cookies.Cookie.LOGIN), key, domain="localhost")
    client.set_cookie("sprak", language, domain="localhost")
    return client


def settle_letters(app: Flask, language: str = "nb") -> None:
    """Everybody has said which language letters shall be in, so that no page asks."""
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).values(chosen_language=language))
        session.commit()
