"""Making the stored rows of a table equal to the wanted ones, in as few statements as it takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session, SQLModel

from portal.store.rows import slices, table_of

Values = dict[str, Any]
Row = dict[str, Any]
Key = tuple[Any, ...]


class PendingId:
    """An id that is known when the row it names has been stored."""

    __slots__ = ("id",)

    def __init__(self) -> None:
        self.id: int | None = None


def resolved(value: Any) -> Any:
    """The value, or the id that it stands for once the row is stored."""
    return value.id if isinstance(value, PendingId) else value


@dataclass(frozen=True, slots=True)
class UnchangedId:
    """What a row points at already, and goes on pointing at, since the document does not say it."""

    id: int


def own_ids(session: Session, model: type[SQLModel], municipality: int) -> dict[str, int]:
    """The ids of a municipality's rows by its own ids."""
    table = table_of(model)
    rows = session.execute(select(table.c.external_id, table.c.id).where(table.c.municipality_id == municipality))
    return {row.external_id: row.id for row in rows}


class RowSync:
    """The rows of one table that belong to some owners: what is stored, and what shall stand there.

    `owner` is the column that says whose a row is; `key` the further columns that tell an owner's rows apart. Where an
    owner has very many rows, `among` limits them to some values of the first column of the key. `changed` tells whose
    rows were: values of `who`, which is the owner where nothing else is said.
    """

    def __init__(
        self,
        session: Session,
        model: type[SQLModel],
        owner: str,
        owners: Collection[int],
        *,
        key: Sequence[str],
        among: Collection[Any] | None = None,
        who: str | None = None,
    ) -> None:
        self.session, self.table, self.owner = session, table_of(model), owner
        self.key, self.among, self.who = (owner, *key), among, who or owner
        self.stored: dict[Key, Row] = {}
        self.wanted: dict[Key, Values] = {}
        self.changed: set[int] = set()
        self.changes = 0
        self._load(owners)

    def _load(self, owners: Collection[int]) -> None:
        column = self.table.c[self.owner]
        rows = select(self.table)
        if self.among is not None:
            rows = rows.where(self.table.c[self.key[1]].in_(self.among))
        for some in slices(sorted(owners)):
            for row in self.session.execute(rows.where(column.in_(some))).mappings():
                self.stored[tuple(row[name] for name in self.key)] = dict(row)

    def put(self, **values: Any) -> Key:
        """Want this row; gives its key."""
        key = tuple(values[name] for name in self.key)
        self.wanted[key] = values
        return key

    def known(self, key: Key) -> bool:
        """Whether the row stands there, or shall."""
        return key in self.stored or key in self.wanted

    def flush(self, *, learn: bool = True) -> None:
        """Store what is wanted, and learn the ids of new rows."""
        new: list[Values] = []
        other: list[Values] = []
        for key, values in self.wanted.items():
            wanted: Values = {name: resolved(value) for name, value in values.items()}
            row = self.stored.get(key)
            if row is None:
                new.append(wanted)
            elif any(row[name] != value for name, value in wanted.items()):
                other.append({**{name: row[name] for name in self._names()}, **wanted, "this": row["id"]})
            else:
                continue
            self.changed.add(wanted[self.who])
        self.wanted.clear()
        self.changes += len(new) + len(other)
        self._insert(new)
        self._update(other)
        if learn:
            self._load({row[self.owner] for row in (*new, *other)})

    def remove(self, keep: Collection[Key], of: Collection[int]) -> list[Row]:
        """Delete the rows of these owners that are not kept; gives what was deleted."""
        owners, kept = set(of), set(keep)
        gone = [row for key, row in self.stored.items() if row[self.owner] in owners and key not in kept]
        for some in slices(gone):
            self.session.execute(delete(self.table).where(self.table.c.id.in_([row["id"] for row in some])))
        self.changed.update(row[self.who] for row in gone)
        return gone

    def id_of(self, *key: Any) -> int:
        """The id of a stored row."""
        found: int = self.stored[key]["id"]
        return found

    def _names(self) -> list[str]:
        return [column.name for column in self.table.columns if column.name != "id"]

    def _insert(self, rows: list[Values]) -> None:
        if not rows:
            return
        for some in slices(rows):
            self.session.execute(insert(self.table), some)

    def _update(self, rows: list[Values]) -> None:
        if not rows:
            return
        names = self._names()
        statement = update(self.table).where(self.table.c.id == bindparam("this"))
        statement = statement.values({name: bindparam(f"new_{name}") for name in names})
        for some in slices(rows):
            values = [{"this": row["this"], **{f"new_{name}": row[name] for name in names}} for row in some]
            self.session.connection().execute(statement, values)
