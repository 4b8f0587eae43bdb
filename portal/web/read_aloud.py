"""Recordings of help texts in the reader's language, for templates."""

from dataclasses import dataclass

from flask import Flask, current_app

from portal.i18n import recordings, translator
from portal.request_state import request_state
from portal.resources import folder
from portal.web.assets import assets_of


@dataclass(frozen=True, slots=True)
class Recording:
    """Where a recording is fetched, and what that costs."""

    url: str
    kilobytes: int


def init_app(app: Flask) -> None:
    """Give templates `recording_of`."""
    app.jinja_env.globals["recording_of"] = recording_of


def recording_of(key: str | None) -> Recording | None:
    """The recording of this help text in the reader's language, if there is one of today's words.

    `key` is None where the text has values in it; in any case the page is one that speaks.
    """
    request_state().is_spoken = True
    if key is None:
        return None
    language = translator().language
    url = assets_of(current_app).url(recordings.name(language, key))
    if url is None or not recordings.current(language, key):
        return None
    request_state().plays = True
    size = (folder("static") / "dist" / url.rpartition("/")[2]).stat().st_size
    return Recording(url, -(-size // 1000))
