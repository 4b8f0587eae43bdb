"""Storing texts in several languages: sealed, with digest and origin, changed only where they changed."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from portal.casework import languages
from portal.casework.languages import AskedTranslation
from portal.casework.texts import PLACE
from portal.exchange.row_sync import PendingId, Row, UnchangedId, Values
from portal.exchange.shape import TextIn, TextVersionValues, versions
from portal.store.rows import slices, table_of
from portal.tables.columns import new_public_id, utc_now
from portal.tables.log import Actor
from portal.tables.texts import IN_NORWEGIAN, Norwegian, Origin, Text, TextVersion

_TEXT, _VERSION = table_of(Text), table_of(TextVersion)
_COMPARED = ("language", "digest", "origin", "translates")


class Texts:
    """The texts of some participants: `put` what is wanted, `flush`, then store the rows that point at the texts.

    `norwegian` is the form that their municipality writes.
    """

    def __init__(self, session: Session, participants: Collection[int], norwegian: Norwegian) -> None:
        self.session, self.vault, self.norwegian = session, session.info["vault"], norwegian
        self.changed: set[int] = set()
        self._names: dict[int, str] = {}
        self._stored: dict[int, dict[str, Row]] = {}
        self._asked: dict[int, list[AskedTranslation]] = {}
        self._new: list[tuple[PendingId, int, list[TextVersionValues]]] = []
        self._rows: list[Values] = []
        self._gone: list[int] = []
        self._answered: list[int] = []
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
        for asked in languages.translations_asked_by(self.session, participants):
            self._asked.setdefault(asked.text_id, []).append(asked)

    def put(
        self, participant: int, stored: int | None, texts: str | list[TextIn] | UnchangedId | None
    ) -> PendingId | int | None:
        """What the row that points at this text shall hold; `stored` is what it holds now."""
        if isinstance(texts, UnchangedId):
            return texts.id
        if texts is None:
            if stored is not None:
                self._unused.append(stored)
                self.changed.add(participant)
            return None
        given = versions(texts, self.norwegian)
        if stored is None:
            later, original = PendingId(), _original(given, {}, self.norwegian)
            self._new.append((later, participant, [_as_remembered(version, None, original) for version in given]))
            self.changed.add(participant)
            return later
        self._compare(participant, stored, given, short=isinstance(texts, str))
        return stored

    def _compare(self, participant: int, text_id: int, given: list[TextVersionValues], *, short: bool) -> None:
        before = self._stored[text_id]
        original = _original(given, before, self.norwegian)
        wanted = {
            version.language: _as_remembered(version, before.get(version.language), original) for version in given
        }
        left = {language: row for language, row in before.items() if language not in wanted}
        if short and any(_is_original(row) and row["digest"] == original.digest for row in before.values()):
            left = {language: row for language, row in left.items() if row["origin"] != Origin.HUMAN_TRANSLATION}
        for language, version in wanted.items():
            row = before.get(language)
            if row is not None and all(row[name] == getattr(version, name) for name in _COMPARED):
                continue
            if row is not None:
                self._gone.append(row["id"])
            self._rows.append(self._row(text_id, self._names[text_id], version))
            self.changed.add(participant)
        if left:
            self._gone += [row["id"] for row in left.values()]
            self.changed.add(participant)
        self._end_requests(text_id, wanted, original)

    def _end_requests(self, text_id: int, wanted: dict[str, TextVersionValues], original: TextVersionValues) -> None:
        """A request for a translation is over when the translation is there; if that goes, it can be asked for anew."""
        there = {(row["language"], row["translates"]) for row in self._stored[text_id].values()}
        there |= {(version.language, version.translates) for version in wanted.values()}
        for request in self._asked.get(text_id, ()):
            made_from = (None, request.digest, original.digest)
            if any((request.language, digest) in there for digest in made_from):
                self._answered.append(request.id)

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
        languages.give_translations(self.session, Actor.MUNICIPALITY, self._answered)
        self._new, self._gone, self._rows, self._answered = [], [], [], []

    def drop(self, unused: Collection[int | None] = ()) -> None:
        """Delete the texts that no row points at any more."""
        for some in slices([*self._unused, *(text_id for text_id in unused if text_id is not None)]):
            self.session.execute(delete(_TEXT).where(_TEXT.c.id.in_(some)))
        self._unused = []

    def _row(self, text_id: int, name: str, version: TextVersionValues) -> Values:
        return {
            "text_id": text_id,
            "language": version.language,
            "body": self.vault.seal(version.body, PLACE, name, version.language),
            "digest": version.digest,
            "origin": version.origin,
            "translates": version.translates,
            "updated_at": utc_now(),
        }


def _is_original(row: Row) -> bool:
    return row["language"] in IN_NORWEGIAN and row["origin"] is not Origin.HUMAN_TRANSLATION


def _original(given: list[TextVersionValues], before: dict[str, Row], norwegian: Norwegian) -> TextVersionValues:
    """The version of legal weight: the municipality's own Norwegian, or the other form where that is all there is, or
    where its own is a translation, as it is said now or was before.
    """
    able = [v for v in given if v.language in IN_NORWEGIAN and v.origin is not Origin.HUMAN_TRANSLATION]
    still = [v for v in able if not (v.unsaid and v.language in before and not _is_original(before[v.language]))]
    return next((version for version in still or able if version.language == norwegian), (still or able)[0])


def _as_remembered(version: TextVersionValues, row: Row | None, original: TextVersionValues) -> TextVersionValues:
    """The version with what it leaves out as it was: its origin, and where it has not changed what it was made from."""
    origin = row["origin"] if row is not None and version.unsaid else version.origin
    if version is original and origin is Origin.HUMAN_TRANSLATION:
        origin = Origin.WRITTEN
    if origin is not Origin.HUMAN_TRANSLATION:
        return version.model_copy(update={"origin": origin, "translates": None})
    before = row["translates"] if row is not None and row["digest"] == version.digest else None
    return version.model_copy(update={"origin": origin, "translates": version.translates or before or original.digest})
