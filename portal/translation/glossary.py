"""The terms that must be said in one way everywhere: which messages hold one, and how each language says it.

`translations/terms.csv` holds the Norwegian terms; `translations/<folder>/terms.csv` how a language says them. Where a
message rightly says one in another way, the translator's comment `free: <term>` stands above it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.i18n.languages import Language
from portal.resources import folder, rows

NAME = "terms.csv"
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Term:
    """A Norwegian term, the pattern that finds it in a message, and what it means."""

    term: str
    pattern: re.Pattern[str]
    meaning: str

    def stands_in(self, message: str) -> bool:
        """Whether the Norwegian `message` says this term."""
        return self.pattern.search(message) is not None


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term in one language: as shown, the stems of which one stands in every message with it, and what is unsure."""

    term: str
    shown: str
    stems: tuple[str, ...]
    doubt: str

    def stands_in(self, message: str) -> bool:
        """Whether the translated `message` says it; hidden hyphens do not matter."""
        return any(stem in message.casefold().replace(SOFT_HYPHEN, "") for stem in self.stems)


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every Norwegian term."""
    found = rows(folder("translations") / NAME)
    return tuple(Term(row["term"], re.compile(row["pattern"], re.IGNORECASE), row["meaning"]) for row in found)


@lru_cache(maxsize=64)
def said(language: Language) -> dict[str, GlossaryEntry]:
    """How `language` says each term; empty where nobody has written it down."""
    return {
        row["term"]: GlossaryEntry(row["term"], row["shown"], tuple(row["stems"].casefold().split("|")), row["doubt"])
        for row in rows(folder("translations") / language.folder / NAME)
    }


def breaches(language: Language, originals: tuple[str, ...], forms: tuple[str, ...], free: set[str]) -> Iterator[str]:
    """The terms that the Norwegian `originals` hold and none of the translated `forms` says."""
    ours = said(language)
    for term in terms():
        known = ours.get(term.term)
        if known is None or term.term in free or not any(map(term.stands_in, originals)):
            continue
        if not any(map(known.stands_in, forms)):
            yield term.term
