"""nginx for the test of docs/examples/nginx.conf: the machine's own, or Debian's package, unpacked and not installed.

Nothing is started, and no system file is touched. `.cache/nginx/path` says where it is.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tools.places import NGINX
from tools.show import Trouble, note, run, step

FOLDER = NGINX.parent


def provide() -> None:
    """Finds an nginx that runs, or unpacks one, and writes down where it is."""
    if NGINX.is_file() and _runs(NGINX.read_text().strip()):
        return
    with step("nginx for the tests"):
        path = _installed() or _from_apt()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if path:
        NGINX.write_text(f"{path}\n")
    else:
        NGINX.unlink(missing_ok=True)
        note("No nginx was found on PATH or could be fetched with apt-get: its lines in docs/examples are not tried.")


def _runs(path: str | None) -> bool:
    """Whether this is an nginx that starts."""
    if not path or not Path(path).is_file():
        return False
    try:
        return subprocess.run([path, "-v"], check=False, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _installed() -> str | None:
    """The machine's own; it often lies where only root's PATH leads."""
    path = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return path if _runs(path) else None


def _from_apt() -> str | None:
    """The program out of the system's package, where this user may ask for packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        run(["apt-get", "update"], "The list of system packages could not be read.")
        run(["apt-get", "download", "nginx"], "No nginx from apt.", cwd=FOLDER)
        (package,) = sorted(FOLDER.glob("nginx_*.deb"))[-1:]
        run(["dpkg-deb", "-x", package, FOLDER / "unpacked"], "The package could not be unpacked.")
    except (Trouble, ValueError):
        return None
    path = str(FOLDER / "unpacked" / "usr" / "sbin" / "nginx")
    return path if _runs(path) else None
