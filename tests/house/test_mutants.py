"""What `make mutants` puts into the code: the same faults each time, each on a line that tests can be asked for."""

import pytest

from tools.mutants import faults, house
from tools.mutants.faults import Fault, sample

FILE = "portal/participant/absences/forms.py"
SOURCE = '''"""A file."""

MOST = 3


@decorated("never")
def asked(number: int = 5) -> bool:
    """Whether."""
    if number > MOST:
        return True
    return max(
        number,
        MOST,
    ) > 1
'''


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is small and known."""
    monkeypatch.setattr(faults, "_text", lambda _path: SOURCE)
    monkeypatch.setattr(faults, "_files", lambda _rooms: [FILE])


def test_the_same_seed_draws_the_same_faults(source: None) -> None:
    drawn = sample(4, 1)
    assert len({fault.line for fault in drawn}) == 4
    assert sample(4, 1) == drawn
    assert sample(4, 2) != drawn


def test_a_line_keeps_its_faults_whatever_stands_around_it(source: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [fault.instead for fault in sample(100, 1)]
    monkeypatch.setattr(faults, "_text", lambda _path: f"# above\n{SOURCE}# below\n")
    assert [fault.instead for fault in sample(100, 1)] == before


def test_every_fault_changes_what_python_reads(source: None) -> None:
    drawn = sample(100, 1)
    assert {3, 6, 7, 9, 10}.issubset({fault.line for fault in drawn}), "tables, decorators and defaults too"
    for fault in drawn:
        compile(fault.code(), FILE, "exec")
        assert fault.code() != SOURCE
        changed = [line for line in fault.diff().splitlines()[2:] if line.startswith(("-", "+"))]
        assert 1 <= len(changed) <= 4, fault.diff()


@pytest.mark.parametrize(
    ("line", "lines", "is_imported"),
    [(3, [3], True), (6, [6, 7], True), (9, [9], False), (12, [11, 12, 13, 14], False)],
)
def test_a_fault_is_asked_of_the_tests_of_its_statement(
    source: None, line: int, lines: list[int], is_imported: bool
) -> None:
    found = house.statement(Fault(FILE, line, 0, 0, ""))
    assert (list(found[0]), found[1]) == (lines, is_imported)
