"""The two servers of a demo: started, waited for, watched, and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

STOP_SECONDS = 8.0
START_SECONDS = 60.0
LOOK_SECONDS = 0.1
TAIL_LINES = 15
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ServerExited(Exception):
    """A server stopped by itself, or never answered: a sentence, and the end of what it wrote."""


def is_free(port: int) -> bool:
    """Whether nobody on this machine listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return not _answers_on_ipv6(port)


def _answers_on_ipv6(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("::1", port), timeout=0.2):
        return True
    return False


class Server:
    """One server process in a session of its own, so that Ctrl-C reaches only whoever watches it."""

    def __init__(
        self, name: str, address: str, arguments: Sequence[str], environment: dict[str, str], log: Path
    ) -> None:
        self.name, self.address, self.log = name, address, log
        with log.open("wb") as written:
            self._process = subprocess.Popen(  # noqa: S603  (this interpreter, with module names of our own)
                [sys.executable, "-m", *arguments],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raises Fallen where the server no longer runs."""
        code = self._process.poll()
        if code is not None:
            raise ServerExited(f"{self.name} stopped by itself (code {code}). It wrote last:\n{self._tail()}")

    def wait(self, is_over: Callable[[], bool]) -> None:
        """Returns when the server answers, whatever it says, or when `is_over`. Raises Fallen."""
        until = time.monotonic() + START_SECONDS
        while not is_over() and not _answers(self.address):
            self.check()
            if time.monotonic() > until:
                raise ServerExited(f"{self.name} did not answer at {self.address}. It wrote last:\n{self._tail()}")
            time.sleep(LOOK_SECONDS)

    def ask_to_stop(self) -> None:
        """Tell the server to finish what it is doing and stop."""
        self._process.terminate()

    def stop(self) -> None:
        """Wait until the server has stopped; with force, and its workers too, where it takes too long."""
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").rstrip().splitlines()
        return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])


def _answers(address: str) -> bool:
    try:
        _direct.open(address, timeout=5).close()
    except urllib.error.HTTPError as answer:
        answer.close()
    except OSError:
        return False
    return True
