"""The virtual environment and the locked Python packages in it. Every file is checked against its hash."""

import subprocess
import sys
from pathlib import Path

from tools import stamps
from tools.places import PYTHON, REQUIREMENTS, ROOT, VENV
from tools.show import Trouble, run, step

LOCKS = {"run": ("run.txt", "build.txt"), "dev": ("dev.txt",)}
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input")
LOCKED = ("--require-hashes", "--only-binary", ":all:")
WRONG_HASH = "DO NOT MATCH THE HASHES"


def environment() -> None:
    """Makes `.venv` with this Python, unless there is one that works."""
    if _works():
        return
    with step(f"A Python environment in {VENV.name}"):
        stamps.forget("run")
        stamps.forget("dev")
        stamps.forget("command")
        run(
            [sys.executable, "-m", "venv", "--clear", VENV],
            "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv",
        )


def _works() -> bool:
    """Whether `.venv` holds a Python that runs, is new enough and has pip."""
    ask = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", ask], check=False, capture_output=True).returncode == 0


def install(which: str) -> None:
    """Installs the locked packages to run the portal (`run`), or to work on it too (`dev`)."""
    locks = [REQUIREMENTS / name for name in LOCKS[which]]
    mark = stamps.fingerprint(locks, sys.version)
    if stamps.is_fresh(which, mark):
        return
    with step(f"Python packages from {' and '.join(lock.name for lock in locks)}"):
        locked([part for lock in locks for part in ("-r", lock)])
    stamps.finish(which, mark)


def locked(arguments: list[str | Path]) -> None:
    """Installs from lock files; stops with nothing installed if a file is not the one that was locked."""
    try:
        run([*PIP, "install", *LOCKED, *arguments], "The Python packages could not be installed. Is the network there?")
    except Trouble as trouble:
        if WRONG_HASH in trouble.output:
            sentence = "A Python package is not the one in the lock. Nothing was installed."
            raise Trouble(sentence, trouble.output) from None
        raise


def command() -> None:
    """Puts the `portal` command in `.venv`, running the code of this checkout."""
    mark = stamps.fingerprint([ROOT / "pyproject.toml", ROOT / "hatch_build.py"], sys.version)
    if stamps.is_fresh("command", mark) and (VENV / "bin" / "portal").exists():
        return
    with step("The portal command"):
        options = ("--no-deps", "--no-build-isolation", "--no-index")
        run([*PIP, "install", *options, "--editable", ROOT], "The portal command could not be made.")
    stamps.finish("command", mark)
