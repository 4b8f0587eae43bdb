"""A copy of the checkout to put faults into, the tests that touch each of its lines, and those tests run on a fault."""

import ast
import json
import os
import resource
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from coverage import CoverageData

from tools import stamps
from tools.mutants.faults import Fault
from tools.places import CACHE, PYTHON, ROOT
from tools.show import Trouble, run

FOLDER = CACHE / "mutants"
COPY, DATA, TOOK, TESTS = FOLDER / "house", FOLDER / "coverage", FOLDER / "took.json", FOLDER / "tests.txt"
COPIED = (
    "portal", "tests", "templates", "static", "translations", "migrations", "docs", "bench", "tools", "requirements",
)  # fmt: skip
#: Tests of other programs than ours (browsers, nginx, npm, pip), and those whose clock is the machine's.
LEFT_OUT = (
    "tests/journeys", "tests/auth/certified", "tests/house/test_nginx.py", "tests/house/test_package.py",
    "tests/house/test_set_up.py", "tests/house/test_bench.py", "tests/house/test_mutants.py",
    "tests/participant/absences/test_growth.py", "tests/tables/test_growth.py", "tests/demo/test_demo.py",
)  # fmt: skip
PYTEST = ("-q", "-x", "-p", "no:cacheprovider", "-k", "not postgresql")
CPU_SECONDS, MOST_SECONDS = 900, 3600
NOT_FOUND = 4


def mark(tests: Iterable[str]) -> str:
    """What the copy, the tests' lines and the results belong to: code, pages and tests as they are."""
    found = (file for name in ("portal", "templates", "tests") for file in (ROOT / name).rglob("*"))
    return stamps.fingerprint((file for file in found if file.suffix in (".py", ".html")), *tests)


def make(tests: Iterable[str]) -> None:
    """A fresh copy, and the run that tells which of the tests touches which line. Raises Trouble."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy(file, COPY)
    ignored = [f"--ignore={name}" for name in LEFT_OUT]
    covered = ["-m", "coverage", "run", f"--data-file={DATA}", "--source=portal", "-m", "pytest"]
    plugin = ["-p", "tools.mutants.contexts", "--continue-on-collection-errors", "--maxfail=0"]
    try:
        run([PYTHON, *covered, *PYTEST, *plugin, *ignored, *tests], "", cwd=COPY, env=_environment())
    except Trouble as trouble:  # tests that fail here are left out
        if not TOOK.is_file():
            raise Trouble("The covered run of the tests gave nothing.", trouble.output) from None


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(COPY), "MUTANTS_TOOK": str(TOOK)}


class Touching:
    """Which tests touch a line, of those that pass."""

    def __init__(self) -> None:
        self._took: dict[str, float] = json.loads(TOOK.read_text(encoding="utf-8"))
        self._data = CoverageData(str(DATA))
        self._data.read()

    @property
    def number(self) -> int:
        """How many tests there are in all."""
        return len(self._took)

    def tests(self, fault: Fault) -> list[str]:
        """The tests of a fault, those of its room first, then the quick ones; a file's tests together.

        What runs when its file is imported belongs to all tests that run something of the file, and where there are
        none, to those of its room.
        """
        lines, is_imported = statement(fault)
        known = self._lines(fault.path)
        touching = set().union(*(known.get(line, ()) for line in lines)) & self._took.keys()
        if is_imported and not touching:
            touching = set().union(*known.values()) & self._took.keys()
            touching = touching or {test for test in self._took if test.startswith(_room(fault))}
        return sorted(touching, key=lambda test: self._order(test, fault))

    def _lines(self, path: str) -> dict[int, list[str]]:
        return {
            line: [context for context in contexts if context]
            for line, contexts in self._data.contexts_by_lineno(str(COPY / path)).items()
        }

    def _order(self, test: str, fault: Fault) -> tuple[bool, float, str]:
        file = test.partition("::")[0]
        return not file.startswith(_room(fault)), self._files[file], file

    @cached_property
    def _files(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for test, seconds in self._took.items():
            file = test.partition("::")[0]
            found[file] = found.get(file, 0.0) + seconds
        return found


def _room(fault: Fault) -> str:
    """The folder of tests that mirrors where the fault is."""
    return str(Path("tests", *Path(fault.path).parts[1:-1]))


def statement(fault: Fault) -> tuple[range, bool]:
    """The lines of the innermost statement around a fault (of a compound one, its head), and whether it runs when the
    file is imported.
    """
    nodes = (node for node in ast.walk(ast.parse(fault.before())) if isinstance(node, ast.stmt))
    around = [node for node in nodes if _begin(node) <= fault.line <= (node.end_lineno or 0)]
    inner = max(around, key=_begin)
    body = getattr(inner, "body", None)
    end = body[0].lineno - 1 if body else inner.end_lineno or inner.lineno
    is_imported = not any(isinstance(node, ast.FunctionDef) for node in around if node is not inner)
    return range(_begin(inner), max(end, inner.lineno) + 1), is_imported


def _begin(node: ast.stmt) -> int:
    """The first line of a statement, its decorators too."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def mend() -> None:
    """Takes out of the copy what a run that was stopped left in it."""
    for file in (ROOT / "portal").rglob("*.py"):
        copied = COPY / file.relative_to(ROOT)
        if file.read_bytes() != copied.read_bytes():
            shutil.copy2(file, copied)


def killer(fault: Fault, number: int, tests: Sequence[str]) -> str | None:
    """Which of the tests notices the fault, or how they ended; None where all pass. `number` is another each time."""
    file = COPY / fault.path
    times = file.stat().st_atime, file.stat().st_mtime
    try:
        file.write_text(fault.code(), encoding="utf-8")
        os.utime(file, (number, number))  # so that Python never takes one fault's compiled file for another's
        return _ended(tests)
    except subprocess.TimeoutExpired:
        return "an hour was not enough"
    finally:
        file.write_text(fault.before(), encoding="utf-8")
        os.utime(file, times)


def _ended(tests: Sequence[str]) -> str | None:
    done = _run(tests)
    if done.returncode == NOT_FOUND:  # the fault stands in the name of a test
        done = _run(list(dict.fromkeys(test.partition("::")[0] for test in tests)))
    if not done.returncode:
        return None
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return failed[0].partition(" - ")[0] if failed else f"pytest ended with {done.returncode}"


def _run(tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    TESTS.write_text("\n".join(tests), encoding="utf-8")
    return subprocess.run(
        [PYTHON, "-m", "pytest", *PYTEST, f"@{TESTS}"],
        check=False, cwd=COPY, env=_environment(), capture_output=True, text=True, timeout=MOST_SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)),
    )  # fmt: skip
