"""Statements that pages ask at each request: compiled once, then run by the driver itself.

SQLAlchemy writes the statement and knows the types of what goes in and comes out. What it does anew at each execution
(find the compiled form, bind, wrap the result) costs several times what the database needs for one of these.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Dialect, PoolProxiedConnection, SQLColumnExpression, or_
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeEngine
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

from portal.tables.columns import EnumText
from portal.tables.rows import Statement, must_make

MOST_REMEMBERED = 1024
Row = TypeVar("Row", bound=NamedTuple)
Convert = Callable[[Any], Any]


@dataclass(slots=True)
class _Compiled:
    """The statement for one kind of database. `out` is known when the driver has told the types of the columns.

    `given` are the keys of the values that go in, `fixed` those that are always the same; `names` tells which of them
    stands behind each bound parameter.
    """

    sql: str
    given: tuple[tuple[str, Convert | None], ...]
    fixed: dict[str, Any]
    names: dict[str, str] | list[str]
    out: tuple[tuple[int, Convert], ...] | None = field(default=None)

    def values(self, values: Mapping[str, Any]) -> Any:
        """What the driver is to bind."""
        ready = self.fixed.copy()
        for key, convert in self.given:
            ready[key] = convert(values[key]) if convert else values[key]
        if isinstance(self.names, list):
            return [ready[key] for key in self.names]
        return {name: ready[key] for name, key in self.names.items()}


class Prepared(Generic[Row]):
    """A statement no part of which varies, such as `IN` of a list, and the row that is made of its columns.

    Raises TypeError where the columns are not labelled as the fields of the row, in order.
    """

    def __init__(self, statement: Statement, row: type[Row]) -> None:
        must_make(row, statement)
        self.statement = statement
        self._make = row._make
        self._compiled: dict[str, _Compiled] = {}
        _ALL.append(self)

    def rows(self, session: Session, **given: Any) -> list[Row]:
        """What the database answers with these values; raises OperationalError where it is busy or gone."""
        session.flush()  # as SQLAlchemy does before it asks
        driver = session.connection().connection
        dialect = session.get_bind().dialect
        compiled = self._compiled.get(dialect.name) or self.compile(dialect)
        try:
            found, out = self._run(driver, dialect, compiled, given)
        except dialect.loaded_dbapi.OperationalError as error:
            raise OperationalError(compiled.sql, None, error, hide_parameters=True) from error
        rows = []
        for row in found:
            columns = list(row)
            for place, convert in out:
                columns[place] = convert(columns[place])
            rows.append(self._make(columns))
        return rows

    def _run(
        self, driver: PoolProxiedConnection, dialect: Dialect, compiled: _Compiled, given: Mapping[str, Any]
    ) -> tuple[Iterable[Any], tuple[tuple[int, Convert], ...]]:
        cursor = driver.cursor()
        try:
            cursor.execute(compiled.sql, compiled.values(given))
            if compiled.out is None:
                compiled.out = self._conversions(dialect, cursor)
            return cursor.fetchall(), compiled.out
        finally:
            cursor.close()

    def compile(self, dialect: Dialect) -> _Compiled:
        """Write it for this kind of database."""
        compiled = self.statement.compile(dialect=dialect)
        given: dict[str, Convert | None] = {}
        fixed: dict[str, Any] = {}
        for bind in compiled.binds.values():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                given[bind.key] = convert
            else:
                fixed[bind.key] = convert(bind.value) if convert else bind.value
        keys = {name: bind.key for name, bind in compiled.binds.items()}
        names = [keys[name] for name in compiled.positiontup or ()] if compiled.positional else keys
        return self._compiled.setdefault(dialect.name, _Compiled(str(compiled), tuple(given.items()), fixed, names))

    def _conversions(self, dialect: Dialect, cursor: DBAPICursor) -> tuple[tuple[int, Convert], ...]:
        columns = zip(self.statement.selected_columns, cursor.description, strict=True)
        made = [_convert(column.type, dialect, told[1]) for column, told in columns]
        return tuple((place, convert) for place, convert in enumerate(made) if convert)


def one_of(column: SQLColumnExpression[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of these fixed values: `IN`, as a prepared statement can have it."""
    return or_(*(column == value for value in values))


#: All there are, so that a worker can write them before the first visit.
_ALL: list[Prepared[Any]] = []


def compile_all(dialect: Dialect) -> None:
    """Write every statement for this kind of database, so that the first visit takes no longer than the next."""
    for prepared in _ALL:
        prepared.compile(dialect)


def _convert(kind: TypeEngine[Any], dialect: Dialect, told: object) -> Convert | None:
    """What makes a Python value of a column's; words and moments are few and often the same, so they are remembered."""
    convert = kind.dialect_impl(dialect).result_processor(dialect, told)
    return (
        lru_cache(maxsize=MOST_REMEMBERED)(convert) if convert and isinstance(kind, UTCDateTime | EnumText) else convert
    )
