"""Texts in several languages, opened for one reader: own language first, Norwegian otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Executable, bindparam, select
from sqlmodel import Session, col

from portal.tables.texts import Origin, Text, TextVersion

ORIGINAL = "nb"
_VERSIONS: Executable = (
    select(
        col(Text.id).label("text_id"),
        col(Text.public_id),
        col(TextVersion.language),
        col(TextVersion.body),
        col(TextVersion.digest),
        col(TextVersion.origin),
        col(TextVersion.translates),
    )
    .join(TextVersion, col(TextVersion.text_id) == col(Text.id))
    .where(col(Text.participant_id) == bindparam("participant_id"))
    .where(col(Text.id).in_(bindparam("text_ids", expanding=True)))
    .where(col(TextVersion.language).in_(bindparam("languages", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Told:
    """A text for one reader. `original` is the Norwegian beside a translation; `stale` when it has changed since."""

    body: str
    language: str
    origin: Origin
    original: str | None = None
    stale: bool = False


def read(session: Session, participant_id: int, text_ids: Iterable[int | None], language: str) -> dict[int, Told]:
    """The participant's texts by id, in `language` where there is such a version, otherwise in Norwegian."""
    wanted = sorted({text_id for text_id in text_ids if text_id is not None})
    if not wanted:
        return {}
    values = {"participant_id": participant_id, "text_ids": wanted, "languages": [language, ORIGINAL]}
    found: dict[int, dict[str, Told]] = {}
    digests: dict[int, str] = {}
    made_from: dict[int, str | None] = {}
    for row in session.connection().execute(_VERSIONS, values):
        body = session.info["vault"].open(row.body, "text_version.body", row.public_id, row.language)
        found.setdefault(row.text_id, {})[row.language] = Told(body, row.language, row.origin)
        if row.language == ORIGINAL:
            digests[row.text_id] = row.digest
        if row.language == language:
            made_from[row.text_id] = row.translates
    return {
        text_id: _for_reader(versions, language, digests.get(text_id), made_from.get(text_id))
        for text_id, versions in found.items()
    }


def _for_reader(versions: dict[str, Told], language: str, digest: str | None, made_from: str | None) -> Told:
    original = versions.get(ORIGINAL)
    own = versions.get(language)
    if own is None or own is original:
        return original or next(iter(versions.values()))
    stale = made_from is not None and digest is not None and made_from != digest
    return Told(own.body, own.language, own.origin, original.body if original else None, stale)
