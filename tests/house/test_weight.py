"""What a phone has to fetch, and how often a page asks the database: counted, never timed."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal import clock
from portal.demo import files
from portal.i18n import LANGUAGES, Language
from tests.statements import statements
from tests.strict import settle_letters, sign_in

pytestmark = pytest.mark.one_database

FIRST_VISIT = 24 * 1024
REPEAT_VISIT = 3 * 1024
FILE = re.compile(r'(?:href|src)="(/static/[^"#]+)')
MOST_STATEMENTS = {
    "/": 5, "/plan": 13, "/timeplan": 4, "/fravaer": 10, "/permisjon": 6, "/permisjon/ny": 2, "/stonad": 8, "/meg": 7,
    "/plan/versjon/1": 7, "/stonad?alle=1": 7, "/venter": 2,
}  # fmt: skip
#: Home tells whose programme does not go on why, and whose was stopped the decision.
MORE_ON_HOME = {"samira": 1, "bilal": 3}
COMPRESSED = {"Accept-Encoding": "br, gzip"}


def on_the_wire(answer: TestResponse) -> int:
    """Bytes of an answer: its status line, headers and body."""
    return (
        len(answer.data) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers) + len("HTTP/1.1 200 OK")
    )


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
@pytest.mark.parametrize("path", ["/", "/permisjon/ny", "/fravaer", "/timeplan", "/stonad", "/plan", "/meg"])
def test_a_visit_is_light(shown_app: Flask, path: str, language: Language) -> None:
    client = sign_in(shown_app, "amal", language.id)
    settle_letters(shown_app, language.id)
    page = client.get(path, headers=COMPRESSED)
    assert page.headers["Content-Encoding"] == "br"
    found = set(FILE.findall(client.get(path).get_data(as_text=True)))
    assert len(found) >= 3, "styles, icons, and a script"
    total = on_the_wire(page)
    for file in found:
        with client.get(file, headers=COMPRESSED) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            total += on_the_wire(answer)
    assert total <= FIRST_VISIT
    if path == "/":
        assert on_the_wire(client.get(path, headers=COMPRESSED)) <= REPEAT_VISIT


@pytest.mark.parametrize("path", MOST_STATEMENTS)
def test_no_page_asks_once_per_row(shown_app: Flask, path: str) -> None:
    counts = set()
    for person in files.people(clock.today()):
        client = sign_in(shown_app, person.id)
        with statements(shown_app) as heard:
            client.get(path)
        more = MORE_ON_HOME.get(person.id, 0) if path in ("/", "/venter") else 0
        assert len(heard) <= MOST_STATEMENTS[path] + more, "\n".join(heard)
        counts.add(len(heard))
    assert counts


def test_the_portal_works_without_htmx(shown_app: Flask, demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "htmx.min" in sign_in(shown_app, "amal").get("/stonad/hva-hvis").get_data(as_text=True)
    monkeypatch.delitem(demo_app.extensions["assets"].manifest, "vendor/htmx.min.js")
    monkeypatch.setattr("tests.strict.NEEDS_HTMX", False)
    assert "htmx.min" not in sign_in(demo_app, "amal").get("/stonad/hva-hvis").get_data(as_text=True)
