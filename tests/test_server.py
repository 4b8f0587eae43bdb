"""The server itself, on a real port with real sockets: slow clients keep nobody waiting."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from portal.commands import server_arguments
from portal.server import HEAD, LONGEST_HEAD, MOST_OPEN
from portal.store.patience import THREADS
from tests.databases import Embedded, make
from tests.settings import BASE_URL, settings_for

HOST = "127.0.0.1"
PAGES = ("/livez", "/", "/logg-inn", "/livez")
SLOW = 20 * THREADS
ANSWERED = 4.0  # seconds, on a busy machine
POST = b"POST /sprak HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def port(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One worker of the portal as `portal serve` starts it, with its pages made once."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        number: int = taken.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", *server_arguments(f"{HOST}:{number}", 1)]
    with log.open("wb") as heard, subprocess.Popen(command, env=environment(embedded), stderr=heard) as server:
        try:
            wait(server, number, log)
            for path in PAGES:
                get(number, path)
            yield number
        finally:
            server.terminate()
    assert b"Traceback" not in log.read_bytes(), log.read_text()


def environment(embedded: Embedded) -> dict[str, str]:
    given = settings_for(make(embedded)).model_dump(exclude_defaults=True)
    said = {f"PORTAL_{name.upper()}": value for name, value in given.items()}
    plain = {k: v.get_secret_value() if isinstance(v, SecretStr) else str(v) for k, v in said.items()}
    return {**os.environ, **plain}


def wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            if get(port, "/livez")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def get(port: int, path: str) -> tuple[int, float]:
    """The status of a page on a connection of its own, and how long it took."""
    begun = time.monotonic()
    with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as connection:
        connection.request("GET", path)
        status = connection.getresponse().status
    return status, time.monotonic() - begun


def speak(port: int, data: bytes) -> socket.socket:
    client = socket.create_connection((HOST, port), timeout=HEAD + 10)
    client.sendall(data)
    return client


def all_of(client: socket.socket) -> bytes:
    """What the server says until it closes."""
    found = b""
    while data := client.recv(1 << 16):
        found += data
    return found


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        POST + b"Content-Length: 1000\r\n\r\nsprak=",
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nspra",
        b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nGET /li",
        POST + b"Transfer-Encoding: chunked\r\n\r\n5000\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n10\r\n\r\n",
        POST + b"Content-Length: 00000000000000001000\r\n\r\nsprak=",
        b"GET /livez HTTP/1.0\r\n\r\n",
        b"\r\n\r\n",
    ],
    ids=[
        "silent",
        "one letter",
        "half a head",
        "half a body",
        "half a chunk",
        "half of the next",
        "an end inside a chunk",
        "a size that looks like an end",
        "a length with zeros",
        "answered and stays",
        "no head",
    ],
)
def test_slow_clients_keep_nobody_waiting(port: int, begun: bytes) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(closing(speak(port, begun))) for _ in range(SLOW)]
        for path in PAGES:
            status, seconds = get(port, path)
            assert (status, seconds < ANSWERED) == (200, True), (path, seconds)
        assert len(slow) == SLOW


def test_a_slow_client_that_goes_on_is_answered_and_one_that_does_not_is_closed(port: int) -> None:
    request = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with closing(speak(port, request[:10])) as patient, closing(speak(port, request[:10])) as silent:
        for letter in request[10:]:
            patient.sendall(bytes([letter]))
        assert patient.recv(1000).startswith(b"HTTP/1.1 200")
        begun = time.monotonic()
        assert silent.recv(1000) == b""
        assert HEAD - 2 < time.monotonic() - begun < HEAD + 5


def test_a_body_in_pieces_and_the_next_request_behind_it_are_both_answered(port: int) -> None:
    body = b"sprak=uk&next=/"
    head = POST + b"Content-Length: %d\r\n\r\n" % len(body)
    last = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with closing(speak(port, head + body[:5])) as client:
        time.sleep(0.2)
        client.sendall(body[5:] + last)
        said = all_of(client)
    assert said.startswith(b"HTTP/1.1 400"), "read whole, and refused for its token"
    assert said.count(b"HTTP/1.1 ") == 2
    assert said.endswith(b"ok\n")


def test_a_body_in_chunks_is_read_whole(port: int) -> None:
    head = POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with closing(speak(port, head + b"8\r\nsprak=uk\r\n")) as client:
        time.sleep(0.2)
        client.sendall(b"7\r\n&next=/\r\n0\r\n\r\n")
        assert all_of(client).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "head",
    [b"Content-Length: five\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\nfive\r\n", b"Content-Length:\r\n 5\r\n\r\n"],
    ids=["no number", "no size", "a folded line"],
)
def test_what_has_no_length_that_one_can_tell_is_refused_at_once(port: int, head: bytes) -> None:
    with closing(speak(port, POST + head)) as client:
        begun = time.monotonic()
        assert all_of(client).startswith(b"HTTP/1.1 400")
        assert time.monotonic() - begun < ANSWERED


def test_chunks_with_more_behind_them_are_all_answered(port: int) -> None:
    """The last chunk has trailers, the next request comes with it, and the client has no more to say."""
    request = POST + b"Transfer-Encoding: chunked\r\n\r\n8;x=1\r\nsprak=uk\r\n0\r\nX-After: 0\r\n\r\n"
    last = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with closing(speak(port, request + request + last)) as client:
        client.shutdown(socket.SHUT_WR)
        said = all_of(client)
    assert [said.count(b"HTTP/1.1 400"), said.count(b"HTTP/1.1 200")] == [2, 1]


def test_idle_connections_make_room(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(MOST_OPEN + 50):
            idle = stack.enter_context(closing(speak(port, b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")))
            assert idle.recv(1000).startswith(b"HTTP/1.1 200")
        assert get(port, "/livez")[0] == 200


def test_who_asks_first_is_told_to_go_on(port: int) -> None:
    with closing(
        speak(port, POST + b"Expect: 100-continue\r\nContent-Length: 8\r\nConnection: close\r\n\r\n")
    ) as client:
        assert client.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"sprak=uk")
        assert b"HTTP/1.1 400" in all_of(client)


@pytest.mark.parametrize("length", [600_000, 50_000_000])
def test_what_is_too_large_is_refused_and_says_that_the_connection_closes(port: int, length: int) -> None:
    with closing(speak(port, POST + b"Content-Length: %d\r\n\r\n" % length)) as client:
        if length < 1_000_000:
            client.sendall(b"a" * length)
        said = all_of(client)
    assert said.startswith(b"HTTP/1.1 413")
    assert b"\r\nConnection: close\r\n" in said
    with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as kept:
        for _ in range(2):  # the control: an answer to what was read keeps the connection
            kept.request("POST", "/sprak", b"a" * 1000, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = kept.getresponse()
            assert (answer.status, answer.getheader("Connection")) == (400, "keep-alive")
            answer.read()


def test_a_head_without_end_is_refused(port: int) -> None:
    with closing(socket.create_connection((HOST, port), timeout=10)) as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + b"X-Long: a\r\n" * (LONGEST_HEAD // 10))
        assert client.recv(1000).startswith(b"HTTP/1.1 431")


def test_no_header_moves_the_portal(port: int) -> None:
    for header in ({}, {"SCRIPT_NAME": "/x"}, {"SCRIPT-NAME": "/x"}):
        with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as connection:
            connection.request("GET", "/livez", headers=header)
            assert connection.getresponse().status == 200
            connection.close()
            connection.request("GET", "/x/livez", headers=header)
            assert connection.getresponse().status == 404
    assert BASE_URL.endswith(":8000")
