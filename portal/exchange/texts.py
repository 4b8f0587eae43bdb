"""Storing texts in several languages: sealed, with digest and origin, changed only where they changed."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from portal.exchange.shape import TextIn, Version, versions
from portal.exchange.shelf import Later, Row, Values, slices, table_of
from portal.tables.columns import moment, new_public_id
from portal.tables.texts import Text, TextVersion

PLACE = "text_version.body"
_TEXT, _VERSION = table_of(Text), table_of(TextVersion)
_COMPARED = ("language", "digest", "origin", "translates")


class Texts:
    """The texts of some participants: `put` what is wanted, `flush`, then store the rows that point at the texts."""

    def __init__(self, session: Session, participants: Collection[int]) -> None:
        self.session, self.vault = session, session.info["vault"]
        self.changed: set[int] = set()
        self._names: dict[int, str] = {}
        self._stored: dict[int, dict[str, Row]] = {}
        self._new: list[tuple[Later, int, list[Version]]] = []
        self._rows: list[Values] = []
        self._gone: list[int] = []
        self._unused: list[int] = []
        for some in slices(sorted(participants)):
            self._load(some)

    def _load(self, participants: list[int]) -> None:
        texts = select(_TEXT.c.id, _TEXT.c.public_id).where(_TEXT.c.participant_id.in_(participants))
        for row in self.session.execute(texts):
            self._names[row.id] = row.public_id
            self._stored[row.id] = {}
        columns = [_VERSION.c[name] for name in ("id", "text_id", *_COMPARED)]
        found = select(*columns).join(_TEXT, _TEXT.c.id == _VERSION.c.text_id)
        for version in self.session.execute(found.where(_TEXT.c.participant_id.in_(participants))).mappings():
            self._stored[version["text_id"]][version["language"]] = dict(version)

    def put(self, participant: int, stored: int | None, texts: str | list[TextIn] | None) -> Later | int | None:
        """What the row that points at this text shall hold; `stored` is what it holds now."""
        if texts is None:
            if stored is not None:
                self._unused.append(stored)
                self.changed.add(participant)
            return None
        if stored is None:
            later = Later()
            self._new.append((later, participant, versions(texts)))
            self.changed.add(participant)
            return later
        self._compare(participant, stored, versions(texts))
        return stored

    def _compare(self, participant: int, text_id: int, wanted: list[Version]) -> None:
        stored = dict(self._stored[text_id])
        for version in wanted:
            row = stored.pop(version.language, None)
            if row is not None and all(row[name] == getattr(version, name) for name in _COMPARED):
                continue
            if row is not None:
                self._gone.append(row["id"])
            self._rows.append(self._row(text_id, self._names[text_id], version))
            self.changed.add(participant)
        if stored:
            self._gone += [row["id"] for row in stored.values()]
            self.changed.add(participant)

    def flush(self) -> None:
        """Store the texts, so that every id is known."""
        made = [(later, new_public_id(), participant, wanted) for later, participant, wanted in self._new]
        for some in slices(made):
            rows = [{"public_id": name, "participant_id": participant} for _, name, participant, _ in some]
            self.session.execute(insert(_TEXT), rows)
            names = [name for _, name, _, _ in some]
            found = self.session.execute(select(_TEXT.c.public_id, _TEXT.c.id).where(_TEXT.c.public_id.in_(names)))
            ids = {row.public_id: row.id for row in found}
            for later, name, _, wanted in some:
                later.id = ids[name]
                self._rows += [self._row(ids[name], name, version) for version in wanted]
        for gone in slices(self._gone):
            self.session.execute(delete(_VERSION).where(_VERSION.c.id.in_(gone)))
        for rows in slices(self._rows):
            self.session.execute(insert(_VERSION), rows)
        self._new, self._gone, self._rows = [], [], []

    def drop(self, unused: Collection[int | None] = ()) -> None:
        """Delete the texts that no row points at any more."""
        for some in slices([*self._unused, *(text_id for text_id in unused if text_id is not None)]):
            self.session.execute(delete(_TEXT).where(_TEXT.c.id.in_(some)))
        self._unused = []

    def _row(self, text_id: int, name: str, version: Version) -> Values:
        return {
            "text_id": text_id,
            "language": version.language,
            "body": self.vault.seal(version.body, PLACE, name, version.language),
            "digest": version.digest,
            "origin": version.origin,
            "translates": version.translates,
            "updated_at": moment(),
        }
