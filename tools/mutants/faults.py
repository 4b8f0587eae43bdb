"""The faults that can be made: what mutmut would change in each file, of which a fixed sample is drawn.

Only mutmut's operators are used, each fault alone in its file: so a table of a module, a field's default and a
decorated view are as likely as the body of a function (docs/decisions/0009-mutants.md).
"""

import ast
import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators

from tools.places import ROOT

#: Rooms of `portal/` that are drawn from, each as likely as it is long.
ROOMS = ("law", "casework", "exchange", "participant", "auth")

DEEPER, DEEPEST = " " * 4, 6  # how far lines are moved in, and how often


@dataclass(frozen=True)
class Fault:
    """A piece of a file (between two offsets) and what stands there instead. `line` is where it begins."""

    path: str
    line: int
    start: int
    end: int
    instead: str

    def before(self) -> str:
        """The file as it is."""
        return _text(self.path)

    def code(self) -> str:
        """The file with the fault."""
        text = self.before()
        return text[: self.start] + self.instead + text[self.end :]

    def diff(self) -> str:
        """What is different."""
        found = difflib.unified_diff(
            self.before().splitlines(), self.code().splitlines(), self.path, self.path, lineterm="", n=2
        )
        return "\n".join(found)

    def is_real(self) -> bool:
        """Whether Python can read it, and reads something else than before."""
        try:
            return ast.dump(ast.parse(self.code())) != ast.dump(ast.parse(self.before()))
        except SyntaxError:
            return False


def sample(number: int, seed: int, rooms: Iterable[str] = ROOMS) -> list[Fault]:
    """So many faults, no two on one line, and none twice on lines that say the same. The same code and seed give the
    same ones, and a line that is not changed keeps its place in the draw, whatever is changed around it.
    """
    found = [(_place(fault, seed), fault) for path in _files(rooms) for fault in _faults(path)]
    drawn: dict[tuple[str, int], Fault] = {}
    places: set[str] = set()
    for place, fault in sorted(found, key=lambda each: (each[0], each[1].path, each[1].line)):
        if place not in places and (fault.path, fault.line) not in drawn and fault.is_real():
            drawn[fault.path, fault.line] = fault
            places.add(place)
        if len(drawn) == number:
            break
    return list(drawn.values())


def _place(fault: Fault, seed: int) -> str:
    """Its place in the draw: a digest of the line and of what is changed, not of where they stand."""
    text = fault.before()
    line = text.splitlines()[fault.line - 1].strip()
    what = "\0".join((str(seed), line, text[fault.start : fault.end], fault.instead))
    return hashlib.sha256(what.encode()).hexdigest()


def _files(rooms: Iterable[str]) -> Iterator[str]:
    for room in rooms:
        place = ROOT / "portal" / room
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield str(file.relative_to(ROOT))


@cache
def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _faults(path: str) -> list[Fault]:
    wrapper = MetadataWrapper(cst.parse_module(_text(path)))
    visitor = _Visitor(path, wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


class _Visitor(cst.CSTVisitor):
    """Asks mutmut's operators of every node, but for the types that only mypy reads."""

    METADATA_DEPENDENCIES = (PositionProvider, WhitespaceInclusivePositionProvider)

    def __init__(self, path: str, module: cst.Module) -> None:
        super().__init__()
        self.path, self.module = path, module
        self.found: list[Fault] = []
        lengths = [len(line) for line in module.code.splitlines(keepends=True)]
        self.offsets = [sum(lengths[:number]) for number in range(len(lengths) + 1)]

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += [self._fault(node, instead) for instead in operator(node)]
        return True

    def _fault(self, node: cst.CSTNode, instead: cst.CSTNode) -> Fault:
        line = self.get_metadata(PositionProvider, node).start.line
        whole = self.get_metadata(WhitespaceInclusivePositionProvider, node)
        start, end = (self.offsets[place.line - 1] + place.column for place in (whole.start, whole.end))
        stood, given = self.module.code_for_node(node), self.module.code_for_node(instead)
        deeper = (f"\n{DEEPER * steps}" for steps in range(1, DEEPEST))
        found = next((each for each in deeper if stood.replace("\n", each) == self.module.code[start:end]), "\n")
        return Fault(self.path, line, start, end, given.replace("\n", found))
