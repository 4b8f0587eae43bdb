"""What every door needs to speak HTML."""

from flask import Flask

from portal.web import assets, csrf, errors, health, language, limits, read_aloud, templates


def init_app(app: Flask) -> None:
    """Languages, errors, static files, forms and templates. The hooks stand in `portal/app.py`."""
    limits.init_app(app)
    csrf.Forms(app)
    errors.init_app(app)
    for blueprint in (language.blueprint, health.blueprint, errors.blueprint):
        app.register_blueprint(blueprint)
    assets.init_app(app)
    read_aloud.init_app(app)
    templates.init_app(app)
