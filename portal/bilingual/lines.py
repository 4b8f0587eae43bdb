"""The text of a page's main part as lines, in the order it is read.

What can be read is taken, and what is typed: no pictures, addresses or hidden fields. It comes out as pieces of text,
never as HTML, so nothing that somebody typed can become markup again.
"""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
BLOCKS = HEADINGS | {
    "article", "dd", "details", "div", "dl", "dt", "fieldset", "form", "label", "legend", "li", "main", "nav", "ol",
    "p", "section", "small", "summary", "ul",
}  # fmt: skip
BLOCK_CLASSES = frozenset({"button", "call", "choice", "here", "pill", "status", "task", "tile", "vh"})
PRESS = "press"
BUTTONS = frozenset({"button", "choice"})
ALONE = frozenset({"br", "hr", "img", "input", "link", "meta"})
UNREAD = frozenset({"input", "script", "select", "style", "svg"})
#: Fields whose value stands on the page for everybody to read, by their type.
TYPED = frozenset({"date", "email", "number", "tel", "text", "time"})
#: Ways about the portal; asking for a text; and the Norwegian beneath a translation: the Norwegian page says it.
UNREAD_CLASSES = frozenset({"aloud", "ask", "back", "beside", "languages", "original"})
#: What only begins a line, and what comes between it and the rest.
BEGINS = {"skill": ": ", "time": " "}
CHOSEN = "✓"
#: Rows of a list, within which what is quiet stands on the line before it.
ROWS, DOT = ("li", "summary"), " · "
_SPACE = re.compile("[ \t\n\r\f]+")
_LINE_END = re.compile(" ?\n ?")
_SPACE_IN_LINE = re.compile("[ \t\r\f]+")


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Text in one language. `lang` and `dir` only where the page names them; `isolated`: a value (`bdi`)."""

    text: str
    lang: str | None = None
    dir: str | None = None
    isolated: bool = False
    as_typed: bool = False


Text = tuple[TextPiece, ...]


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page. `kind`: a heading's tag, `press` for a button, or nothing.

    `place`: the blocks it stands in; `beneath`: the Norwegian word under the own one.
    """

    text: Text
    kind: str = ""
    place: tuple[str, ...] = ()
    beneath: str = ""

    @property
    def is_folded(self) -> bool:
        """Whether one opens something on the page to see it, or opens it there."""
        return any(block.partition(".")[0] == "details" for block in self.place)


@dataclass(slots=True)
class ParsedPage:
    """The title of a page, and the lines of its main part."""

    title: str = ""
    lines: list[PageLine] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str | None]
    children: "list[_Node | str]" = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset((self.attributes.get("class") or "").split())

    @property
    def hidden(self) -> bool:
        return "hidden" in self.attributes or self.attributes.get("aria-hidden") == "true"

    @property
    def unread(self) -> bool:
        elsewhere = self.attributes.get("rel") in ("prev", "next")
        return self.hidden or elsewhere or self.tag in UNREAD or bool(self.classes & UNREAD_CLASSES)

    @property
    def typed(self) -> str | None:
        """What stands in a field to be typed in, with a date as the page shows it; None where this is none."""
        if self.tag == "textarea":
            return self.text()
        kind = self.attributes.get("type") or "text"
        if self.tag != "input" or kind not in TYPED:
            return None
        value = self.attributes.get("value") or ""
        return ".".join(reversed(value.split("-"))) if kind == "date" else value

    @property
    def block(self) -> bool:
        return self.tag in BLOCKS or bool(self.classes & BLOCK_CLASSES)

    @property
    def kind(self) -> str:
        if self.tag in HEADINGS:
            return self.tag
        return PRESS if self.tag == "button" or self.classes & BUTTONS else ""

    @property
    def name(self) -> str:
        return ".".join((self.tag, *sorted(self.classes)))

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def find(self, tag: str) -> "_Node | None":
        inside = (child for child in self.children if isinstance(child, _Node))
        return self if self.tag == tag else next((found for node in inside if (found := node.find(tag))), None)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in ALONE:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(_Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


class _Writer:
    """Writes lines while it walks: a block begins and ends a line, everything else stands within one."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self.pieces: list[TextPiece] = []
        self.where: tuple[str, tuple[str, ...]] = ("", ())
        self.beneath = ""
        self.joint: str | None = None
        self.term: int | None = None
        self.row: int | None = None

    def walk(self, node: _Node, style: TextPiece, kind: str = "", place: tuple[str, ...] = ()) -> None:
        if node.tag == "br":
            self.end_line()
        elif node.typed is not None and not node.hidden:
            self.end_line()
            own = _styled(style, node)
            self.add(replace(own, text=node.typed, isolated=True, as_typed=True), kind, (*place, node.tag))
            self.end_line()
        elif node.tag == "input" and "checked" in node.attributes:
            self.end_line()
            self.add(replace(style, text=CHOSEN), kind, place)
            self.joint = " "
        elif "two" in node.classes:
            self.two(node, style, kind, place)
        elif not node.unread:
            self.inside(node, style, kind, place)

    def two(self, node: _Node, style: TextPiece, kind: str, place: tuple[str, ...]) -> None:
        own, beneath = (child for child in node.children if isinstance(child, _Node))
        self.inside(own, style, kind, place)
        self.beneath = beneath.text()

    def inside(self, node: _Node, style: TextPiece, kind: str, place: tuple[str, ...]) -> None:
        kind, style = node.kind or kind, _styled(style, node)
        place = (*place, node.name) if node.block else place
        if node.block:
            self.begin_block()
        begun, around = len(self.lines), self.row
        if "tight" in node.classes or (node.tag in ROWS and not _is_of_facts(place)):
            self.row = begun
        self.children(node, style, kind, place)
        if node.block:
            self.end_line()
        self.join(node, begun)
        self.join_quiet(node, begun)
        self.row = around

    def children(self, node: _Node, style: TextPiece, kind: str, place: tuple[str, ...]) -> None:
        before: _Node | str = ""
        for child in node.children:
            if isinstance(child, str):
                self.add(replace(style, text=child), kind, place)
            else:
                if isinstance(before, _Node) and self.pieces:
                    self.pieces.append(TextPiece(" "))
                self.walk(child, style, kind, place)
            before = child

    def add(self, piece: TextPiece, kind: str, place: tuple[str, ...]) -> None:
        if not self.pieces:
            self.where = kind, place
        if self.pieces or piece.text.strip():
            self.pieces.append(piece)

    def begin_block(self) -> None:
        if self.joint and self.pieces:
            self.pieces = [*tidied(self.pieces), TextPiece(self.joint)]
            self.joint = None
        else:
            self.end_line()

    def end_line(self) -> None:
        text = tidied(self.pieces)
        if text:
            kind, place = self.where
            self.lines.append(PageLine(text, kind, place, _SPACE.sub(" ", self.beneath).strip()))
        self.pieces, self.beneath, self.joint = [], "", None

    def join_quiet(self, node: _Node, begun: int) -> None:
        """What only adds to the line before it in the same row, on one line with it: a date, a status, a fact."""
        adds = node.tag in ("small", "li") or "status" in node.classes
        if adds and self.row is not None and self.row < begun == len(self.lines) - 1:
            before, quiet = self.lines[begun - 1], self.lines.pop()
            self.lines[begun - 1] = replace(before, text=tidied([*before.text, TextPiece(DOT), *quiet.text]))

    def join(self, node: _Node, begun: int) -> None:
        """A term and its value on one line, as a clock time and what happens then."""
        if node.tag == "dt":
            self.term = begun if len(self.lines) > begun else None
        elif node.tag == "dd" and self.term is not None and self.term < begun == len(self.lines) - 1:
            term, value = self.lines[self.term], self.lines.pop()
            self.lines[self.term] = replace(term, text=tidied([*term.text, TextPiece(": "), *value.text]))
            self.term = None
        for name in node.classes & BEGINS.keys():
            self.joint = BEGINS[name]


def _is_of_facts(place: tuple[str, ...]) -> bool:
    """Whether a block is a fact of a thing, in a list that stands close."""
    return len(place) > 1 and "tight" in place[-2].split(".")


def _styled(style: TextPiece, node: _Node) -> TextPiece:
    lang, direction = node.attributes.get("lang"), node.attributes.get("dir")
    return replace(
        style,
        lang=lang or style.lang,
        dir=direction or (None if lang else style.dir),
        isolated=style.isolated or node.tag == "bdi",
        as_typed=style.as_typed or "free" in node.classes,
    )


def tidied(pieces: list[TextPiece]) -> Text:
    """The pieces with their spaces as a browser shows them; empty where there is nothing to read."""
    found: list[TextPiece] = []
    for piece in pieces:
        text = (
            _LINE_END.sub("\n", _SPACE_IN_LINE.sub(" ", piece.text)) if piece.as_typed else _SPACE.sub(" ", piece.text)
        )
        if not found or found[-1].text[-1] in " \n":
            text = text.lstrip(" \n")
        if found and found[-1] == replace(piece, text=found[-1].text):
            found[-1] = replace(piece, text=found[-1].text + text)
        elif text:
            found.append(replace(piece, text=text))
    while found and not found[-1].text.rstrip(" \n"):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" \n"))
    return tuple(found)


def read(html: str) -> ParsedPage:
    """The title and the lines of a whole page."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    root = tree.open[0]
    title, main = root.find("title"), root.find("main")
    writer = _Writer()
    if main:
        writer.walk(main, TextPiece(""))
        writer.end_line()
    return ParsedPage(_SPACE.sub(" ", title.text()).strip() if title else "", writer.lines)
