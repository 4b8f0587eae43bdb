"""A filled database made stricter: nothing is lost on the way, and a dishonest row stops the way by name."""

from collections.abc import Iterator

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from portal.store import migrate
from portal.store.db import Store
from tests.databases import Databases, stored

Columns = dict[str, list[str]]

BEFORE = "0005"
#: What the database took before, and the rule that names it now.
DISHONEST = {
    "ck_leave_request_granted_has_dates": (
        "UPDATE leave_request SET granted_from = NULL, granted_to = NULL WHERE status = 'granted'"
    ),
    "ck_payment_month_of_a_year": "UPDATE payment SET month = '2026-13'",
    "ck_training_hours_hours_are_a_number": "UPDATE training_hours SET hours = 'tolv'",
}

#: When the newest document was issued: one column of the municipality then, a row for each of its parts now.
ISSUED = {"municipality": ["document_issued_at"]}
RECEIVED = {"received": ["issued_at", "municipality_id"]}


@pytest.fixture
def filled(databases: Databases, demo_database: str) -> Iterator[Store]:
    """The demo municipality in a database of this test's own."""
    with stored(databases, demo_database) as store:
        yield store


def columns(store: Store) -> Columns:
    """The columns of every table as the database has them now."""
    found = inspect(store.engine)
    return {name: sorted(column["name"] for column in found.get_columns(name)) for name in found.get_table_names()}


def of_both(older: Columns, newer: Columns) -> Columns:
    """The columns that have one name in both."""
    return {table: [name for name in older[table] if name in newer[table]] for table in older.keys() & newer.keys()}


def rows(store: Store, among: Columns) -> dict[str, list[str]]:
    """Every row of some tables, in order."""
    found = {}
    with store.engine.connect() as connection:
        for table in among.keys() - {"alembic_version"}:
            named = ", ".join(f'"{name}"' for name in among[table])
            found[table] = sorted(map(str, connection.execute(text(f'SELECT {named} FROM "{table}"'))))
    return found


def test_every_row_is_kept_there_and_back(filled: Store, databases: Databases, demo_database: str) -> None:
    with stored(databases, demo_database) as older:
        migrate.downgrade(older.engine, BEFORE)
        among = of_both(columns(older), columns(filled))
    before = rows(filled, among)
    assert before["leave_request"]
    issued = rows(filled, RECEIVED)
    migrate.downgrade(filled.engine, BEFORE)
    assert rows(filled, among) == before
    assert "None" not in "".join(rows(filled, ISSUED)["municipality"])
    migrate.upgrade(filled.engine)
    assert rows(filled, among) == before
    assert rows(filled, RECEIVED) == issued
    assert migrate.differences(filled.engine) == []


@pytest.mark.parametrize("rule", DISHONEST)
def test_a_dishonest_row_stops_the_migration_by_name(filled: Store, rule: str) -> None:
    migrate.downgrade(filled.engine, BEFORE)
    with filled.writing() as session:
        session.execute(text(DISHONEST[rule]))
        session.commit()
    among = columns(filled)
    before = rows(filled, among)
    with pytest.raises(IntegrityError, match=rule):
        migrate.upgrade(filled.engine)
    assert not migrate.is_current(filled.engine)
    assert rows(filled, among) == before
