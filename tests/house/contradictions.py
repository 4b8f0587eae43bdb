"""What a page in bokmål says against itself, or against the page before, as far as a machine can see."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from tests.house.reading import Page

_DATE = r"(\d\d)\.(\d\d)\.(\d{4})"
_DEADLINE = re.compile(rf"(?:[Ss]enest|[Ff]rist:|Siste dag for å klage er) (?:\w+ )?{_DATE}")
_SAID = re.compile(r"(?:Du søker om|Du melder fravær:) (\d+) dag(?:er)?\b")
_THIS_TIME = re.compile(r"(\d+) denne gangen")
_USED = re.compile(r"Du bruker (\d+) dag(?:er)? til dette")
_WHY_FEWER = ("enn reglene sier", "mer enn du har igjen")
KEPT = "Dette sa portalen da du sendte"
_TOGETHER = (
    ("blir den samme", "Uten legeerklæring kan du miste penger"),
    ("blir de samme", "Uten legeerklæring kan du miste penger"),
    ("Ingen må godkjenne det først", "søke om permisjon for de dagene"),
    ("Ingen må godkjenne det først", "Kommunen avgjør om fraværet er gyldig"),
    ("Siste dag for å klage var", "Du kan klage"),
    ("Du trenger ikke vente på svar", "venter på svar"),
)


def of(page: Page, today: date) -> Iterator[str]:
    """Each contradiction on a page; what is kept of an earlier page is not read."""
    lines = list(page.lines[: page.lines.index(f"## {KEPT}")] if f"## {KEPT}" in page.lines else page.lines)
    text = " ".join(lines)
    for one, other in _TOGETHER:
        if one in text and other in text:
            yield f"says both {one!r} and {other!r}"
    yield from _deadlines(lines, today)
    yield from _days(text)


def _deadlines(lines: Sequence[str], today: date) -> Iterator[str]:
    """A deadline is to come, and stands once."""
    said = Counter(found[0] for line in lines for found in _DEADLINE.finditer(line))
    yield from (f"says {words!r} {times} times" for words, times in said.items() if times > 1)
    for line in lines:
        for day, month, year in _DEADLINE.findall(line):
            if date(int(year), int(month), int(day)) < today:
                yield f"names a deadline that is over: {line!r}"


def _days(text: str) -> Iterator[str]:
    """As many days are said as are counted, or it is said why fewer are."""
    said = {int(days) for days in _SAID.findall(text)}
    counted = {int(days) for days in _THIS_TIME.findall(text)}
    if said and counted and said != counted and not any(why in text for why in _WHY_FEWER):
        yield f"says {sorted(said)} days and counts {sorted(counted)}"


def between(pages: Sequence[Page]) -> Iterator[str]:
    """What the pages of one case say against each other: days said before, and used when all is granted."""
    text = {page.name.partition(":")[0]: page.text for page in pages}
    granted = next((page.text for page in pages if page.name == "svaret: innvilget"), "")
    said = {int(days) for days in _THIS_TIME.findall(text.get("betyr", ""))}
    used = {int(days) for days in _USED.findall(granted.partition(KEPT)[0])}
    if said and used and said != used:
        yield f"said {sorted(said)} days before sending, and uses {sorted(used)}"
