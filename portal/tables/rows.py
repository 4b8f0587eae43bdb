"""Rows by name: the columns of a statement stand in the order of the fields of the row that is made of them."""

from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Label, Select
from sqlmodel import SQLModel

Statement = Select[*tuple[Any, ...]] | CompoundSelect[Any]


def labelled(row: type[NamedTuple], table: type[SQLModel] | None = None, /, **columns: Any) -> tuple[Label[Any], ...]:
    """The columns of a SELECT whose results `row._make` takes, each labelled with its field.

    A field that is not among `columns` is the column of that name in `table`. Raises TypeError where there is none, or
    where a column is of no field.
    """
    unknown = columns.keys() - set(row._fields)
    missing = [name for name in row._fields if name not in columns and not hasattr(table, name)]
    if unknown or missing:
        raise TypeError(f"{row.__name__}: no field {sorted(unknown)}, no column {missing}")
    named = {name: columns[name] if name in columns else getattr(table, name) for name in row._fields}
    return tuple(column.label(name) for name, column in named.items())


def must_make(row: type[NamedTuple], statement: Statement) -> None:
    """Raises TypeError where the columns of a statement are not the fields of the row, by name and in order."""
    names = tuple(column.key for column in statement.selected_columns)
    if names != row._fields:
        raise TypeError(f"{row.__name__}: fields {row._fields}, columns {names}")
