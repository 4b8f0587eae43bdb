"""What stands on a page with Norwegian beside, as a reader sees it."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tests.strict import parsed, words_in


@dataclass(frozen=True, slots=True)
class Row:
    """A numbered line. `same`: both halves say the same, as if it were in the languages of both."""

    number: str
    own: str
    norwegian: str
    same: bool


def tree(text: str) -> Element:
    """A page as a browser builds it; for reading only."""
    return parsed(text, whole=True)


def main_of(text: str) -> Element:
    """What a page says, without the frame around it."""
    return next(element for element in tree(text).iter() if element.tag == "main")


def rows(text: str) -> list[Row]:
    """The lines of the page; each half in its own language and direction."""
    tables = [element for element in tree(text).iter() if element.tag == "table"]
    found = []
    for line in (row for table in tables for part in table if part.tag == "tbody" for row in part):
        number, own, norwegian = line
        assert (number.tag, number.get("scope")) == ("th", "row")
        assert (norwegian.get("lang"), norwegian.get("dir")) == ("nb", "ltr")
        found.append(
            Row(words_in(number), words_in(own), words_in(norwegian), _unmarked(own) == _unmarked(norwegian) != "")
        )
    return found


def _unmarked(cell: Element) -> str:
    inside = [cell.text or ""]
    for child in cell:
        inside += ["" if child.tag == "bdi" or child.get("lang") else words_in(child), child.tail or ""]
    return re.sub(r"[\W\d]+", " ", "".join(inside)).strip()
