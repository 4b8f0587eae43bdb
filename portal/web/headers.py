"""Headers of every answer (OWASP ASVS 5.0, chapters 3 and 14)."""

from flask import Response, current_app, request

from portal.request_state import request_state
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
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def every(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The headers of whatever is answered, static files too."""
    return (*EVERY, HTTPS_ONLY) if settings.secure else EVERY


def add_headers(answer: Response) -> Response:
    """Add the headers of a page. Who may frame it, and that it plays something, stands in the request's state."""
    settings: Settings = current_app.extensions["settings"]
    now = request_state()
    policy = CSP.format(sign_in=" ".join(settings.sign_in_origins), frames=now.frame_ancestors or "'none'")
    answer.headers["Content-Security-Policy"] = policy + MEDIA if now.plays else policy
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.extend((*PAGES, *every(settings)))
    return answer


def wants_part() -> bool:
    """Whether htmx asks for a part rather than the browser for a page."""
    return request.headers.get("HX-Request-Type", "") == "partial"
