"""Pieces of a document are what a plain reader of JSON finds, wherever the file is cut."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange import stream
from portal.exchange.stream import NotJson, Pieces

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.fixed_dictionaries(
    {"participants": st.lists(VALUES, max_size=5)}, optional={"a": VALUES, "b é": VALUES, "c": VALUES}
)


def pieces(data: bytes, chunk: int = 7) -> list[stream.Piece]:
    stream.CHUNK, before = chunk, stream.CHUNK
    try:
        return list(Pieces(io.BytesIO(data), ("participants",), lambda _number: None))
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
