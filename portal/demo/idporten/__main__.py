"""`python -m portal.demo.idporten`: the provider of DEMO_IDPORTEN_CONFIG at its own address."""

from urllib.parse import urlsplit

from werkzeug.serving import run_simple

from . import wsgi

if __name__ == "__main__":
    app = wsgi()
    address = urlsplit(app.extensions["demo_idporten"].issuer)
    run_simple(address.hostname or "127.0.0.1", address.port or 80, app, threaded=True)
