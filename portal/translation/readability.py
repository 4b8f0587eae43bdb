"""How hard a Norwegian message is to read: words in a sentence, LIX, and words to avoid.

LIX is words per sentence plus the percentage of words longer than six letters (Björnsson, 1968): newspapers lie at 45,
and a single sentence swings more than a text does. The portal's own terms are left out of the long words: the reader
has to learn those anyway, and they stand beneath.
"""

import re
from dataclasses import dataclass

from portal.translation import avoided
from portal.translation.glossary import terms

MOST_WORDS = 16
HIGHEST_LIX = 45
ENOUGH_WORDS = 7
_LONG = 7
_PLACEHOLDER = re.compile(r"%\(\w+\)s|<[^>]+>")
_WORD = re.compile(r"[\w§]+(?:-\w+)*")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_KNOWN = re.compile(r"kommune|program|fødselsnummer|d-nummer|minid|bankid|id-porten|lærer|karriere", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ease:
    """How a message reads: words in its longest sentence, its LIX (0 where it is too short to tell), and each word to
    avoid with what to write instead.
    """

    message: str
    words: int
    lix: float
    avoided: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What makes it too hard, one phrase each."""
        return (
            *([f"{self.words} words in a sentence"] if self.words > MOST_WORDS else []),
            *([f"LIX {self.lix:.0f}"] if self.lix > HIGHEST_LIX else []),
            *self.avoided,
        )


def ease(message: str) -> Ease:
    """How hard `message` is; a placeholder counts as one short word."""
    text = _PLACEHOLDER.sub("X", message)
    sentences = [found for part in _SENTENCE.split(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    long = sum(1 for word in words if len(word) >= _LONG and not _known(word))
    lix = len(words) / len(sentences) + 100 * long / len(words) if len(words) >= ENOUGH_WORDS else 0.0
    return Ease(message, max(map(len, sentences), default=0), lix, tuple(avoided.said(message)))


def _known(word: str) -> bool:
    return _KNOWN.search(word) is not None or any(term.stands_in(word) for term in terms())


def hardest(messages: list[str], most: int = 10) -> list[Ease]:
    """The `most` messages that are hardest to read, hardest first."""
    return sorted(map(ease, messages), key=lambda found: (len(found.faults), found.lix, found.words), reverse=True)[
        :most
    ]
