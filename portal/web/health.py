"""Two addresses for whoever watches the machine: it runs, and it can serve. Keep them from the public in the proxy."""

import logging

from flask import Blueprint

from portal.store import db, preflight

blueprint = Blueprint("health", __name__)
log = logging.getLogger(__name__)
Plain = tuple[str, int, dict[str, str]]
TEXT = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/livez")
def live() -> Plain:
    """The process answers."""
    return "ok\n", 200, TEXT


@blueprint.get("/readyz")
def ready() -> Plain:
    """Whether the database can be read and written, fits this portal and its key, and has room; else what is wrong."""
    found = preflight.examine(db.store())
    if found is None:
        return "ok\n", 200, TEXT
    log.warning("not ready: %s", found.sentence)
    return f"{found.what}\n", 503, TEXT
