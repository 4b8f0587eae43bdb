"""Files to import, and what is in a store afterwards."""

import copy
import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from portal.exchange import importer
from portal.exchange.problems import Report
from portal.store.db import Store
from portal.tables.texts import Text, TextVersion

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ORG = "310000019"


def example() -> dict[str, Any]:
    return json.loads((EXAMPLES / "document.json").read_text())


def changed(**participant: Any) -> dict[str, Any]:
    """The example with other values of its participant, issued a day later."""
    document = copy.deepcopy(example())
    document["issued_at"] = "2026-10-02T06:00:00+02:00"
    document["participants"][0] |= participant
    return document


def take(store: Store, folder: Path, *contents: Any, **options: Any) -> Report:
    """Import contents: a dict is a document, text from BEGIN on a timetable, any other text or bytes attendance."""
    paths = []
    for number, content in enumerate(contents):
        if isinstance(content, dict):
            path = folder / f"{number}.json"
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        elif isinstance(content, str) and content.startswith("BEGIN"):
            path = folder / f"{number}.ics"
            path.write_bytes(content.encode())
        else:
            path = folder / f"{number}.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return importer.take(store, paths, **options)


def taken(store: Store, folder: Path, *contents: Any, **options: Any) -> Report:
    """Import contents that are right."""
    report = take(store, folder, *contents, **options)
    assert not report.problems, [str(problem) for problem in report.problems]
    return report


def refused(store: Store, folder: Path, *contents: Any, **options: Any) -> list[str]:
    """The problems of contents that are wrong, without the folder; the store must be as before."""
    before = dump(store)
    report = take(store, folder, *contents, **options)
    assert dump(store) == before
    assert report.problems
    return [str(problem).removeprefix(f"{folder}/") for problem in report.problems]


def dump(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, but for what the first import notes of the installation's key."""
    with store.read_session() as session:
        return {
            name: sorted(map(tuple, session.execute(select(table)).all()), key=lambda row: row[0])
            for name, table in SQLModel.metadata.tables.items()
            if name != "installation"
        }


def rows(store: Store, model: type[SQLModel]) -> list[Any]:
    """The rows of one table in order."""
    with store.read_session() as session:
        return list(session.scalars(select(model).order_by(model.id)).all())  # type: ignore[attr-defined]


def texts(store: Store, text_id: int | None) -> dict[str, str]:
    """A text's versions by language, opened."""
    with store.read_session() as session:
        text = session.get(Text, text_id)
        assert text is not None
        found = session.scalars(select(TextVersion).where(TextVersion.text_id == text_id)).all()  # type: ignore[arg-type]
        return {
            version.language: store.vault.open(version.body, "text_version.body", text.public_id, version.language)
            for version in found
        }
