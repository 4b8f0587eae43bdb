"""A part of the document and the row it is stored in, by name: nothing is listed that both sides name alike.

A field stands in the column of its name; its `id` in `external_id`; a text behind `…_text_id`. Some columns keep a
decimal number as text: `12.5`, never `12.50` or `1E+1`.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from sqlalchemy import Numeric
from sqlmodel import SQLModel

from portal.exchange.row_sync import Row, UnchangedId, Values
from portal.exchange.shape import DocumentPart
from portal.store.rows import table_of

_TEXT = "_text_id"


def values(part: DocumentPart, model: type[SQLModel]) -> Values:
    """What a part says, by the columns of its row, but for texts and what has no column of its name."""
    return {
        column: plain(getattr(part, name)) if as_text else getattr(part, name)
        for name, column, as_text in _same(type(part), model)
    }


def said(row: Row, part: type[DocumentPart], **pointers: str) -> Row:
    """A row under the names of a part's fields. `pointers`: the columns of fields that name another row; texts need no
    naming.
    """
    texts = {column.removesuffix(_TEXT): column for column in row if column.endswith(_TEXT)}
    numbers = {name: Decimal(row[name]) for name in _numbers(part) if isinstance(row.get(name), str)}
    return {**row, **numbers, **{name: _kept(row[column]) for name, column in (texts | pointers).items()}}


def texts(part: DocumentPart, model: type[SQLModel]) -> Iterator[tuple[str, Any]]:
    """The columns that point at a part's texts, each with what the part says."""
    for column in _texts(model):
        yield column, getattr(part, column.removesuffix(_TEXT))


def texts_of(row: Row) -> list[int | None]:
    """The texts that a row points at."""
    return [number for column, number in row.items() if column.endswith(_TEXT)]


def plain(number: Decimal | None) -> str | None:
    """A decimal as text."""
    return None if number is None else format(number.normalize(), "f")


@cache
def _same(part: type[DocumentPart], model: type[SQLModel]) -> tuple[tuple[str, str, bool], ...]:
    """The fields that have a column, and whether it keeps a number as text."""
    columns = table_of(model).columns
    named = ((name, "external_id" if name == "id" else name) for name in part.model_fields)
    return tuple(
        (name, column, name in _numbers(part) and not isinstance(columns[column].type, Numeric))
        for name, column in named
        if column in columns
    )


@cache
def _texts(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(model).columns if column.name.endswith(_TEXT))


@cache
def _numbers(part: type[DocumentPart]) -> frozenset[str]:
    return frozenset(name for name, kind in get_type_hints(part).items() if Decimal in (kind, *get_args(kind)))


def _kept(number: int | None) -> UnchangedId | None:
    """What a row points at, as something that a part leaves as it is."""
    return None if number is None else UnchangedId(number)
