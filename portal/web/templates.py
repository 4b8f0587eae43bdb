"""Templates: what Jinja needs to be told of them, and all of them compiled before the first visit."""

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from flask import Flask
from flask.templating import Environment

from portal.web import date_fields


class Pages(Environment):
    """Flask's environment, with its globals in one mapping."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. Jinja would look through two mappings, by name, for each template imported."""
        return {**self.globals, **d} if d else self.globals


def init_app(app: Flask) -> None:
    """Set how templates are read, and let them ask for an address without values once, not in each place of a page."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    fixed = cache(app.url_for)

    def url_for(endpoint: str, **values: Any) -> str:
        return app.url_for(endpoint, **values) if values else fixed(endpoint)

    app.jinja_env.globals["url_for"] = url_for
    app.jinja_env.filters["date_parts"] = date_fields.parts


def compile_all(app: Flask) -> None:
    """Compile every template, so that the first visit takes no longer than the next."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
