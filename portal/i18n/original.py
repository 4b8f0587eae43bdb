"""Saying the same once more in Norwegian, for a reader of another language: the wording that counts by law."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import g
from markupsafe import Markup

from portal.i18n.languages import NORWEGIAN
from portal.i18n.words import words_of


@contextmanager
def in_norwegian() -> Iterator[None]:
    """Within the block everything is said in Norwegian; `reads_translation` still tells of the reader."""
    own = g.words
    g.setdefault("reader", own)
    g.words = words_of(NORWEGIAN.id)
    try:
        yield
    finally:
        g.words = own


def said_in_norwegian(say: Callable[[], Markup]) -> Markup:
    """What `say` gives in Norwegian. It must find its words while it runs, not before."""
    with in_norwegian():
        return say()


def reads_translation() -> bool:
    """Whether this request's reader reads another language than Norwegian."""
    reader = g.get("reader") or g.words
    return reader.language is not NORWEGIAN
