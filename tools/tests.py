"""`make test`: runs pytest on every core."""

import os
import sys

from tools.places import PYTHON, ROOT


def workers() -> int:
    """One for each core that this process may use; at least two, at most eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
    return min(max(cores, 2), 8)


def main(arguments: list[str]) -> None:
    """Becomes pytest. One file's tests stay together; a debugger or `-n` given by hand is respected."""
    spread = [] if {"--pdb", "-n"} & set(arguments) else ["-n", str(workers()), "--dist", "loadfile"]
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "pytest", *spread, *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
