"""`make check`: every check runs, also after one has failed; what a failed one said is shown at the end.

The ten hardest sentences are shown even when none is too hard, so that they get no company.
"""

import sys
from pathlib import Path

from tools.places import PYTHON, ROOT, VENV
from tools.show import Trouble, run, step

BIN = VENV / "bin"
PLAIN = "Plain bokmål"
CHECKS: dict[str, list[str | Path]] = {
    "Style (ruff)": [BIN / "ruff", "check", "."],
    "Format (ruff)": [BIN / "ruff", "format", "--check", "."],
    "Types (mypy)": [BIN / "mypy"],
    "Who imports whom": [BIN / "lint-imports"],
    "Words": [BIN / "portal", "words", "check"],
    PLAIN: [BIN / "portal", "words", "plain"],
    "Tables and migrations": [PYTHON, "-m", "tools.scratch", "check"],
}


def main() -> int:
    """Gives 0 when all is well, else 1."""
    failed: list[Trouble] = []
    for words, command in CHECKS.items():
        try:
            with step(words):
                said = run(command, words, cwd=ROOT)
            if words == PLAIN:
                print(f"    The ten hardest sentences:\n{said.rstrip()}")
        except Trouble as trouble:
            failed.append(trouble)
    for failure in failed:
        print(f"\n{failure.sentence}\n{'=' * len(failure.sentence)}\n{failure.output.rstrip()}")
    print(f"\n{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
