"""Headers of every answer (OWASP ASVS 5.0, chapters 3 and 14)."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, g, request

from portal.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self' {sign_in}; frame-ancestors {frames}"
)
MEDIA = "; media-src 'self'"
EVERY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
#: Of pages, since a static file needs none of these and is fetched by a phone.
PAGES = (
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
#: Of static files, whose names change with their content, so that no phone asks whether they are still the same.
NEVER_ASKED = frozenset({"ETag", "Last-Modified"})
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers; a view may name who may frame it in `g.frame_ancestors` (front-channel logout only).

    A page with a recording says so in `g.plays`.
    """
    sign_in = " ".join(settings.sign_in_origins)
    usual = CSP.format(sign_in=sign_in, frames="'none'")

    @app.after_request
    def add(answer: Response) -> Response:
        frames = g.get("frame_ancestors")
        policy = CSP.format(sign_in=sign_in, frames=frames) if frames else usual
        answer.headers["Content-Security-Policy"] = policy + MEDIA if g.get("plays") else policy
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    app.wsgi_app = _with(PAGES, app.wsgi_app)  # type: ignore[assignment, method-assign]  # Flask's way for middleware


def on_every_answer(app: Flask, settings: Settings) -> None:
    """Add what no view decides to whatever is answered, and take away what nobody needs; to be called when all that
    answers is there.
    """
    always = (*EVERY, HTTPS_ONLY) if settings.secure else EVERY
    app.wsgi_app = _with(always, app.wsgi_app, NEVER_ASKED)  # type: ignore[assignment, method-assign]  # Flask's way for middleware


def _with(
    always: tuple[tuple[str, str], ...], inner: WSGIApplication, never: frozenset[str] = frozenset()
) -> WSGIApplication:
    """WSGI middleware that adds headers and takes away those named in `never`: for what no view decides, quicker than
    one by one through Flask.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [header for header in headers if header[0] not in never]
            return start_response(status, [*kept, *always], exc_info)

        return inner(environ, start)

    return answer


def wants_part() -> bool:
    """Whether htmx asks for a part rather than the browser for a page."""
    return request.headers.get("HX-Request-Type", "") == "partial"
