"""What every section needs to speak HTML."""

from flask import Flask
from flask_compress import Compress

from portal.settings import Settings
from portal.web import aloud, assets, csrf, errors, frame, headers, health, language, limits, templates

BROTLI_LEVEL = 5
BROTLI_WINDOW = 16  # 64 kB: no page is larger, and a small window is quicker to search


def init_app(app: Flask, settings: Settings) -> None:
    """Languages, headers, errors, static files, CSRF and compression."""
    app.config.update(
        COMPRESS_MIMETYPES=["text/html"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=BROTLI_LEVEL,
        COMPRESS_BR_WINDOW=BROTLI_WINDOW,
        COMPRESS_MIN_SIZE=500,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # no page is kept, so none is asked for again on a condition
        WTF_CSRF_TIME_LIMIT=None,
    )
    limits.init_app(app)  # before anything reads a form
    language.init_app(app, settings)  # before csrf, so that a refused form is told in the reader's language
    csrf.Forms(app)
    headers.init_app(app, settings)
    frame.init_app(app, settings)
    errors.init_app(app)
    app.register_blueprint(health.blueprint)
    assets.init_app(app)
    aloud.init_app(app)
    templates.init_app(app)
    Compress(app)
