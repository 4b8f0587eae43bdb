"""Errors as calm pages in the reader's language: what happened, and what to do now."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, make_response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from portal.i18n import gettext as _
from portal.web.respond import page

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """A heading and what to do."""

    heading: str
    body: str


def explain(status: int) -> Said:
    """What a page says for an HTTP status."""
    match status:
        case 404 | 405:
            return Said(_("Vi finner ikke siden"), _("Siden kan være flyttet. Gå til forsiden og prøv igjen."))
        case 400:
            return Said(_("Vi forstod ikke det som ble sendt"), _("Gå tilbake, og prøv en gang til."))
        case 413:
            return Said(_("Det du sendte, er for stort"), _("Send mindre tekst eller en mindre fil."))
        case 429:
            return Said(_("Det gikk litt for fort"), _("Vent ett minutt, og prøv igjen."))
        case 503:
            return Said(_("Portalen er opptatt akkurat nå"), _("Vent litt, og prøv igjen. Ingenting er borte."))
        case _:
            return Said(_("Noe gikk galt hos oss"), _("Det er ikke din feil. Prøv igjen, eller ring kommunen."))


def init_app(app: Flask) -> None:
    """Answer every error with a page; log what was unexpected, by name only."""

    @app.errorhandler(CSRFError)
    def too_old(_error: CSRFError) -> Response:
        said = Said(_("Siden var åpen for lenge"), _("Gå tilbake, last siden på nytt og prøv igjen."))
        return _answer(said, 400)

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response | HTTPException:
        status = error.code or 500
        return error if status < 400 else _answer(explain(status), status)

    @app.errorhandler(OperationalError)
    def busy(_error: OperationalError) -> Response:
        log.warning("database busy at %s", request.url_rule)
        answer = _answer(explain(503), 503)
        answer.headers["Retry-After"] = "2"
        return answer

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if app.testing:
            raise error
        log.error("unexpected %s at %s", type(error).__name__, request.url_rule)
        return _answer(explain(500), 500)


def _answer(said: Said, status: int) -> Response:
    return make_response(page("errors/error.html", status, said=said, status=status))
