"""Bytes on the wire of a first and a repeat visit: the page, and the files that it asks for."""

import socket
from dataclasses import dataclass
from html.parser import HTMLParser

from bench.client import END_OF_HEADERS, HOST, Request

ADDRESSES = {"link": "href", "script": "src", "img": "src", "use": "href"}
PIECE = 65_536


@dataclass(frozen=True)
class Answer:
    """One answer: all its bytes, headers too, and whether a browser may keep it without asking again."""

    size: int
    head: str
    body: bytes

    @property
    def is_kept(self) -> bool:
        """Whether a browser never asks for it again."""
        return "immutable" in self.head

    def header(self, name: str) -> list[str]:
        """Every value of a header."""
        lines = (line.partition(":") for line in self.head.split("\r\n"))
        return [value.strip() for found, _, value in lines if found.lower() == name]


class _Files(HTMLParser):
    """The addresses of the files that a page asks for; an icon's `#name` is a place within a file."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        address = (dict(attributes).get(ADDRESSES.get(tag, "")) or "").partition("#")[0]
        if address.startswith("/") and dict(attributes).get("rel") not in ("alternate", "canonical"):
            self.found.add(address)


def visits(port: int, cookie: str, page: Request) -> tuple[int, int]:
    """Bytes of the first visit with all its files, and of one with everything kept that may be kept."""
    parser = _Files()
    parser.feed(fetch(port, cookie, page, "identity").body.decode())
    answer = fetch(port, cookie, page)
    files = [fetch(port, cookie, Request(address)) for address in sorted(parser.found)]
    again = [file for file in files if not file.is_kept]
    return answer.size + sum(file.size for file in files), answer.size + sum(file.size for file in again)


def fetch(port: int, cookie: str, request: Request, encoding: str = "br") -> Answer:
    """One request on a connection of its own, counted to the last byte. Brotli where nothing else is said."""
    with socket.create_connection((HOST, port)) as connection:
        connection.sendall(request.wire(port, cookie, Accept_Encoding=encoding, Connection="close"))
        answer = b"".join(iter(lambda: connection.recv(PIECE), b""))
    head, _, body = answer.partition(END_OF_HEADERS)
    return Answer(len(answer), head.decode("latin-1"), body)
