"""The file beside an encrypted SQLite file in which logins are kept, so that no import keeps anybody from signing out.

Nothing in it lives longer than some hours. So it has no migrations and no backup: where it is missing, was made by
other tables or with another key, or is torn, it is made anew, and everybody signs in again. What its rows point at
stands in the other file, so foreign keys are not looked at there: a login is known by the participant's number
(`login.pid_index`), and whoever is gone is signed out. The tables of the same names in the portal's own file stay
empty; they are there so that migrations are the same for every database.
"""

import os
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from portal.tables import login

WAIT = 5.0  # seconds
_NAME = "logins"
_TABLES: tuple[Table, ...] = tuple(SQLModel.metadata.tables[str(model.__tablename__)] for model in login.OWN_FILE)


def path_of(database_url: str) -> Path:
    """Where the logins of an embedded database are."""
    return Path(f"{make_url(database_url).database}-{_NAME}")


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file that lies there from every other one that is open; None where there is none."""
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def prepare(path: Path, key: bytes) -> None:
    """Make the file where there is none of today's tables and this key; it is its owner's alone (mode 0600)."""
    _create(path)
    try:
        _make(path, key)
    except sqlcipher3.OperationalError:  # busy, or no room: no reason to throw anything away
        raise
    except sqlcipher3.DatabaseError:  # not a database, to this key
        for part in ("", "-wal", "-shm"):
            Path(f"{path}{part}").unlink(missing_ok=True)
        _create(path)
        _make(path, key)


def attach(connection: Any, path: Path, key: bytes) -> None:
    """Let a connection to the portal's file read logins as if they stood there."""
    prepare(path, key)
    connection.execute(f'ATTACH DATABASE ? AS {_NAME} KEY "{_spelt(key)}"', (str(path),))
    for table in _TABLES:
        connection.execute(f"CREATE TEMP VIEW {table.name} AS SELECT * FROM {_NAME}.{table.name}")  # noqa: S608  # our own names


def _create(path: Path) -> None:
    """Only what is not there is opened: to close a file that SQLite has open would let go of SQLite's locks on it."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _make(path: Path, key: bytes) -> None:
    statements = _statements()
    version = zlib.crc32("\n".join(statements).encode()) >> 1  # user_version is signed
    connection = sqlcipher3.connect(str(path), timeout=WAIT, isolation_level=None)
    try:
        connection.execute(f'PRAGMA key = "{_spelt(key)}"')
        if _version(connection) == version:
            return _look_through(connection)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) != version:  # nobody else made it meanwhile
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                connection.execute(f'DROP TABLE "{name}"')
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _look_through(connection: Any) -> None:
    """Raises DatabaseError where a page of the file is torn: it holds little, so this takes milliseconds."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlcipher3.DatabaseError("the file of logins is torn")


@cache
def _statements() -> list[str]:
    """What makes the tables and their indexes."""
    indexes = [index for table in _TABLES for index in sorted(table.indexes, key=lambda index: str(index.name))]
    parts: list[CreateTable | CreateIndex] = [*map(CreateTable, _TABLES), *map(CreateIndex, indexes)]
    return [str(part.compile(dialect=sqlite.dialect())) for part in parts]


def _version(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _spelt(key: bytes) -> str:
    return f"x'{key.hex()}'"
