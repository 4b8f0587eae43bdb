"""Pages of the plan."""

from flask import Blueprint

from portal.web.respond import Rendered, page

blueprint = Blueprint("plan", __name__, url_prefix="/plan")


@blueprint.get("")
def index() -> Rendered:
    """The plan that holds now."""
    return page("plan/index.html")
