"""Static files under names that carry their content's hash, so that a phone keeps them for a year.

`make` builds `static/dist` (hashed copies, brotli and gzip beside them, a manifest); WhiteNoise serves it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypedDict
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

from portal.resources import folder
from portal.web.headers import every

PREFIX = "static"
ONE_YEAR = 31_536_000
NEVER_ASKED = frozenset({"ETag", "Last-Modified"})


class Built(TypedDict):
    """A line of the manifest: the hashed name and the integrity of the content."""

    name: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Assets:
    """The built static files."""

    manifest: dict[str, Built]

    def url(self, name: str) -> str | None:
        """The address of a built file, or None where it was not built (htmx without Node, say)."""
        built = self.manifest.get(name)
        return f"/{PREFIX}/{built['name']}" if built else None

    def integrity(self, name: str) -> str:
        """The sha384 integrity of a built file; empty where it was not built."""
        return self.manifest[name]["integrity"] if name in self.manifest else ""


class StaticFiles(WhiteNoise):  # type: ignore[misc]  # it has no types
    """Files whose names change with their content, so that no phone asks whether they are still the same."""

    @staticmethod
    def serve(static_file: Any, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The file, without what a phone would ask by."""

        def start(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [header for header in headers if header[0] not in NEVER_ASKED])

        found: Iterable[bytes] = WhiteNoise.serve(static_file, environ, start)
        return found


def init_app(app: Flask) -> None:
    """Serve `static/dist` and give templates `asset`, `integrity` and `icon`."""
    dist = folder("static") / "dist"
    manifest = dist / "manifest.json"
    assets = Assets(json.loads(manifest.read_text()) if manifest.exists() else {})
    server = StaticFiles(
        app.wsgi_app,
        root=dist,
        prefix=PREFIX,
        max_age=ONE_YEAR,
        immutable_file_test=lambda *_: True,
        allow_all_origins=False,
        mimetypes={".opus": "audio/ogg"},
        add_headers_function=partial(_headers, every(app.extensions["settings"])),
    )
    app.wsgi_app = server  # type: ignore[method-assign]  # the usual way to put WSGI middleware around Flask
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(asset=assets.url, integrity=assets.integrity, icon=_icons(assets))


def _headers(always: tuple[tuple[str, str], ...], headers: Headers, _path: str, _url: str) -> None:
    for name, value in always:
        headers[name] = value


def assets_of(app: Flask) -> Assets:
    """The assets that `init_app` found."""
    found: Assets = app.extensions["assets"]
    return found


def _icons(assets: Assets) -> object:
    sprite = assets.url("icons.svg") or ""

    @cache
    def icon(name: str, mirrored: bool = False, size: str = "") -> Markup:
        classes = " ".join(part for part in ("icon", "mirror" if mirrored else "", size) if part)
        return Markup('<svg class="%s" aria-hidden="true"><use href="%s#%s"/></svg>') % (
            classes,
            sprite,
            name,
        )

    return icon
