"""Which participants of a document say what is stored already, so that only the others need the lock."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session

from portal.exchange.comparing import IN_DOUBT, Tried, packed, parted, tried, unpacked
from portal.exchange.document.models import ParticipantIn
from portal.exchange.document.people import KnownIds, ParticipantEntry
from portal.exchange.problems import Report, SourceLocation
from portal.exchange.row_sync import own_ids
from portal.store.rows import table_of
from portal.tables.people import Adviser, ClassGroup, Municipality
from portal.tables.texts import Norwegian

TOGETHER, FEW = 100, 10
StoreSome = Callable[[Session, KnownIds, list[ParticipantEntry]], object]


@dataclass(frozen=True, slots=True)
class Read:
    """A participant of a document: where it stands, as it was read, and its text."""

    place: SourceLocation
    given: ParticipantIn
    text: str


@dataclass(slots=True)
class DocumentDifferences:
    """What a document says that is not stored yet, in order; and the ids and numbers of those that are the same."""

    new: list[tuple[SourceLocation, bytes]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    pids: set[str] = field(default_factory=set)

    def items(self) -> Iterator[ParticipantEntry]:
        """The participants to store."""
        for place, text in self.new:
            yield ParticipantEntry(place, ParticipantIn.model_validate_json(unpacked(text)))

    def keep(self, some: Iterable[Read]) -> None:
        """Store these."""
        self.new += [(one.place, packed(one.text)) for one in some]

    def leave(self, some: list[Read]) -> None:
        """Leave these as they are."""
        self.ids.update(one.given.id for one in some)
        self.pids.update(one.given.pid for one in some)


@dataclass(slots=True)
class Earlier:
    """What the documents of one command change of a municipality until now: whom they `touched`, and which Norwegian
    they say that it writes.
    """

    touched: set[str] = field(default_factory=set)
    norwegian: set[Norwegian] = field(default_factory=set)


@dataclass(slots=True)
class DocumentComparison:
    """Compares a document. `known` is None where nothing can be compared; `earlier` learns of more."""

    session: Session
    known: KnownIds | None
    earlier: Earlier
    store_some: StoreSome
    found: DocumentDifferences = field(default_factory=DocumentDifferences)

    def of(self, given: Iterable[Read]) -> DocumentDifferences:
        """What of these must be stored."""
        for some, same in parted(given, TOGETHER, FEW, self._try):
            if same:
                self.found.leave(some)
            else:
                self.found.keep(some)
                self.earlier.touched.update(one.given.id for one in some)
        return self.found

    def _try(self, some: list[Read]) -> Tried[bool]:
        known = self.known
        if known is None or any(self._is_in_doubt(one.given) for one in some):
            return IN_DOUBT

        def store(told: Report) -> bool:
            items = [ParticipantEntry(one.place.reporting_to(told), one.given) for one in some]
            known.participants, known.pids = set(), set()
            self.store_some(self.session, known, items)
            return True

        return tried(store)

    def _is_in_doubt(self, given: ParticipantIn) -> bool:
        return given.id in self.found.ids or given.id in self.earlier.touched or given.pid in self.found.pids


def known_before(session: Session, org_number: str, known: KnownIds, earlier: Earlier) -> KnownIds | None:
    """What a document may refer to without its own head; None where its municipality is not stored, or is said to write
    another Norwegian than before, since texts without a language are then others.
    """
    table = table_of(Municipality)
    row = session.execute(select(table.c.id, table.c.norwegian).where(table.c.org_number == org_number)).first()
    if row is None or earlier.norwegian - {row.norwegian}:
        return None
    known.municipality, known.norwegian = row.id, row.norwegian
    known.advisers, known.groups = (own_ids(session, model, row.id) for model in (Adviser, ClassGroup))
    return known
