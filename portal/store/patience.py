"""How long the portal waits for its database: to be let in, for a lock, for an answer.

SQLite has one lock for all writers, for which only some of a worker's threads may wait long (`Seats`). PostgreSQL's
server keeps the limits itself as long as it runs. One that is there and says nothing (stopped, a dead disk) is
given up by us a second later, and for some seconds nobody asks it again, so that its silence takes no thread that
another page needs.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Semaphore
from time import monotonic
from typing import Any

import psycopg
import sqlcipher3
from psycopg.errors import ConnectionTimeout, _WaitTimeout
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from portal.settings import Settings

#: Of a worker, for requests that wait (ID-porten, uploads). More of them hand the interpreter to and fro.
THREADS = 4
#: Seconds: longer than a page of another worker needs to write, and between two looks.
BRIEFLY, MOMENT = 0.5, 0.02
#: Seconds in which nobody asks a server that did not answer.
SILENCE = 3.0
GRACE = 1.0


class Seats:
    """Half of a worker's threads may wait for SQLite's write lock: with all of them waiting for an import nobody reads.

    Who finds no seat waits for one while pages write, which is brief; once it is clear that those who sit wait for
    somebody else, one is told to try again, with what was sent. A command (not `web`) has seats enough.
    """

    def __init__(self, *, web: bool = False) -> None:
        self._free = Semaphore(max(1, THREADS // 2) if web else sys.maxsize)
        self._moved_at = 0.0  # when a seat was taken or the lock let go of
        self._is_ours = False

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Within it the lock may be waited for; raises OperationalError, as SQLite would in the end."""
        while not self._free.acquire(timeout=MOMENT):
            if not self._is_ours and monotonic() - self._moved_at > BRIEFLY:
                raise OperationalError("BEGIN IMMEDIATE", None, sqlcipher3.OperationalError("database is locked"))
        self._moved_at = monotonic()
        try:
            yield
        finally:
            self._free.release()

    def writes(self, is_ours: bool) -> None:
        """A thread of this worker has the lock now, or lets go of it."""
        self._is_ours, self._moved_at = is_ours, monotonic()


@dataclass(frozen=True, slots=True)
class Limits:
    """Whole seconds: to be let in, for a lock, for a statement."""

    connect: int
    lock: int
    statement: int

    @property
    def options(self) -> str:
        """The limits that the server keeps, as it is told them when a connection is made."""
        return f"-c lock_timeout={self.lock}s -c statement_timeout={self.statement}s"


def limits_of(settings: Settings, web: bool) -> Limits:
    """Those of a page, or of a command, which may take its time."""
    if web:
        return Limits(
            settings.database_connect_seconds, settings.database_lock_seconds, settings.database_statement_seconds
        )
    longest = settings.database_command_seconds
    return Limits(settings.database_connect_seconds, longest, longest)


def server_engine(url: URL, limits: Limits, pool_size: int) -> Engine:
    """An engine for a PostgreSQL server that is not waited for beyond the limits."""
    told = url.query.get("options", "")
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=pool_size,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": limits.connect,
            "options": f"{told if isinstance(told, str) else ' '.join(told)} {limits.options}".strip(),
        },
    )
    silent = _Silence()

    class Connection(psycopg.Connection[Any]):
        """One that gives up, and closes, where no answer comes."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, timeout or limits.statement + GRACE)
            except _WaitTimeout:
                self.pgconn.finish()
                raise silent.noticed() from None

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:
        return silent.unless(lambda: Connection.connect(*arguments, **options))

    return engine


class _Silence:
    """Whether the server was asked in vain a moment ago."""

    def __init__(self) -> None:
        self._until = 0.0

    def noticed(self) -> psycopg.OperationalError:
        """Remember that it did not answer; gives what to raise."""
        self._until = monotonic() + SILENCE
        return psycopg.OperationalError("the server does not answer in time")

    def unless(self, connect: Callable[[], Any]) -> Any:
        """A connection; raises OperationalError at once where the server was silent a moment ago."""
        if monotonic() < self._until:
            raise psycopg.OperationalError("the server did not answer in time a moment ago")
        try:
            return connect()
        except ConnectionTimeout:
            raise self.noticed() from None
