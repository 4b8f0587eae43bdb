"""What a page in bokmål says against itself, or against the page before, as far as a machine can see."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, takewhile

from tests.house.reading import Page

_DATE = r"(\d\d)\.(\d\d)\.(\d{4})"
_DEADLINE = re.compile(rf"(?:[Ss]enest|[Ff]rist:|Siste dag for å klage er) (?:\w+ )?{_DATE}")
_SAID = re.compile(r"(\d+) dag(?:er)?, ")
_THIS_TIME = re.compile(r"(\d+)(?: dag(?:er)?)? denne gangen")
_USED = re.compile(r"Du bruker (\d+) dag(?:er)? til dette")
_WHY_FEWER = ("enn reglene sier", "mer enn du har igjen", "for mange")
KEPT = "Dette sa portalen da du sendte"
FOLDED = ("## Les hele", f"## {KEPT}")
_TOGETHER = (
    ("0 kr mindre", "kr mindre på utbetalingen"),
    ("Du trenger ikke vente på svar", "Du får svar senest"),
    ("Du trenger ikke vente på svar", "Kom som vanlig til du har fått svar"),
    ("Du trenger ikke vente på svar", "Kommunen avgjør om fraværet er gyldig"),
    ("Ingen må godkjenne det først", "søke om permisjon for de dagene"),
    ("Etter reglene har du rett til dette", "mer enn du har igjen"),
    ("Kommunen har fått det", "Kommunen har ikke hentet meldingen ennå"),
    ("Siste dag for å klage var", "Du kan klage"),
)


def of(page: Page, today: date) -> Iterator[str]:
    """Each contradiction on a page; what is kept of an earlier page, and the whole decision beneath, are not read."""
    lines = list(takewhile(lambda line: not line.startswith(FOLDED), page.lines))
    for one, other in _TOGETHER:
        if any(line.startswith(one) for line in lines) and any(other in line for line in lines):
            yield f"says both {one!r} and {other!r}"
    yield from _deadlines(lines, today)
    yield from _days(lines)


def _deadlines(lines: Sequence[str], today: date) -> Iterator[str]:
    """A deadline is to come, and stands once."""
    said = Counter(found[0] for line in lines for found in _DEADLINE.finditer(line))
    yield from (f"says {words!r} {times} times" for words, times in said.items() if times > 1)
    for line in lines:
        for day, month, year in _DEADLINE.findall(line):
            if date(int(year), int(month), int(day)) < today:
                yield f"names a deadline that is over: {line!r}"


def _days(lines: Sequence[str]) -> Iterator[str]:
    """As many days are said as are counted (in one year, or in two together), or it is said why fewer are."""
    said, counted = _said(lines), _counted(lines)
    told_why = any(why in line for why in _WHY_FEWER for line in lines)
    if said and counted and said not in {*counted, sum(counted)} and not told_why:
        yield f"says {said} days and counts {counted}"


def _said(lines: Sequence[str]) -> int:
    answers = (line for question, line in pairwise(lines) if question == "Dager")
    return next((int(found[1]) for line in answers if (found := _SAID.match(line))), 0)


def _counted(lines: Sequence[str]) -> list[int]:
    """The days that are spent this time, of each year that they lie in."""
    return [int(days) for line in lines for days in _THIS_TIME.findall(line)]


def between(pages: Sequence[Page]) -> Iterator[str]:
    """What the pages of one case say against each other: days said before, and used when all is granted."""
    asked = next((page.lines for page in pages if page.name == "betyr"), ())
    granted = next((page.text for page in pages if page.name == "svaret: innvilget"), "")
    counted, used = _counted(asked), [int(days) for days in _USED.findall(granted.partition(KEPT)[0])]
    if counted and used and used[0] not in {*counted, sum(counted)}:
        yield f"counted {counted} days before sending, and uses {used}"
