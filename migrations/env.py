"""Alembic's entrance: runs inside a connection that `portal.store.migrate` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel import AutoString, SQLModel, UTCDateTime

import portal.tables  # noqa: F401  (makes every table known)
from portal.tables.columns import Word

_PLAIN = {UTCDateTime: "sa.DateTime(timezone=True)"}


def render_item(kind: str, item: Any, _autogen_context: object) -> str | Literal[False]:
    """Write the types of our tables into revisions as plain SQLAlchemy types."""
    if kind != "type":
        return False
    if isinstance(item, Word | AutoString):
        length = item.impl.length  # type: ignore[attr-defined]  # both decorate String
        return f"sa.String(length={length})" if length else "sa.String()"
    return next((text for known, text in _PLAIN.items() if isinstance(item, known)), False)


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_server_default=True,
    transaction_per_migration=False,
)
context.run_migrations()
