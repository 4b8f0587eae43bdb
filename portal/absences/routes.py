"""Addresses of the absences: what is registered, and one of them."""

from flask import Blueprint

from portal.web.respond import Rendered, page

blueprint = Blueprint("absences", __name__, url_prefix="/fravaer")


@blueprint.get("")
def index() -> Rendered:
    """Everything that is registered, newest first."""
    return page("absences/index.html")
