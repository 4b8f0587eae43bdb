"""Who is this? Sign-in with ID-porten, server-side logins, the guard in front of every page (docs/sign-in.md)."""

from flask import Flask

from portal.auth import guard, routes
from portal.auth.oidc import OidcClient
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Wire sign-in; to be called after `web`.

    The back-channel is exempt from the CSRF check: its message comes from ID-porten, not a browser, and is signed.
    """
    app.extensions["oidc"] = OidcClient(settings)
    app.extensions["csrf"].exempt(routes.back_channel)
    app.register_blueprint(routes.blueprint)
    guard.init_app(app, settings)
