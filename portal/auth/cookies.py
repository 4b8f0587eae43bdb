"""The three cookies of sign-in. On https their names begin with `__Host-`: this host only, secure, whole site."""

import hashlib
import secrets
from enum import StrEnum

from flask import request
from werkzeug.wrappers import Response

from portal.settings import Settings

PREFIX = "__Host-"


class Cookie(StrEnum):
    """What each is for.

    `LOGIN` opens the server-side login. `BROWSER` ties sign-ins under way to this browser. `SIGNED_OUT` remembers that
    somebody signed out here, so that the next one must identify themselves.
    """

    LOGIN = "innlogging"
    BROWSER = "forsok"
    SIGNED_OUT = "utlogget"


LIVES: dict[Cookie, int | None] = {Cookie.LOGIN: None, Cookie.BROWSER: 7_200, Cookie.SIGNED_OUT: 86_400}


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def short_digest(sid: str | None) -> str:
    """What the log keeps of a session at the provider: enough to follow one, and too short to look like a number."""
    return digest(sid).hex()[:10] if sid else "-"


def name(settings: Settings, cookie: Cookie) -> str:
    """The name the browser knows."""
    return f"{PREFIX if settings.secure else ''}{cookie}"


def read(settings: Settings, cookie: Cookie) -> str | None:
    """The value this request brought."""
    return request.cookies.get(name(settings, cookie)) or None


def give(response: Response, settings: Settings, cookie: Cookie, value: str) -> None:
    """Set it: hidden from scripts; Lax, since the way back from ID-porten begins on another site."""
    response.set_cookie(
        name(settings, cookie),
        value,
        max_age=LIVES[cookie],
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="Lax",
    )


def know_browser(response: Response, settings: Settings) -> str:
    """The browser's own secret, given anew so that it lives on."""
    browser = read(settings, Cookie.BROWSER) or new_secret()
    give(response, settings, Cookie.BROWSER, browser)
    return browser


def drop(response: Response, settings: Settings, cookie: Cookie) -> None:
    """Take it away."""
    response.delete_cookie(name(settings, cookie), path="/", secure=settings.secure, httponly=True, samesite="Lax")
