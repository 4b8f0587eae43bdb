"""Where the files lie that are not code: templates, static files, catalogues of words, migrations.

In a checkout they lie beside the package; in an installed wheel, inside it.
"""

import csv
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder of this name (`templates`, `static`, `translations`, `migrations`), as an absolute path.

    Inside the package if it is there, else beside it. It need not exist: a checkout may lack what is built.
    """
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a list (CSV) by the names in its head; none where there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
