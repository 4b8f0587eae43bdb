"""Reading a large JSON document piece by piece, so that memory holds one participant at a time."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 18
Count = Callable[[int], None]  # hears how much was read
_SPACE = re.compile(r"[ \t\r\n]*")
NEARLY_AT_END = 16
TOO_DEEP = ("values too deep inside each other", "the depth of the schema")


class NotJson(Exception):
    """The file cannot be read as JSON: `line` and what is wrong."""

    def __init__(self, line: int, found: str, expected: str) -> None:
        self.line, self.found, self.expected = line, found, expected
        super().__init__(line, found, expected)


@dataclass(frozen=True, slots=True)
class JsonPiece:
    """A value of the document as text: the top-level name, its number in a list (or None), and its first line."""

    name: str
    index: int | None
    text: str
    line: int


class _Names(json.JSONDecoder):
    """A decoder that keeps nothing, and refuses a name that stands twice in one object."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=self._once, parse_int=_nothing, parse_float=_nothing)

    def _once(self, pairs: list[tuple[str, object]]) -> None:
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _Twice(name)
            seen.add(name)


class _Twice(Exception):
    """A name stands twice in one object."""


def _nothing(_text: str) -> None:
    return None


class JsonPieces:
    """The pieces of a JSON document in order: each item of the lists named in `lists`, and each other value whole."""

    def __init__(self, file: BinaryIO, lists: tuple[str, ...], read: Count) -> None:
        self._file, self._lists, self._read = file, lists, read
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._skip = _Names()
        self._text, self._at, self._line, self._ended = "", 0, 1, False

    def __iter__(self) -> Iterator[JsonPiece]:
        try:
            yield from self._document()
        except UnicodeDecodeError as wrong:
            byte = f"byte {wrong.object[wrong.start]:#x}"
            line = self._line + self._text.count("\n", self._at) + wrong.object.count(b"\n", 0, wrong.start)
            raise NotJson(line, byte, "UTF-8") from wrong
        except RecursionError as deep:
            raise NotJson(self._line, *TOO_DEEP) from deep

    def _document(self) -> Iterator[JsonPiece]:
        self._take("{")
        seen: set[str] = set()
        while self._next() != "}" or seen:
            name = self._name(seen)
            if name in self._lists and self._next() == "[":
                yield from self._items(name)
            else:
                line = self._line
                yield JsonPiece(name, None, self._value(), line)
            if self._next() != ",":
                break
            self._take(",")
        self._take("}")
        if self._next() != "":
            self._wrong("more text", "the end of the file")

    def _items(self, name: str) -> Iterator[JsonPiece]:
        self._take("[")
        index = 0
        while self._next() != "]" or index:
            line = self._line
            yield JsonPiece(name, index, self._value(), line)
            index += 1
            if self._next() != ",":
                break
            self._take(",")
        self._take("]")

    def _name(self, seen: set[str]) -> str:
        if self._next() != '"':
            self._wrong(self._next() or "the end of the file", 'a name in "')
        name: str = json.loads(self._value())
        if name in seen:
            self._wrong(f"{name} twice", "each name once")
        seen.add(name)
        self._take(":")
        self._next()
        return name

    def _next(self) -> str:
        """The next character that is not space; empty at the end of the file."""
        while True:
            found = _SPACE.match(self._text, self._at)
            assert found is not None  # it also matches nothing
            self._move(found.end())
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _take(self, expected: str) -> None:
        found = self._next()
        if found != expected:
            self._wrong(found or "the end of the file", expected)
        self._move(self._at + 1)

    def _value(self) -> str:
        """The text of the value that stands next."""
        self._next()
        while True:
            try:
                _, end = self._skip.raw_decode(self._text, self._at)
            except _Twice as twice:
                self._wrong(f"{twice} twice in one object", "each name once")
            except json.JSONDecodeError as broken:
                if not (self._may_go_on(broken) and self._more()):
                    line = self._line + self._text.count("\n", self._at, broken.pos)
                    raise NotJson(line, "broken JSON", f"JSON: {broken.msg}") from broken
            else:
                if end <= len(self._text) - NEARLY_AT_END or not self._more():  # a number may go on: 0.5, 1e+5
                    text = self._text[self._at : end]
                    self._move(end)
                    return text

    def _may_go_on(self, broken: json.JSONDecodeError) -> bool:
        return "nterminated string" in broken.msg or broken.pos >= len(self._text) - NEARLY_AT_END

    def _more(self) -> bool:
        """Read on, twice as much for each time the same value is not yet whole; False at the end of the file."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        data = self._file.read(max(CHUNK, len(rest)))
        self._ended = not data
        self._text, self._at = rest + self._decode.decode(data, final=self._ended), 0
        self._read(len(data))
        return True

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _wrong(self, found: str, expected: str) -> None:
        raise NotJson(self._line, found, expected)


def pieces(path: Path, lists: tuple[str, ...], read: Count) -> Iterator[JsonPiece]:
    """The pieces of the document at `path`; `read` hears of every number of bytes read. Raises NotJson."""
    with path.open("rb") as file:
        yield from JsonPieces(file, lists, read)
