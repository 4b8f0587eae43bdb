"""Text in several languages: each version keeps its language and where it comes from. Bodies are sealed.

A participant may ask for a text in their own language; the municipality hears of it once for each original.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from portal.tables.columns import NumberedTable, check, enum_column, foreign_key, new_public_id, utc_now


class Norwegian(StrEnum):
    """The forms of written Norwegian (målform). A text's original, the one of legal weight, is in one of them."""

    BOKMAL = "nb"
    NYNORSK = "nn"


IN_NORWEGIAN = frozenset(form.value for form in Norwegian)


class Origin(StrEnum):
    """Where a version of a text comes from."""

    WRITTEN = "written"
    HUMAN_TRANSLATION = "human_translation"
    STANDARD_PHRASE = "standard_phrase"


class Text(NumberedTable, table=True):
    """One thing said, in one or more languages. Belongs to a participant, so that it goes when they go."""

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")


class TextVersion(NumberedTable, table=True):
    """A text in one language. `translates` is the digest of the original that a translation was made from."""

    __tablename__ = "text_version"

    text_id: int = foreign_key("text.id")
    language: str
    body: bytes
    digest: str = Field(max_length=64)
    origin: Origin = enum_column(Origin)
    translates: str | None = Field(default=None, max_length=64)
    updated_at: datetime = Field(default_factory=utc_now)

    __table_args__ = (
        UniqueConstraint("text_id", "language"),
        check("translation_names_original", "(origin = 'human_translation') = (translates IS NOT NULL)"),
    )


class TranslationRequest(NumberedTable, table=True):
    """A participant asked for a text in `language`. `digest` is that of the original as it then was."""

    __tablename__ = "translation_request"

    participant_id: int = foreign_key("participant.id")
    text_id: int = foreign_key("text.id")
    language: str
    digest: str = Field(max_length=64)
    asked_at: datetime = Field(default_factory=utc_now)

    __table_args__ = (UniqueConstraint("text_id", "language", "digest"),)
