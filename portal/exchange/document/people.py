"""Storing who: the municipality, its advisers, groups and days without school, and its participants."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlmodel import Session, SQLModel

from portal.exchange.document.columns import said, texts, values
from portal.exchange.document.completion import completed
from portal.exchange.document.models import AdviserIn, BreakIn, GroupIn, MunicipalityIn, ParticipantIn
from portal.exchange.document.texts import Texts
from portal.exchange.problems import SourceLocation, Verbatim
from portal.exchange.row_sync import Row, RowSync, UnchangedId, Values
from portal.exchange.shape import DocumentPart
from portal.store.rows import table_of
from portal.tables.columns import new_public_id
from portal.tables.log import Updated
from portal.tables.people import Adviser, Child, ClassGroup, Membership, Municipality, Participant
from portal.tables.schedule import SchoolBreak
from portal.tables.texts import Norwegian

_MUNICIPALITY = table_of(Municipality)
_PARTICIPANT = table_of(Participant)


@dataclass(slots=True)
class KnownIds:
    """What the rest of a document may refer to: ids by the municipality's own.

    Where the document `is_older` than the newest of the municipality from its `source`, its head only adds.
    `norwegian` is what its texts without a language are written in.
    """

    municipality: int
    name: str
    issued_at: datetime
    advisers: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    pids: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)
    source: str = ""
    is_older: bool = False
    norwegian: Norwegian = Norwegian.BOKMAL


@dataclass(slots=True)
class ParticipantEntry:
    """A participant of the document, where it stands, and its row's id once that is known.

    Where the number `is_taken` a problem is told and nothing will be stored, but the rest is still checked.
    """

    place: SourceLocation
    given: ParticipantIn
    id: int = 0
    is_taken: bool = False


@dataclass(slots=True)
class Chunk:
    """Some participants that are stored together. `changed` are those of whom anything changed."""

    session: Session
    known: KnownIds
    items: Sequence[ParticipantEntry]
    texts: Texts
    changed: dict[int, set[Updated]] = field(default_factory=dict)
    _shelves: dict[type[SQLModel], RowSync] = field(default_factory=dict)

    def note(self, kind: Updated, whose: Collection[int]) -> None:
        """Note whose record changed in this way, by rows or by texts."""
        for participant in {*whose, *self.texts.changed}:
            self.changed.setdefault(participant, set()).add(kind)
        self.texts.changed.clear()

    def values(self, participant: int, part: DocumentPart, stored: Row | None, model: type[SQLModel]) -> Values:
        """What a part says, by the columns of its row, with its texts; `stored` is the row as it is."""
        before = stored or {}
        told = {name: self.texts.put(participant, before.get(name), text) for name, text in texts(part, model)}
        return values(part, model) | told

    def sync(self, model: type[SQLModel], *key: str) -> RowSync:
        """The rows of `model` that belong to these participants; read once."""
        if model not in self._shelves:
            owners = [item.id for item in self.items]
            self._shelves[model] = RowSync(self.session, model, "participant_id", owners, key=key)
        return self._shelves[model]


def municipality(
    session: Session, given: MunicipalityIn, is_older: bool, place: SourceLocation
) -> tuple[int, Norwegian]:
    """Store the municipality, but for a known one where the document is older; gives its id, and the Norwegian that
    the document is written in.
    """
    mine = _MUNICIPALITY.c.org_number == given.org_number
    row = session.execute(select(_MUNICIPALITY).where(mine)).mappings().one_or_none()
    stored = dict(row) if row else {}
    whole = completed(given, stored, place.at("municipality")) or given
    choices = {} if whole.policy is None else stored.get("policy", {}) | whole.policy
    policy = {name: choice for name, choice in choices.items() if choice is not None}
    wanted: Values = {**whole.model_dump(), "policy": policy}
    if not row:
        session.execute(insert(_MUNICIPALITY), wanted)
    elif not is_older and any(stored[name] != value for name, value in wanted.items()):
        place.report.count("municipality changed")
        session.execute(update(_MUNICIPALITY).where(mine), wanted)
    found: int = session.scalars(select(_MUNICIPALITY.c.id).where(mine)).one()
    return found, whole.norwegian


def advisers(session: Session, known: KnownIds, given: Sequence[AdviserIn], place: SourceLocation) -> None:
    """Store advisers, and know them."""
    known.advisers = _named(session, Adviser, known, given, place.at("advisers"))


def groups(session: Session, known: KnownIds, given: Sequence[GroupIn], place: SourceLocation) -> None:
    """Store groups, and know them."""
    known.groups = _named(session, ClassGroup, known, given, place.at("groups"))


def breaks(session: Session, known: KnownIds, given: Sequence[BreakIn], place: SourceLocation) -> None:
    """Store days without school."""
    _named(session, SchoolBreak, known, given, place.at("breaks"))


def _named(
    session: Session,
    model: type[SQLModel],
    known: KnownIds,
    given: Sequence[AdviserIn | GroupIn | BreakIn],
    place: SourceLocation,
) -> dict[str, int]:
    """Store what the municipality knows by its own id; gives all ids."""
    sync = RowSync(session, model, "municipality_id", [known.municipality], key=["external_id"])
    for index, part in enumerate(given):
        row = sync.stored.get((known.municipality, part.id))
        if row and known.is_older:
            continue
        pointers = {"group": "group_id"} if isinstance(part, BreakIn) else {}
        stored = said(row, type(part), **pointers) if row else None
        whole = completed(part, stored, place.at(index)) or part
        wanted = values(whole, model)
        if isinstance(whole, BreakIn):
            wanted["group_id"] = refer(known.groups, whole.group, place.at(index, "group"), "a group")
        sync.put(municipality_id=known.municipality, **wanted)
    sync.flush()
    if sync.changes:
        place.report.count(f"{place.where.rpartition('.')[2]} changed", sync.changes)
    return {row["external_id"]: row["id"] for row in sync.stored.values()}


def refer(known: dict[str, int], name: str | UnchangedId | None, place: SourceLocation, what: str) -> int | None:
    """The id behind one of the municipality's own ids; a problem where there is none."""
    if isinstance(name, UnchangedId):
        return name.id
    if name is not None and name not in known:
        place.problem(name, f"the id of {what} in this document or an earlier one")
    return known.get(name) if name is not None else None


def participants(session: Session, known: KnownIds, given: Sequence[ParticipantEntry]) -> Chunk:
    """Store the participants' own rows; gives those that could be, with their ids."""
    holders = _holders(session, known, [item.given.pid for item in given])
    items = [item for item in given if _is_own(session, known, item, holders)]
    names = [item.given.id for item in items]
    sync = RowSync(session, Participant, "municipality_id", [known.municipality], key=["external_id"], among=names)
    before = dict(sync.stored)
    items = [item for item in items if _complete(item, before.get((known.municipality, item.given.id)))]
    for item in items:
        sync.put(**_participant(session, known, item, before.get((known.municipality, item.given.id))))
    sync.flush()
    for item in items:
        item.id = sync.id_of(known.municipality, item.given.id)
    chunk = Chunk(session, known, items, Texts(session, [item.id for item in items], known.norwegian))
    now = {key: row for key, row in sync.stored.items() if before.get(key) != row}
    chunk.note(Updated.PERSON, [row["id"] for row in now.values()])
    ended = [row["id"] for key, row in now.items() if _is_shown_again(before.get(key), row)]
    chunk.note(Updated.PROTECTION_ENDED, ended)
    return chunk


def _complete(item: ParticipantEntry, stored: Row | None) -> bool:
    """Complete a participant's own fields; False where they break a rule. The end of a protection is told."""
    row = said(stored, ParticipantIn, adviser="adviser_id") if stored else None
    whole = completed(item.given, row, item.place)
    if whole is None:
        return False
    if _is_shown_again(stored, whole.model_dump(include={"protected_address"})):
        item.place.note(f"the address of participant {whole.id!r} is protected no longer", "protected_address")
    item.given = whole
    return True


def _is_shown_again(before: Row | None, after: Row) -> bool:
    return before is not None and before["protected_address"] and not after["protected_address"]


def _participant(session: Session, known: KnownIds, item: ParticipantEntry, stored: Values | None) -> Values:
    vault, given = session.info["vault"], item.given
    public_id = stored["public_id"] if stored else new_public_id()
    index = vault.blind_index(public_id if item.is_taken else given.pid)
    same = stored is not None and stored["pid_index"] == index
    return {
        **values(given, Participant),
        "municipality_id": known.municipality,
        "public_id": public_id,
        "pid": stored["pid"] if stored and same else vault.seal(given.pid, "participant.pid", public_id),
        "pid_index": index,
        "adviser_id": refer(known.advisers, given.adviser, item.place.at("adviser"), "an adviser"),
    }


def _holders(session: Session, known: KnownIds, pids: Collection[str]) -> dict[bytes, str]:
    """Whose the numbers are already: external id by blind index."""
    indexes = [session.info["vault"].blind_index(pid) for pid in pids]
    found = session.execute(
        select(_PARTICIPANT.c.pid_index, _PARTICIPANT.c.external_id)
        .where(_PARTICIPANT.c.municipality_id == known.municipality)
        .where(_PARTICIPANT.c.pid_index.in_(indexes))
    )
    return {row.pid_index: row.external_id for row in found}


def _is_own(session: Session, known: KnownIds, item: ParticipantEntry, holders: dict[bytes, str]) -> bool:
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
            place.problem(Verbatim(found), expected, "pid")
            item.is_taken = True
    if not is_new:
        place.problem(Verbatim(f"{given.id!r} twice here"), "each participant once", "id")
    known.pids.add(given.pid)
    known.participants.add(given.id)
    return is_new


def families(chunk: Chunk) -> None:
    """Store the children and group memberships of those that gave them; others keep what they have."""
    children, memberships = chunk.sync(Child, "external_id"), chunk.sync(Membership, "group_id")
    for item in chunk.items:
        for child in item.given.children or []:
            children.put(participant_id=item.id, **values(child, Child))
        for index, member in enumerate(item.given.groups or []):
            group = refer(chunk.known.groups, member.group, item.place.at("groups", index, "group"), "a group")
            if group is not None:
                memberships.put(participant_id=item.id, group_id=group, **values(member, Membership))
    children.remove(children.wanted, [item.id for item in chunk.items if item.given.children is not None])
    memberships.remove(memberships.wanted, [item.id for item in chunk.items if item.given.groups is not None])
    for sync in (children, memberships):
        sync.flush()
        chunk.note(Updated.PERSON, sync.changed)
