"""`make test`: runs pytest on every core."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from tools.places import PYTHON, ROOT


def workers() -> int:
    """One for each core that this process may use; at least two, at most eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
    return min(max(cores, 2), 8)


def temporary_folder() -> Path:
    """A home for pytest's folders that no other checkout's run shares: each run narrows who may enter its home, and
    would lock out the other's database server, which is another user when root runs the tests.
    """
    name = hashlib.sha256(f"{os.geteuid()} {ROOT}".encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"introportalen-{name}"
    folder.mkdir(exist_ok=True)
    return folder


def environment() -> dict[str, str]:
    """Ours, with a home for what the run writes. Compiled code is kept, whatever this machine says of it: every server
    and command that a test starts would compile the whole portal, and every run all tests.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTEST_DEBUG_TEMPROOT": str(temporary_folder())}


def main(arguments: list[str]) -> None:
    """Becomes pytest. One file's tests stay together; a debugger or `-n` given by hand is respected."""
    spread = [] if {"--pdb", "-n"} & set(arguments) else ["-n", str(workers()), "--dist", "loadfile"]
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "pytest", *spread, *arguments], environment())


if __name__ == "__main__":
    main(sys.argv[1:])
