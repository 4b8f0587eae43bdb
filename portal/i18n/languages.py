"""The languages of the portal, and which one a reader gets.

Adding a language is one row here and one catalogue. Ids are the HTML language tags; `babel` is the locale whose names
of weekdays are used; `folder` is the catalogue's folder, always the locale that gettext really looks for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MOST_TAGS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language: id, Babel locale, catalogue folder, own name, direction, script, plural rule of its catalogue.

    `like_a_fraction` is a whole number that takes the plural form of a fraction such as 1,5.
    """

    id: str
    babel: str
    folder: str
    autonym: str
    direction: Literal["ltr", "rtl"]
    script: str
    plural: str
    like_a_fraction: int = 2


ONE_OR_MORE = "nplurals=2; plural=(n != 1);"
SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)
NONE_OR_ONE = "nplurals=2; plural=(n > 1);"
ONE_FORM = "nplurals=1; plural=0;"

NORWEGIAN = Language("nb", "nb", "nb", "Norsk bokmål", "ltr", "Latn", ONE_OR_MORE)
LANGUAGES = (
    NORWEGIAN,
    Language("nn", "nn", "nn", "Norsk nynorsk", "ltr", "Latn", ONE_OR_MORE),
    Language("en", "en_GB", "en", "English", "ltr", "Latn", ONE_OR_MORE),
    Language("uk", "uk", "uk", "Українська", "ltr", "Cyrl", SLAVIC),
    Language("ar", "ar", "ar", "العربية", "rtl", "Arab", ARABIC, like_a_fraction=100),
    Language("ru", "ru", "ru", "Русский", "ltr", "Cyrl", SLAVIC),
    Language("ti", "ti", "ti", "ትግርኛ", "ltr", "Ethi", NONE_OR_ONE),
    Language("fa-AF", "fa_AF", "fa_AF", "دری", "rtl", "Arab", NONE_OR_ONE),
    Language("fa", "fa", "fa", "فارسی", "rtl", "Arab", NONE_OR_ONE),
    Language("ps", "ps", "ps", "پښتو", "rtl", "Arab", ONE_OR_MORE),
    Language("so", "so", "so", "Soomaali", "ltr", "Latn", ONE_OR_MORE),
    Language("sw", "sw", "sw", "Kiswahili", "ltr", "Latn", ONE_OR_MORE),
    Language("kmr", "ku", "ku", "Kurdî (Kurmancî)", "ltr", "Latn", ONE_OR_MORE),
    Language("ckb", "ckb", "ckb", "کوردیی ناوەندی (سۆرانی)", "rtl", "Arab", ONE_OR_MORE),
    Language("tr", "tr", "tr", "Türkçe", "ltr", "Latn", ONE_FORM),
    Language("fr", "fr", "fr", "Français", "ltr", "Latn", NONE_OR_ONE),
)
BY_ID = {language.id: language for language in LANGUAGES}

_ALIASES = {
    **dict.fromkeys(("no", "nor", "nob"), "nb"),
    "nno": "nn",
    **dict.fromkeys(("prs", "haz"), "fa-AF"),
    "pes": "fa",
    **dict.fromkeys(("pus", "pbu", "pbt"), "ps"),
    **dict.fromkeys(("ara", "arb", "apc", "ajp", "acm", "apd", "ary", "arz"), "ar"),
    **dict.fromkeys(("tir",), "ti"),
    **dict.fromkeys(("swa", "swh", "swc"), "sw"),
    **dict.fromkeys(("eng",), "en"),
    **dict.fromkeys(("ukr",), "uk"),
    **dict.fromkeys(("rus",), "ru"),
    **dict.fromkeys(("som",), "so"),
    **dict.fromkeys(("tur",), "tr"),
    **dict.fromkeys(("fra", "fre"), "fr"),
}
_INSTEAD = {"nn": "nb"}


def match(tag: str, shown: Iterable[str] = BY_ID) -> str | None:
    """The id of the language that a tag such as `ti-ER`, `prs` or `ku-Arab` means, if it is among `shown`."""
    first, *rest = (part.lower() for part in re.split("[-_]", tag.strip()))
    found = _meant(first, set(rest))
    known = set(shown)
    if found in known:
        return found
    instead = _INSTEAD.get(found)
    return instead if instead in known else None


def _meant(first: str, rest: set[str]) -> str:
    if first in ("ku", "kur"):
        return "ckb" if rest & {"arab", "iq", "ir"} else "kmr"
    if first in ("fa", "per", "fas"):
        return "fa-AF" if "af" in rest else "fa"
    return _ALIASES.get(first, first)


def negotiate(header: str, shown: Iterable[str] = BY_ID) -> str | None:
    """The id that an `Accept-Language` header asks for first among `shown`; None where it asks for none of them."""
    known = tuple(shown)
    wanted = sorted(_weighed(header), key=lambda item: -item[1])
    return next((found for tag, _weight in wanted if (found := match(tag, known))), None)


def _weighed(header: str) -> Iterable[tuple[str, float]]:
    for part in header.split(",")[:MOST_TAGS]:
        tag, _, weight = part.partition(";")
        share = _share(weight)
        if tag.strip() and tag.strip() != "*" and share > 0:
            yield tag, share


def _share(weight: str) -> float:
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", weight)
    if found:
        return float(found[1])
    return 1.0 if not weight.strip() else 0.0
