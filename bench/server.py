"""gunicorn on a free port of this machine, with one worker, and threads as the portal has them, for everyone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.client import HOST
from portal.store.patience import THREADS

WORKERS = 1
START_SECONDS = 30.0


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(application: str, port: int, settings: Mapping[str, str]) -> Iterator[int]:
    """Serves an application while the block runs; gives its port."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--log-level", "error"]
    shape = [
        "--keep-alive",
        "75",
        "--worker-class",
        "portal.server.Worker",
        "--workers",
        str(WORKERS),
        "--threads",
        str(THREADS),
    ]
    with subprocess.Popen(
        [*command, *shape, "--no-control-socket", application], env={**os.environ, **settings}
    ) as server:
        try:
            _wait(server, port)
            yield port
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("gunicorn did not start")
