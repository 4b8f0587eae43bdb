"""Answers: a page for a browser, the part of it for htmx; the same values and status for both."""

from flask import render_template, request

from portal.web.headers import wants_part

Rendered = tuple[str, int]


def page(template: str, status: int = 200, /, **values: object) -> Rendered:
    """A whole page."""
    return render_template(template, **values), status


def part_or_page(part: str, template: str, status: int = 200, **values: object) -> Rendered:
    """The part where htmx asks for it, the page that includes it otherwise."""
    return page(part if wants_part() else template, status, **values)


def from_htmx() -> bool:
    """Whether htmx sent this request."""
    return request.headers.get("HX-Request") == "true"
