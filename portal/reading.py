"""A session for pages that only show: one transaction, no objects to look after, no more of SQLAlchemy than is used.

What is `Prepared` needs no more than the driver's connection; SQLAlchemy's own is put around it for whatever else is
asked, so that a page sees one moment of the database however it asks.
"""

from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session


class Reading(Session):
    """A session that reads columns through one connection of the engine, which must not let it write."""

    bind: Engine

    def __init__(self, engine: Engine, info: dict[Any, Any]) -> None:
        """Hold nothing yet. What a session for objects would set up is left out."""
        self.bind, self.info = engine, info
        self._driver: PoolProxiedConnection | None = None
        self._held: Connection | None = None

    def get_bind(self, *_: Any, **__: Any) -> Engine:
        """The engine."""
        return self.bind

    def driver(self) -> PoolProxiedConnection:
        """The driver's connection, in a transaction, from the first time it is asked for until the end."""
        if self._driver is None:
            begin = self.bind.get_execution_options().get("begin")
            if begin is None:
                self._driver = self.connection().connection
            else:
                try:
                    self._driver = self.bind.raw_connection()
                    begin(self._driver)
                except self.bind.dialect.loaded_dbapi.OperationalError as error:
                    raise as_sqlalchemy("BEGIN", error) from error
        return self._driver

    def connection(self, *_: Any, **__: Any) -> Connection:
        """SQLAlchemy's connection, around the driver's where there is one."""
        if self._held is None:
            self._held = Connection(self.bind, self._driver)
            self._held.begin()
        return self._held

    def execute(self, statement: Any, params: Any = None, **_: Any) -> Any:
        """The rows, straight from the connection."""
        return self.connection().execute(statement, params)

    def scalars(self, statement: Any, params: Any = None, **_: Any) -> Any:
        """The first column of the rows."""
        return self.execute(statement, params).scalars()

    def close(self) -> None:
        """Give the connection back; nothing was changed."""
        opened, self._held, self._driver = self._held or self._driver, None, None
        if opened is not None:
            opened.close()


def as_sqlalchemy(statement: str, error: Exception) -> OperationalError:
    """The driver's OperationalError (busy, or gone) as SQLAlchemy would tell it, without what was bound."""
    return OperationalError(statement, None, error, hide_parameters=True)
