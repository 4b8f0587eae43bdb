"""gunicorn's worker with threads, of which none waits for a client: a request has arrived whole before it takes one.

gunicorn hands a connection to a thread and lets the thread read, so that as many slow clients as threads stop
everybody. Here the worker's own loop, which waits for all connections at once, collects a request until it is whole;
one that is not within `HEAD` or `WHOLE` seconds is closed. A slow reader of an answer is let go after `STALLED`. A
connection that ends is drained there too: gunicorn's loop would wait two seconds for each client that does not close.
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
MOST_ARRIVING = 400  # the one that has taken longest makes room for the next
MOST_OPEN = 800  # connections of a worker, below the 1024 files that a process may often have; an idle one makes room
LINGER, MOST_LEAVING = 2.0, 50  # seconds; connections
PIECE = 1 << 16
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([^\r\n]*?)[ \t]*\r\n", re.IGNORECASE)
_DIGITS = re.compile(rb"0*([0-9]{1,15})")
_SIZE = re.compile(rb"0*([0-9a-f]{1,12})[ \t]*(?:;[^\r\n]*)?", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_ASKS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_BROKEN = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_LARGE_HEAD = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(slots=True, eq=False)
class Arriving:
    """A request on its way: what has come of it, and since when."""

    conn: Any
    since: float = field(default_factory=time.monotonic)
    received: bytearray = field(default_factory=bytearray)
    head: int = 0  # its length, once it is whole
    length: int | None = 0  # of the body; None: in chunks
    chunk: int = 0  # where the next chunk begins
    is_broken: bool = False  # nobody can tell where it ends
    is_whole: bool = False  # a thread can read it without waiting; what is too large is refused unread

    def add(self, data: bytes) -> None:
        """Take what has come."""
        searched = max(0, len(self.received) - len(_END))
        self.received += data
        if not self.head and (found := self.received.find(_END, searched)) >= 0:
            self._read_head(found + len(_END))
        if not self.head or self.is_broken:
            return
        if self.length is None:
            self._follow_chunks()
        else:
            self.is_whole = self.length > LARGEST or len(self.received) >= self.head + self.length

    def asks(self) -> bool:
        """Whether the client waits to be told to send the body."""
        return not self.is_whole and bool(_ASKS.search(self.received, 0, self.head))

    def _read_head(self, length: int) -> None:
        self.head = self.chunk = length
        head = bytes(self.received[:length])
        if _CHUNKED.search(head):
            self.length = None
        elif said := _LENGTH.search(head):
            digits = _DIGITS.fullmatch(said[1])
            self.is_broken = digits is None
            self.length = int(digits[1]) if digits else 0

    def _follow_chunks(self) -> None:
        """Go from chunk to chunk, as far as they have come; what a chunk holds is never taken for an end."""
        while (line := self.received.find(b"\r\n", self.chunk, self.chunk + LONGEST_HEAD)) >= 0:
            size = _SIZE.fullmatch(self.received, self.chunk, line)
            if size is None:
                self.is_broken = True
                return
            if not int(size[1], 16):
                self.is_whole = self.received.find(_END, line, line + LONGEST_HEAD) >= 0
                self.is_broken = not self.is_whole and len(self.received) - line > LONGEST_HEAD
                return
            end = line + 2 + int(size[1], 16)
            if len(self.received) < end + 2:
                return
            self.is_broken = self.received[end : end + 2] != b"\r\n"
            if self.is_broken:
                return
            self.chunk = end + 2
        self.is_broken = len(self.received) - self.chunk > LONGEST_HEAD

    def is_late(self, now: float) -> bool:
        """Whether it has taken too long."""
        return now - self.since > (WHOLE if self.head else HEAD)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Collects requests in its loop and gives whole ones to threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[Any, Arriving] = {}
        self._leaving: dict[socket.socket, float] = {}  # until when each is drained

    def load_wsgi(self) -> None:
        """The application, which is told of to the client as it is."""
        super().load_wsgi()
        self.wsgi: WSGIApplication = closing_what_is_unread(self.wsgi)

    def enqueue_req(self, conn: TConn) -> None:
        """Collect a request of a connection: its first, its next, or the rest of what came with the one before."""
        if not conn.initialized:
            _never_stall(conn.sock)
            conn.init()
            conn.close = partial(self._close, conn.sock)
        conn.sock.setblocking(False)
        self._make_room()
        request = self._arriving[conn.sock] = Arriving(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read, request))
        self._take(request, conn.parser.unreader.take_buffered())

    def murder_pending(self) -> None:
        """Close what has taken too long."""
        super().murder_pending()
        now = time.monotonic()
        for request in [request for request in self._arriving.values() if request.is_late(now)]:
            self._let_go(request)
        for client in [client for client, until in self._leaving.items() if until < now]:
            self._closed(client)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """The next request on a kept connection, unless it made room for another at this very moment."""
        if conn in self.keepalived_conns:
            super().on_client_socket_readable(conn, client)

    def _read(self, request: Arriving, client: socket.socket) -> None:
        if self._arriving.get(client) is not request:  # let go by what was heard at the same moment
            return
        try:
            data = client.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._take(request, data)
        else:
            self._let_go(request)

    def _take(self, request: Arriving, data: bytes) -> None:
        """Give the request to a thread where it is whole now; refuse it where it is broken or grows too large."""
        head = request.head
        request.add(data)
        if request.head > head and request.asks():
            with suppress(OSError):  # a client that cannot take it is noticed at the next reading
                request.conn.sock.send(_CONTINUE)
        if request.is_whole:
            self._leave(request)
            request.conn.parser.unreader.unread(bytes(request.received))
            super().enqueue_req(request.conn)
        elif request.is_broken:
            self._refuse(request, _BROKEN)
        elif not request.head and len(request.received) > LONGEST_HEAD:
            self._refuse(request, _TOO_LARGE_HEAD)
        elif len(request.received) > LARGEST or self._held() > MOST_HELD:
            self._let_go(request)

    def _refuse(self, request: Arriving, answer: bytes) -> None:
        with suppress(OSError):
            request.conn.sock.send(answer)
        self._let_go(request)

    def _held(self) -> int:
        return sum(len(request.received) for request in self._arriving.values())

    def _make_room(self) -> None:
        if len(self._arriving) >= MOST_ARRIVING:
            self._let_go(next(iter(self._arriving.values())))
        if self.nr_conns >= MOST_OPEN and self.keepalived_conns:
            idle = self.keepalived_conns.popleft()
            self.poller.unregister(idle.sock)
            self.nr_conns -= 1
            idle.close()

    def _leave(self, request: Arriving) -> None:
        del self._arriving[request.conn.sock]
        self.poller.unregister(request.conn.sock)

    def _let_go(self, request: Arriving) -> None:
        self._leave(request)
        self.nr_conns -= 1
        request.conn.close()

    def _close(self, client: socket.socket, graceful: bool = False) -> None:
        """Close a connection; `graceful`: the client may read the answer to its end first, while the loop goes on."""
        try:
            client.setblocking(False)
            if graceful:
                client.shutdown(socket.SHUT_WR)
        except OSError:
            graceful = False
        if not graceful:
            client.close()
            return
        if len(self._leaving) >= MOST_LEAVING:
            self._closed(next(iter(self._leaving)))
        self._leaving[client] = time.monotonic() + LINGER
        self.poller.register(client, selectors.EVENT_READ, self._drain)

    def _drain(self, client: socket.socket) -> None:
        if client not in self._leaving:  # closed by what was heard at the same moment
            return
        try:
            is_over = not client.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            is_over = True
        if is_over:
            self._closed(client)

    def _closed(self, client: socket.socket) -> None:
        del self._leaving[client]
        self.poller.unregister(client)
        client.close()


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
