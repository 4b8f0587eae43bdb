"""Whether this installation can do its work: asked before the portal starts, by `/readyz` and by `portal db check`."""

import shutil
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, update
from sqlalchemy.exc import DBAPIError

from portal.clock import now
from portal.store import causes, key_check, migrate
from portal.store.db import Store
from portal.store.key_check import WrongKey
from portal.tables.installation import Installation

MEGABYTE = 1_000_000


class Failing(StrEnum):
    """What is wrong, in the one word that `/readyz` says."""

    DATABASE = "database"
    MIGRATION = "migration"
    KEY = "key"
    WRITE = "write"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class PreflightFinding:
    """What is wrong, in a sentence for operators. `lasting`: waiting does not help."""

    what: Failing
    sentence: str
    lasting: bool


def examine(store: Store) -> PreflightFinding | None:
    """The first thing that is wrong, or None. A row is written and kept, unless somebody else writes at this moment."""
    try:
        stands, newest = migrate.current(store.engine), migrate.newest()
        if stands != newest:
            return _migration(stands, newest)
        key_check.verify(store.engine, store.vault)
    except WrongKey as wrong:
        return PreflightFinding(Failing.KEY, str(wrong), lasting=True)
    except DBAPIError as error:
        found = PreflightFinding(Failing.DATABASE, f"The database: {causes.told(error)}.", causes.is_lasting(error))
        return found if found.lasting else _space(store) or found  # a full disk keeps SQLite from reading, too
    return _space(store) or _write(store.engine)


def _migration(stands: str | None, newest: str | None) -> PreflightFinding:
    sentence = (
        f"The database stands at migration {stands or 'none'}, and this portal needs {newest}: portal db upgrade."
    )
    return PreflightFinding(Failing.MIGRATION, sentence, lasting=True)


def _space(store: Store) -> PreflightFinding | None:
    if store.file is None:
        return None
    free = shutil.disk_usage(store.file.parent).free
    if free >= store.least_free_megabytes * MEGABYTE:
        return None
    sentence = f"The disk of the database has {free // MEGABYTE} MB left, less than {store.least_free_megabytes} MB."
    return PreflightFinding(Failing.SPACE, sentence, lasting=False)


def _write(engine: Engine) -> PreflightFinding | None:
    try:
        with engine.execution_options(writes=True, waits=False).begin() as connection:
            connection.execute(update(Installation).values(written_at=now()))
    except DBAPIError as error:
        if causes.is_locked(error):
            return None
        sentence = f"The database cannot be written to: {causes.told(error)}."
        return PreflightFinding(Failing.WRITE, sentence, causes.is_lasting(error))
    return None
