"""Tables that grow: what is looked up has an index, and a participant can be taken away whole, on both engines."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint, event, func, select, text
from sqlmodel import Session, SQLModel, col

from portal import clock
from portal.auth import people
from portal.exchange.export import events
from portal.store.db import Store
from portal.tables.log import OutgoingEvent
from portal.tables.people import Participant

METADATA = SQLModel.metadata
REFERENCES = [column for table in METADATA.sorted_tables for column in table.columns if column.foreign_keys]


def first_columns(table: Table) -> set[str]:
    """The columns that a key or a whole index of the table begins with."""
    keys = [part for part in table.constraints if isinstance(part, PrimaryKeyConstraint | UniqueConstraint)]
    return {next(iter(part.columns)).name for part in [*keys, *filter(is_whole, table.indexes)]}


def is_whole(index: Index) -> bool:
    """Whether every row of the table stands in it."""
    return all(index.dialect_options[name].get("where") is None for name in ("sqlite", "postgresql"))


def test_every_foreign_key_begins_an_index() -> None:
    bare = [str(column) for column in REFERENCES if column.name not in first_columns(column.table)]
    assert bare == []


def test_a_column_without_index_would_be_found() -> None:
    table = METADATA.tables["absence_objection"]
    assert "public_id" in first_columns(table)
    assert "message" not in first_columns(table)
    assert not is_whole(next(index for index in table.indexes if index.name == "ix_absence_objection_one_waits"))


def plans(store: Store, ask: Callable[[Session], object]) -> str:
    """How the engine finds what is really asked for, where the tables are large."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        heard.append((statement, parameters))

    with store.write_session() as session:
        event.listen(store.engine, "before_cursor_execute", hear)
        ask(session)
        event.remove(store.engine, "before_cursor_execute", hear)
        run, embedded = session.connection().exec_driver_sql, store.engine.dialect.name == "sqlite"
        if not embedded:
            run("SET LOCAL enable_seqscan = off")  # a small table is read whole, which shows nothing
        word = "EXPLAIN QUERY PLAN" if embedded else "EXPLAIN"
        return "\n".join(str(row) for statement, given in heard for row in run(f"{word} {statement}", given))


def test_sign_in_finds_a_number_by_its_index(store: Store) -> None:
    found = plans(store, lambda session: people.find(session, "01810112345", date(2026, 1, 1)))
    assert "ix_participant_pid_index" in found
    found = plans(
        store, lambda session: session.scalars(select(col(Participant.id)).where(col(Participant.born) < clock.today()))
    )
    assert "ix_participant_pid_index" not in found


def test_waiting_events_are_found_by_an_index_of_those_that_wait(store: Store) -> None:
    assert "ix_outgoing_event_waits" in plans(store, events.waiting)
    every = select(OutgoingEvent).order_by(col(OutgoingEvent.id))
    assert "ix_outgoing_event_waits" not in plans(store, lambda session: session.scalars(every))


def of_whom(table: Table, owner: int) -> Any:
    """The condition that a row is this participant's, by the way its foreign keys lead."""
    if table.name == "participant":
        return table.c.id == owner
    ways = [key for key in table.foreign_keys if key.ondelete == "CASCADE" and leads_home(key.column.table)]
    column = next((key for key in ways if key.column.table.name == "participant"), ways[0])
    return column.parent.in_(select(column.column).where(of_whom(column.column.table, owner)))


def leads_home(table: Table) -> bool:
    """Whether rows of the table may be a participant's."""
    return table.name == "participant" or any(
        key.ondelete == "CASCADE" and key.column.table is not table and leads_home(key.column.table)
        for key in table.foreign_keys
    )


def others(store: Store, owner: int) -> dict[str, list[str]]:
    """Every row of every table that is not this participant's."""
    with store.read_session() as session:
        return {
            table.name: sorted(
                map(str, session.execute(select(table).where(~func.coalesce(of_whom(table, owner), False)))
                    if leads_home(table) else session.execute(select(table)))
            )
            for table in METADATA.sorted_tables
        }  # fmt: skip


def own(store: Store, owner: int) -> dict[str, int]:
    """How many rows of each table are this participant's."""
    with store.read_session() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table).where(of_whom(table, owner))) or 0
            for table in METADATA.sorted_tables
            if leads_home(table)
        }


def test_a_participant_goes_with_everything_and_nobody_else_is_touched(demo_app: Flask) -> None:
    store: Store = demo_app.extensions["store"]
    with store.read_session() as session:
        everybody = session.scalars(select(col(Participant.id)).order_by(col(Participant.id))).all()
    had: set[str] = set()
    for owner in everybody:
        before = others(store, owner)
        had |= {name for name, number in own(store, owner).items() if number}
        with store.write_session() as session:
            session.execute(text("DELETE FROM participant WHERE id = :owner"), {"owner": owner})
            session.commit()
        assert not any(own(store, owner).values())
        assert others(store, owner) == before
    assert {"plan", "plan_element", "decision", "leave_request", "leave_ledger", "payment_line", "text_version"} <= had
