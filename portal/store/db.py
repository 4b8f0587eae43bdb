"""The database: two ways in (reading, writing), one session per request; and logins, which never wait for an import.

Embedded SQLite is an encrypted file (SQLCipher) in WAL mode with full synchronisation; writers begin immediately so
that a read never has to become a write half-way, and readers cannot write at all. PostgreSQL is reached by URL.
SQLite has one writer a file, so logins are written to a file of their own, which readers see beside the rest; writers
of either file know nothing of the other, so that neither waits for it. PostgreSQL locks rows: there it is one database.
Reasons: docs/decisions/0002-database.md, 0007-logins-file.md.
"""

import base64
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import sqlcipher3
from flask import Flask, current_app, has_request_context, request
from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    PoolProxiedConnection,
    create_engine,
    event,
    literal,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlmodel import Session, SQLModel

from portal.request_state import request_state
from portal.settings import Settings
from portal.store import causes, key_check, login_file, patience
from portal.store.vault import Vault

PAGE_WAITS = 5000  # milliseconds
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-16000",
    "secure_delete=ON",
)


class Store:
    """The engine of one database and the sessions made from it."""

    def __init__(self, settings: Settings, *, web: bool = False) -> None:
        """A store for a command, which may wait long, or for the pages of the `web`."""
        self.vault = Vault(settings.encryption_key.get_secret_value())
        self._info = {"vault": self.vault, "settings": settings}
        self.engine = make_engine(settings, web=web)
        self.file = settings.database_file
        self.least_free_megabytes = settings.database_free_megabytes
        self._key_is_known = False
        self._writer = {waits: self.engine.execution_options(writes=True, waits=waits) for waits in (True, False)}
        if settings.embedded:
            self.both = _both(settings)
            self._reader = self.both
            alone = _logins_alone(settings)
            self._signer = {waits: alone.execution_options(writes=True, waits=waits) for waits in (True, False)}
        else:
            self.both = self.engine
            self._reader = self.engine.execution_options(postgresql_readonly=True)
            self._signer = self._writer

    def close(self) -> None:
        """Let go of every connection."""
        for engine in (self.engine, self.both, self._signer[True]):
            engine.dispose()

    def read_session(self) -> Session:
        """A session that cannot write."""
        return Session(self._reader, info=self._info)

    def write_session(self, *, waits: bool = True) -> Session:
        """A session that takes the write lock when its transaction begins. Without `waits` it raises OperationalError
        at once where somebody else holds it (PostgreSQL: where a row is locked). Raises WrongKey where it would seal
        with another key than the database was sealed with.
        """
        self._know_key()
        return Session(self._writer[waits], info=self._info)

    def login_session(self, *, waits: bool = True) -> Session:
        """The same for logins and what goes with them (`portal/tables/login.py`), and for nothing else."""
        self._know_key()
        return Session(self._signer[waits], info=self._info)

    def _know_key(self) -> None:
        if not self._key_is_known:
            key_check.verify(self.engine, self.vault)
            self._key_is_known = True


def make_engine(settings: Settings, *, web: bool = False) -> Engine:
    """An engine for the settings' database, with the guards of this module."""
    if settings.embedded:
        waits = None if web else settings.database_command_seconds * 1000
        return _embedded_engine(settings.database_url, settings, waits, patience.Seats(web=web))
    limits = patience.limits_of(settings, web)
    engine = patience.server_engine(make_url(settings.database_url), limits, settings.pool_size)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("waits", True):
            connection.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")

    return engine


def _key(settings: Settings) -> bytes:
    assert settings.database_key is not None  # Settings refuses an embedded database without one
    return base64.urlsafe_b64decode(settings.database_key.get_secret_value())


def _both(settings: Settings) -> Engine:
    """The encrypted file with the logins' file beside it: only for reading, since a writer would lock both."""
    engine, path = _embedded_engine(settings.database_url, settings), login_file.path_of(settings.database_url)

    @event.listens_for(engine, "connect")
    def beside(connection: Any, _record: object) -> None:
        login_file.attach(connection, path, _key(settings))

    _follow(engine, path)
    return engine


def _logins_alone(settings: Settings) -> Engine:
    """The logins' file. What its rows point at stands in the other file: see `login_file`."""
    path = login_file.path_of(settings.database_url)
    engine = _embedded_engine(f"sqlite:///{path}", settings)

    @event.listens_for(engine, "do_connect")
    def prepare(*_: object) -> None:
        login_file.prepare(path, _key(settings))

    @event.listens_for(engine, "connect")
    def alone(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys=OFF")

    _follow(engine, path)
    return engine


def _follow(engine: Engine, path: Path) -> None:
    """Open the file anew where another one lies there, or none: nobody else can reach the one that is open."""

    @event.listens_for(engine, "connect")
    def remember(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["file"] = login_file.identity(path)

    @event.listens_for(engine, "checkout")
    def look(_connection: object, record: ConnectionPoolEntry, _lent: object) -> None:
        if record.info["file"] != login_file.identity(path):
            raise DisconnectionError


def _embedded_engine(
    url: str, settings: Settings, waits: int | None = None, seats: patience.Seats | None = None
) -> Engine:
    """An engine of an encrypted file, whose writers wait so many milliseconds for each other, or as long as a page.
    Where pages write, `seats` says how many of them may wait so.
    """
    key = _key(settings)
    engine = create_engine(
        url,
        module=sqlcipher3,
        poolclass=QueuePool,
        pool_size=settings.pool_size,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "do_connect")
    def private(*_: object) -> None:
        with suppress(OSError):  # there already, or told in a moment by who cannot open it
            os.close(os.open(engine.url.database or "", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def unlock(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        cursor.execute(f"PRAGMA busy_timeout={PAGE_WAITS if waits is None else waits}")
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "handle_error", retval=True)
    def told(context: ExceptionContext) -> BaseException | None:
        said = causes.as_full(context.original_exception, Path(engine.url.database or ""))
        return None if said is None else OperationalError(context.statement, None, said)

    _begin_and_end(engine, seats or patience.Seats())
    return engine


def _begin_and_end(engine: Engine, seats: patience.Seats) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver, options = connection.connection, connection.get_execution_options()
        if options.get("writes", False):
            waits = options.get("waits", True)
            _may_write(driver, True)
            with seats.taken() if waits else nullcontext(), _waiting(driver.dbapi_connection, waits):
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # may be busy: then told as SQLAlchemy tells it
            seats.writes(True)
        else:
            _may_write(driver, False)
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "commit")
    @event.listens_for(engine, "rollback")
    def end(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            seats.writes(False)


@contextmanager
def _waiting(connection: Any, waits: bool) -> Iterator[None]:
    """Within it a lock is waited for, or not at all."""
    if waits:
        yield
        return
    (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={before}")


def _may_write(driver: PoolProxiedConnection, writes: bool) -> None:
    if driver.info.get("writes") is not writes:  # asked only on a change: it makes SQLite compile all anew
        driver.dbapi_connection.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")  # type: ignore[union-attr]
        driver.info["writes"] = writes


def init_app(app: Flask, store: Store) -> None:
    """Let pages find the store."""
    app.extensions["store"] = store


def store() -> Store:
    """The store of the running application."""
    found: Store = current_app.extensions["store"]
    return found


def session() -> Session:
    """This request's session: reading for GET and HEAD, writing for everything else."""
    now = request_state()
    if now.session is None:
        now.session = store().read_session() if _only_reads() else store().write_session()
    return now.session


def release(_error: BaseException | None = None) -> None:
    """Give back what this request holds of the database, before a long wait for somebody else; it may ask again."""
    opened, request_state().session = request_state().session, None
    if opened is not None:
        opened.close()


@contextmanager
def short_read_session() -> Iterator[Session]:
    """For whoever only looks, in any request: never waits for whoever writes."""
    if _only_reads():
        yield session()
    else:
        with store().read_session() as short:
            yield short


def add_once(session: Session, row: SQLModel, *key: str) -> bool:
    """Add a participant's row; False, and nothing is changed, where the same participant has one with this unique
    `key`, be it by a request at this moment. Raises IntegrityError for whatever else the database refuses.
    """
    return add_new(session, row, "participant_id", *key)


def add_new(session: Session, row: SQLModel, *key: str) -> bool:
    """The same of a row that is nobody's, known by the whole `key`."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        if not _is_there(session, row, key):
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
