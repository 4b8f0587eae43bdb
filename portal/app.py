"""`create_app` wires the rooms and the hooks, top to bottom (here, so that one room can be imported without all)."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import configure_mappers

from portal import auth, i18n, web
from portal.auth import guard
from portal.bilingual import legal
from portal.bilingual import page as bilingual_page
from portal.i18n import format as formats
from portal.participant import absences, allowance, decisions, home, leave, me, plan, schedule, words
from portal.resources import folder
from portal.settings import Settings
from portal.store import db, preflight, prepared
from portal.store.key_check import WrongKey
from portal.web import compression, csrf, denials, headers, language, limits, page_context, templates
from portal.web.templates import Pages

log = logging.getLogger(__name__)
SECTIONS = (home, plan, schedule, absences, leave, allowance, decisions, me, words)

#: What happens before a view, in this order. What answers ends the list.
BEFORE_REQUEST = (
    guard.identify,  # whose request it is
    limits.limit,  # before anything reads a form
    language.speak,  # so that whatever is refused from here on is refused in the reader's language
    csrf.check,  # a form is ours
    guard.turn_strangers_away,  # and of this person; every page is private but those of the one open list
    bilingual_page.show,  # the page with Norwegian beside is made of the page itself, twice
)
#: What happens to an answer, in this order.
AFTER_REQUEST = (
    compression.compress,
    guard.note_use,
    headers.add_headers,
    denials.log_denial,
    language.remember,
)


class Portal(Flask):
    """Flask at the root of its host: no request may say otherwise, as some proxies let one do by a header named
    `SCRIPT_NAME`.
    """

    jinja_environment = Pages

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The answer to a request."""
        environ["SCRIPT_NAME"] = ""
        return super().__call__(environ, start_response)


def create_app(settings: Settings, sections: Sequence[Any] = SECTIONS) -> Flask:
    """The portal with these settings and sections: modules, each with its `blueprint`."""
    app = Portal("portal", template_folder=str(folder("templates")), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SESSION_COOKIE_NAME="__Host-skjema" if settings.secure else "skjema",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions["settings"] = settings
    db.init_app(app, db.Store(settings, web=True))
    i18n.init_app(app)
    web.init_app(app)
    auth.init_app(app, settings)
    legal.init_app(app)
    for section in sections:
        app.register_blueprint(section.blueprint)
    for before in BEFORE_REQUEST:
        app.before_request(before)
    for after in reversed(AFTER_REQUEST):  # Flask runs the last one first
        app.after_request(after)
    app.context_processor(_around_the_page)
    app.teardown_appcontext(db.release)
    return app


def _around_the_page() -> dict[str, Any]:
    """What every page has besides what its view gives it."""
    return {
        "csrf_token": csrf.token,
        "page_context": page_context.page_context(),
        "norwegian_beside": bilingual_page.address(),
        "login_left": guard.login_left(),
    }


def wsgi() -> Flask:
    """The portal with settings from the environment; for WSGI servers. Raises WrongKey."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = create_app(Settings())  # type: ignore[call-arg]  # read from the environment
    found = preflight.examine(app.extensions["store"])
    if found is not None:
        log.error("not ready: %s", found.sentence)
        if found.what is preflight.Failing.KEY:
            raise WrongKey
    get_ready(app)
    return app


def get_ready(app: Flask) -> None:
    """Do what the first visit would wait for: templates, the tables' mappings and statements, a connection, words."""
    templates.compile_all(app)
    configure_mappers()
    store: db.Store = app.extensions["store"]
    prepared.compile_all(store.engine.dialect)
    with suppress(SQLAlchemyError), store.read_session() as session:  # a page tells who cannot be reached
        session.connection()
    for known in i18n.LANGUAGES:
        i18n.translator_of(known.id)
    formats.read_weekdays()
