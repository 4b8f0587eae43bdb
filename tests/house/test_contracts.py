"""Who may import whom: every room has its floor, so that a new one must be given its own."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.places import ROOT, VENV


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the code and of its contracts, to be changed."""
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _judged(house: Path) -> tuple[int, str]:
    run = subprocess.run(
        [VENV / "bin" / "lint-imports", "--no-cache"], check=False, cwd=house, capture_output=True, text=True
    )
    return run.returncode, run.stdout


def _write(house: Path, module: str, source: str) -> None:
    file = house / module
    file.parent.mkdir(exist_ok=True)
    file.write_text(source)


def test_a_room_that_is_on_no_floor_breaks_the_contract(house: Path) -> None:
    assert _judged(house)[0] == 0  # the control
    _write(house, "portal/documents/__init__.py", '"""A new section."""\n')
    code, said = _judged(house)
    assert code == 1
    assert "portal.documents" in said


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("portal/law/today.py", "portal.clock"),
        ("portal/auth/made_up.py", "portal.demo.files"),
        ("portal/participant/plan/neighbour.py", "portal.participant.absences.queries"),
    ],
)
def test_a_forbidden_import_breaks_the_contract(house: Path, module: str, imported: str) -> None:
    _write(house, module, f'"""A file."""\n\nimport {imported}\n')
    code, said = _judged(house)
    assert code == 1
    assert imported.rpartition(".")[0] in said
