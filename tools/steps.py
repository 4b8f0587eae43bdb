"""The steps of setting up, in order. Each looks first whether there is anything to do."""

import sys
import time

from tools import browser, nginx, npm, packages, stamps
from tools.places import DIST, PYTHON, ROOT, STATIC, TRANSLATIONS
from tools.show import Trouble, run, step

PURPOSES = ("run", "dev")


def main(arguments: list[str]) -> int:
    """Sets up what this purpose needs; gives the exit status."""
    if len(arguments) != 1 or arguments[0] not in PURPOSES:
        print(f"Usage: python3 -m tools.setup {'|'.join(PURPOSES)}", file=sys.stderr)
        return 2
    start = time.monotonic()
    try:
        set_up(arguments[0])
    except Trouble as trouble:
        print(f"\n{trouble.tail()}\n\n{trouble.sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was finished is kept; start again to go on.", file=sys.stderr)
        return 130
    print(f"  Set up in {time.monotonic() - start:.1f} s", flush=True)
    return 0


def set_up(purpose: str) -> None:
    """All steps, from nothing to everything that the portal (`run`) or its tests (`dev`) need."""
    packages.environment()
    packages.install(purpose)
    packages.command()
    npm.fetch()
    assets()
    catalogues()
    if purpose == "dev":
        npm.fetch_for_tests()
        browser.provide()
        nginx.provide()


def assets() -> None:
    """Builds `static/dist` when a file in `static` has changed."""
    inputs = [file for file in STATIC.rglob("*") if file.is_file() and DIST not in file.parents]
    mark = stamps.fingerprint([*inputs, ROOT / "tools" / "assets.py"])
    if stamps.is_fresh("assets", mark) and (DIST / "manifest.json").is_file():
        return
    with step("Styles, scripts and icons"):
        run([PYTHON, "-m", "tools.assets"], "The files in static/dist could not be built.", cwd=ROOT)
    stamps.finish("assets", mark)


def catalogues() -> None:
    """Compiles the catalogues when one has changed."""
    inputs = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    mark = stamps.fingerprint([*inputs, ROOT / "tools" / "catalogues.py"])
    if stamps.is_fresh("catalogues", mark) and all(file.with_suffix(".mo").is_file() for file in inputs):
        return
    with step(f"Words in {len(inputs)} languages"):
        run([PYTHON, "-m", "tools.catalogues"], "A catalogue of words could not be compiled.", cwd=ROOT)
    stamps.finish("catalogues", mark)
