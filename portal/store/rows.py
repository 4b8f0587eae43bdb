"""Rows in bulk: some at a time, and the table behind a model."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import Table
from sqlmodel import SQLModel

Item = TypeVar("Item")
AT_ONCE = 500  # in one statement


def slices(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    held: list[Item] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table models
    return found
