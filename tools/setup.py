"""`python3 -m tools.setup run|dev`: makes `.venv` and all built files that are missing or old, a line for each step.

Old Pythons read this file too, so that they can answer with a sentence: nothing newer than Python 3.0 may stand here.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
ASK = "import sys; sys.exit(sys.version_info < (3, 11))"


def is_new_enough(python):
    # type: (str) -> bool
    """Whether this command is a Python that the portal can run on."""
    with open(os.devnull, "w") as nowhere:
        try:
            return subprocess.call([python, "-c", ASK], stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            return False


def main():
    # type: () -> int
    """Goes on with this Python, or with a newer one on the machine, or says what is missing."""
    if sys.version_info >= NEEDED:
        from tools import steps

        return steps.main(sys.argv[1:])
    for python in NEWER:
        if is_new_enough(python):
            return subprocess.call([python, "-m", "tools.setup"] + sys.argv[1:])  # noqa: RUF005 - for old Pythons
    sys.stderr.write(
        "The portal needs Python 3.11 or newer; this one is %d.%d.\n"
        "Install a newer one, or name it: make demo PYTHON=/path/to/python3.11\n" % sys.version_info[:2]
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
