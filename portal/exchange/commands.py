"""Commands of the exchange: take files in, give events out, acknowledge them, print the schema."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import select
from sqlmodel import Session, col

from portal import clock
from portal.casework import outbox
from portal.exchange import importer
from portal.exchange.document import describe, received
from portal.exchange.document.models import DocumentIn
from portal.exchange.export import events
from portal.exchange.problems import Report
from portal.exchange.stream import Count
from portal.settings import Settings
from portal.store.db import Store
from portal.tables.people import Municipality

REFUSED, LEFT_OUT = 2, 3


def add(subparsers: Any) -> None:
    """Add `exchange` with its four steps to the command line."""
    exchange = subparsers.add_parser("exchange", help="take in a municipality's files, give out what participants sent")
    steps = exchange.add_subparsers(required=True, metavar="STEP")
    take = steps.add_parser("import", help="take files in: all of them, or none")
    take.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=".json, .ics or .csv file, or a folder of them"
    )
    take.add_argument("--municipality", metavar="ORG", help="whose .ics and .csv, where the store has several")
    take.set_defaults(run=_import)
    give = steps.add_parser("export", help="print the events that are not yet acknowledged, as JSON")
    give.add_argument("--municipality", metavar="ORG", help="only this municipality's")
    give.add_argument("--most", type=int, metavar="NUMBER", help="at most so many, the oldest first")
    give.set_defaults(run=_export)
    acknowledge = steps.add_parser("ack", help="say that events have been received")
    acknowledge.add_argument("ids", nargs="+", metavar="ID", help="id of an event; - reads ids from standard input")
    acknowledge.set_defaults(run=_acknowledge)
    had = steps.add_parser("received", help="show how new the documents are that were taken, or forget it")
    had.add_argument("--municipality", metavar="ORG", help="only this municipality's")
    had.add_argument("--source", metavar="NAME", help="only from this of its systems; '' is the one without a name")
    had.add_argument("--participant", metavar="ID", help="only of the participant of this id of the municipality's")
    had.add_argument("--reset", action="store_true", help="forget it: the next document is taken, however old")
    had.set_defaults(run=_received)
    schema = steps.add_parser("schema", help="print the JSON Schema of a municipality's document")
    schema.add_argument("--tables", action="store_true", help="as tables of Markdown instead")
    schema.set_defaults(run=_schema)


def _import(options: argparse.Namespace) -> int:
    store = _store()
    with _progress(importer.bytes_to_read(options.paths)) as read:
        report = importer.take(store, options.paths, municipality=options.municipality, read=read)
    return tell(report)


def tell(report: Report) -> int:
    """Print what came of an import; gives the exit code: 0 for taken, 2 for nothing taken, 3 for taken but for what was
    left out since it is older.
    """
    for notice in report.notices:
        print(f"note: {notice}", file=sys.stderr)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    if report.problems:
        number = len(report.problems) + report.beyond
        print(
            f"{number} problem{'s' if number > 1 else ''}: nothing was taken, the store is as before.", file=sys.stderr
        )
        return REFUSED
    counted = ", ".join(f"{number} {what}" for what, number in report.counts.items())
    print(f"Taken: {counted or 'nothing new'}.")
    if report.left_out:
        print(f"Left out, since a newer document was taken before: {report.left_out}.", file=sys.stderr)
    return LEFT_OUT if report.left_out else 0


@contextmanager
def _progress(total: int) -> Iterator[Count]:
    """A bar on standard error where that is a terminal; otherwise nothing."""
    columns = (TextColumn("Importing"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("import", total=total)
        yield lambda number: bar.advance(task, number)


def _export(options: argparse.Namespace) -> int:
    store = _store()
    with store.read_session() as session:
        if not _is_known(session, options.municipality):
            return REFUSED
    given = events.batches(store, options.municipality, options.most)
    first = next(given, [])  # before anything is printed: what fails here leaves no piece of JSON
    print('{"format": "introportalen-events/1", "events": [', end="")
    before = ""
    try:
        for event in chain(first, chain.from_iterable(given)):
            print(f"{before}\n{json.dumps(event, ensure_ascii=False)}", end="")
            before = ","
    finally:
        print("\n]}")  # what fails later is given out next time; what was printed is whole
    return 0


def _is_known(session: Session, org_number: str | None) -> bool:
    """Whether a municipality that was named is there; where not, that is told."""
    known = list(session.scalars(select(col(Municipality.org_number)).order_by(col(Municipality.org_number))))
    if org_number is None or org_number in known:
        return True
    there = f"one of {', '.join(known)}" if known else "none, since no document was taken yet"
    print(f"--municipality: found {org_number}, expected {there}", file=sys.stderr)
    return False


def _received(options: argparse.Namespace) -> int:
    chosen = options.municipality, options.source, options.participant
    store = _store()
    with store.write_session() if options.reset else store.read_session() as session:
        if not _is_known(session, options.municipality):
            return REFUSED
        found = received.lines(session, *chosen)
        if options.reset:
            received.reset(session, *chosen)
            session.commit()
    for line in found:
        source = f"source {line.source!r}" if line.source else "no source"
        issued = f"issued {line.oldest.isoformat()} to {line.newest.isoformat()}"
        print(f"{line.org_number}, {source}: {line.participants} participants, {issued}")
    if options.reset or not found:
        print("Forgotten." if found else "Nothing was received.")
    return 0


def _acknowledge(options: argparse.Namespace) -> int:
    ids = sys.stdin.read().split() if options.ids == ["-"] else options.ids
    with _store().write_session() as session:
        done = outbox.acknowledge(session, ids, clock.now())
        session.commit()
    for name in done.unknown:
        print(f"{name}: found no event with this id, expected one that was exported", file=sys.stderr)
    print(f"Acknowledged: {len(done.now)} now, {len(done.before)} before.")
    return REFUSED if done.unknown else 0


def _schema(options: argparse.Namespace) -> int:
    print(describe.tables(schema()) if options.tables else json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


def schema() -> dict[str, Any]:
    """The JSON Schema of a municipality's document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **DocumentIn.model_json_schema()}


def _store() -> Store:
    return Store(Settings())  # type: ignore[call-arg]  # read from the environment
