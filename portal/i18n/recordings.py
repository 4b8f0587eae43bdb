"""Recordings of the fixed help texts, for those who would rather hear than read.

A recording is `static/audio/<language>/<key>.opus` and a line of `translations/recordings.csv`, which holds the digest
of the text that was read: where the text has changed since, the recording is no longer played.
"""

import csv
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.i18n.languages import Language
from portal.i18n.read_aloud import TEXTS
from portal.i18n.translators import translator_of
from portal.resources import folder, rows

LIST = "recordings.csv"
FIELDS = ("language", "key", "digest", "read_by", "day")
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class RecordingEntry:
    """One recording: whose voice, when, and the digest of the text that was read."""

    language: str
    key: str
    digest: str
    read_by: str
    day: str


def script(language: Language, key: str) -> list[str]:
    """The sentences to read, in `language`."""
    return [translator_of(language.id).plain(message) for message in TEXTS[key]]


def digest(language: Language, key: str) -> str:
    """What tells whether the text has changed since it was read: SHA-256 of the sentences, sixteen hex digits."""
    return hashlib.sha256("\n".join(script(language, key)).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def lines() -> tuple[RecordingEntry, ...]:
    """The list of recordings."""
    return tuple(RecordingEntry(*(row[field] for field in FIELDS)) for row in rows(folder("translations") / LIST))


def name(language: Language, key: str) -> str:
    """The recording's name among the static files."""
    return f"audio/{language.id}/{key}.opus"


def state(language: Language, key: str) -> str:
    """`whole`, `stale` where the text has changed since, or `missing`."""
    line = next((line for line in lines() if (line.language, line.key) == (language.id, key)), None)
    if line is None or not path(language, key).is_file():
        return "missing"
    return "whole" if line.digest == digest(language, key) else "stale"


@lru_cache(maxsize=512)
def current(language: Language, key: str) -> bool:
    """Whether a recording of today's text is listed, so that it may be played."""
    wanted = (language.id, key, digest(language, key))
    return any((line.language, line.key, line.digest) == wanted for line in lines())


def path(language: Language, key: str) -> Path:
    """Where a checkout keeps the recording."""
    return folder("static") / name(language, key)


def add(language: Language, key: str, content: bytes, read_by: str, day: str) -> None:
    """Keep a recording of today's text; `ValueError` says why it cannot be one."""
    if not (content.startswith(b"OggS") and b"OpusHead" in content[:64]):
        raise ValueError("not an Opus recording in an Ogg file")
    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content)} bytes; at most {MOST_BYTES}: use Opus at about 24 kbit/s")
    path(language, key).parent.mkdir(parents=True, exist_ok=True)
    path(language, key).write_bytes(content)
    kept = [line for line in lines() if (line.language, line.key) != (language.id, key)]
    fresh = RecordingEntry(language.id, key, digest(language, key), read_by, day)
    with (folder("translations") / LIST).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(
            [line.language, line.key, line.digest, line.read_by, line.day]
            for line in sorted([*kept, fresh], key=lambda line: (line.language, line.key))
        )
    lines.cache_clear()
    current.cache_clear()
