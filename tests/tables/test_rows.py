"""Rows are made by name: a column that is missing, unknown or out of its place is refused when the module is read."""

from typing import Any, NamedTuple

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from portal.store.prepared import Prepared
from portal.tables.plan import PlanElement
from portal.tables.rows import labelled

pytestmark = pytest.mark.one_database


class Where(NamedTuple):
    title: str
    place: str
    position: int


def names(columns: tuple[Any, ...]) -> list[tuple[str, str]]:
    """Of each column its label and what it holds."""
    return [(column.name, column.element.name) for column in columns]


def test_columns_stand_in_the_order_of_the_fields() -> None:
    whole = [("title", "title"), ("place", "place"), ("position", "position")]
    columns = {"position": PlanElement.position, "place": PlanElement.place, "title": PlanElement.title}
    assert names(labelled(Where, **columns)) == names(labelled(Where, PlanElement)) == whole


def test_a_column_that_is_named_goes_before_that_of_the_table() -> None:
    columns = labelled(Where, PlanElement, title=PlanElement.code)
    assert names(columns) == [("title", "code"), ("place", "place"), ("position", "position")]


@pytest.mark.parametrize(
    ("table", "columns", "told"),
    [
        (None, {"place": PlanElement.place, "title": PlanElement.title}, r"no field \[\], no column \['position'\]"),
        (PlanElement, {"room": PlanElement.place}, r"no field \['room'\], no column \[\]"),
        (SQLModel, {}, r"no field \[\], no column \['title', 'place', 'position'\]"),
    ],
)
def test_a_field_is_missing_or_nobody_knows_it(
    table: type[SQLModel] | None, columns: dict[str, Any], told: str
) -> None:
    with pytest.raises(TypeError, match=f"Where: {told}"):
        labelled(Where, table, **columns)


def test_only_a_statement_that_makes_the_row_is_prepared() -> None:
    right = labelled(Where, PlanElement)
    Prepared(select(*right), Where)
    title, place, position = right
    for wrong in ((place, title, position), (title, place), (title, PlanElement.code, position)):
        with pytest.raises(TypeError, match=r"Where: fields \('title', 'place', 'position'\), columns"):
            Prepared(select(*wrong), Where)
