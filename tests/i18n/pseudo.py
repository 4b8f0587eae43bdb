"""Two made-up languages, put in as a developer puts in a new one: a row of the registry, and a catalogue.

One has an accent on every letter and is 40 % longer than bokmål; the other is bokmål forced from right to left. They
stand in the places of Esperanto and Yiddish, which Babel knows and the portal does not speak.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from math import ceil
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from portal.i18n import languages
from portal.i18n.languages import BY_ID, LANGUAGES, ONE_OR_MORE, SLAVIC, Language
from portal.resources import folder
from portal.translation import catalogues
from portal.web import language as choosing
from tools.catalogues import compile_all

LONG = Language("eo", "eo", "eo", "Ĺóñĝéŕ", "ltr", "Latn", ONE_OR_MORE)
TURNED = Language("yi", "yi", "yi", "\u202eTurned\u202c", "rtl", "Latn", SLAVIC)
MADE = (LONG, TURNED)

ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ",
    "áƀçďéƒĝĥíĵķĺṁñóṕǫŕšţúṽŵẋýžǽǿǻÁƁÇĎÉƑĜĤÍĴĶĹṀÑÓṔǪŔŠŢÚṼŴẊÝŽǼǾǺ",
)
TURN, TURN_BACK = "\u202e", "\u202c"
KEPT_OR_WORD = re.compile(r"(%\(\w+\)s|%%|<[^>]*>|&\w+;)|[^\W\d_]+")


def longer(word: str) -> str:
    """`word` with its first letters twice, so that it is 40 % longer, and an accent on each."""
    twice = ceil(len(word) * 0.4)
    return (re.sub(".", r"\g<0>\g<0>", word[:twice]) + word[twice:]).translate(ACCENTS)


def turned(word: str) -> str:
    """`word` with the marks that make any letters run from right to left."""
    return f"{TURN}{word}{TURN_BACK}"


def said(message: str, how: Callable[[str], str]) -> str:
    """`message` with each of its words changed; placeholders and tags stay."""
    return KEPT_OR_WORD.sub(lambda found: found[1] or how(found[0]), message)


@contextmanager
def added(translations: Path) -> Iterator[None]:
    """The registry with both rows, and their catalogues in `translations` beside those of the real languages."""

    def where(name: str) -> Path:
        return translations if name == "translations" else folder(name)

    with pytest.MonkeyPatch.context() as patch:
        for module in (catalogues, import_module("portal.i18n.translators")):  # `words` is a function there too
            patch.setattr(module, "folder", where)
        for module in (languages, choosing):
            patch.setattr(module, "LANGUAGES", (*LANGUAGES, *MADE))
        for row in MADE:
            patch.setitem(BY_ID, row.id, row)
        translate()
        compile_all(translations)
        for file in folder("translations").iterdir():
            (translations / file.name).symlink_to(file)
        yield


def translate() -> None:
    """Both catalogues, as `portal words update` makes them, every message translated, and brought up to date."""
    template = catalogues.sentences()
    for row, how in ((LONG, longer), (TURNED, turned)):
        catalogues.update(row, template)
        catalogue = catalogues.read(row)
        for message in catalogue:
            if message.id:
                forms = [said(form, how) for form in catalogues.forms(message.id)]
                rest = [forms[-1]] * (catalogue.num_plurals - len(forms))
                message.string = (*forms, *rest) if message.pluralizable else forms[0]
        with catalogues.path_of(row).open("wb") as file:
            write_po(file, catalogue)
        catalogues.update(row, template)
