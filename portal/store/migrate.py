"""Bringing a database to the shape of the tables, forward and back, whole or not at all.

On SQLite a changed table is copied and the old one dropped; with foreign keys on, that drop would delete every child
row. So they are off before the transaction begins, and checked before it is committed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import SQLModel

import portal.tables  # noqa: F401  (makes every table known)
from portal.resources import folder
from portal.store import constraints

_WAITING = text("SELECT count(*) FROM outgoing_event WHERE acknowledged_at IS NULL")
_VERSION = text("SELECT version_num FROM alembic_version")


class ForeignKeysBroken(Exception):
    """A migration left rows that point at nothing; it was undone."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run every migration up to `revision`."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Undo migrations down to `revision` (`base` undoes all)."""
    _run(engine, lambda config: command.downgrade(config, revision))


def revise(engine: Engine, message: str) -> None:
    """Write a new revision from the difference between the tables and the database."""
    _run(engine, lambda config: command.revision(config, message=message, autogenerate=True))


def differences(engine: Engine) -> list[object]:
    """What the tables have and the migrated database has not, or the other way round; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True, "compare_type": True})
        return [*compare_metadata(context, SQLModel.metadata), *constraints.differences(connection)]


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest revision."""
    return current(engine) == newest()


def current(engine: Engine) -> str | None:
    """The revision that the database stands at; None where no migration has run."""
    with engine.connect() as connection:
        return connection.scalar(_VERSION) if inspect(connection).has_table("alembic_version") else None


def is_known(revision: str | None) -> bool:
    """Whether this portal has the migration."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def waiting_events(engine: Engine) -> int:
    """How many events of participants the municipality has not acknowledged, at whatever revision."""
    with engine.connect() as connection:
        known = inspect(connection).has_table("outgoing_event")
        return int(connection.scalar(_WAITING) or 0) if known else 0


@cache
def newest() -> str | None:
    """The newest revision that this portal has."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("path_separator", "os")
    return config


def _run(engine: Engine, step: Callable[[Config], object]) -> None:
    config = _config()
    with _guarded(engine.execution_options(writes=True)) as connection:
        config.attributes["connection"] = connection
        step(config)


@contextmanager
def _guarded(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        embedded = connection.dialect.name == "sqlite"
        if embedded:
            _driver(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not embedded:
                    connection.exec_driver_sql("SET LOCAL lock_timeout = '3s'")
                yield connection
                if embedded and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise ForeignKeysBroken
        finally:
            if embedded:
                _driver(connection, "PRAGMA foreign_keys=ON")


def _driver(connection: Connection, statement: str) -> None:
    """Run a statement outside any transaction: a pragma inside one is ignored."""
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()
