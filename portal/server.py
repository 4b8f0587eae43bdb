"""gunicorn's worker with threads, of which none waits for a client: a request has arrived whole before it takes one.

gunicorn hands a connection to a thread and lets the thread read, so that as many slow clients as threads stop
everybody. Here the worker's own loop, which waits for all connections at once, collects a request until it is whole;
one that is not within `HEAD` or `WHOLE` seconds is closed. A slow reader of an answer is let go after `STALLED`.
"""

import re
import selectors
import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD, WHOLE, STALLED = 10.0, 30.0, 20  # seconds
LONGEST_HEAD = 1 << 16
LARGEST = 11_000_000  # bytes; what the portal takes at most (`web/limits.py`), and its head
MOST_HELD = 64_000_000  # bytes, of all requests that are on their way
MOST_ARRIVING = 500  # the one that has taken longest makes room for the next
PIECE = 1 << 16
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_ASKS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_TOO_LARGE_HEAD = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(slots=True, eq=False)
class Arriving:
    """A request on its way: what has come of it, and since when."""

    conn: Any
    since: float = field(default_factory=time.monotonic)
    received: bytearray = field(default_factory=bytearray)
    head: int = 0  # its length, once it is whole
    length: int | None = 0  # of the body; None: in chunks

    def add(self, data: bytes) -> None:
        """Take what has come."""
        searched = max(0, len(self.received) - len(_END))
        self.received += data
        if not self.head and (found := self.received.find(_END, searched)) >= 0:
            self.head = found + len(_END)
            head = bytes(self.received[: self.head])
            said = _LENGTH.search(head)
            self.length = None if _CHUNKED.search(head) else int(said[1]) if said else 0
            if _ASKS.search(head) and not self.is_whole:
                self.conn.sock.send(_CONTINUE)

    @property
    def is_whole(self) -> bool:
        """Whether a thread can read it without waiting; what is too large for the portal is refused unread."""
        if not self.head or self.length is None:
            return bool(self.head) and self.received.endswith(b"0\r\n\r\n", self.head)
        return self.length > LARGEST or len(self.received) >= self.head + self.length

    def is_late(self, now: float) -> bool:
        """Whether it has taken too long."""
        return now - self.since > (WHOLE if self.head else HEAD)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Collects requests in its loop and gives whole ones to threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[Any, Arriving] = {}

    def load_wsgi(self) -> None:
        """The application, which is told of to the client as it is."""
        super().load_wsgi()
        self.wsgi: WSGIApplication = closing_what_is_unread(self.wsgi)

    def enqueue_req(self, conn: TConn) -> None:
        """Collect a request of a connection: its first, its next, or the rest of what came with the one before."""
        if not conn.initialized:
            _never_stall(conn.sock)
            conn.init()
        conn.sock.setblocking(False)
        self._make_room()
        request = self._arriving[conn.sock] = Arriving(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read, request))
        request.add(conn.parser.unreader.take_buffered())
        self._read(request, conn.sock)

    def murder_pending(self) -> None:
        """Close what has taken too long."""
        super().murder_pending()
        now = time.monotonic()
        for request in [request for request in self._arriving.values() if request.is_late(now)]:
            self._let_go(request)

    def _read(self, request: Arriving, client: socket.socket) -> None:
        try:
            data = client.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            if request.is_whole:  # it came with the one before
                self._go_on(request)
            return
        except OSError:
            data = b""
        if not data:
            self._let_go(request)
            return
        with suppress(OSError):  # a client that cannot take "100 Continue" is noticed at the next reading
            request.add(data)
        self._go_on(request)

    def _go_on(self, request: Arriving) -> None:
        """Give the request to a thread where it is whole; refuse it where it grows too large."""
        if request.is_whole:
            self._leave(request)
            request.conn.parser.unreader.unread(bytes(request.received))
            super().enqueue_req(request.conn)
        elif not request.head and len(request.received) > LONGEST_HEAD:
            with suppress(OSError):
                request.conn.sock.send(_TOO_LARGE_HEAD)
            self._let_go(request)
        elif len(request.received) > LARGEST or self._held() > MOST_HELD:
            self._let_go(request)

    def _held(self) -> int:
        return sum(len(request.received) for request in self._arriving.values())

    def _make_room(self) -> None:
        if len(self._arriving) >= MOST_ARRIVING:
            self._let_go(next(iter(self._arriving.values())))

    def _leave(self, request: Arriving) -> None:
        del self._arriving[request.conn.sock]
        self.poller.unregister(request.conn.sock)

    def _let_go(self, request: Arriving) -> None:
        self._leave(request)
        self.nr_conns -= 1
        request.conn.close()


def _never_stall(client: socket.socket) -> None:
    """Let no thread wait longer for one reading or writing; the kernel counts, so that it holds for every way."""
    limit = struct.pack("ll", STALLED, 0)
    for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        client.setsockopt(socket.SOL_SOCKET, option, limit)


def closing_what_is_unread(inner: WSGIApplication) -> WSGIApplication:
    """WSGI middleware: what is refused as too large was not read, so the connection closes and says so."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if status.startswith("413"):
                start_response.__self__.force_close()  # type: ignore[attr-defined]  # gunicorn's Response
            return start_response(status, headers, exc_info)

        return inner(environ, start)

    return answer
