"""A date as three fields, the day, the month and the year: what was typed is kept as one text, `23/11/2026`."""

import re
from collections.abc import Mapping

from portal.i18n.format import western
from portal.i18n.parsing import day

PARTS = ("day", "month", "year")
_SHORT_YEAR = re.compile(r"[0-9]{2}")


def typed(form: Mapping[str, str], name: str) -> str | None:
    """What was typed of the date `name`, as one text, empty where nothing was; None where the form does not ask. In the
    field of the year `26` is 2026.
    """
    fields = [form.get(f"{name}-{part}") for part in PARTS]
    if all(field is None for field in fields):
        return None
    texts = [(field or "").strip() for field in fields]
    if _SHORT_YEAR.fullmatch(western(texts[-1])):
        texts[-1] = f"20{western(texts[-1])}"
    return "/".join(texts).rstrip("/")


def parts(text: str | None) -> tuple[str, str, str]:
    """The same text as the three fields show it; what is no date stands as it was typed."""
    found = day(text or "")
    if found:
        return str(found.day), str(found.month), str(found.year)
    first, month, year = [*(text or "").split("/", 2), "", ""][:3]
    return first, month, year
