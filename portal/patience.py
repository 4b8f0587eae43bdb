"""How long the portal waits for PostgreSQL: to be let in, for a lock, for an answer.

The server keeps the limits itself as long as it runs. One that is there and says nothing (stopped, a dead disk) is
given up by us a second later, and for some seconds nobody asks it again, so that its silence takes no thread that
another page needs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import psycopg
from psycopg.errors import ConnectionTimeout, _WaitTimeout
from sqlalchemy import URL, Engine, create_engine, event

from portal.settings import Settings

#: Seconds in which nobody asks a server that did not answer.
SILENCE = 3.0
GRACE = 1.0


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
