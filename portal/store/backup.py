"""A copy of the encrypted file that is whole, and the way back from one.

PostgreSQL has its own tools for both.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from portal.settings import Settings
from portal.store import causes, key_check, migrate
from portal.store.db import Store
from portal.tables.log import OutgoingEvent
from portal.tables.people import Participant

#: What SQLite keeps beside a file that is in use: changes not yet in it, and who reads.
BESIDE = ("-wal", "-shm", "-journal")
_LOCK_OF_ALL = 128  # the byte of the -shm file that every open connection holds


class BackupError(Exception):
    """What was asked cannot be done; the sentence says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a database holds that was put back: where it stands, how much is in it, and where the one before it lies."""

    revision: str
    participants: int
    waiting: int
    before: Path | None


def write(engine: Engine, path: Path) -> None:
    """Write a whole copy, encrypted with the same key, for its owner alone. Raises Unusable, and leaves no piece."""
    with _new_file(path), engine.connect() as connection:
        cursor = connection.connection.cursor()
        try:
            cursor.execute("VACUUM INTO ?", (str(path),))
        except connection.dialect.loaded_dbapi.Error as error:
            raise BackupError(f"{path} could not be written: {causes.as_full(error, path) or error}.") from None
        finally:
            cursor.close()
        _sync(path)


def restore(settings: Settings, copy: Path) -> Restored:
    """Put a copy in the place of the database. The one before it is kept beside, with what SQLite keeps of it.

    Raises Unusable, or WrongKey, before anything is changed: where the portal holds the database open, where the copy
    is torn or does not open with these keys, where it is of a newer portal, or where there is no room.
    """
    place = settings.database_file
    assert place is not None  # whoever asks has a file
    if not copy.is_file():
        raise BackupError(f"{copy} is no file.")
    if place.exists() and copy.samefile(place):
        raise BackupError(f"{copy} is the database itself.")
    fresh = place.with_name(f"{place.name}.restoring")
    try:
        _copy(copy, fresh)
        found = _examined(settings, fresh)
        with _nobody_has(place):
            before = _put_aside(place)
            fresh.rename(place)
    finally:
        for part in _parts(fresh):
            part.unlink(missing_ok=True)
    _sync(place.parent)
    return Restored(*found, before)


def tighten(place: Path) -> None:
    """Let only the owner read the database and what lies beside it."""
    for part in _parts(place):
        with suppress(OSError):
            part.chmod(0o600)


def _parts(place: Path) -> list[Path]:
    parts = (place, *(place.with_name(place.name + ending) for ending in BESIDE))
    return [part for part in parts if part.exists()]


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    """An empty file that only its owner may read; it is gone again where what follows fails."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BackupError(f"{path} is there already.") from None
    except OSError as error:
        raise BackupError(f"{path} could not be written: {error.strerror}.") from None
    try:
        yield
    except BaseException:
        for part in _parts(path):
            part.unlink(missing_ok=True)
        raise


def _copy(copy: Path, fresh: Path) -> None:
    """The copy, and changes that lie beside it and are not in it yet, under another name beside the database."""
    for ending in ("", "-wal"):
        source, target = copy.with_name(copy.name + ending), fresh.with_name(fresh.name + ending)
        if not source.exists():
            continue
        target.unlink(missing_ok=True)
        with _new_file(target):
            try:
                shutil.copyfile(source, target)
                _sync(target)
            except OSError as error:
                raise BackupError(f"{source} could not be copied to {target}: {error.strerror}.") from None


def _examined(settings: Settings, fresh: Path) -> tuple[str, int, int]:
    """Where a copy stands, its participants and its waiting events. Raises Unusable or WrongKey."""
    store = Store(settings.model_copy(update={"database_url": f"sqlite:///{fresh}"}))
    try:
        with store.engine.connect() as connection:
            revision = _whole(connection)
            key_check.opens(connection, store.vault)
            participants = connection.scalar(select(func.count()).select_from(Participant)) or 0
            waits = select(func.count()).where(col(OutgoingEvent.acknowledged_at).is_(None))
            waiting = connection.scalar(waits.select_from(OutgoingEvent)) or 0
        with store.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DBAPIError as error:
        raise BackupError(f"It is not a copy that this portal can use: {causes.told(error)}.") from None
    except UnicodeDecodeError:
        raise BackupError("It is not a copy that this portal can use: it is torn.") from None
    finally:
        store.close()
    return revision, participants, waiting


def _whole(connection: Connection) -> str:
    """The revision of a database in which nothing is torn."""
    torn = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if torn != "ok" or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BackupError("The copy is torn: take another one.")
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if not migrate.is_known(revision):
        raise BackupError(
            f"The copy stands at migration {revision}, which this portal does not have: install a newer one."
        )
    return str(revision)


@contextmanager
def _nobody_has(place: Path) -> Iterator[None]:
    """Raises Unusable where a process of this machine has the database open."""
    shared = place.with_name(f"{place.name}-shm")
    if not shared.exists():
        yield
        return
    with shared.open("r+b") as held:
        try:
            fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _LOCK_OF_ALL)
        except OSError:
            raise BackupError(f"{place} is in use: stop the portal and every command first.") from None
        yield


def _put_aside(place: Path) -> Path | None:
    """Give the database another name beside it, with what belongs to it; its new name, or None where there is none."""
    if not place.exists():
        return None
    aside = place.with_name(f"{place.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}Z")
    for part in _parts(place):
        part.rename(aside.with_name(aside.name + part.name.removeprefix(place.name)))
    return aside


def _sync(path: Path) -> None:
    """What was written there is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
