"""The languages of the portal, and which one a reader gets.

Adding a language is one row here and one catalogue. Ids are the HTML language tags; `babel` is the locale whose names
of weekdays and months are used; `folder` is the catalogue's folder, always the locale that gettext really looks for.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

MOST_TAGS = 20
_WEIGHT = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language: id, Babel locale, catalogue folder, own name, direction, script, plural rule of its catalogue.

    `like_a_fraction` is a whole number that takes the plural form of a fraction such as 1,5; None where a fraction
    takes that of its whole part. `reads_norwegian`: its readers need no bokmål beneath their own words, nor a
    translation of what the municipality writes in it. `weekdays` from Monday on, where people say other names than the
    locale's.
    """

    id: str
    babel: str
    folder: str
    autonym: str
    direction: Literal["ltr", "rtl"]
    script: str
    plural: str
    like_a_fraction: int | None = 2
    reads_norwegian: bool = False
    weekdays: tuple[str, ...] = ()


ONE_OR_MORE = "nplurals=2; plural=(n != 1);"
SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)
NONE_OR_ONE = "nplurals=2; plural=(n > 1);"
ONE_FORM = "nplurals=1; plural=0;"
#: CLDR has the purists' names, of which Saturday's is also the word for week.
AFGHAN_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")

NORWEGIAN = Language("nb", "nb", "nb", "Norsk bokmål", "ltr", "Latn", ONE_OR_MORE, reads_norwegian=True)
LANGUAGES = (
    NORWEGIAN,
    Language("nn", "nn", "nn", "Norsk nynorsk", "ltr", "Latn", ONE_OR_MORE, reads_norwegian=True),
    Language("en", "en_GB", "en", "English", "ltr", "Latn", ONE_OR_MORE),
    Language("uk", "uk", "uk", "Українська", "ltr", "Cyrl", SLAVIC),
    Language("ar", "ar", "ar", "العربية", "rtl", "Arab", ARABIC, like_a_fraction=100),
    Language("ru", "ru", "ru", "Русский", "ltr", "Cyrl", SLAVIC),
    Language("ti", "ti", "ti", "ትግርኛ", "ltr", "Ethi", NONE_OR_ONE),
    Language("fa-AF", "fa_AF", "fa_AF", "دری", "rtl", "Arab", NONE_OR_ONE),
    Language("fa", "fa", "fa", "فارسی", "rtl", "Arab", NONE_OR_ONE),
    Language("ps", "ps", "ps", "پښتو", "rtl", "Arab", ONE_OR_MORE, weekdays=AFGHAN_WEEKDAYS),
    Language("so", "so", "so", "Soomaali", "ltr", "Latn", ONE_OR_MORE),
    Language("sw", "sw", "sw", "Kiswahili", "ltr", "Latn", ONE_OR_MORE),
    Language("kmr", "ku", "ku", "Kurdî (Kurmancî)", "ltr", "Latn", ONE_OR_MORE),
    Language("ckb", "ckb", "ckb", "کوردیی ناوەندی (سۆرانی)", "rtl", "Arab", ONE_OR_MORE),
    Language("tr", "tr", "tr", "Türkçe", "ltr", "Latn", ONE_FORM),
    Language("fr", "fr", "fr", "Français", "ltr", "Latn", NONE_OR_ONE, like_a_fraction=None),
)
BY_ID = {language.id: language for language in LANGUAGES}

_ARABIC = (
    "aao abh abv acm acq acw acx acy adf aeb aec afb ajp apc apd ara arb arq ars ary arz auz avl ayh ayl ayn ayp bbz "
    "pga shu ssh"
)
#: Tags that mean one of our languages: ISO 639-2 and 639-3, and the varieties that share a written language.
_ALIASES = {
    alias: meant
    for meant, aliases in {
        "nb": "no nor nob",
        "nn": "nno",
        "en": "eng",
        "uk": "ukr",
        "ar": _ARABIC,
        "ru": "rus",
        "ti": "tir",
        "fa-AF": "prs haz",
        "fa": "pes",
        "ps": "pus pbt pbu pst",
        "so": "som",
        "sw": "swa swh swc",
        "tr": "tur",
        "fr": "fra fre",
    }.items()
    for alias in aliases.split()
}
_KURDISH = ("ku", "kur")
_INSTEAD = {"nn": "nb"}


def match(tag: str, shown: Collection[str] = BY_ID) -> str | None:
    """The id of the language that a tag such as `ti-ER`, `prs` or `ku-Arab` means, if it is among `shown`."""
    if tag in shown:
        return tag
    first, *rest = (part.lower() for part in re.split("[-_]", tag.strip()))
    found = _meant(first, set(takewhile(_says_more_of_the_language, rest)))
    known = set(shown)
    if found in known:
        return found
    instead = _INSTEAD.get(found)
    return instead if instead in known else None


def surely(tag: str) -> str | None:
    """The id that somebody who names a language surely means; None also for `ku` alone, which is two of ours."""
    return None if tag.strip().lower() in _KURDISH else match(tag)


def _says_more_of_the_language(part: str) -> bool:
    """Whether a part of a tag stands before its extensions, which begin with one letter: `ku-TR-u-nu-arab`."""
    return len(part) > 1


def _meant(first: str, rest: set[str]) -> str:
    """`ku` is told by its script, and by its country where no script is said; `kmr` and `ckb` say it themselves."""
    if first in _KURDISH:
        return "kmr" if "latn" in rest else "ckb" if rest & {"arab", "iq", "ir"} else "kmr"
    if first in ("fa", "per", "fas"):
        return "fa-AF" if "af" in rest else "fa"
    return _ALIASES.get(first, first)


def negotiate(header: str, shown: Collection[str] = BY_ID) -> str | None:
    """The id that an `Accept-Language` header asks for first among `shown`; None where it asks for none of them."""
    known = tuple(shown)
    wanted = sorted(_weighed(header), key=lambda item: -item[1])
    return next((found for tag, _weight in wanted if (found := match(tag, known))), None)


def _weighed(header: str) -> Iterable[tuple[str, float]]:
    for part in header.split(",")[:MOST_TAGS]:
        tag, *parameters = part.split(";")
        share = _share(parameters)
        if tag.strip() and tag.strip() != "*" and share > 0:
            yield tag, share


def _share(parameters: Iterable[str]) -> float:
    """How much a tag is wished for, 0 to 1 (RFC 9110, 12.4.2), also as browsers should not write it: `.5`, `Q=1.5`.

    1 where nothing is said, 0 where it cannot be read.
    """
    pairs = (each.partition("=") for each in parameters)
    said = (value.strip() for name, _, value in pairs if name.strip() in ("q", "Q"))
    weight = next(said, "1")
    return min(1.0, float(weight)) if _WEIGHT.fullmatch(weight) else 0.0


_SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "ETHIOPIC": "Ethi"}


def script_of(text: str) -> str | None:
    """The code (`Cyrl`) of the script that most letters of a text are in; None where it has none that we know."""
    letters = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    known = Counter(_SCRIPTS[name] for name in letters if name in _SCRIPTS)
    return known.most_common(1)[0][0] if known else None


def likely_language(text: str, candidates: Iterable[str]) -> str:
    """The first of the `candidates` (ids, one at least) that is written in the script of the text; the first of all
    where none is, for then nobody knows better.
    """
    tags = list(candidates)
    script = script_of(text)
    return next((tag for tag in tags if tag in BY_ID and BY_ID[tag].script == script), tags[0])
