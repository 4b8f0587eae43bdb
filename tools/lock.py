"""Writes the lock files anew from `pyproject.toml` and `requirements/*.in`: versions and hashes, no addresses.

Versions stay as they are while they still fit; `make lock UPGRADE=1` takes the newest.
"""

import sys

from tools.places import REQUIREMENTS, ROOT, VENV
from tools.show import run, step

OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
)
PIP_TOOLS = "pip-tools==7.6.2"
DEV = ("--extra", "dev", "--constraint", "requirements/run.txt", "--constraint", "requirements/build.txt")
LOCKS: dict[str, tuple[str, ...]] = {
    "run.txt": ("pyproject.toml",),
    "build.txt": ("requirements/build.in",),
    "dev.txt": (*DEV, "pyproject.toml", "requirements/build.in"),
    "node.txt": ("requirements/node.in",),
}


def main(arguments: list[str]) -> int:
    """Compiles each lock in an order in which the later ones follow the earlier."""
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    run([VENV / "bin" / "pip", "install", "--quiet", PIP_TOOLS], "pip-tools could not be installed.")
    for name, sources in LOCKS.items():
        with step(f"requirements/{name}"):
            output = ["--output-file", str(REQUIREMENTS / name)]
            run([VENV / "bin" / "pip-compile", *OPTIONS, *upgrade, *output, *sources], f"No {name}.", cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
