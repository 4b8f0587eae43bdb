"""Errors as calm pages in the reader's language: what happened, and what to do now."""

import logging

from flask import Blueprint, Flask, Response, make_response, request
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InternalError, OperationalError
from werkzeug.exceptions import HTTPException

from portal.casework.pace import HOUR, TooMany
from portal.store import causes, db
from portal.store.db import rule
from portal.store.key_check import WrongKey
from portal.web import denials
from portal.web.respond import page

blueprint = Blueprint("errors", __name__)
WITH_FILES = "multipart/form-data"

Fields = tuple[tuple[str, str], ...]

log = logging.getLogger(__name__)


@blueprint.get("/feil/<any('413', '429'):code>")
def of_proxy(code: str) -> Response:
    """The page for what a proxy in front of the portal refuses: only a file is too large for it."""
    return answer(int(code), file=code == "413", in_a_day=False)


def init_app(app: Flask) -> None:
    """Answer every error with a page; log what was unexpected by name only, since its text may hold what was typed."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response | HTTPException:
        status = error.code or 500
        return error if status < 400 else answer(status)

    for kind in (OperationalError, InternalError):
        app.register_error_handler(kind, _closed)
    app.register_error_handler(WrongKey, _wrong_key)

    @app.errorhandler(TooMany)
    def too_many(error: TooMany) -> Response:
        db.release()
        denials.note("too many sent")
        page_of_limit = answer(429, _sent(), in_a_day=error.within > HOUR)
        page_of_limit.headers["Retry-After"] = str(int(error.within.total_seconds()))
        return page_of_limit

    @app.errorhandler(IntegrityError)
    def refused(error: IntegrityError) -> Response:
        log.error("database refused what was sent to %s: %s", request.url_rule, rule(error))
        return answer(500, _sent())

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if app.testing:
            raise error
        if type(error) is DatabaseError:  # of the file itself: its subclasses tell of what was asked
            return _closed(error)
        log.error("unexpected %s at %s", type(error).__name__, request.url_rule)
        return answer(500)


def _closed(error: DBAPIError) -> Response:
    log.warning("database at %s: %s", request.url_rule, causes.told(error))
    return _try_again()


def _wrong_key(error: WrongKey) -> Response:
    log.error("database at %s: %s", request.url_rule, error)
    return _try_again()


def _try_again() -> Response:
    """The page that asks to come back, with what was sent."""
    found = answer(503, _sent())
    found.headers["Retry-After"] = "2"
    return found


def answer(status: int, sent: Fields = (), *, file: bool = False, **more: object) -> Response:
    """The page for an error of this status. Too much was a file where one could be sent, and else a long text.

    With what was `sent`, one press sends it again to where it was meant for.
    """
    file = file or request.mimetype == WITH_FILES
    return make_response(
        page("errors/error.html", status, code=status, file=file, path=request.path, sent=sent, **more)
    )


def _sent() -> Fields:
    """The fields of a form, files left out. What its sender has not proved to be theirs proves no more from here."""
    try:
        return tuple(request.form.items(multi=True)) if request.method == "POST" else ()
    except HTTPException:  # too large, or not to be read
        return ()
