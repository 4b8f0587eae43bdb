"""Comparing a document with what is stored, before anything is locked: what would change nothing needs no lock.

What is the same is found by storing it in a session that refuses to write, so that comparing and storing cannot
disagree. A participant that is the same when compared may be left out: nobody but an import changes what an import
compares, and no other import of the municipality runs meanwhile (`portal.exchange.alone`).
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Executable, event, select
from sqlmodel import Session

from portal.db import Store
from portal.exchange.document import ParticipantIn
from portal.exchange.people import Item, Known
from portal.exchange.problems import Place, Report
from portal.exchange.shelf import slices, table_of
from portal.tables.people import Adviser, GroupName, Municipality

TOGETHER, IN_DOUBT = 100, 10
StoreSome = Callable[[Session, Known, list[Item]], object]


class Differs(Exception):
    """Storing would write something."""


@contextmanager
def comparing(store: Store) -> Iterator[Session]:
    """A session that raises Differs where it should write."""
    with store.reading() as session:
        event.listen(session.connection(), "before_execute", _refuse)
        yield session


def _refuse(_connection: object, statement: Executable, *_rest: Any) -> None:
    if getattr(statement, "is_dml", False):
        raise Differs


@dataclass(frozen=True, slots=True)
class Read:
    """A participant of a document: where it stands, as it was read, and its text."""

    place: Place
    given: ParticipantIn
    text: str


@dataclass(slots=True)
class Compared:
    """What a document says that is not stored yet, in order; and the ids and numbers of those that are the same.

    The texts are kept small (compressed), since a first document is new from the first participant to the last.
    """

    new: list[tuple[Place, bytes]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    pids: set[str] = field(default_factory=set)

    def items(self) -> Iterator[Item]:
        """The participants to store."""
        for place, text in self.new:
            yield Item(place, ParticipantIn.model_validate_json(zlib.decompress(text)))

    def keep(self, some: Iterable[Read]) -> None:
        """Store these."""
        self.new += [(one.place, zlib.compress(one.text.encode(), 1)) for one in some]

    def leave(self, some: list[Read]) -> None:
        """Leave these as they are."""
        self.ids.update(one.given.id for one in some)
        self.pids.update(one.given.pid for one in some)


@dataclass(slots=True)
class Comparison:
    """Compares a document. `known` is None where the municipality is not stored yet; `touched` are those that an
    earlier document of the same command changes, and learns of more.
    """

    session: Session
    known: Known | None
    touched: set[str]
    store_some: StoreSome
    found: Compared = field(default_factory=Compared)

    def of(self, given: Iterable[Read]) -> Compared:
        """What of these must be stored."""
        for some in slices(given, TOGETHER):
            if self._are_same(some):
                self.found.leave(some)
            else:
                for few in slices(some, IN_DOUBT):
                    self._keep_or_leave(few)
        return self.found

    def _keep_or_leave(self, few: list[Read]) -> None:
        if self._are_same(few):
            self.found.leave(few)
        else:
            self.found.keep(few)
            self.touched.update(one.given.id for one in few)

    def _are_same(self, some: list[Read]) -> bool:
        """Whether storing these would write nothing and tell nothing."""
        if self.known is None or any(self._is_in_doubt(one.given) for one in some):
            return False
        told = Report()
        items = [Item(Place(told, one.place.path, one.place.line, one.place.where), one.given) for one in some]
        self.known.participants, self.known.pids = set(), set()
        try:
            self.store_some(self.session, self.known, items)
        except Differs:
            return False
        told.warnings.clear()  # of who stays the same they were told before
        return told == Report()

    def _is_in_doubt(self, given: ParticipantIn) -> bool:
        return given.id in self.found.ids or given.id in self.touched or given.pid in self.found.pids


def known_before(session: Session, org_number: str, known: Known) -> Known | None:
    """What a document may refer to without its own head; None where its municipality is not stored."""
    table = table_of(Municipality)
    number = session.scalar(select(table.c.id).where(table.c.org_number == org_number))
    if number is None:
        return None
    known.municipality = number
    known.advisers, known.groups = (_named(session, table_of(model), number) for model in (Adviser, GroupName))
    return known


def _named(session: Session, table: Any, municipality: int) -> dict[str, int]:
    rows = session.execute(select(table.c.external_id, table.c.id).where(table.c.municipality_id == municipality))
    return {row.external_id: row.id for row in rows}
