"""Bytes on the wire of a first and a repeat visit: the page, and the files that it asks for."""

import socket
from dataclasses import dataclass
from html.parser import HTMLParser

from bench.client import END_OF_HEADERS, HOST

ADDRESSES = {"link": "href", "script": "src", "img": "src", "use": "href"}
PIECE = 65_536


@dataclass(frozen=True)
class Answer:
    """One answer: all its bytes, headers too, and whether a browser may keep it without asking again."""

    size: int
    body: bytes
    immutable: bool


@dataclass(frozen=True)
class Weight:
    """A visit: how many requests, and how many bytes came back for the page and for its files."""

    requests: int
    page: int
    files: int


class _Files(HTMLParser):
    """The addresses of the files that a page asks for; an icon's `#name` is a place within a file."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        address = (dict(attributes).get(ADDRESSES.get(tag, "")) or "").partition("#")[0]
        if address.startswith("/") and dict(attributes).get("rel") not in ("alternate", "canonical"):
            self.found.add(address)


def visits(port: int, path: str, cookie: str) -> tuple[Weight, Weight]:
    """The first visit, and one with everything kept that may be kept. Brotli where it is offered."""
    page = fetch(port, path, cookie, "br")
    plain = fetch(port, path, cookie, "identity")
    parser = _Files()
    parser.feed(plain.body.decode())
    files = [fetch(port, address, cookie, "br") for address in sorted(parser.found)]
    again = [file for file in files if not file.immutable]
    return (
        Weight(1 + len(files), page.size, sum(file.size for file in files)),
        Weight(1 + len(again), page.size, sum(file.size for file in again)),
    )


def fetch(port: int, path: str, cookie: str, encoding: str) -> Answer:
    """One request on a connection of its own, counted to the last byte."""
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        f"Accept-Encoding: {encoding}",
        f"Cookie: {cookie}",
        "Connection: close",
    )
    with socket.create_connection((HOST, port)) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode())
        answer = b"".join(iter(lambda: connection.recv(PIECE), b""))
    head, _, body = answer.partition(END_OF_HEADERS)
    return Answer(len(answer), body, b"immutable" in head)
