"""Who has read each language's words (`translations/readers.csv`). What no native reader has read is a draft."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from portal.i18n.languages import NORWEGIAN, Language
from portal.i18n.translators import translator_of
from portal.resources import folder, rows


@dataclass(frozen=True, slots=True)
class Review:
    """One reading of a language: day (ISO), by whom, whether it is the reader's own language, and what was read."""

    language: str
    day: str
    by: str
    native: bool
    what: str


@lru_cache(maxsize=1)
def reviews() -> tuple[Review, ...]:
    """Every reading, in the order of the file."""
    return tuple(
        Review(row["language"], row["day"], row["by"], row["native"] == "yes", row["what"])
        for row in rows(folder("translations") / "readers.csv")
    )


def reviews_of(language: Language) -> tuple[Review, ...]:
    """The readings of one language."""
    return tuple(reading for reading in reviews() if reading.language == language.id)


def is_draft(language: Language) -> bool:
    """Whether the language still waits for a native reader; bokmål is the source and never does."""
    return language is not NORWEGIAN and not any(reading.native for reading in reviews_of(language))


def draft(language: Language) -> Markup | None:
    """What a draft is called, in its own language; None where a native reader has read it."""
    return translator_of(language.id).text("Utkast") if is_draft(language) else None
