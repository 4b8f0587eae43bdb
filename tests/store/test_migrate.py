"""A filled database made stricter: nothing is lost on the way, and a dishonest row stops the way by name."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from portal.store import migrate
from portal.store.db import Store
from tests.databases import Databases, Embedded, make, stored
from tests.store.conftest import ORPHANING, stand_at

#: What a database of before takes, and the rule that names it afterwards.
DISHONEST = {
    "ck_leave_request_granted_has_dates": (
        "UPDATE leave_request SET granted_from = NULL, granted_to = NULL,"
        " granted_hours = NULL, granted_start = NULL, granted_end = NULL WHERE status = 'granted'"
    ),
    "ck_participant_ended_has_reason": "UPDATE participant SET end_reason = NULL",
    "ck_payment_month_of_a_year": "UPDATE payment SET month = '2026-13'",
}


@pytest.fixture
def older(databases: Databases, demo_database: str, before: str) -> Iterator[Store]:
    """The demo municipality in a database of this test's own, of before the newest migration."""
    with stored(databases, demo_database) as store:
        stand_at(store, "later")
        migrate.downgrade(store.engine, before)
        yield store


def rows(store: Store) -> dict[str, list[str]]:
    """Every row of every table, in order."""
    with store.engine.connect() as connection:
        tables = SQLModel.metadata.tables.items()
        return {name: sorted(map(repr, connection.execute(table.select()))) for name, table in tables}


def test_every_row_is_kept_there_and_back(older: Store, before: str) -> None:
    kept = rows(older)
    assert kept["leave_request"]
    told = sorted(str(difference) for difference in migrate.differences(older.engine))
    assert [line.split()[1] for line in told] == sorted(DISHONEST)
    migrate.upgrade(older.engine)
    assert rows(older) == kept
    assert migrate.is_current(older.engine)
    assert migrate.differences(older.engine) == []
    migrate.downgrade(older.engine, before)
    assert rows(older) == kept


@pytest.mark.parametrize("rule", DISHONEST)
def test_a_dishonest_row_stops_the_migration_by_name(older: Store, before: str, rule: str) -> None:
    with older.write_session() as session:
        session.execute(text(DISHONEST[rule]))
        session.commit()
    kept = rows(older)
    with pytest.raises(IntegrityError, match=rule):
        migrate.upgrade(older.engine)
    assert migrate.current(older.engine) == before
    assert rows(older) == kept


def test_a_migration_that_leaves_rows_of_nobody_is_undone(embedded: Embedded, one_more: Callable[[str], str]) -> None:
    with stored(embedded, make(embedded)) as store:
        before = one_more(ORPHANING)
        with pytest.raises(migrate.ForeignKeysBroken):
            migrate.upgrade(store.engine)
        assert migrate.current(store.engine) == before
        assert rows(store)["text"] == []
