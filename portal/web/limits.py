"""How much may be sent at once."""

from flask import Flask, request

WHOLE = 10_000_000  # a photographed document and what goes with it
FIELDS = 500_000
PARTS = 100
_READ_WHOLE = "application/x-www-form-urlencoded"


def init_app(app: Flask) -> None:
    """Set the limits.

    Plain fields are read whole and split at once, before anybody knows who sends them. Werkzeug's own limit on fields
    is only for multipart.
    """
    app.config.update(MAX_CONTENT_LENGTH=WHOLE, MAX_FORM_MEMORY_SIZE=FIELDS, MAX_FORM_PARTS=PARTS)


def limit() -> None:
    """Take less where only fields are sent; to be called before what looks into a form."""
    if request.method != "GET" and request.mimetype == _READ_WHOLE:
        request.max_content_length = FIELDS
