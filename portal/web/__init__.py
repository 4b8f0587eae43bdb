"""What every section needs to speak HTML."""

from flask import Flask

from portal.settings import Settings
from portal.web import (
    aloud,
    assets,
    compression,
    csrf,
    denials,
    errors,
    frame,
    headers,
    health,
    language,
    limits,
    templates,
)


def init_app(app: Flask, settings: Settings) -> None:
    """Languages, headers, errors, static files, CSRF and compression."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    limits.init_app(app)  # before anything reads a form
    language.init_app(app, settings)  # before csrf, so that a refused form is told in the reader's language
    csrf.Forms(app)
    headers.init_app(app, settings)
    denials.init_app(app)
    frame.init_app(app, settings)
    errors.init_app(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(errors.blueprint)
    assets.init_app(app)
    headers.on_every_answer(app, settings)  # around the static files too
    aloud.init_app(app)
    templates.init_app(app)
    compression.init_app(app)
