"""Lines of any page: nothing that can be read is lost, and sentences are cut only where they end."""

from html import escape

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.bilingual.lines import PageLine, Text, TextPiece, read
from portal.bilingual.pairs import side_by_side

WORDS = st.text(st.sampled_from("ab<>&\"' .!?؟።፧۔\n\ue000\u2068\u2069سب7"), max_size=12)
TAGS = st.sampled_from(["p", "div", "li", "span", "bdi", "strong", "h2", "small", "a", "dt", "dd"])


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element with something in it."""
    return st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inside, max_size=4))


HTML = st.lists(st.recursive(WORDS.map(escape), element, max_leaves=12), max_size=5).map("".join)


def said(text: Text) -> str:
    """The text of a line or a part of one."""
    return "".join(piece.text for piece in text)


def bare(text: str) -> str:
    """Text without spaces and the colons that join a term to its value."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in ":·")


@given(HTML)
def test_nothing_is_lost(html: str) -> None:
    text = "".join(said(line.text) for line in read(f"<main>{html}</main>").lines)
    expected = read(f"<main><p>{escape(_text_of(html))}</p></main>").lines
    assert sorted(bare(text)) == sorted(bare("".join(said(line.text) for line in expected))), "in whatever order"


def _text_of(html: str) -> str:
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return "".join(root.itertext())


@example([TextPiece("?"), TextPiece("? 7", isolated=True)])
@given(st.lists(st.builds(TextPiece, WORDS.filter(str.strip), isolated=st.booleans()), min_size=1, max_size=5))
def test_sentences_are_the_whole_line(pieces: list[TextPiece]) -> None:
    line = PageLine(tuple(pieces))
    pairs = list(side_by_side([line], [line]))
    assert bare("".join(said(pair.own) for pair in pairs)) == bare(said(line.text))
    assert [pair.own for pair in pairs] == [pair.norwegian for pair in pairs]
    for value in (piece.text.strip() for piece in pieces if piece.isolated):
        assert any(value in said(pair.own) for pair in pairs) or "\n" in value or "  " in value


@pytest.mark.parametrize(
    ("own", "norwegian", "count"),
    [
        ("Так. Ні.", "Ja. Nei.", 2),
        ("نعم. لا؟ ربما", "Ja. Nei? Kanskje", 3),
        ("እወ። ኣይፋል።", "Ja. Nei.", 2),
        ("ሕማቕ ድዩ፧ ደውል።", "Er noe feil? Ring.", 2),
        ("ہاں۔ نہیں۔", "Ja. Nei.", 2),
        ("Так і ні.", "Ja. Nei.", 1),
        ("О 12:30. Так.", "Kl. 12:30. Ja.", 2),
        ("1. Так. 2. Ні.", "1. Ja. 2. Nei.", 2),
        ("3 дні. 4 дні.", "4 dager. 3 dager.", 1),
    ],
)
def test_sentence_by_sentence_where_both_say_as_many(own: str, norwegian: str, count: int) -> None:
    pairs = list(side_by_side([PageLine((TextPiece(own),))], [PageLine((TextPiece(norwegian),))]))
    assert len(pairs) == count
    assert " ".join(said(pair.norwegian) for pair in pairs) == norwegian


def lines(html: str) -> list[str]:
    """The lines of a main part."""
    return [said(line.text) for line in read(f"<main>{html}</main>").lines]


def test_a_term_and_its_value_are_one_line() -> None:
    assert lines("<dl><div><dt>Sum</dt>\n<dd><bdi>12 kr</bdi></dd></div></dl>") == ["Sum: 12 kr"]
    assert lines("<dl><dt>Trekk<details><summary>Se</summary><p>Fordi</p></details></dt><dd>−1</dd></dl>") == [
        "Trekk: −1",
        "Se",
        "Fordi",
    ]
    row = '<b class="time">08:30</b><div><span>Norsk</span><small>Rom 2</small></div>'
    assert lines(f"<li>{row}</li>") == ["08:30 Norsk · Rom 2"]
    assert lines(f"<div>{row}</div>") == ["08:30 Norsk", "Rom 2"], (
        "only in a row of a list does it add to the line before"
    )
    assert lines('<ul class="tight"><li>20 timer</li><li>Sted: Solvik</li></ul>') == ["20 timer · Sted: Solvik"]


def test_what_is_chosen_is_marked() -> None:
    choices = '<label><input type="radio" checked><span class="tile">Ja</span></label><label><input>Nei</label>'
    assert lines(choices) == ["✓ Ja", "Nei"]


def test_what_is_typed_is_a_value_on_a_line_of_its_own() -> None:
    fields = (
        '<label for="a">Dag</label><input id="a" type="date" dir="ltr" value="2026-11-24">'
        '<label>Timer</label><input value="2"><label>Hva?</label>'
        '<textarea dir="auto">\nEn.\nTo.</textarea><textarea></textarea><input type="text">'
    )
    assert lines(fields) == ["Dag", "24.11.2026", "Timer", "2", "Hva?", "En.\nTo."]
    typed = [line.text[0] for line in read(f"<main>{fields}</main>").lines][1::2]
    assert all(piece.isolated for piece in typed)
    assert [piece.dir for piece in typed] == ["ltr", None, "auto"]


def test_what_nobody_reads_is_left_out() -> None:
    assert lines(
        '<p hidden>a</p><p aria-hidden="true">b</p><svg><title>c</title></svg><select><option>d</option></select>'
        '<p class="original">e</p><p>f<br>g</p><input type="hidden" name="csrf_token" value="h"><button>i</button>'
        '<input type="file" value="j"><form hidden><input value="k"><textarea>l</textarea></form>'
        '<input type="password" value="m">'
    ) == ["f", "g", "i"]


def test_what_only_one_page_says_stands_alone() -> None:
    note = PageLine((TextPiece("غير مترجم بعد"),), place=("main", "p.note"), beneath="Ikke oversatt ennå")
    own = [PageLine((TextPiece("أ"),), place=("main", "p")), note, PageLine((TextPiece("ب"),), place=("main", "p"))]
    norwegian = [PageLine((TextPiece("A"),), place=("main", "p")), PageLine((TextPiece("B"),), place=("main", "p"))]
    found = [(said(pair.own), said(pair.norwegian)) for pair in side_by_side(own, norwegian)]
    assert found == [("أ", "A"), ("غير مترجم بعد", "Ikke oversatt ennå"), ("ب", "B")]
