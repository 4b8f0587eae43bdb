"""`create_app` wires the rooms, top to bottom (here, so that one room can be imported without all of them)."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask

from portal import auth, db, i18n, preflight, web
from portal.bilingual import beside, legal
from portal.key_check import WrongKey
from portal.participant import absences, allowance, decisions, home, leave, me, plan, schedule
from portal.resources import folder
from portal.settings import Settings
from portal.web.templates import Pages

log = logging.getLogger(__name__)
SECTIONS = (home, plan, schedule, absences, leave, allowance, decisions, me)


class Portal(Flask):
    """Flask with our templates, and without a look at every view and hook whether it is asynchronous: none is.

    It stands at the root of its host. Its addresses are kept for every reader, so no request may say otherwise: servers
    let some proxies pass on a header named `SCRIPT_NAME`.
    """

    jinja_environment = Pages

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The answer to a request."""
        environ["SCRIPT_NAME"] = ""
        return super().__call__(environ, start_response)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def create_app(settings: Settings) -> Flask:
    """The portal with these settings."""
    app = Portal("portal", template_folder=str(folder("templates")), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SESSION_COOKIE_NAME="__Host-skjema" if settings.secure else "skjema",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = settings
    db.init_app(app, db.Store(settings, web=True))
    i18n.init_app(app)
    web.init_app(app, settings)
    auth.init_app(app, settings)
    beside.init_app(app)
    legal.init_app(app)
    for section in SECTIONS:
        app.register_blueprint(section.blueprint)
    return app


def wsgi() -> Flask:
    """The portal with settings from the environment; for WSGI servers. Raises WrongKey."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = create_app(Settings())  # type: ignore[call-arg]  # read from the environment
    found = preflight.examine(app.extensions["store"])
    if found is not None:
        log.error("not ready: %s", found.sentence)
        if found.what is preflight.Failing.KEY:
            raise WrongKey
    return app
