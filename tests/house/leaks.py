"""Finding on a page what is not in the reader's language and not marked, and figures that may run the wrong way."""

import re
from functools import cache
from html.parser import HTMLParser

from portal.i18n.languages import Language
from portal.i18n.norwegian import without
from portal.translation.catalogues import forms, sentences

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr"}
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
NORWEGIAN = re.compile(
    r"\b(?:og|ikke|deg|det|som|hvis|når|har|skal|hva|hvor|eller|dager|timer|uten|etter|også|kommunen|fravær|stønad)\b|[æøåÆØÅ]",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")
FIGURE = re.compile(r"\d[\d.,: ]*")
SPOKEN = ("aria-label", "placeholder", "alt", "data-announce", "data-failed")
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")


@cache
def told_figures() -> frozenset[str]:
    """Figures that stand in the sentences themselves: they are words of the page, not values put in."""
    return frozenset(
        figure.strip(" .,:")
        for message in sentences()
        if message.id
        for form in forms(message.id)
        for figure in FIGURE.findall(form)
    )


class Reader(HTMLParser):
    """Goes through a page and examines what claims to be in its language; `found` holds the faults."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language, self.found = language, list[str]()
        self.open: list[tuple[str, str, bool]] = [("", "", False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _, lang, isolated = self.open[-1]
        nobodys = given.get("dir") == "auto" or given.get("aria-hidden")  # people's own words; pictures and initials
        lang = "" if nobodys else given.get("lang") or lang
        for name in SPOKEN:
            if lang == self.language.id and given.get(name):
                self.examine(ISOLATED.sub(" ", given[name] or ""), True)
        if tag not in VOID:
            self.open.append((tag, lang, isolated or tag == "bdi"))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        tag, lang, isolated = self.open[-1]
        if tag in ("script", "style") or lang != self.language.id or not text.strip():
            return
        if tag == "title":
            self.examine(ISOLATED.sub(" ", text).rpartition("–")[0], True)
        elif not isolated:
            alone = tag in ("td", "th") and not LETTER.search(text)  # in a cell of its own no figure can run wrong
            self.examine(text, alone)

    def examine(self, text: str, plain: bool) -> None:
        """Look at text that claims to be in the page's language."""
        rest = without(text)
        strange = LATIN.findall(rest) if self.language.script != "Latn" else NORWEGIAN.findall(rest)
        if strange and self.language.id not in ("nb", "nn"):
            self.found.append(f"not marked as Norwegian: {text.strip()!r}")
        if not plain:
            figures = {figure.strip(" .,:") for figure in FIGURE.findall(rest)}
            if figures - told_figures():
                self.found.append(f"figures outside <bdi>: {text.strip()!r}")


def leaks(page: str, language: Language) -> list[str]:
    """Every text on `page` that is Norwegian without saying so, and every figure that is not isolated."""
    reader = Reader(language)
    reader.feed(page)
    return reader.found
