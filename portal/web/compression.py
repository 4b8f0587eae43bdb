"""Pages made small for the way to a phone, whatever their status: a form that comes back with its errors too."""

import gzip
from collections.abc import Callable
from functools import lru_cache, partial

import brotli
from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

#: The quickest level that keeps home within its weight, and a window no page is larger than (64 kB).
_BROTLI = partial(brotli.compress, quality=7, lgwin=16)
#: What we can do, the best first.
METHODS: dict[str, Callable[[bytes], bytes]] = {"br": _BROTLI, "gzip": partial(gzip.compress, compresslevel=6)}
LEAST_BYTES = 500


@lru_cache(maxsize=256)
def method(accepted: str) -> str | None:
    """The best method of those that an `Accept-Encoding` header allows (RFC 9110 § 12.5.3); None for none."""
    return parse_accept_header(accepted, Accept).best_match(METHODS)


def compress(answer: Response) -> Response:
    """A page as small as its reader's browser allows."""
    if answer.mimetype != "text/html" or answer.is_streamed:
        return answer
    page, chosen = answer.get_data(), method(request.headers.get("Accept-Encoding", ""))
    if chosen and len(page) >= LEAST_BYTES:
        answer.set_data(METHODS[chosen](page))
        answer.headers["Content-Encoding"] = chosen
    return answer
