"""Two addresses for whoever watches the machine: it runs, and it can serve. Keep them from the public in the proxy."""

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from portal import db, migrate

blueprint = Blueprint("health", __name__)
Plain = tuple[str, int, dict[str, str]]
TEXT = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/livez")
def live() -> Plain:
    """The process answers."""
    return "ok\n", 200, TEXT


@blueprint.get("/readyz")
def ready() -> Plain:
    """The database answers and stands at the newest migration."""
    try:
        current = migrate.is_current(db.store().engine)
    except SQLAlchemyError:
        return "database\n", 503, TEXT
    return ("ok\n", 200, TEXT) if current else ("migration\n", 503, TEXT)
