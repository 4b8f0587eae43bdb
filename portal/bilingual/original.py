"""Saying the same once more in Norwegian, for a reader of another language: the wording that counts by law."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.i18n import NORWEGIAN, Words, words, words_of
from portal.request_state import request_state


@contextmanager
def saying(spoken: Words) -> Iterator[None]:
    """Within the block everything is said in these words; `reads_translation` still tells of the reader."""
    now, own = request_state(), words()
    now.reader = now.reader or own
    now.words = spoken
    try:
        yield
    finally:
        now.words = own


@contextmanager
def in_norwegian() -> Iterator[None]:
    """Within the block everything is said in Norwegian."""
    with saying(words_of(NORWEGIAN.id)):
        yield


def reads_translation() -> bool:
    """Whether this request's reader reads another language than Norwegian; nynorsk is none."""
    reader = request_state().reader or words()
    return not reader.language.reads_norwegian
