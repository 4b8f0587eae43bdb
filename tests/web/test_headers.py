"""What every answer carries on https: pages, errors and static files alike."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.databases import Embedded, make
from tests.settings import settings_for
from tests.strict import opened, token_of

PUBLIC = "https://portal.example.no"
FILE = re.compile(r'href="(/static/[^"#]+\.css)"')


@pytest.fixture
def secure_app(embedded: Embedded) -> Iterator[Flask]:
    real = {"base_url": PUBLIC, "oidc_issuer": "https://test.idporten.no", "demo": False}
    with opened(settings_for(make(embedded), **real)) as app:
        yield app


def test_pages_errors_and_static_files_carry_the_same(secure_app: Flask) -> None:
    client = secure_app.test_client()
    front = client.get("/", base_url=PUBLIC)
    (style, *_) = FILE.findall(front.text)
    for answer in (front, client.get("/x", base_url=PUBLIC), client.get(style, base_url=PUBLIC)):
        with answer:
            assert once(answer, "Strict-Transport-Security").startswith("max-age=63072000")
            assert once(answer, "Cross-Origin-Resource-Policy") == "same-origin"
            assert once(answer, "X-Content-Type-Options") == "nosniff"


def once(answer: TestResponse, name: str) -> str:
    """The value of a header that must stand there once."""
    (value,) = answer.headers.getlist(name)
    return value


def test_the_cookie_of_the_language_is_bound_to_this_host(secure_app: Flask) -> None:
    client = secure_app.test_client()
    token = token_of(client.get("/", base_url=PUBLIC).text)
    typed = {"csrf_token": token, "sprak": "uk", "next": "/"}
    chosen = client.post("/sprak", data=typed, base_url=PUBLIC, headers={"Referer": f"{PUBLIC}/"})
    (cookie,) = [line for line in chosen.headers.getlist("Set-Cookie") if "sprak" in line]
    assert cookie.startswith("__Host-sprak=uk;")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert '<html lang="uk"' in client.get("/", base_url=PUBLIC).text
    planted = secure_app.test_client()
    planted.set_cookie("sprak", "uk", domain="portal.example.no")
    assert '<html lang="nb"' in planted.get("/", base_url=PUBLIC).text
