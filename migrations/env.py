"""Alembic's entrance: runs inside a connection that `portal.store.migrate` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context, op
from alembic.migration import MigrationContext
from alembic.operations import ops
from sqlmodel import AutoString, SQLModel, UTCDateTime

import portal.tables  # noqa: F401  (makes every table known)
from portal.store import constraints
from portal.tables.columns import EnumText

_PLAIN = {UTCDateTime: "sa.DateTime(timezone=True)"}


def render_item(kind: str, item: Any, _autogen_context: object) -> str | Literal[False]:
    """Write the types of our tables into revisions as plain SQLAlchemy types."""
    if kind != "type":
        return False
    if isinstance(item, EnumText | AutoString):
        length = item.impl.length  # type: ignore[attr-defined]  # both decorate String
        return f"sa.String(length={length})" if length else "sa.String()"
    return next((text for known, text in _PLAIN.items() if isinstance(item, known)), False)


def add_checks(_context: MigrationContext, _revision: object, scripts: list[ops.MigrationScript]) -> None:
    """Write the CHECK constraints that differ, such as those of a closed set that has grown: Alembic compares none."""
    known = sa.inspect(connection).get_table_names()
    for (kind, table, name), meant, found in constraints.differing(connection):
        if kind == "check" and table in known:
            scripts[0].upgrade_ops.ops.append(ops.ModifyTableOps(table, _replaced(table, name, found, meant)))
            scripts[0].downgrade_ops.ops.append(ops.ModifyTableOps(table, _replaced(table, name, meant, found)))


def _replaced(table: str, name: str, old: str | None, new: str | None) -> list[ops.MigrateOperation]:
    gone = [ops.DropConstraintOp(op.f(name), table, "check")] if old else []
    return [*gone, *([ops.CreateCheckConstraintOp(op.f(name), table, sa.text(new))] if new else [])]


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_server_default=True,
    process_revision_directives=add_checks,
    transaction_per_migration=False,
)
context.run_migrations()
