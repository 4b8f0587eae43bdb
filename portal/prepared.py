"""Statements that pages ask at each request: compiled once, then run by the driver itself.

SQLAlchemy writes the statement and knows the types of what goes in and comes out. What it does anew at each execution
(find the compiled form, bind, wrap the result) costs several times what the database needs for one of these.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Connection, Dialect, Select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

Row = TypeVar("Row")
Statement = Select[*tuple[Any, ...]] | CompoundSelect[Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Bind:
    """A value that goes in: the key it is given by, or what it is where it is always the same; and its conversion."""

    name: str
    key: str
    given: bool
    fixed: Any
    convert: Convert | None

    def value(self, given: Mapping[str, Any]) -> Any:
        value = given[self.key] if self.given else self.fixed
        return self.convert(value) if self.convert else value


@dataclass(slots=True)
class _Compiled:
    """The statement for one kind of database. `out` is known when the driver has told the types of the columns."""

    sql: str
    binds: tuple[_Bind, ...]
    positional: bool
    out: tuple[tuple[int, Convert], ...] | None = field(default=None)

    def values(self, given: Mapping[str, Any]) -> Any:
        if self.positional:
            return [bind.value(given) for bind in self.binds]
        return {bind.name: bind.value(given) for bind in self.binds}


class Prepared(Generic[Row]):
    """A statement no part of which varies, such as `IN` of a list. `make` makes a row of its columns."""

    def __init__(self, statement: Statement, make: Callable[[Iterable[Any]], Row]) -> None:
        self.statement = statement
        self._make = make
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, session: Session, **given: Any) -> list[Row]:
        """What the database answers with these values; raises OperationalError where it is busy or gone."""
        connection = session.connection()
        compiled = self._compiled.get(connection.dialect.name) or self._compile(connection.dialect)
        found, out = self._run(connection, compiled, given)
        rows = []
        for row in found:
            columns = list(row)
            for place, convert in out:
                columns[place] = convert(columns[place])
            rows.append(self._make(columns))
        return rows

    def _run(
        self, connection: Connection, compiled: _Compiled, given: Mapping[str, Any]
    ) -> tuple[Iterable[Any], tuple[tuple[int, Convert], ...]]:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, compiled.values(given))
            if compiled.out is None:
                compiled.out = self._conversions(connection.dialect, cursor)
            return cursor.fetchall(), compiled.out
        except connection.dialect.loaded_dbapi.OperationalError as error:
            raise OperationalError(compiled.sql, None, error, hide_parameters=True) from error
        finally:
            cursor.close()

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self.statement.compile(dialect=dialect)
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        binds = tuple(_bind(name, compiled.binds[name], dialect) for name in names or ())
        return self._compiled.setdefault(dialect.name, _Compiled(str(compiled), binds, compiled.positional))

    def _conversions(self, dialect: Dialect, cursor: DBAPICursor) -> tuple[tuple[int, Convert], ...]:
        columns = zip(self.statement.selected_columns, cursor.description, strict=True)
        made = [column.type.dialect_impl(dialect).result_processor(dialect, told[1]) for column, told in columns]
        return tuple((place, convert) for place, convert in enumerate(made) if convert)


def _bind(name: str, bind: BindParameter[Any], dialect: Dialect) -> _Bind:
    return _Bind(name, bind.key, bind.required, bind.value, bind.type.dialect_impl(dialect).bind_processor(dialect))
