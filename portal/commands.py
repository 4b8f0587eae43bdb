"""Commands of the house itself: serve, database, a new random key."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from portal import migrate
from portal.db import make_engine
from portal.settings import Settings, random_key

#: Of a worker, for requests that wait (ID-porten, uploads). More of them hand the interpreter to and fro.
THREADS = 4


def add(subparsers: Any) -> None:
    """Add `serve`, `db` and `secret` to the command line."""
    serve = subparsers.add_parser("serve", help="run the portal with gunicorn")
    serve.add_argument("--bind", default="127.0.0.1:8000", help="address and port (default 127.0.0.1:8000)")
    serve.add_argument("--workers", type=int, default=2)
    serve.set_defaults(run=_serve)
    database = subparsers.add_parser("db", help="bring the database up to date, or check it")
    database.add_argument("step", choices=["upgrade", "downgrade", "check", "revise", "backup"])
    database.add_argument("argument", nargs="?", help="revision, message of a new one, or file of the backup")
    database.set_defaults(run=_database)
    secret = subparsers.add_parser("secret", help="print a new random key for the settings")
    secret.set_defaults(run=_secret)


def _serve(options: argparse.Namespace) -> int:
    Settings()  # type: ignore[call-arg]  # read here so that a bad setting is told before the server starts
    os.execv(sys.executable, [sys.executable, "-m", *server_arguments(options.bind, options.workers)])


def server_arguments(bind: str, workers: int) -> list[str]:
    """Gunicorn and its arguments: threads for waiting, no preload (a pool must never be shared over a fork).

    A worker is replaced after so many requests that compiling its templates anew does not count.
    """
    return [
        "gunicorn",
        "--bind", bind,
        "--workers", str(workers),
        "--worker-class", "portal.server.Worker",
        "--threads", str(THREADS),
        "--keep-alive", "75",
        "--max-requests", "50000",
        "--max-requests-jitter", "5000",
        "--forwarder-headers", "",  # no header may say where the portal stands
        "--no-control-socket",
        "portal.app:wsgi()",
    ]  # fmt: skip


def _database(options: argparse.Namespace) -> int:
    engine = make_engine(Settings())  # type: ignore[call-arg]  # read from the environment
    match options.step:
        case "upgrade":
            migrate.upgrade(engine, options.argument or "head")
        case "downgrade":
            migrate.downgrade(engine, options.argument or "-1")
        case "revise":
            migrate.revise(engine, options.argument or "change")
        case "backup":
            return _backup(engine, options.argument)
        case _:
            return _check(engine)
    return 0


def _check(engine: Engine) -> int:
    found = migrate.differences(engine)
    for difference in found:
        print(difference)
    return 1 if found else 0


def _backup(engine: Engine, path: str | None) -> int:
    if path is None or engine.dialect.name != "sqlite":
        print("Give a file, and use pg_dump for PostgreSQL.", file=sys.stderr)
        return 2
    if Path(path).exists():
        print(f"{path} is there already.", file=sys.stderr)
        return 2
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("VACUUM INTO ?", (path,))  # encrypted with the same key
        cursor.close()
    return 0


def _secret(_options: argparse.Namespace) -> int:
    print(random_key())
    return 0
