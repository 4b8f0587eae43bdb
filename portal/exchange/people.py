"""Storing who: the municipality, its advisers, groups and days without school, and its participants."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, SQLModel

from portal.exchange.document import AdviserIn, BreakIn, GroupIn, MunicipalityIn, ParticipantIn
from portal.exchange.problems import Place, Said
from portal.exchange.shelf import Shelf, Values, table_of
from portal.exchange.texts import Texts
from portal.tables.columns import new_public_id
from portal.tables.people import Adviser, Child, GroupName, Membership, Municipality, Participant
from portal.tables.schedule import SchoolBreak

_MUNICIPALITY = table_of(Municipality)
_PARTICIPANT = table_of(Participant)
_OWN_COLUMNS = (
    "given_name", "family_name", "born", "language", "regime", "programme", "settled_on", "start_by", "start", "end",
    "ended_on", "end_reason", "certificate_on", "protected_address", "lives_with_parent", "partner_in_programme",
    "sole_carer", "self_certification_withdrawn",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """What the rest of a document may refer to: ids by the municipality's own."""

    municipality: int
    name: str
    issued_at: datetime
    advisers: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    pids: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Item:
    """A participant of the document, where it stands, and its row's id once that is known.

    Where the number `is_taken` a problem is told and nothing will be stored, but the rest is still checked.
    """

    place: Place
    given: ParticipantIn
    id: int = 0
    is_taken: bool = False


@dataclass(slots=True)
class Chunk:
    """Some participants that are stored together. `changed` are those of whom anything changed."""

    session: Session
    known: Known
    items: Sequence[Item]
    texts: Texts
    changed: set[int] = field(default_factory=set)

    def shelf(self, model: type[SQLModel], *key: str) -> Shelf:
        """The rows of `model` that belong to these participants."""
        return Shelf(self.session, model, "participant_id", [item.id for item in self.items], key=key)


def issued_before(session: Session, org_number: str) -> datetime | None:
    """When the newest document taken from this municipality was issued."""
    found: datetime | None = session.scalar(
        select(_MUNICIPALITY.c.document_issued_at).where(_MUNICIPALITY.c.org_number == org_number)
    )
    return found


def municipality(session: Session, given: MunicipalityIn, issued_at: datetime) -> int:
    """Store the municipality; gives its id."""
    values: Values = {**given.model_dump(), "document_issued_at": issued_at}
    mine = _MUNICIPALITY.c.org_number == given.org_number
    if session.execute(update(_MUNICIPALITY).where(mine), values).rowcount == 0:  # type: ignore[attr-defined]  # CursorResult
        session.execute(insert(_MUNICIPALITY), values)
    found: int = session.scalars(select(_MUNICIPALITY.c.id).where(mine)).one()
    return found


def advisers(session: Session, known: Known, given: Iterable[AdviserIn]) -> None:
    """Store advisers, and know them."""
    known.advisers = _named(session, Adviser, known.municipality, given)


def groups(session: Session, known: Known, given: Iterable[GroupIn]) -> None:
    """Store groups, and know them."""
    known.groups = _named(session, GroupName, known.municipality, given)


def _named(session: Session, model: type[SQLModel], owner: int, given: Iterable[AdviserIn | GroupIn]) -> dict[str, int]:
    shelf = Shelf(session, model, "municipality_id", [owner], key=["external_id"])
    for part in given:
        shelf.put(municipality_id=owner, external_id=part.id, **part.model_dump(exclude={"id"}))
    shelf.flush()
    return {row["external_id"]: row["id"] for row in shelf.stored.values()}


def breaks(session: Session, known: Known, given: Sequence[BreakIn], place: Place) -> None:
    """Store days without school."""
    shelf = Shelf(session, SchoolBreak, "municipality_id", [known.municipality], key=["external_id"])
    for index, part in enumerate(given):
        group = refer(known.groups, part.group, place.at("breaks", index, "group"), "a group")
        values = part.model_dump(exclude={"id", "group"})
        shelf.put(municipality_id=known.municipality, external_id=part.id, group_id=group, **values)
    shelf.flush()


def refer(known: dict[str, int], name: str | None, place: Place, what: str) -> int | None:
    """The id behind one of the municipality's own ids; a problem where there is none."""
    if name is not None and name not in known:
        place.problem(name, f"the id of {what} in this document or an earlier one")
    return known.get(name) if name is not None else None


def participants(session: Session, known: Known, given: Sequence[Item]) -> Chunk:
    """Store the participants' own rows; gives those that could be, with their ids."""
    holders = _holders(session, known, [item.given.pid for item in given])
    items = [item for item in given if _is_own(session, known, item, holders)]
    names = [item.given.id for item in items]
    shelf = Shelf(session, Participant, "municipality_id", [known.municipality], key=["external_id"], among=names)
    before = dict(shelf.stored)
    for item in items:
        shelf.put(**_participant(session, known, item, before.get((known.municipality, item.given.id))))
    shelf.flush()
    for item in items:
        item.id = shelf.id_of(known.municipality, item.given.id)
    chunk = Chunk(session, known, items, Texts(session, [item.id for item in items]))
    chunk.changed = {row["id"] for key, row in shelf.stored.items() if before.get(key) != row}
    return chunk


def _participant(session: Session, known: Known, item: Item, stored: Values | None) -> Values:
    vault, given = session.info["vault"], item.given
    public_id = stored["public_id"] if stored else new_public_id()
    index = vault.blind_index(public_id if item.is_taken else given.pid)
    same = stored is not None and stored["pid_index"] == index
    return {
        "municipality_id": known.municipality,
        "external_id": given.id,
        "public_id": public_id,
        "pid": stored["pid"] if stored and same else vault.seal(given.pid, "participant.pid", public_id),
        "pid_index": index,
        "adviser_id": refer(known.advisers, given.adviser, item.place.at("adviser"), "an adviser"),
        **{name: getattr(given, name) for name in _OWN_COLUMNS},
    }


def _holders(session: Session, known: Known, pids: Collection[str]) -> dict[bytes, str]:
    """Whose the numbers are already: external id by blind index."""
    indexes = [session.info["vault"].blind_index(pid) for pid in pids]
    found = session.execute(
        select(_PARTICIPANT.c.pid_index, _PARTICIPANT.c.external_id)
        .where(_PARTICIPANT.c.municipality_id == known.municipality)
        .where(_PARTICIPANT.c.pid_index.in_(indexes))
    )
    return {row.pid_index: row.external_id for row in found}


def _is_own(session: Session, known: Known, item: Item, holders: dict[bytes, str]) -> bool:
    """Whether the id stands here for the first time; a number that is somebody else's is told as well."""
    given, place = item.given, item.place
    holder = holders.get(session.info["vault"].blind_index(given.pid), given.id)
    is_new = given.id not in known.participants
    taken = [
        (holder != given.id, f"the number of participant {holder!r}", "a number that nobody else has"),
        (given.pid in known.pids, "a number that stands twice here", "each number once"),
    ]
    for is_wrong, found, expected in taken:
        if is_wrong:
            place.problem(Said(found), expected, "pid")
            item.is_taken = True
    if not is_new:
        place.problem(Said(f"{given.id!r} twice here"), "each participant once", "id")
    known.pids.add(given.pid)
    known.participants.add(given.id)
    return is_new


def families(chunk: Chunk) -> None:
    """Store the children and group memberships of those that gave them; others keep what they have."""
    children, memberships = chunk.shelf(Child, "external_id"), chunk.shelf(Membership, "group_id")
    for item in chunk.items:
        for child in item.given.children or []:
            values: Any = {"external_id": child.id, "born": child.born, "chronic": child.chronic}
            children.put(participant_id=item.id, **values)
        for index, member in enumerate(item.given.groups or []):
            group = refer(chunk.known.groups, member.group, item.place.at("groups", index, "group"), "a group")
            if group is not None:
                days = {"first_day": member.first_day, "last_day": member.last_day}
                memberships.put(participant_id=item.id, group_id=group, **days)
    children.remove(children.wanted, [item.id for item in chunk.items if item.given.children is not None])
    memberships.remove(memberships.wanted, [item.id for item in chunk.items if item.given.groups is not None])
    for shelf in (children, memberships):
        shelf.flush()
        chunk.changed |= shelf.changed
