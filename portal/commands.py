"""Commands of the house itself: serve, database, a new random key."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from portal.settings import Settings, random_key, strange_names
from portal.store import backup, key_check, migrate, preflight
from portal.store.db import Store
from portal.store.patience import THREADS

REFUSED = 2
UNUSABLE = 78  # EX_CONFIG: nothing works until somebody has changed something
RESTORE = (
    "Give a file that portal db backup made. PostgreSQL: stop the portal, "
    "pg_restore --clean --if-exists --dbname=… FILE, then portal db upgrade and portal db check."
)
#: More than these wait to be accepted; the worker lets idle ones go before (`portal/server.py`).
WORKER_CONNECTIONS = 900


def add(subparsers: Any) -> None:
    """Add `serve`, `db` and `secret` to the command line."""
    serve = subparsers.add_parser("serve", help="run the portal with gunicorn")
    serve.add_argument("--bind", default="127.0.0.1:8000", help="address and port (default 127.0.0.1:8000)")
    serve.add_argument("--workers", type=int, default=2)
    serve.set_defaults(run=_serve)
    database = subparsers.add_parser("db", help="bring the database up to date, check it, copy it or put a copy back")
    database.add_argument("step", choices=["upgrade", "downgrade", "check", "revise", "backup", "restore"])
    database.add_argument("argument", nargs="?", help="revision, message of a new one, or file of the backup")
    database.add_argument("--yes", action="store_true", help="downgrade though participants' events may be lost")
    database.set_defaults(run=_database)
    secret = subparsers.add_parser("secret", help="print a new random key for the settings")
    secret.set_defaults(run=_secret)


def _serve(options: argparse.Namespace) -> int:
    """Starts where it can work, or will be able to without anybody's help: until then its pages say to come back."""
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    for name in strange_names():
        print(f"note: {name} is no setting of the portal", file=sys.stderr)
    store = Store(settings, web=True)
    found = preflight.examine(store)
    store.close()
    if found is not None:
        print(found.sentence, file=sys.stderr, flush=True)
    if found is None or not found.lasting:
        os.execv(sys.executable, [sys.executable, "-m", *server_arguments(options.bind, options.workers)])
    return UNUSABLE


def server_arguments(bind: str, workers: int) -> list[str]:
    """Gunicorn and its arguments: threads for waiting, no preload (a pool must never be shared over a fork).

    A worker is replaced after so many requests that compiling templates anew does not count.
    """
    return [
        "gunicorn",
        "--bind", bind,
        "--workers", str(workers),
        "--worker-class", "portal.server.Worker",
        "--threads", str(THREADS),
        "--worker-connections", str(WORKER_CONNECTIONS),
        "--keep-alive", "75",
        "--max-requests", "50000",
        "--max-requests-jitter", "5000",
        "--forwarder-headers", "",  # no header may say where the portal stands
        "--no-control-socket",
        "portal.app:wsgi()",
    ]  # fmt: skip


def _database(options: argparse.Namespace) -> int:
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    if options.step == "restore":
        return _restore(settings, options.argument)
    store = Store(settings)
    engine = store.engine
    match options.step:
        case "upgrade":
            key_check.verify(engine, store.vault)
            migrate.upgrade(engine, options.argument or "head")
            key_check.verify(engine, store.vault)
            if store.file is not None:
                backup.tighten(store.file)
        case "downgrade":
            return _downgrade(store, options)
        case "revise":
            migrate.revise(engine, options.argument or "change")
        case "backup":
            return _backup(engine, options.argument)
        case _:
            return _check(store)
    return 0


def _check(store: Store) -> int:
    found = preflight.examine(store)
    if found is not None:
        print(found.sentence, file=sys.stderr)
        return UNUSABLE if found.lasting else 1
    differences = migrate.differences(store.engine)
    for difference in differences:
        print(difference)
    return 1 if differences else 0


def _downgrade(store: Store, options: argparse.Namespace) -> int:
    """Only to a revision that is named, and never over what participants have sent without being told to."""
    if options.argument is None:
        print(f"Say to which revision (the database stands at {migrate.current(store.engine)}).", file=sys.stderr)
        return REFUSED
    waiting = migrate.waiting_events(store.engine)
    if waiting and not options.yes:
        print(
            f"{waiting} events of participants are not acknowledged, and may be lost. Export and acknowledge them "
            "first, or say --yes.",
            file=sys.stderr,
        )
        return REFUSED
    migrate.downgrade(store.engine, options.argument)
    return 0


def _backup(engine: Engine, path: str | None) -> int:
    if path is None or engine.dialect.name != "sqlite":
        print("Give a file, and use pg_dump for PostgreSQL.", file=sys.stderr)
        return REFUSED
    try:
        backup.write(engine, Path(path))
    except backup.BackupError as unusable:
        print(unusable, file=sys.stderr)
        return REFUSED
    return 0


def _restore(settings: Settings, path: str | None) -> int:
    if path is None or not settings.embedded:
        print(RESTORE, file=sys.stderr)
        return REFUSED
    try:
        found = backup.restore(settings, Path(path))
    except backup.BackupError as unusable:
        print(f"{unusable} Nothing was changed.", file=sys.stderr)
        return REFUSED
    print(f"Restored: {found.participants} participants, {found.waiting} events not acknowledged.")
    if found.before is not None:
        print(f"The database before it lies in {found.before}.")
    if found.revision != migrate.newest():
        print(f"It stands at migration {found.revision}: run portal db upgrade before you start the portal.")
    return 0


def _secret(_options: argparse.Namespace) -> int:
    print(random_key())
    return 0
