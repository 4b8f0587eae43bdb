"""`make bench`: the portal's pages and a bare Flask page, measured side by side in one run; prints tables.

Rounds take turns, so that whatever else the machine does disturbs all alike: trust the ratios more than the figures.
The client is signed in and keeps its cookies, as a browser does; it shares the machine with the servers.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import stage, weight
from bench.client import Times, first_visit, measure
from bench.server import WORKERS, free_port, running
from portal.commands import THREADS

WARM_UP_SECONDS = 1.0
PAGES = {"home": "/", "leave": "/permisjon"}
BARE = "bare Flask"


@dataclass
class Target:
    """A page to measure, and what each round gave."""

    name: str
    port: int
    path: str
    cookie: str
    times: Times = field(default_factory=Times)
    rounds: list[float] = field(default_factory=list)

    def run(self, seconds: float, connections: int) -> None:
        """One round."""
        times = measure(self.port, self.path, self.cookie, seconds, connections)
        self.times.add(times)
        self.rounds.append(times.per_second())


def main() -> int:
    """Starts both servers, measures, and prints."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        port = free_port()
        ready = stage.prepare(Path(folder), port)
        stack.enter_context(running("portal.app:wsgi()", port, ready.environment))
        bare = stack.enter_context(running("bench.bare:app", free_port(), {}))
        targets = [Target(BARE, bare, "/", "")]
        cookie = first_visit(port, "/", ready.cookie)
        targets += [Target(name, port, path, cookie) for name, path in PAGES.items()]
        for target in targets:
            measure(target.port, target.path, target.cookie, WARM_UP_SECONDS, options.connections)
        for number in range(options.rounds):
            for target in targets:
                _tell(f"round {number + 1} of {options.rounds}: {target.name}")
                target.run(options.seconds, options.connections)
        _tell("")
        Console().print(_speed(targets, options), _weights(port, cookie))
    return 0


def _tell(words: str) -> None:
    """Where we are, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a round for each page")
    parser.add_argument("--connections", type=int, default=4)
    return parser.parse_args()


def _speed(targets: list[Target], options: argparse.Namespace) -> Table:
    title = f"gunicorn gthread, {WORKERS} worker × {THREADS} threads, {options.connections} connections"
    table = Table("page", title=title)
    for heading in ("answers/s", "p50 ms", "p99 ms", "of bare Flask"):
        table.add_column(heading, justify="right")
    bare = targets[0]
    for target in targets:
        ratio = statistics.median(own / yard for own, yard in zip(target.rounds, bare.rounds, strict=True))
        figures = (target.times.per_second(), target.times.percentile(0.5), target.times.percentile(0.99))
        table.add_row(target.name, *(f"{figure:.1f}" for figure in figures), f"{ratio:.3f}")
    return table


def _weights(port: int, cookie: str) -> Table:
    table = Table("page", "visit", title="Bytes on the wire, headers too, with brotli")
    for heading in ("requests", "page", "files", "sum"):
        table.add_column(heading, justify="right")
    for name, path in PAGES.items():
        for visit, sent in zip(("first", "repeat"), weight.visits(port, path, cookie), strict=True):
            figures = (sent.requests, sent.page, sent.files, sent.page + sent.files)
            table.add_row(name, visit, *(f"{figure:,}".replace(",", " ") for figure in figures))
    return table


if __name__ == "__main__":
    sys.exit(main())
