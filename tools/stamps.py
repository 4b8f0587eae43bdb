"""Remembers what a step was made from, so that it runs again only when that has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.places import CACHE, ROOT

STAMPS = CACHE / "stamps"


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """A hash of these words, and of the names and contents of these files; a missing file counts as missing."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        digest.update(f"{file.relative_to(ROOT)}\0{content}\0".encode())
    return digest.hexdigest()


def is_fresh(name: str, mark: str) -> bool:
    """Whether this step was last finished with the same mark."""
    stamp = STAMPS / name
    return stamp.is_file() and stamp.read_text() == mark


def finish(name: str, mark: str) -> None:
    """Notes that the step is done."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(mark)


def forget(name: str) -> None:
    """Makes the step run next time, whatever happens now."""
    (STAMPS / name).unlink(missing_ok=True)
