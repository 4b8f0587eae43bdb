"""`docs/glossary.md` speaks of words that the code has."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| (`[^|]+) \|", re.MULTILINE)


def words() -> list[str]:
    """The code words of the list's left column."""
    rows = _ROW.findall((ROOT / "docs/glossary.md").read_text())
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_every_word_of_the_glossary_stands_in_the_code() -> None:
    code = "\n".join(path.read_text() for path in sorted((ROOT / "portal").rglob("*.py")))
    missing = [word for word in words() if not re.search(rf"\b{re.escape(word)}", code)]
    assert len(words()) > 60
    assert missing == []


def test_every_word_has_one_row() -> None:
    assert sorted(set(words())) == sorted(words())
