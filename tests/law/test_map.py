"""`docs/law.md` keeps its word: every section has a row, and every row leads to a function and a test that exist."""

import ast
import importlib
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from portal.law.case import Policy
from portal.law.rules import RULES
from portal.law.vocabulary import LeaveKind

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
HEADER = ["Section", "What it says", "Function", "Tests", "Open question"]
WITHOUT_FUNCTION = {"IL § 25"}  # decided by the municipality, computed nowhere
SECTIONS = [f"IF § {number}" for number in (*range(5, 15), "14 a", *range(15, 20))]
SECTIONS += [f"IL § {number}" for number in range(19, 26)]


def rows() -> list[list[str]]:
    """The cells of every row in a table about sections."""
    found, inside = [], False
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        inside = bool(cells) and (inside or cells == HEADER)
        if inside and cells != HEADER and not set(line) <= set("|-"):
            found.append(cells)
    return found


ROWS = rows()
POINTERS = [pytest.param(row, id=row[0]) for row in ROWS]


def pointers(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_stands_in_a_row(section):
    assert section in [row[0] for row in ROWS]


@pytest.mark.parametrize("row", POINTERS)
def test_every_row_is_whole(row):
    section, says, function, tests, _ = row
    assert says
    if section not in WITHOUT_FUNCTION:
        assert pointers(function)
        assert pointers(tests)


@pytest.mark.parametrize("row", POINTERS)
def test_every_function_exists(row):
    for pointer in pointers(row[2]):
        module, name = pointer.rsplit(".", 1)
        assert callable(getattr(importlib.import_module(module), name, None)), pointer


@pytest.mark.parametrize("kind", LeaveKind)
def test_every_kind_of_leave_has_a_rule_with_a_row(kind):
    rule = RULES[kind]
    named = {pointer for row in ROWS for pointer in pointers(row[2])}
    assert f"{rule.__module__}.{rule.__name__}" in named


def test_every_kind_of_leave_is_asked_for():
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    assert {kind for text in texts for kind in re.findall(r'ask\("(\w+)"', text)} == set(LeaveKind)


@pytest.mark.parametrize("row", POINTERS)
def test_every_test_exists(row):
    for pointer in pointers(row[3]):
        path, name = pointer.split("::")
        assert name.startswith("test_")
        assert name in named_in(path), pointer


def test_a_pointer_to_nothing_would_be_found():
    """The control: the ways above do find what is not there."""
    assert "test_nothing" not in named_in("tests/law/test_leave.py")
    assert not hasattr(importlib.import_module("portal.law.leave"), "nothing")


@pytest.mark.parametrize("choice", [field.name for field in fields(Policy)])
def test_every_choice_is_told(choice):
    assert f"| `{choice}` |" in TEXT
