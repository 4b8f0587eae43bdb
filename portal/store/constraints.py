"""What Alembic does not compare: the text of CHECK constraints, unique keys and indexes, partial ones too.

The tables are made once more beside the database, by the same kind of database, so that both tell their rules in its
own words: a SQLite in memory, or temporary tables of PostgreSQL in a transaction that is undone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine.reflection import Inspector, ObjectScope
from sqlmodel import SQLModel

import portal.tables  # noqa: F401  (makes every table known)

#: By kind of rule, table and name: the rule as the database tells it.
Rules = dict[tuple[str, str, str], str]
_INDEXES = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = :schema",
}
_SCHEMA = re.compile(r" ON \w+\.")
_OWN_SCHEMA = text("SELECT current_schema()")
_TEMPORARY_SCHEMA = text("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()")


def differences(connection: Connection) -> list[str]:
    """Each rule that only the tables or only the database have, or that differs; empty when they agree."""
    return [f"{kind} {name} of {table}: {_difference(*rules)}" for (kind, table, name), *rules in differing(connection)]


def differing(connection: Connection) -> list[tuple[tuple[str, str, str], str | None, str | None]]:
    """The same by kind, table and name: the rule of the tables and that of the database, None where there is none."""
    embedded = connection.dialect.name == "sqlite"
    found = _rules(connection, None if embedded else connection.scalar(_OWN_SCHEMA))
    with _in_memory() if embedded else _temporary(connection) as (tables, schema):
        meant = _rules(tables, schema)
    return [
        (rule, meant.get(rule), found.get(rule))
        for rule in sorted(meant.keys() | found.keys())
        if meant.get(rule) != found.get(rule)
    ]


def _difference(meant: str | None, found: str | None) -> str:
    if found is None:
        return f"missing in the database: {meant}"
    if meant is None:
        return f"missing in the tables: {found}"
    return f"the tables say {meant}, the database {found}"


@contextmanager
def _in_memory() -> Iterator[tuple[Connection, str | None]]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        SQLModel.metadata.create_all(connection, checkfirst=False)
        yield connection, None
    engine.dispose()


@contextmanager
def _temporary(connection: Connection) -> Iterator[tuple[Connection, str | None]]:
    connection.rollback()
    connection.execute(text("SET LOCAL search_path TO pg_temp"))
    SQLModel.metadata.create_all(connection, checkfirst=False)
    yield connection, connection.scalar(_TEMPORARY_SCHEMA)
    connection.rollback()


def _rules(connection: Connection, schema: str | None) -> Rules:
    inspector: Inspector = inspect(connection)
    rules: Rules = {}
    for (_, table), checks in inspector.get_multi_check_constraints(schema=schema, scope=ObjectScope.ANY).items():
        rules |= {("check", table, str(check["name"])): _plain(check["sqltext"]) for check in checks}
    for (_, table), keys in inspector.get_multi_unique_constraints(schema=schema, scope=ObjectScope.ANY).items():
        rules |= {("unique key", table, str(key["name"])): ", ".join(map(str, key["column_names"])) for key in keys}
    for table, name, sql in connection.execute(text(_INDEXES[connection.dialect.name]), {"schema": schema}):
        rules["index", table, name] = _SCHEMA.sub(" ON ", _plain(sql))
    return {rule: said for rule, said in rules.items() if rule[1] in SQLModel.metadata.tables}


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()
