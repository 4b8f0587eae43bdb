"""Reading what people type: dates and numbers as they write them, in western, Arabic or Persian digits."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from portal.i18n.format import western

_NORWEGIAN_DATE = re.compile(r"(\d{1,2})[.,\-/ ]+(\d{1,2})[.,\-/ ]+(\d{4})\.?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
#: Arabic keyboards: the comma, the mark between the parts of a date, and marks of direction that nobody sees.
_ARABIC = str.maketrans({"،": ",", "؍": "/"} | dict.fromkeys("\u200e\u200f\u061c", ""))


def day(text: str) -> date | None:
    """The date that was meant by `2026-11-23`, `23.11.2026` or the same in Arabic or Persian digits and marks."""
    plain = _plain(text)
    iso, norwegian = _ISO_DATE.fullmatch(plain), _NORWEGIAN_DATE.fullmatch(plain)
    parts = iso.groups() if iso else norwegian.groups()[::-1] if norwegian else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def number(text: str) -> Decimal | None:
    """The number that was meant by `1.5` or `1,5`, to two decimals; None where it is none, or of four figures."""
    try:
        found = Decimal(_plain(text).replace(",", "."))
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if found.is_finite() and abs(found) < 1000 else None


def _plain(text: str) -> str:
    return western(text).translate(_ARABIC).strip()
