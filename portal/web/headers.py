"""Headers of every answer (OWASP ASVS 5.0, chapters 3 and 14)."""

from flask import Flask, Response, g, request

from portal.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self' {sign_in}; frame-ancestors {frames}"
)
MEDIA = "; media-src 'self'"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers; a view may name who may frame it in `g.frame_ancestors` (front-channel logout only).

    A page with a recording says so in `g.plays`.
    """
    sign_in = " ".join(settings.sign_in_origins)
    usual = CSP.format(sign_in=sign_in, frames="'none'")

    @app.after_request
    def add(answer: Response) -> Response:
        answer.headers.extend(FIXED)
        frames = g.get("frame_ancestors")
        policy = CSP.format(sign_in=sign_in, frames=frames) if frames else usual
        answer.headers["Content-Security-Policy"] = policy + MEDIA if g.get("plays") else policy
        answer.headers.setdefault("Cache-Control", "no-store")
        if settings.secure:
            answer.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return answer


def wants_part() -> bool:
    """Whether htmx asks for a part rather than the browser for a page."""
    return request.headers.get("HX-Request-Type", "") == "partial"
