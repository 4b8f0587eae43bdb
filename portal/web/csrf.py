"""Forms that know whose page they stand on.

A form carries a short signature of this browser's Flask-WTF token, which proves it to be ours, and a signed mark of the
person whose page it was made for. So a page left open in a tab is noticed when somebody else has signed in meanwhile,
and what the same person typed is not lost. The library's whole token would be 200 bytes on home, compressed.
"""

import hmac
from functools import cache, lru_cache
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from itsdangerous import BadSignature, Signer, URLSafeSerializer

from portal.request_state import request_state
from portal.settings import Settings
from portal.web import denials

FIELD = "csrf_token"
_BETWEEN = "~"
#: What a browser says of where a form stood (W3C Fetch Metadata) that lets it in: our page, or the reader's own doing.
_OURS = ("same-origin", "none")
_ELSEWHERE = ("same-site", "cross-site")


class Forms(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """Flask-WTF's check, called in its place among the hooks (`portal/app.py`), of a token with a mark behind it."""

    def init_app(self, app: Flask) -> None:
        """Let templates have `csrf_token`."""
        app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False)
        super().init_app(app)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check what is sent; raises CSRFError, also where the page it says to come from has no readable address.

        What the browser itself says to come from another site, and a field without a name, is a bad request whatever
        its token: no page of ours sends that.
        """
        if request.method not in current_app.config["WTF_CSRF_METHODS"] or (apply_exemptions and self._is_exempt()):
            return
        elsewhere = _elsewhere()
        if elsewhere or None in request.form or None in request.files:
            denials.note(elsewhere or "a field without a name")
            abort(400)
        try:
            super().protect(apply_exemptions)
        except ValueError as unreadable:
            raise CSRFError from unreadable

    def _get_csrf_token(self) -> str | None:
        """The library's own token where the signature of it was sent, so that its check goes on from there."""
        sent = str(super()._get_csrf_token() or "").partition(_BETWEEN)[0]
        is_ours = FIELD in session and hmac.compare_digest(
            sent.encode(), _token(current_app.config["SECRET_KEY"], session[FIELD], None).encode()
        )
        return str(generate_csrf()) if is_ours else None


def check() -> None:
    """Check the form of this request, with Flask-WTF's own settings."""
    forms: Forms = current_app.extensions["csrf"]
    if current_app.config["WTF_CSRF_ENABLED"]:
        forms.protect(apply_exemptions=True)


def _elsewhere() -> str | None:
    """By which header the browser says that the form stood on another site; None where it says ours, or nothing."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in _OURS:
        return f"sec-fetch-site {site if site in _ELSEWHERE else 'unknown'}"
    return "origin" if origin is not None and origin not in _origins() else None


def _origins() -> tuple[str, str]:
    """The portal's origin as it knows it and as it was asked for."""
    settings: Settings = current_app.extensions["settings"]
    known = urlsplit(settings.base_url)
    return f"{known.scheme}://{known.netloc}", f"{request.scheme}://{request.host}"


def token() -> str:
    """What every form of this page carries."""
    if FIELD not in session:
        g.pop(FIELD, None)  # the library remembers its token, though the session was emptied since
        generate_csrf()  # makes the browser's secret
    person = request_state().person
    return _token(current_app.config["SECRET_KEY"], session[FIELD], person.id if person else None)


@lru_cache(maxsize=1024)
def _token(key: str, secret: str, person: int | None) -> str:
    """Sixteen letters that only we can make of the secret in the browser's session, and whose page it is; made once for
    all forms of a page, and for the pages that follow.
    """
    signer, marks = _signers(key)
    proof = signer.get_signature(secret).decode()[:16]
    return proof if person is None else f"{proof}{_BETWEEN}{marks.dumps(person)}"


def whose() -> int | None:
    """The participant on whose page the sent form stood; None where it was nobody's, or is not ours."""
    try:
        found: int = _signers(current_app.config["SECRET_KEY"])[1].loads(
            request.form.get(FIELD, "").partition(_BETWEEN)[2]
        )
    except BadSignature:
        return None
    return found


@cache
def _signers(key: str) -> tuple[Signer, URLSafeSerializer]:
    """What signs the browser's secret, and what signs whose page it is."""
    return Signer(key, salt="form"), URLSafeSerializer(key, salt="whose page")
