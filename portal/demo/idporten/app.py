"""The demo provider as an application of its own."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from flask import Flask, Response

from . import authorize, logout, metadata, token
from .config import Config, Person, RegisteredClient, read
from .memory import Clock
from .provider import Provider, Send, post_form


def create_demo_idporten(
    issuer: str,
    clients: Iterable[RegisteredClient],
    people: Iterable[Person] = (),
    *,
    offers_par: bool = True,
    clock: Clock = time.time,
    send: Send = post_form,
) -> Flask:
    """A demo ID-porten at `issuer`, which must be a loopback address (NotOnThisMachine otherwise)."""
    config = Config(issuer.rstrip("/"), tuple(clients), tuple(people), offers_par)
    app = Flask(__name__, static_folder="static", static_url_path="/demo-static")
    app.extensions["demo_idporten"] = Provider(config, clock, send)
    for part in (metadata, authorize, token, logout):
        app.register_blueprint(part.blueprint)
    app.after_request(_careful)
    return app


def wsgi() -> Flask:
    """The provider described by the JSON file whose path stands in DEMO_IDPORTEN_CONFIG."""
    config = read(Path(os.environ["DEMO_IDPORTEN_CONFIG"]))
    return create_demo_idporten(config.issuer, config.clients, config.people, offers_par=config.offers_par)


def _careful(response: Response) -> Response:
    frames = response.headers.pop("X-Frames", "") or "'none'"
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; frame-src {frames}; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
