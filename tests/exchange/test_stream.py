"""Pieces of a document are what a plain reader of JSON finds, wherever the file is cut."""

import io
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange import stream
from portal.exchange.document import importing
from portal.exchange.problems import Report
from portal.exchange.stream import JsonPieces, NotJson

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.fixed_dictionaries(
    {"participants": st.lists(VALUES, max_size=5)}, optional={"a": VALUES, "b é": VALUES, "c": VALUES}
)


def pieces(data: bytes, chunk: int = 7) -> list[stream.JsonPiece]:
    stream.CHUNK, before = chunk, stream.CHUNK
    try:
        return list(JsonPieces(io.BytesIO(data), ("participants",), lambda _number: None))
    finally:
        stream.CHUNK = before


@given(DOCUMENTS, st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_pieces_are_the_document(document: dict[str, object], chunk: int, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    data = text.encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    found = pieces(data, chunk)
    read = {piece.name: json.loads(piece.text) for piece in found if piece.index is None}
    items = [json.loads(piece.text) for piece in found if piece.index is not None]
    assert read | {"participants": items} == document
    assert all(text.splitlines()[piece.line - 1] for piece in found)


def test_line_of_each_piece() -> None:
    found = pieces(b'{\n"a": 1,\n"participants": [\n{},\n{"b":\n1}\n,3]}')
    assert [(piece.name, piece.index, piece.line) for piece in found] == [
        ("a", None, 2), ("participants", 0, 4), ("participants", 1, 5), ("participants", 2, 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "line", "found"),
    [
        (b"", 1, "the end of the file"),
        (b"[]", 1, "["),
        (b'{"a": 1', 1, "the end of the file"),
        (b'{"a": 1,}', 1, "}"),
        (b'{"a": 1}\n{}', 2, "more text"),
        (b'{"a": 1,\n"a": 2}', 2, "a twice"),
        (b'{"participants": [\n{"x": {"b": 1, "b": 2}}]}', 2, "b twice in one object"),
        (b'{"participants": [1,\n]}', 2, "broken JSON"),
        (b'{"participants": [1\n2]}', 2, "2"),
        (b'{"a":\n\n tru}', 3, "broken JSON"),
        (b'{"a": "\n"}', 1, "broken JSON"),
        (b'{\n"a": "\xff"}', 2, "byte 0xff"),
        (b'{"a": ' + b"[" * 100_000, 1, "values too deep inside each other"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_not_json_is_told_with_its_line(data: bytes, line: int, found: str) -> None:
    with pytest.raises(NotJson) as told:
        pieces(data)
    assert (told.value.line, told.value.found) == (line, found)


def test_a_mark_of_byte_order_is_passed_over() -> None:
    assert [piece.text for piece in pieces(b'\xef\xbb\xbf{"a": 1}')] == ["1"]


def _named(size: int) -> bytes:
    return b'{"a": {' + b",".join(b'"k%d": 1' % number for number in range(size)) + b"}}"


GROWING: dict[str, Callable[[int], bytes]] = {
    "deep": lambda size: b'{"a": ' + b"[" * size + b"]" * size + b"}",
    "deep objects": lambda size: b'{"a": ' + b'{"a": ' * size + b"1" + b"}" * (size + 1),
    "many deep ones": lambda size: b'{"participants": [' + b",".join([b"[" * 99 + b"]" * 99] * (size // 99)) + b"]}",
    "a name twice among many": lambda size: _named(size).replace(b"k%d" % (size - 2), b"k%d" % (size - 1)),
    "many names": _named,
    "one long string": lambda size: b'{"a": "' + b"x" * size * 20 + b'"}',
}


@pytest.mark.parametrize("make", GROWING.values(), ids=GROWING)
def test_four_times_the_text_takes_about_four_times_as_long(make: Callable[[int], bytes]) -> None:
    """Reading that compares all with all would take sixteen times as long."""

    def seconds(size: int) -> float:
        data, took = make(size), []
        for _ in range(3):
            start = time.process_time()
            with suppress(NotJson):
                pieces(data, 1 << 18)
            took.append(time.process_time() - start)
        return min(took)

    assert seconds(40_000) < 9 * seconds(10_000) + 0.05


@pytest.mark.parametrize("depth", [100, 250, 100_000])
def test_what_is_too_deep_is_told_as_such(tmp_path: Path, depth: int) -> None:
    """Whichever reader of JSON meets its limit first: ours, or that of the models."""
    path, report = tmp_path / "deep.json", Report()
    path.write_text('{"municipality": ' + "[" * depth + "]" * depth + "}")
    assert importing.head(path, report, lambda _number: None) is None
    found = {(problem.found, problem.expected) for problem in report.problems}
    assert (stream.TOO_DEEP in found) is (depth > 200)
