"""A file of iCalendar as text: its lines, and the text of one event at a time, however large the file is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from icalendar.parser import Contentline

from portal.exchange.stream import Count


@dataclass(slots=True)
class Block:
    """The text of an event, the line it begins on, and the number of the calendar it stands in."""

    line: int
    calendar: int
    lines: list[str]

    def value(self, name: str) -> str:
        """What the first property of this name says, as it is written."""
        unfolded = "\n".join(self.lines).replace("\n ", "").replace("\n\t", "")
        found = (Contentline(line) for line in unfolded.split("\n") if line.upper().startswith(name))  # type: ignore[no-untyped-call]
        return next(str(value) for known, _, value in (line.parts() for line in found) if known.upper() == name)


def lines(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Each line with its number and the components it stands in; a BEGIN and an END are inside."""
    depth: list[str] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, raw in enumerate(file, 1):
            text = raw.rstrip("\r\n")
            word = text.rstrip().upper()
            if word.startswith("BEGIN:"):
                depth.append(word[6:])
            yield number, text, depth
            if word.startswith("END:") and depth:
                depth.pop()


def line_of_bad_byte(path: Path, encoding: str = "utf-8") -> int | None:
    """The line of the first byte that no text in this encoding has; None where there is none."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                raw.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None


def blocks(path: Path, read: Count) -> Iterator[Block]:
    """The events of the file, one after another; `read` is told how many characters each line had."""
    calendar, held = -1, None
    for number, text, depth in lines(path):
        read(len(text) + 2)
        if depth == ["VCALENDAR"] and text.upper().startswith("BEGIN:VCALENDAR"):
            calendar += 1
        elif depth[:2] == ["VCALENDAR", "VEVENT"]:
            held = held or Block(number, calendar, [])
            held.lines.append(text)
            if len(depth) == 2 and text.rstrip().upper() == "END:VEVENT":
                yield held
                held = None
    if held is not None:
        yield held
