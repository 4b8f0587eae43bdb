"""Forms that know whose page they stand on.

Behind the token that proves a form to be ours stands a sealed mark of the person whose page it was made for. So a page
left open in a tab is noticed when somebody else has signed in meanwhile, and what the same person typed is not lost.
"""

import base64
import binascii

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

from portal import db
from portal.vault import SealBroken

FIELD = "csrf_token"
_BETWEEN = "~"
_PLACE = "form.mark"


class Forms(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """Flask-WTF's check, of the token without the mark."""

    def init_app(self, app: Flask) -> None:
        """Check every sent form, and give templates `csrf_token`."""
        super().init_app(app)
        app.context_processor(lambda: {"csrf_token": token})

    def _get_csrf_token(self) -> str | None:
        found = super()._get_csrf_token()
        return str(found).partition(_BETWEEN)[0] if found else None


def token() -> str:
    """What every form of this page carries."""
    if "form_token" not in g:
        g.form_token = f"{generate_csrf()}{_BETWEEN}{_mark()}"
    made: str = g.form_token
    return made


def whose() -> int | None:
    """The participant on whose page the sent form stood; None where it was nobody's, or is not ours."""
    mark = request.form.get(FIELD, "").partition(_BETWEEN)[2]
    try:
        return int(db.store().vault.open(base64.urlsafe_b64decode(mark), _PLACE)) if mark else None
    except (SealBroken, binascii.Error, ValueError):
        return None


def _mark() -> str:
    person = g.get("person")
    return base64.urlsafe_b64encode(db.store().vault.seal(str(person.id), _PLACE)).decode() if person else ""
