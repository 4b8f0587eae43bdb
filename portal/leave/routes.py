"""Addresses of leave: a request step by step, and what was sent."""

from flask import Blueprint

from portal.web.respond import Rendered, page

blueprint = Blueprint("leave", __name__, url_prefix="/permisjon")


@blueprint.get("")
def index() -> Rendered:
    """Everything that was sent, what waits first."""
    return page("leave/index.html")


@blueprint.get("/ny")
def new() -> Rendered:
    """Choose what has happened."""
    return page("leave/new.html")
