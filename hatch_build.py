"""Puts into the wheel what is not code: templates, static files, words and migrations, under `portal/`.

A build from a clean tree compiles the catalogues and the static files itself. htmx comes along if it has been fetched
(`make wheel` does): a build asks no network for it.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("templates", "static/dist", "translations", "migrations")
SKIPPED = (".pyc", ".po", ".pot", ".half")


class Hook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's generic over its own configuration
    """Hatchling calls this before it packs a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what is missing, then names each file and its place."""
        if version == "editable":
            return
        root = Path(self.root)
        _build(root)
        build_data["force_include"] |= {
            str(file): f"portal/{file.relative_to(root).as_posix()}"
            for folder in FOLDERS
            for file in sorted((root / folder).rglob("*"))
            if file.is_file() and file.suffix not in SKIPPED
        }


def _build(root: Path) -> None:
    """The same steps as `make demo`, with the same code."""
    sys.path.insert(0, str(root))
    try:
        from tools import assets, catalogues

        assets.build(root / "static", root / "static" / "dist")
        catalogues.compile_all(root / "translations")
    finally:
        sys.path.remove(str(root))
