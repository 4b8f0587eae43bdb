"""The database: one engine, two ways in (reading, writing), one session per request.

Embedded SQLite is an encrypted file (SQLCipher) in WAL mode with full synchronisation; writers begin immediately so
that a read never has to become a write half-way, and readers cannot write at all. PostgreSQL is reached by URL.
Reasons: docs/decisions/0002-database.md.
"""

import base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3
from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event, literal, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, SQLModel

from portal.reading import Reading
from portal.settings import Settings
from portal.vault import Vault

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-16000",
    "secure_delete=ON",
)


class Store:
    """The engine of one database and the sessions made from it."""

    def __init__(self, settings: Settings) -> None:
        self.vault = Vault(settings.encryption_key.get_secret_value())
        self.engine = make_engine(settings)
        only_reads = {"begin": _begin_reading} if settings.embedded else {"postgresql_readonly": True}
        self._reader = self.engine.execution_options(**only_reads)
        self._writer = self.engine.execution_options(writes=True)

    def reading(self) -> Session:
        """A session that cannot write."""
        return Session(self._reader, info={"vault": self.vault})

    def showing(self) -> Session:
        """A session for a page that only shows."""
        return Reading(self._reader, {"vault": self.vault})

    def writing(self) -> Session:
        """A session that takes the write lock when its transaction begins."""
        return Session(self._writer, info={"vault": self.vault})


def make_engine(settings: Settings) -> Engine:
    """An engine for the settings' database, with the guards of this module."""
    if settings.embedded:
        assert settings.database_key is not None  # Settings refuses an embedded database without one
        key = base64.urlsafe_b64decode(settings.database_key.get_secret_value())
        return _embedded_engine(settings.database_url, key, settings.pool_size)
    url = make_url(settings.database_url).set(drivername="postgresql+psycopg")
    return create_engine(url, hide_parameters=True, pool_size=settings.pool_size, pool_pre_ping=True, pool_recycle=1800)


def _embedded_engine(url: str, key: bytes, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        module=sqlcipher3,
        poolclass=QueuePool,
        pool_size=pool_size,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def unlock(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver = connection.connection
        if connection.get_execution_options().get("writes", False):
            _may_write(driver, True)
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # may be busy: then told as SQLAlchemy tells it
        elif not driver.dbapi_connection.in_transaction:  # type: ignore[union-attr]  # sqlite3's connection has it
            _begin_reading(driver)

    return engine


def _begin_reading(driver: PoolProxiedConnection) -> None:
    _may_write(driver, False)
    driver.dbapi_connection.execute("BEGIN")  # type: ignore[union-attr]  # as sqlite3's connection


def _may_write(driver: PoolProxiedConnection, writes: bool) -> None:
    if driver.info.get("writes") is not writes:  # asked only on a change: it makes SQLite compile all anew
        driver.dbapi_connection.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")  # type: ignore[union-attr]
        driver.info["writes"] = writes


def init_app(app: Flask, store: Store) -> None:
    """Give every request its own session, closed when the request ends."""
    app.extensions["store"] = store

    app.teardown_appcontext(lambda _error: release())


def store() -> Store:
    """The store of the running application."""
    found: Store = current_app.extensions["store"]
    return found


def session() -> Session:
    """This request's session: reading for GET and HEAD, writing for everything else."""
    if "session" not in g:
        g.session = store().showing() if _only_reads() else store().writing()
    opened: Session = g.session
    return opened


def release() -> None:
    """Give back what this request holds of the database, before a long wait for somebody else; it may ask again."""
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()


@contextmanager
def looking() -> Iterator[Session]:
    """For whoever only looks, in any request: never waits for whoever writes."""
    if _only_reads():
        yield session()
    else:
        with store().reading() as short:
            yield short


def add_once(session: Session, row: SQLModel, *key: str) -> bool:
    """Add a participant's row; False, and nothing is changed, where the same participant has one with this unique
    `key`, be it by a request at this moment. Raises IntegrityError for whatever else the database refuses.
    """
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        if not _is_there(session, row, ("participant_id", *key)):
            raise
        return False
    return True


def rule(refused: IntegrityError) -> str:
    """The rule of the database that a row breaks: its name, never the values."""
    told = getattr(refused.orig, "diag", None)  # PostgreSQL's; its text holds the whole row, SQLite's only the rule
    return str((told.constraint_name or told.message_primary) if told else refused.orig)


def _is_there(session: Session, row: SQLModel, names: Iterable[str]) -> bool:
    same = (getattr(type(row), name) == getattr(row, name) for name in names)
    return session.execute(select(literal(True)).where(*same)).first() is not None


def _only_reads() -> bool:
    return has_request_context() and request.method in ("GET", "HEAD", "OPTIONS")
