"""`make bench`: the portal's pages and a bare Flask page, measured side by side in one run; prints a table.

Rounds take turns, so that whatever else the machine does disturbs all alike: trust the ratios more than the figures.
The client is signed in as a participant with three years of history and keeps its cookies, as a browser does; it shares
the machine with the servers.
"""

import argparse
import json
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import alone, stage, visits, weight
from bench.client import Request, Times, Visit, measure
from bench.server import WORKERS, free_port, running
from portal.store.patience import THREADS

WARM_UP_SECONDS = 1.0
SENT_A_ROUND = 60
WIDTH = 132


@dataclass(frozen=True)
class Row:
    """What one run says of a visit. `cost` and bytes are the portal's own; None for bare Flask, and for what a phone
    fetches no files with.
    """

    name: str
    answers_per_second: float
    p50_ms: float
    p99_ms: float
    of_bare_flask: float
    cost: alone.Cost | None
    bytes: int
    first_bytes: int | None


@dataclass
class Target:
    """A visit to measure, and what each round gave."""

    port: int
    cookie: str
    visit: Visit
    times: Times = field(default_factory=Times)
    rounds: list[float] = field(default_factory=list)

    def run(self, seconds: float, connections: int) -> None:
        """One round."""
        times = measure(self.port, self.cookie, self.visit, seconds, connections)
        self.times.add(times)
        self.rounds.append(times.per_second())


def main() -> int:
    """Starts both servers, measures, and prints."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        port = free_port()
        _tell("making a participant with three years of history")
        ready = stage.prepare(Path(folder), port)
        stack.callback(ready.store.close)
        stack.enter_context(running("portal.app:wsgi()", port, ready.environment))
        bare = stack.enter_context(running("bench.bare:app", free_port(), {}))
        rows = _rows(bare, ready, visits.Browser.opened(port, ready.cookie), options)
        _tell("")
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
    else:
        Console(width=WIDTH).print(_table(rows, options))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="length of a round for each page")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    return parser.parse_args()


def _tell(words: str) -> None:
    """Where we are, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)


def _rows(bare: int, ready: stage.Stage, browser: visits.Browser, options: argparse.Namespace) -> list[Row]:
    shown = [*visits.pages(), *browser.preview()]
    yard = Target(bare, "", Visit("bare Flask", (Request("/"),)))
    targets = [yard, *(Target(browser.port, browser.cookie, visit) for visit in shown)]
    for target in targets:
        measure(target.port, target.cookie, target.visit, WARM_UP_SECONDS, options.connections)
    sending = Target(browser.port, browser.cookie, browser.sending(1))
    for number in range(options.rounds):
        for target in targets:
            _tell(f"round {number + 1} of {options.rounds}: {target.visit.name}")
            target.run(options.seconds, options.connections)
        before, sending.visit = len(sending.times.answers), browser.sending(SENT_A_ROUND)
        sending.run(options.seconds, options.connections)
        ready.forget_sent(len(sending.times.answers) - before)
    _tell("each visit in a process of its own")
    sending.visit = browser.sending(alone.REQUESTS_OF_SENDING)
    costs = alone.costs(ready.environment, browser.port, browser.cookie, [*shown, sending.visit])
    ready.forget_sent(alone.REQUESTS_OF_SENDING)
    sending.visit = browser.sending(1)
    return [_row(target, yard, cost) for target, cost in zip((*targets, sending), (None, *costs), strict=True)]


def _row(target: Target, yard: Target, cost: alone.Cost | None) -> Row:
    request, times = target.visit.requests[0], target.times
    if request.form is None and cost:
        first, repeat = weight.visits(target.port, target.cookie, request)
    else:
        first, repeat = None, weight.fetch(target.port, target.cookie, request).size
    return Row(
        target.visit.name,
        times.per_second(),
        times.percentile(0.5),
        times.percentile(0.99),
        statistics.median(own / bare for own, bare in zip(target.rounds, yard.rounds, strict=True)),
        cost,
        repeat,
        first,
    )


def _table(rows: list[Row], options: argparse.Namespace) -> Table:
    served = f"gunicorn gthread, {WORKERS} worker × {THREADS} threads, {options.connections} connections"
    title = f"{served}; in the last four columns a process alone"
    table = Table("page", title=title, caption="bytes: of a repeat visit, headers too, with brotli")
    for heading in (
        "answers/s", "p50 ms", "p99 ms", "of bare", "bytes", "first, files too", "CPU ms", "statements", "first ms",
        "later ms",
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    for row in rows:
        speed = (f"{row.answers_per_second:.1f}", f"{row.p50_ms:.1f}", f"{row.p99_ms:.1f}", f"{row.of_bare_flask:.3f}")
        sizes = (str(row.bytes), str(row.first_bytes or ""))
        table.add_row(row.name, *speed, *sizes, *(_own(row.cost) if row.cost else ()))
    return table


def _own(cost: alone.Cost) -> tuple[str, ...]:
    return f"{cost.cpu_ms:.2f}", str(cost.statements), f"{cost.first_ms:.1f}", f"{cost.later_ms:.2f}"


if __name__ == "__main__":
    sys.exit(main())
