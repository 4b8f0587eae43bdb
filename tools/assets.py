"""Builds `static/dist`: copies whose names hold their hash, compressed beside, and `manifest.json` to find them.

Runs in `.venv` (`python -m tools.assets`) and when a wheel is built.
"""

import base64
import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import rcssmin
import rjsmin

from tools.places import DIST, STATIC

PATTERNS = ("*.css", "*.js", "*.svg", "*.webmanifest", "vendor/*.js", "vendor/*.css", "audio/*/*.opus")
SMALL_ALREADY = {".opus"}
SMALLER = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def sources(static: Path = STATIC) -> list[Path]:
    """The files that are served, in a fixed order."""
    return sorted(file for pattern in PATTERNS for file in static.glob(pattern))


def served(file: Path) -> bytes:
    """What a phone gets of a file: our own styles and scripts without the room that readers need."""
    content = file.read_bytes()
    smaller: Callable[[str], str] | None = SMALLER.get(file.suffix)
    return smaller(content.decode()).encode() if smaller and file.parent.name != "vendor" else content


def hashed_name(file: Path, content: bytes) -> str:
    """`app.css` → `app.1a2b3c4d.css`."""
    return f"{file.stem}.{hashlib.sha256(content).hexdigest()[:8]}{file.suffix}"


def integrity(content: bytes) -> str:
    """The content's hash, as a browser wants it in `integrity`."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def build(static: Path = STATIC, dist: Path = DIST) -> dict[str, dict[str, str]]:
    """Writes the folder anew beside the old one, then changes places; gives the manifest."""
    new = dist.with_name(f".{dist.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    manifest = {}
    for file in sources(static):
        content = served(file)
        name = hashed_name(file, content)
        (new / name).write_bytes(content)
        if file.suffix not in SMALL_ALREADY:
            (new / f"{name}.gz").write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
            (new / f"{name}.br").write_bytes(brotli.compress(content, quality=11))
        manifest[file.relative_to(static).as_posix()] = {"name": name, "integrity": integrity(content)}
    (new / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    shutil.rmtree(dist, ignore_errors=True)
    new.replace(dist)
    return manifest


if __name__ == "__main__":
    build()
