"""Numbers, dates and clock times, the same for every language but for the names of weekdays and months.

Western digits, `18 540 kr`, weekday + 23.11.2026, 24-hour clock: what letters, timetables and bank apps show. Every
value is isolated (`<bdi>`), so that it stands rightly in a right-to-left sentence. Values are facts of the calendar,
never of a person, so they may be remembered process-wide.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel.dates import get_day_names, get_month_names
from markupsafe import Markup, escape

from portal.clock import local
from portal.i18n.languages import BY_ID

NARROW_SPACE = "\u00a0"
_NUMBER = Markup('<bdi dir="ltr" class="num">%s</bdi>')


def weekday(day: date, language: str) -> str:
    """The weekday's name in `language`, as it stands inside a sentence."""
    return _weekdays(language)[day.weekday()]


def read_weekdays() -> None:
    """Read the names of the weekdays in all languages, which takes some 30 ms each, before anybody waits for one."""
    for language in BY_ID:
        _weekdays(language)
        _short_weekdays(language)


def short_weekday(day: date, language: str) -> Markup:
    """The weekday's name where there is little room: `man.`"""
    return bdi(_short_weekdays(language)[day.weekday()])


@lru_cache(maxsize=64)
def _short_weekdays(language: str) -> tuple[str, ...]:
    known = BY_ID[language]
    names = get_day_names("abbreviated", context="format", locale=known.babel)
    return known.weekdays or tuple(names[number] for number in range(7))


@lru_cache(maxsize=64)
def _weekdays(language: str) -> tuple[str, ...]:
    known = BY_ID[language]
    names = get_day_names("wide", context="format", locale=known.babel)
    return known.weekdays or tuple(names[number] for number in range(7))


@lru_cache(maxsize=4096)
def day(value: date, language: str) -> Markup:
    """`mandag 23.11.`; without the Norwegian dot at its end where another language is read: RTL would set it before."""
    ending = "." if BY_ID[language].reads_norwegian else ""
    return Markup("<bdi>%s</bdi> ") % weekday(value, language) + _NUMBER % f"{value:%d.%m}{ending}"


@lru_cache(maxsize=4096)
def day_long(value: date, language: str) -> Markup:
    """`mandag 23.11.2026`"""
    return Markup("<bdi>%s</bdi> ") % weekday(value, language) + figure(value)


@lru_cache(maxsize=4096)
def figure(value: date) -> Markup:
    """`23.11.2026`"""
    return _NUMBER % f"{value:%d.%m.%Y}"


@lru_cache(maxsize=4096)
def span(first: date, last: date, language: str) -> Markup:
    """`mandag 23.11. – fredag 27.11.2026`, or one day where both are the same."""
    if first == last:
        return day_long(first, language)
    start = day(first, language) if first.year == last.year else day_long(first, language)
    return start + Markup(" – ") + day_long(last, language)


@lru_cache(maxsize=4096)
def figures(first: date, last: date, language: str) -> Markup:
    """`19.10. – 23.10.` of one year, where there is no room for the weekdays."""
    ending = "." if BY_ID[language].reads_norwegian else ""
    return _NUMBER % f"{first:%d.%m}{ending} – {last:%d.%m}{ending}"


@lru_cache(maxsize=4096)
def clock(value: time) -> Markup:
    """`08:30`"""
    return _NUMBER % f"{value:%H:%M}"


@lru_cache(maxsize=4096)
def clock_span(first: time, last: time) -> Markup:
    """`08:30–11:45`"""
    return _NUMBER % f"{first:%H:%M}–{last:%H:%M}"


@lru_cache(maxsize=4096)
def wall_clock(moment: datetime) -> time:
    """The time on a Norwegian clock at `moment`."""
    return local(moment).time().replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def month(value: str) -> Markup:
    """`10.2026` from `2026-10`, within a sentence: month names differ between calendars, figures do not."""
    year, number = value.split("-")
    return _NUMBER % f"{number}.{year}"


@lru_cache(maxsize=4096)
def month_name(value: str, language: str) -> Markup:
    """`oktober 2026` from `2026-10`, where it stands alone; with the figures behind it for readers of other languages,
    who may know the month by another name.
    """
    year, number = value.split("-")
    named = Markup("<bdi>%s %s</bdi>") % (_months(language)[int(number)], year)
    return named if BY_ID[language].reads_norwegian else named + Markup(" · ") + month(value)


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[int, str]:
    return dict(get_month_names("wide", context="stand-alone", locale=BY_ID[language].babel))


@lru_cache(maxsize=4096)
def kroner(ore: int) -> Markup:
    """`22 315 kr`, `442,86 kr`, `−442,86 kr` from whole øre; øre are shown only where there are any."""
    return _NUMBER % kroner_text(ore)


def kroner_text(ore: int) -> str:
    """The same without markup."""
    whole, rest = divmod(abs(ore), 100)
    figures = f"{whole:,}".replace(",", NARROW_SPACE) + (f",{rest:02}" if rest else "")
    return f"{'−' if ore < 0 else ''}{figures}{NARROW_SPACE}kr"


@lru_cache(maxsize=4096)
def number(value: int | Decimal | str) -> Markup:
    """`1 234` or `2,5`; trailing zeros of a decimal are left out."""
    return _NUMBER % number_text(value)


def number_text(value: int | Decimal | str) -> str:
    """The same without markup."""
    whole, _, rest = f"{Decimal(value):,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", NARROW_SPACE) + (f",{rest}" if rest else "")


def phone_text(value: str) -> str:
    """`+47 22 33 44 55` in groups that can be read aloud; anything else as it was written."""
    digits = value.replace(" ", "").removeprefix("+47")
    if not (digits.isdigit() and len(digits) == 8):
        return value
    return f"+47 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}".replace(" ", NARROW_SPACE)


def phone(value: str) -> Markup:
    """A phone number, left to right."""
    return _NUMBER % phone_text(value)


_FIGURES = re.compile(r"([−-]?\d(?:[\d.,:/ \u00a0–-]*\d)?(?:\.(?=[ :]))?(?:[ \u00a0]kr\b)?)")


def with_figures(text: str) -> Markup:
    """Plain text that was kept, with every number, date and sum in it isolated."""
    pieces = _FIGURES.split(text)
    return Markup().join(_NUMBER % piece if number % 2 else escape(piece) for number, piece in enumerate(pieces))


def soft_breaks(value: str) -> Markup:
    """A heading whose longest Norwegian word may break where it is put together, on a narrow screen."""
    return escape(value).replace("introduksjonsprogram", "introduksjons\u00adprogram")


def bdi(value: object) -> Markup:
    """A name or other data whose direction is its own."""
    return Markup(f"<bdi>{escape(value)}</bdi>")


def isolated(value: object) -> str:
    """The same in plain text, where no markup can stand: titles, attributes, mail. By invisible marks."""
    return f"\u2068{value}\u2069"


def norwegian(value: object, form: str = "nb") -> Markup:
    """Norwegian text from the municipality, marked as such: bokmål, or the `form` that it is known to be in."""
    return Markup(f'<bdi lang="{escape(form)}" dir="ltr">{escape(value)}</bdi>')


_NATIVE_DIGITS = {ord(native): str(index % 10) for index, native in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {
    ord("٫"): ",",
    ord("٬"): "",
}


_UNSHOWABLE = re.compile("[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufdcf\\ufdf0-\\ufffd\\U00010000-\\U0010fffd]")


def readable(value: str) -> str:
    """Text as typed without control characters and what is no character: no page and no file can hold them."""
    return _UNSHOWABLE.sub("", value)


def western(value: str) -> str:
    """Text as typed, with Arabic and Persian digits turned into western ones."""
    return value.translate(_NATIVE_DIGITS)
