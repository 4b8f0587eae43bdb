"""`portal assess`: the law as a command. A thin door to `portal.law`, the same functions that the pages use."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from portal.assess.answers import answer
from portal.assess.reading import Unreadable, read, unreadable
from portal.assess.schema import both


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
        return _print(unreadable("file_cannot_be_read" if options.file else "file_missing").answer.model_dump(), 2)
    return assess_bytes(raw)


def assess_bytes(raw: bytes) -> int:
    """Print the answer to a case, or to each of a list of cases in order, and give the exit code."""
    try:
        given = read(raw)
    except Unreadable as wrong:
        return _print(wrong.answer.model_dump(), 2)
    if isinstance(given, list):
        return _print([answer(case).model_dump(mode="json") for case in given], 0)
    return _print(answer(given).model_dump(mode="json"), 0)


def _print(value: object, code: int) -> int:
    try:
        print(json.dumps(value, indent=2, ensure_ascii=False))
    except UnicodeEncodeError:  # a terminal that UTF-8 cannot reach
        print(json.dumps(value, indent=2))
    return code
