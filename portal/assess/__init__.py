"""`portal assess`: the law as a command. A thin door to `portal.law`, the same functions that the pages use."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from portal.assess.reading import Question, parse, read
from portal.assess.schema import both
from portal.assess.shape import Fault
from portal.assess.writing import answer


def add(subparsers: Any) -> None:
    """Add `assess` to the command line."""
    parser = subparsers.add_parser("assess", help="read a case as JSON and print how the portal reads the rules")
    parser.add_argument("file", nargs="?", metavar="FILE", help="a file with a case or a list of cases, or - ")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the case and the answer")
    parser.set_defaults(run=main)


def main(options: argparse.Namespace) -> int:
    """Print the answer and give 0, or print what cannot be read and give 2."""
    if options.schema:
        return _print(both(), 0)
    try:
        raw = sys.stdin.buffer.read() if options.file == "-" else Path(options.file or "").read_bytes()
    except (OSError, ValueError):
        return _faulty([Fault("", "file_cannot_be_read" if options.file else "file_missing")])
    return assess_bytes(raw)


def assess_bytes(raw: bytes) -> int:
    """Print the answer to a case, or to each of a list of cases in order, and give the exit code."""
    value = parse(raw)
    if isinstance(value, Fault):
        return _faulty([value])
    if not isinstance(value, list):
        question = read(value)
        return _faulty(question) if isinstance(question, list) else _print(answer(question), 0)
    questions = [read(item, f"[{number}]") for number, item in enumerate(value)]
    found = [fault for question in questions if isinstance(question, list) for fault in question]
    if found:
        return _faulty(found)
    return _print([answer(question) for question in questions if isinstance(question, Question)], 0)


def _faulty(found: list[Fault]) -> int:
    return _print({"errors": [{"path": fault.path, "code": fault.code} for fault in found]}, 2)


def _print(value: object, code: int) -> int:
    try:
        print(json.dumps(value, indent=2, ensure_ascii=False))
    except UnicodeEncodeError:  # a terminal, or a field name, that UTF-8 cannot carry
        print(json.dumps(value, indent=2))
    return code
