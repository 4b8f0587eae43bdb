"""Column types and small constructors that the tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import CheckConstraint, Column, Dialect, ForeignKey, String, Table, event
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class NumberedTable(SQLModel):
    """A table whose rows have a number of their own."""

    id: int | None = Field(default=None, primary_key=True)


class EnumText(TypeDecorator[StrEnum]):
    """A closed set stored as its text, read back as its member."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__(max(len(member) for member in members))
        self.members = members

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.members(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.members(value)


def enum_column(members: type[StrEnum], **options: Any) -> Any:
    """A field that holds one member of `members`."""
    return Field(sa_type=EnumText(members), **options)


@event.listens_for(Column, "after_parent_attach")
def _check_members(column: Column[Any], table: Table) -> None:
    """Let the database know no other word in a column of a closed set."""
    if isinstance(column.type, EnumText):
        listed = ", ".join(f"'{member.value}'" for member in column.type.members)
        table.append_constraint(CheckConstraint(f"{column.name} IN ({listed})", name=f"{column.name}_known"))


def check(name: str, rule: str) -> CheckConstraint:
    """A named rule that every row keeps."""
    return CheckConstraint(rule, name=name)


def foreign_key(column: str, **options: Any) -> Any:
    """A foreign key whose row goes with the row it belongs to."""
    return Field(foreign_key=column, ondelete="CASCADE", **{"index": True, **options})


def deferred_foreign_key(column: str, **options: Any) -> Any:
    """A foreign key to a row that is there for this one: the database asks for it only when all has been done.

    A participant's rows go in whatever order the engine takes them, and none may be left that points at nothing.
    """
    known = ForeignKey(column, deferrable=True, initially="DEFERRED")
    return Field(sa_column_args=[known], **{"default": None, "index": True, **options})


def new_public_id() -> str:
    """A random name for use in addresses: tells nothing of order or time."""
    return str(uuid4())


def utc_now() -> datetime:
    """The default of a time stamp column."""
    return datetime.now(UTC)
