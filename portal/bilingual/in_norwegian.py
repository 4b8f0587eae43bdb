"""Saying the same once more in Norwegian, for a reader of another language: the wording that counts by law."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.i18n import NORWEGIAN, Translator, translator, translator_of
from portal.request_state import request_state


@contextmanager
def saying(spoken: Translator) -> Iterator[None]:
    """Within the block everything is said in these words; `reads_translation` still tells of the reader."""
    now, own = request_state(), translator()
    now.reader = now.reader or own
    now.translator = spoken
    try:
        yield
    finally:
        now.translator = own


@contextmanager
def in_norwegian() -> Iterator[None]:
    """Within the block everything is said in Norwegian."""
    with saying(translator_of(NORWEGIAN.id)):
        yield


def reads_translation() -> bool:
    """Whether this request's reader reads another language than Norwegian; nynorsk is none."""
    reader = request_state().reader or translator()
    return not reader.language.reads_norwegian
