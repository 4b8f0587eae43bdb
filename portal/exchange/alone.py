"""One import of a municipality at a time: two would meet in the same rows. Nobody else waits for it."""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from zlib import crc32

import sqlcipher3
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from portal.store import causes
from portal.store.db import Store
from portal.store.rows import table_of
from portal.tables.people import Municipality

LOCK = 0x1170D0C5  # any number that nothing else locks
NO_LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@contextmanager
def alone(store: Store, municipalities: Collection[str | None]) -> Iterator[None]:
    """Wait until no other import of these organisation numbers is under way; None stands for all that are stored.

    PostgreSQL has a lock for each municipality. The encrypted file has one writer, so one import at a time: its lock is
    on a file beside it, and who waits there keeps nobody from writing. Raises OperationalError where it cannot be made.
    """
    database = store.engine.url.database
    if store.engine.dialect.name == "sqlite" and database:
        with _file_locked(f"{database}-import"):
            yield
    else:
        with store.read_session() as session:
            for limit in NO_LIMITS:
                session.execute(text(f"SET LOCAL {limit} = 0"))
            for number in sorted(_numbers(session, municipalities)):
                session.execute(select(func.pg_advisory_xact_lock(LOCK, number)))
            yield


@contextmanager
def _file_locked(path: str) -> Iterator[None]:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:  # told in SQLite's words for the same
        words = causes.FULL if causes.has_no_room(error) else "unable to open database file"
        raise OperationalError("lock", None, sqlcipher3.OperationalError(words)) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _numbers(session: Session, municipalities: Collection[str | None]) -> set[int]:
    """A number for each municipality that PostgreSQL can lock."""
    named = {name for name in municipalities if name is not None}
    if len(named) < len(set(municipalities)):
        named.update(session.scalars(select(table_of(Municipality).c.org_number)))
    return {crc32(name.encode()) - 2**31 for name in named}
