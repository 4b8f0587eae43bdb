"""What every section needs to speak HTML."""

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect

from portal.settings import Settings
from portal.web import assets, errors, frame, headers, health, language

BROTLI_LEVEL = 5


def init_app(app: Flask, settings: Settings) -> None:
    """Languages, headers, errors, static files, CSRF and compression."""
    app.config.update(
        COMPRESS_MIMETYPES=["text/html"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=BROTLI_LEVEL,
        COMPRESS_MIN_SIZE=500,
        WTF_CSRF_TIME_LIMIT=None,
    )
    CSRFProtect(app)
    language.init_app(app, settings)
    headers.init_app(app, settings)
    frame.init_app(app, settings)
    errors.init_app(app)
    app.register_blueprint(health.blueprint)
    assets.init_app(app)
    Compress(app)
