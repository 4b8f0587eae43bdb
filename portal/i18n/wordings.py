"""Which messages say the words that a reader saw: so that translators find the place."""

import re
from functools import lru_cache

from portal.i18n.languages import NORWEGIAN, Language
from portal.i18n.translators import translator_of

MOST = 5
_VALUE = re.compile(r"%\(\w+\)s|<[^>]+>|\s+")
_EVERY = "nn"  # a language whose catalogue has every message


def messages_saying(language: Language, words: str) -> tuple[str, ...]:
    """The bokmål messages whose words in `language` are these, else those that have them in them; at most five."""
    wanted = _bare(words)
    if not wanted:
        return ()
    known = _wordings(language)
    same = [message for message, said in known if said == wanted]
    return tuple((same or [message for message, said in known if wanted in said])[:MOST])


@lru_cache(maxsize=4)
def _wordings(language: Language) -> tuple[tuple[str, str], ...]:
    """Each message and its words in the language, as they are compared."""
    norwegian = language is NORWEGIAN
    catalogue = translator_of(_EVERY if norwegian else language.id).catalogue
    known: dict[object, str] = getattr(catalogue, "_catalog", {})
    messages = ((key[0] if isinstance(key, tuple) else str(key), said) for key, said in known.items() if key)
    return tuple((message, _bare(message if norwegian else said)) for message, said in messages)


def _bare(text: str) -> str:
    """Words without values, marks, spaces at the ends, and case."""
    return _VALUE.sub(" ", text).strip(' .«»"').casefold()
