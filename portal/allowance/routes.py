"""Pages of the allowance."""

from flask import Blueprint

from portal.web.respond import Rendered, page

blueprint = Blueprint("allowance", __name__, url_prefix="/stonad")


@blueprint.get("")
def index() -> Rendered:
    """The next payment and the months before it."""
    return page("allowance/index.html")
