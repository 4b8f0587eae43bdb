"""What can be heard on a page: its parts with a button or a recording, read as the reading script reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tests.web.reading import tree

BLOCKS = frozenset(["h1", "h2", "h3", "p", "li", "dt", "dd", "div", "summary", "strong", "small", "td", "th", "br"])
UNREAD = frozenset({"svg", "audio", "button"})
UNREAD_CLASSES = frozenset({"button", "line", "vh", "original", "counts", "law"})
RECORDING = re.compile(r"/static/([a-z-]+)\.opus")


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a button: its id, what is read, and whether a value, a name or somebody's own words stand in it."""

    id: str
    lines: tuple[str, ...]
    variable: bool


def parts(page: str) -> list[Part]:
    """The parts that a voice would read, in the order of their buttons."""
    elements = list(tree(page).iter())
    by_id = {element.get("id"): element for element in elements}
    return [_part(by_id[about]) for element in elements if (about := element.get("data-aloud"))]


def recorded(page: str) -> list[str | None]:
    """Of each such part, the key of the recording that is offered instead; None where it is read by a voice."""
    return [_key(element) for element in tree(page).iter() if "aloud" in _classes(element)]


def _key(element: Element) -> str | None:
    sources = [audio.get("src") or "" for audio in element.iter() if audio.tag == "audio"]
    return RECORDING.fullmatch(sources[0])[1] if sources else None  # type: ignore[index]  # another source is a fault


def _part(element: Element) -> Part:
    lines = (" ".join(line.split()) for line in "".join(_text(element, frozenset())).split("\n"))
    inside = [e for e in _read(element, frozenset()) if e.tag == "bdi" or "free" in _classes(e)]
    return Part(element.get("id") or "", tuple(line for line in lines if re.search(r"[^\W\d]", line)), bool(inside))


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _left_out(element: Element, above: frozenset[str]) -> bool:
    classes = _classes(element)
    beneath = "two" in above and "nb" in classes
    return beneath or element.tag in UNREAD or bool(classes & UNREAD_CLASSES) or element.get("aria-hidden") == "true"


def _read(element: Element, above: frozenset[str]) -> Iterator[Element]:
    if not _left_out(element, above):
        yield element
        for child in element:
            yield from _read(child, _classes(element))


def _text(element: Element, above: frozenset[str]) -> Iterator[str]:
    if _left_out(element, above):
        return
    end = "\n" if element.tag in BLOCKS else ""
    yield end + (element.text or "")
    for child in element:
        yield from _text(child, _classes(element))
        yield child.tail or ""
    yield end
