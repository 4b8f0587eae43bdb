"""What a participant was shown before sending, as it is kept: sentences in their language and in bokmål."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from portal.i18n.languages import NORWEGIAN


@dataclass(frozen=True, slots=True)
class SnapshotPart:
    """A heading with the sentences beneath it, as plain text; the last part has no heading."""

    heading: str
    sentences: tuple[str, ...]


Shown = dict[str, tuple[SnapshotPart, ...]]


def digest(told: Shown) -> str:
    """SHA-256 (hexadecimal) of the bokmål lines, headings too, with a line feed between."""
    lines = [line for part in told[NORWEGIAN.id] for line in (part.heading, *part.sentences)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def plain(told: Shown) -> dict[str, list[dict[str, object]]]:
    """The same for JSON."""
    return {
        language: [{"heading": part.heading, "sentences": list(part.sentences)} for part in parts]
        for language, parts in told.items()
    }


def read(text: str) -> Shown:
    """What was kept as JSON."""
    kept: Mapping[str, list[dict[str, list[str]]]] = json.loads(text)
    return {
        language: tuple(SnapshotPart(str(part["heading"]), tuple(part["sentences"])) for part in parts)
        for language, parts in kept.items()
    }
