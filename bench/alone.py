"""What a visit costs the portal itself: no server or network between, in a process that has shown nothing before."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from multiprocessing import get_context
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.pool import Pool
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.client import HOST, Request, Visit
from bench.stage import settings_of
from portal.app import create_app, get_ready
from portal.store import preflight

BATCHES, BATCH = 10, 10
BATCHES_OF_SENDING = 3
#: So many requests a visit takes here, where each can be made once: the first, the later ones, and one that is heard.
REQUESTS_OF_SENDING = BATCHES_OF_SENDING * BATCH + 2
_ASKS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the very first answer after a start and of a later one (the median), of the processor for a
    later one (the mean of the quickest batch), and how many statements the database was asked.
    """

    first_ms: float
    later_ms: float
    cpu_ms: float
    statements: int


def costs(environment: dict[str, str], port: int, cookie: str, visits: Sequence[Visit]) -> list[Cost]:
    """What each visit costs, each in a process of its own."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        return pool.map(partial(_cost, environment, port, cookie), visits, chunksize=1)


def _cost(environment: dict[str, str], port: int, cookie: str, visit: Visit) -> Cost:
    connections: list[Any] = []
    event.listen(Pool, "connect", lambda connection, _record: connections.append(connection))
    app = create_app(settings_of(environment))
    preflight.examine(app.extensions["store"])  # as a worker does when it starts
    get_ready(app)
    ask = partial(_ask, app, port, cookie, visit.status)
    requests = visit.each
    first, _ = ask(next(requests))
    batches = BATCHES if visit.repeats else BATCHES_OF_SENDING
    times = [ask(request) for request in islice(requests, batches * BATCH)]
    batched = [sum(cpu for _, cpu in times[start : start + BATCH]) / BATCH for start in range(0, len(times), BATCH)]
    heard = _statements(connections, lambda: ask(next(requests)))
    return Cost(first, statistics.median(wall for wall, _ in times), min(batched), heard)


def _statements(connections: list[Any], run: Callable[[], object]) -> int:
    """How many statements these connections are given meanwhile, but for pragmas and transactions."""
    heard: list[str] = []
    for connection in connections:
        connection.set_trace_callback(heard.append)
    run()
    return sum(statement.lstrip().upper().startswith(_ASKS) for statement in heard)


def _ask(app: Flask, port: int, cookie: str, status: int, request: Request) -> tuple[float, float]:
    """Milliseconds until the answer was whole, on the clock and of the processor."""
    builder = EnvironBuilder(
        request.path, f"http://{HOST}:{port}", method=request.method, headers=Headers(request.headers(port, cookie)),
        input_stream=BytesIO(request.body),
    )  # fmt: skip
    environ = builder.get_environ()
    wall, cpu = time.perf_counter(), time.process_time()
    _, told, _ = run_wsgi_app(app, environ, buffered=True)
    taken = 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)
    assert told.startswith(str(status)), told
    return taken
