"""A browser for the journeys in `tests/`: the machine's own, or one installed now. `.cache/browser` says where."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.places import BROWSER, PYTHON
from tools.show import Trouble, note, run, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright\nwith sync_playwright() as p: print(p.chromium.executable_path)"
)


def provide() -> None:
    """Finds a browser that runs, or installs one, and writes down where it is."""
    if BROWSER.is_file() and _runs(BROWSER.read_text().strip()):
        return
    with step("A browser for the tests"):
        path = _installed() or _from_apt() or _from_playwright()
    if path:
        BROWSER.parent.mkdir(parents=True, exist_ok=True)
        BROWSER.write_text(f"{path}\n")
    else:
        BROWSER.unlink(missing_ok=True)
        note("No browser was found or could be installed (chromium or google-chrome): the journeys cannot run.")


def _runs(path: str | None) -> bool:
    """Whether this is a browser that starts."""
    if not path or not Path(path).is_file():
        return False
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _installed() -> str | None:
    """The first browser of this machine that runs."""
    candidates = [shutil.which(name) for name in NAMES] + [*APPS]
    return next((path for path in candidates if path and _runs(path)), None)


def _from_apt() -> str | None:
    """Chromium from the system's packages, where this user may install them."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update"], "The list of system packages could not be read.", env=quiet)
        run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], "No chromium from apt.", env=quiet)
    except Trouble:
        return None
    return _installed()


def _from_playwright() -> str | None:
    """The browser that Playwright brings."""
    try:
        path = run([PYTHON, "-c", PLAYWRIGHTS_OWN], "Playwright does not start.").strip().splitlines()[-1]
        if not _runs(path):
            run([PYTHON, "-m", "playwright", "install", "chromium"], "Playwright could not install a browser.")
    except Trouble:
        return None
    return path if _runs(path) else None
