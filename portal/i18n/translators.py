"""The words of one language: messages from its catalogue and the formats above, in one immutable object.

Bokmål is the language of the messages themselves, so it can never be missing. A message that a catalogue lacks is
shown in Norwegian and marked as Norwegian, so that screen readers and right-to-left pages treat it rightly.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from babel.support import Translations
from markupsafe import Markup, escape

from portal.i18n import format as formats
from portal.i18n import norwegian
from portal.i18n.languages import BY_ID, NORWEGIAN, Language
from portal.resources import folder

DOMAIN = "messages"
_TWO = '<span class="two"><span>%s</span> <span class="nb" lang="nb" dir="ltr">%s</span></span>'
_TWO_STOPS, _ONE_STOP = ".</bdi>.", ".</bdi>"
_TWO_STOPS_PLAIN, _ONE_STOP_PLAIN = ".\u2069.", ".\u2069"
_UNTRANSLATED = Markup('<span lang="nb" dir="ltr">%s</span>')


@dataclass(frozen=True, slots=True, eq=False)
class Translator:
    """Messages and formats of one language."""

    language: Language
    catalogue: NullTranslations

    def text(self, message: str, /, **values: object) -> Markup:
        """`message` in this language as HTML; values are escaped unless they are markup."""
        found = _html(self, message)
        return _filled(found, values) if values else found

    def plural(self, one: str, many: str, num: int, /, **values: object) -> Markup:
        """The form of a message that belongs to `num`, which stands in it as `%(num)s`."""
        return _filled(self._plural(one, many, num), {"num": formats.number(num), **values})

    def context(self, context: str, message: str, /, **values: object) -> Markup:
        """`message` where its word has several meanings."""
        marked = _marked(self, self.catalogue.pgettext(context, message), f"{context}\x04{message}")
        return _filled(marked, values) if values else marked

    def plain(self, message: str, /, **values: object) -> str:
        """`message` as plain text for titles, attributes and mail; values are isolated by invisible marks."""
        found = _plain_message(self, message) or message
        if not values:
            return found
        filled = found % {name: formats.isolated(_bare(value)) for name, value in values.items()}
        return filled.replace(_TWO_STOPS_PLAIN, _ONE_STOP_PLAIN)

    def bilingual(self, message: str, /, **values: object) -> Markup:
        """The own word with the Norwegian word beneath, both with the values; a date is said as a day of each."""
        return _two_with(self, message, values) if values else _two(self, message)

    def beside(self, message: str, norwegian: str) -> Markup:
        """The own word for `message` with the municipality's own Norwegian text beneath (`Norsk B1`)."""
        if self.language is NORWEGIAN:
            return formats.bdi(norwegian)
        found = _plain_message(self, message)
        if found is None or (self.language.reads_norwegian and norwegian != message):
            return formats.norwegian(norwegian)
        return _pair(self, found, norwegian)

    def day(self, value: date) -> Markup:
        """`mandag 23.11.`"""
        return formats.day(value, self.language.id)

    def day_long(self, value: date) -> Markup:
        """`mandag 23.11.2026`"""
        return formats.day_long(value, self.language.id)

    def span(self, first: date, last: date) -> Markup:
        """`mandag 23.11. – fredag 27.11.2026`"""
        return formats.span(first, last, self.language.id)

    def figures(self, first: date, last: date) -> Markup:
        """`19.10. – 23.10.`"""
        return formats.figures(first, last, self.language.id)

    def date(self, value: date) -> Markup:
        """`23.11.2026`"""
        return formats.figure(value)

    def month_name(self, value: str) -> Markup:
        """`oktober 2026` from `2026-10`, where it stands alone."""
        return formats.month_name(value, self.language.id)

    def clock(self, value: time) -> Markup:
        """`08:30`"""
        return formats.clock(value)

    def kroner(self, ore: int) -> Markup:
        """`22 315 kr` from øre."""
        return formats.kroner(ore)

    def number(self, value: int | Decimal | str) -> Markup:
        """`1 234`"""
        return formats.number(value)

    def hours(self, value: Decimal | int | str) -> Markup:
        """`3 timer`; a fraction takes the plural form that the language has for fractions."""
        return self.amount("%(num)s time", "%(num)s timer", value)

    def amount(self, one: str, many: str, value: Decimal | int | str, /, **values: object) -> Markup:
        """The form of a message that belongs to an amount, which stands in it as `%(num)s` and may be a fraction."""
        amount = Decimal(value)
        whole = int(amount)
        if amount != whole and self.language.like_a_fraction is not None:
            whole = self.language.like_a_fraction
        return _filled(self._plural(one, many, whole), {"num": formats.number(value), **values})

    def days(self, num: int) -> Markup:
        """`3 dager`"""
        return self.plural("%(num)s dag", "%(num)s dager", num)

    def _plural(self, one: str, many: str, num: int) -> Markup:
        return _marked(self, self.catalogue.ngettext(one, many, num), (one, 0))


@lru_cache(maxsize=64)
def translator_of(language: str) -> Translator:
    """The words of a language of the registry."""
    known = BY_ID[language]
    return Translator(known, _catalogue(known))


def _catalogue(language: Language) -> NullTranslations:
    if language is NORWEGIAN:
        return NullTranslations()
    return Translations.load(folder("translations"), [language.folder], DOMAIN)


@lru_cache(maxsize=16384)
def _plain_message(translator: Translator, message: str) -> str | None:
    found = translator.catalogue.gettext(message)
    return found if found != message or translator.language is NORWEGIAN or _same(translator, message) else None


@lru_cache(maxsize=16384)
def _html(translator: Translator, message: str) -> Markup:
    return _marked(translator, translator.catalogue.gettext(message), message)


def _same(translator: Translator, key: str | tuple[str, int]) -> bool:
    """Whether the catalogue says the very same as Norwegian (a name, say), rather than nothing."""
    known: dict[Any, str] = getattr(translator.catalogue, "_catalog", {})
    return key in known


def _marked(translator: Translator, found: str, key: str | tuple[str, int]) -> Markup:
    """What was found under the catalogue's own `key`, marked as Norwegian where the catalogue lacks it."""
    if translator.language is NORWEGIAN:
        return Markup(found)
    return norwegian.marked(found) if _same(translator, key) else _UNTRANSLATED % Markup(found)


@lru_cache(maxsize=16384)
def _two(translator: Translator, message: str) -> Markup:
    found = _plain_message(translator, message)
    return _pair(translator, found, message) if found is not None else _UNTRANSLATED % message


def _two_with(translator: Translator, message: str, values: dict[str, object]) -> Markup:
    own = translator.text(message, **_said(translator, values))
    if translator.language.reads_norwegian or _plain_message(translator, message) is None:
        return own
    norwegian = translator_of(NORWEGIAN.id)
    return _pair(translator, own, norwegian.text(message, **_said(norwegian, values)))


def _said(translator: Translator, values: dict[str, object]) -> dict[str, object]:
    return {name: translator.day(value) if isinstance(value, date) else value for name, value in values.items()}


def _pair(translator: Translator, own: str, norwegian: str) -> Markup:
    """A word with the Norwegian beneath, where that says anything more to the reader."""
    once = translator.language.reads_norwegian or own == norwegian
    return escape(own) if once else Markup(_TWO % (escape(own), escape(norwegian)))


def _filled(found: Markup, values: dict[str, object]) -> Markup:
    """A message with its values, each of them markup or isolated; so nothing is left for Markup's slower `%`.

    The point of a short date (`23.11.`) is the sentence's full stop too where the date stands last.
    """
    isolated = {name: value if isinstance(value, Markup) else formats.bdi(value) for name, value in values.items()}
    return Markup(str.__mod__(found, isolated).replace(_TWO_STOPS, _ONE_STOP))


def _bare(value: object) -> str:
    return value.striptags() if isinstance(value, Markup) else str(escape(value).unescape())
