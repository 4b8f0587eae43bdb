"""What keeps a shipped language from being whole and right, as far as a machine can see: one sentence each.

A translator who means it says so in a comment above the message: `free: <term>` for a term said in another way,
`same: <why>` for a text that is rightly the same as the Norwegian, or holds Latin letters, and `figures: <why>` where
the language says a number in words.
"""

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

from portal.i18n.languages import LANGUAGES, NORWEGIAN, Language
from portal.i18n.norwegian import without
from portal.translation import glossary
from portal.translation.catalogues import forms, marks, path_of, read, sentences

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?\w+")
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
FORBIDDEN = {
    "uk": "ыэъёЫЭЪЁ",
    "ru": "іїєґІЇЄҐ",
    "ar": "یکەې",
    "fa-AF": "يكىةە",
    "fa": "يكىةە",
    "ps": "كگە",
    "ckb": "يكىة",
    "kmr": "ıİğĞöÖüÜ",
    "so": "'ʼ‘",
}
_ARABIC_SCRIPT = re.compile(r"[?;]|,(?!\d)")
STRANGE = {
    **dict.fromkeys(("ar", "fa-AF", "fa", "ps"), _ARABIC_SCRIPT),
    "ckb": re.compile(f"ه\u200c|{_ARABIC_SCRIPT.pattern}"),  # the vowel is a letter of its own: ە
    "ti": re.compile(r"[?]|[.,;:](?!\d)"),
}
#: A hyphen in a Latin word: the line may break there, and from right to left its halves change places. U+2011 holds it.
TORN = re.compile(r"\b[A-Za-z]+-[A-Za-zæøå]+")
_WORD = re.compile(r"[^\W\d_]+")
_NORWEGIAN_LETTERS = re.compile("[æøåÆØÅ]")
_NORWEGIAN_WORDS = re.compile(
    r"(?i:og|ikke|deg|det|som|hvis|kommunen|når|har|skal|hva|hvor|eller|dine|ditt|dager|timer|uten|etter|også|bare|"
    r"pengene|rådgiveren|noe|noen)"
)


def problems(languages: Iterable[Language] = LANGUAGES) -> Iterator[str]:
    """Everything that is wrong in the catalogues of `languages`."""
    template = sentences()
    for language in languages:
        if language is not NORWEGIAN:
            yield from (f"{language.id}: {problem}" for problem in _in_catalogue(language, template))


def _in_catalogue(language: Language, template: Catalog) -> Iterator[str]:
    catalogue = read(language)
    if language.plural.encode() not in (path_of(language).read_bytes() if path_of(language).exists() else b""):
        yield "the plural rule of the header is not the registry's"
    for message in template:
        if message.id:
            yield from in_message(catalogue.get(message.id, message.context), message, language)
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer said anywhere: {forms(message.id)[0]!r}"


def in_message(found: Message | None, message: Message, language: Language) -> Iterator[str]:
    """What is wrong with `found`, the translation of `message`; None where the catalogue has none."""
    name = repr(forms(message.id)[0])
    if found is None:
        yield f"missing: {name}"
    elif found.fuzzy:
        yield f"fuzzy: {name}"
    elif not all(forms(found.string)):
        yield f"not translated: {name}"
    else:
        faults = [*in_forms(forms(found.string), message, language), *_in_words(found, language)]
        yield from (f"{fault}: {name}" for fault in dict.fromkeys(faults))


def in_forms(translated: tuple[str, ...], message: Message, language: Language) -> Iterator[str]:
    """What is wrong in the form of a translation: plural forms, placeholders, tags, letters and marks."""
    originals = forms(message.id)
    expected = int(language.plural.split("=")[1].split(";")[0]) if message.pluralizable else 1
    if len(translated) != expected:
        yield f"{len(translated)} plural forms instead of {expected}"
    for form in translated:
        yield from _placeholders(form, originals)
        if sorted(TAG.findall(form)) != sorted(TAG.findall(originals[0])):
            yield "other tags than the original"
        if strange := set(form) & set(FORBIDDEN.get(language.id, "")):
            yield f"letters that do not belong to the language ({' '.join(sorted(strange))})"
        if language.id in STRANGE and (found := STRANGE[language.id].search(_bare(form))):
            yield f"marks that do not belong to the language ({found[0]})"
        if language.direction == "rtl" and (torn := TORN.search(TAG.sub(" ", PLACEHOLDER.sub(" ", form)))):
            yield f"a name that the end of the line tears ({torn[0]})"


def _placeholders(form: str, originals: tuple[str, ...]) -> Iterator[str]:
    """Only a number may stay away, where the form of the word says it: one hour, two hours."""
    named, known = set(PLACEHOLDER.findall(form)), [set(PLACEHOLDER.findall(original)) for original in originals]
    needed = set.intersection(*known) - ({"num"} if len(originals) > 1 else set())
    if named - set.union(*known) or needed - named:
        yield "other placeholders than the original"


def _in_words(found: Message, language: Language) -> Iterator[str]:
    """What is wrong in the words: terms said in other ways, other figures, and Norwegian that was left."""
    originals, translated = forms(found.id), forms(found.string)
    for term in glossary.breaches(language, originals, translated, set(marks(found, "free"))):
        yield f"the term {term!r} is not said as in the glossary"
    known = [_figures(original) for original in originals]
    if not marks(found, "figures") and any(_figures(form) not in known for form in translated):
        yield "other figures than the original"
    if language.id != "nn" and not marks(found, "same"):
        for form in translated:
            yield from _norwegian_left(originals, form, language)


def _figures(text: str) -> list[str]:
    return sorted(FIGURE.findall(PLACEHOLDER.sub(" ", text)))


def _norwegian_left(originals: tuple[str, ...], translated: str, language: Language) -> Iterator[str]:
    own = _own_words(translated)
    if own and own in map(_own_words, originals):
        yield "the same as the original"
    elif language.script != "Latn" and (latin := [word for word in own if word.isascii() or word[0] < "\u0250"]):
        yield f"Latin letters ({' '.join(latin)})"
    elif language.script == "Latn" and (left := [word for word in own if _looks_norwegian(word)]):
        yield f"Norwegian words ({' '.join(left)})"


def _own_words(text: str) -> list[str]:
    return _WORD.findall(_bare(text))


def _bare(text: str) -> str:
    """`text` without placeholders, tags, and the names that are the same everywhere."""
    return without(TAG.sub(" ", PLACEHOLDER.sub(" ", text)))


def _looks_norwegian(word: str) -> bool:
    return _NORWEGIAN_LETTERS.search(word) is not None or _NORWEGIAN_WORDS.fullmatch(word) is not None
