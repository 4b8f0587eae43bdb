"""Templates are compiled before the first visit, and what they ask for once is the same for everybody."""

import pytest
from flask import Flask

from portal.web import templates
from portal.web.templates import Pages
from tests.strict import sign_in

pytestmark = pytest.mark.one_database


def test_after_a_start_no_visit_compiles_a_template(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str | None] = []
    compile_one = Pages.compile

    def noted(self: Pages, source: str, name: str | None = None, *more: object) -> object:
        compiled.append(name)
        return compile_one(self, source, name, *more)

    monkeypatch.setattr(Pages, "compile", noted)
    demo_app.jinja_env.bytecode_cache = None
    templates.compile_all(demo_app)
    assert len(compiled) == len(set(compiled)) > 50, "each of them, once"
    compiled.clear()
    for language in ("nb", "ar"):
        assert sign_in(demo_app, "amal", language).get("/plan").status_code == 200
    assert compiled == []


def test_an_address_is_the_same_on_every_page(shown_app: Flask) -> None:
    url_for = shown_app.jinja_env.globals["url_for"]
    for path in ("/", "/plan/versjon/1", "/logg-inn"):
        with shown_app.test_request_context(path, base_url="http://localhost:8000"):
            assert url_for("home.index") == shown_app.url_for("home.index") == "/"
            assert url_for("plan.version", number=1) == "/plan/versjon/1"
