"""Texts in several languages, opened for one reader: own language first, Norwegian otherwise.

The original, which has legal weight, is in nynorsk or in bokmål; where both are written, in what the municipality
writes. Who reads Norwegian reads either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Executable, and_, bindparam, select
from sqlmodel import Session, col

from portal.tables.people import Municipality, Participant
from portal.tables.texts import IN_NORWEGIAN, Origin, Text, TextVersion, TranslationRequest

PLACE = "text_version.body"  # what the seal of a body is bound to
_VERSIONS: Executable = (
    select(
        col(Text.id).label("text_id"),
        col(Text.public_id),
        col(TextVersion.language),
        col(TextVersion.body),
        col(TextVersion.digest),
        col(TextVersion.origin),
        col(TextVersion.translates),
        col(Municipality.norwegian),
        col(TranslationRequest.id).label("asked"),
    )
    .join(TextVersion, col(TextVersion.text_id) == col(Text.id))
    .join(Participant, col(Participant.id) == col(Text.participant_id))
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .outerjoin(
        TranslationRequest,
        and_(
            col(TranslationRequest.text_id) == col(Text.id),
            col(TranslationRequest.digest) == col(TextVersion.digest),
            col(TranslationRequest.language) == bindparam("language"),
        ),
    )
    .where(col(Text.participant_id) == bindparam("participant_id"))
    .where(col(Text.id).in_(bindparam("text_ids", expanding=True)))
    .where(col(TextVersion.language).in_(bindparam("languages", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text for one reader. `original` is the Norwegian beside a translation, `norwegian` its language; `stale` when
    it has changed since.

    `name` is the text's public id, `asked` whether the reader has asked for this very text in their language.
    """

    body: str
    language: str
    name: str
    original: str | None = None
    norwegian: str = "nb"
    stale: bool = False
    asked: bool = False


def read(
    session: Session, participant_id: int, text_ids: Iterable[int | None], language: str
) -> dict[int, LocalizedText]:
    """The participant's texts by id, in `language` where there is such a version, otherwise in Norwegian."""
    wanted = sorted({text_id for text_id in text_ids if text_id is not None})
    if not wanted:
        return {}
    values = {
        "participant_id": participant_id,
        "text_ids": wanted,
        "languages": [language, *IN_NORWEGIAN],
        "language": language,
    }
    found: dict[int, dict[str, Any]] = {}
    for row in session.connection().execute(_VERSIONS, values):
        found.setdefault(row.text_id, {})[row.language] = row
    return {text_id: _for_reader(session, versions, language) for text_id, versions in found.items()}


def original_of(versions: Iterable[Any]) -> Any:
    """The version of a text that has legal weight; None where there is none. The rows have `language`, `origin`, and
    `norwegian`, the form that the municipality writes.
    """
    able = [row for row in versions if _is_original(row)]
    return next((row for row in able if row.language == row.norwegian), able[0] if able else None)


def _is_original(row: Any) -> bool:
    return row.language in IN_NORWEGIAN and row.origin is not Origin.HUMAN_TRANSLATION


def _for_reader(session: Session, versions: dict[str, Any], language: str) -> LocalizedText:
    original, own = original_of(versions.values()), versions.get(language)
    if own is None or original is None or _is_original(own):
        return _told(session, own or original)
    told, made_from = _told(session, own), [row.digest for row in versions.values() if _is_original(row)]
    stale = own.translates is not None and own.translates not in made_from
    return replace(
        told,
        original=_body(session, original),
        norwegian=original.language,
        stale=stale,
        asked=stale and original.asked is not None,
    )


def _told(session: Session, row: Any) -> LocalizedText:
    return LocalizedText(_body(session, row), row.language, row.public_id, asked=row.asked is not None)


def _body(session: Session, row: Any) -> str:
    opened: str = session.info["vault"].open(row.body, PLACE, row.public_id, row.language)
    return opened
