"""The portal and the demo ID-porten on real ports of this machine, for a real browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from portal import clock
from portal.app import create_app
from portal.demo import files, filling
from portal.demo.idporten.app import create_demo_idporten
from portal.demo.idporten.config import Person as DemoPerson
from portal.demo.idporten.config import RegisteredClient
from tests.databases import Embedded, make
from tests.settings import CLIENT_ID, public_keys, settings_for


@dataclass(frozen=True)
class Served:
    """A running portal: its address and application, the demo people's numbers by id, and the demo's files."""

    address: str
    app: Flask
    pids: dict[str, str]
    files: Path


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def listening(app: Flask, port: int) -> Iterator[None]:
    """`app` on 127.0.0.1 for as long as the block lasts."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serving(embedded: Embedded, folder: Path) -> Iterator[Served]:
    """The portal with the demo municipality of today, and the demo ID-porten that it trusts."""
    port, idporten_port = free_port(), free_port()
    address, issuer = f"http://localhost:{port}", f"http://127.0.0.1:{idporten_port}"
    url = make(embedded, lambda store: filling.fill(store, clock.today(), folder))
    app = create_app(settings_for(url, base_url=address, oidc_issuer=issuer))
    people = files.people(clock.today())
    idporten = create_demo_idporten(
        issuer,
        [_client(address)],
        [DemoPerson(person.pid, person.name, person.language, person.worth_seeing) for person in people],
    )
    with ExitStack() as stack:
        stack.enter_context(listening(idporten, idporten_port))
        stack.enter_context(listening(app, port))
        yield Served(address, app, {person.id: person.pid for person in people}, folder)
    app.extensions["store"].close()


def _client(address: str) -> RegisteredClient:
    return RegisteredClient(
        client_id=CLIENT_ID,
        jwks=public_keys(),
        redirect_uris=(f"{address}/logg-inn/tilbake",),
        post_logout_redirect_uris=(f"{address}/logg-ut/ferdig",),
        frontchannel_logout_uri=f"{address}/logg-ut/frontkanal",
        backchannel_logout_uri=f"{address}/logg-ut/bakkanal",
    )
