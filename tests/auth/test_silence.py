"""A provider that takes the call and says nothing, or sends us on: we hang up in time, and go nowhere else."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.utils import redirect

from portal import clock
from portal.auth import discovery as discovering
from portal.auth import oidc
from portal.auth.reasons import RefusalReason
from tests.auth.harness import Browser, Op, logins, reason

STEPS = [
    ("metadata", RefusalReason.METADATA_UNAVAILABLE),
    ("pushed", RefusalReason.REQUEST_UNAVAILABLE),
    ("token", RefusalReason.TOKEN_UNAVAILABLE),
    ("keys", RefusalReason.KEYS_UNAVAILABLE),
]
SHORT, AT_MOST = 1.5, 8  # seconds; who does answer has time enough on a busy machine


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of somebody who lets one in and never answers; we wait less long than usual."""
    assert (discovering.TIMEOUT_SECONDS, oidc.TIMEOUT_SECONDS) == (10, 10)
    monkeypatch.setattr(discovering, "TIMEOUT_SECONDS", SHORT)
    monkeypatch.setattr(oidc, "TIMEOUT_SECONDS", SHORT)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def pointing(op: Op) -> Iterator[tuple[str, list[str]]]:
    """The address of somebody who sends every call on to the right place, and the paths that were asked for."""
    asked: list[str] = []

    def send_on(environ: Any, start: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        return redirect(op.issuer + environ["PATH_INFO"], 307)(environ, start)

    server = make_server("127.0.0.1", 0, send_on, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def sign_in_with(visitor: Browser, step: str, address: str) -> Any:
    """Sign in while one of the provider's addresses is another; the page that comes of it."""
    found = visitor.portal_app.extensions["oidc"].discovery
    right = found.current()
    if step == "metadata":
        found._kept, found._issuer = None, address
    else:
        path = urlsplit(getattr(right, step)).path
        found._kept = (clock.now(), replace(right, **{step: address + path}))
    begun = visitor.get("/logg-inn/start", query_string={"ny": "1"})
    answer = begun if begun.status_code != 303 else visitor.back(visitor.at_idporten(str(begun.location)))
    found._kept, found._issuer = (clock.now(), right), visitor.op.issuer
    return answer


@pytest.mark.parametrize(("step", "expected"), STEPS)
def test_a_provider_that_says_nothing_does_not_hold_us(
    visitor: Browser, app: Flask, silent: str, step: str, expected: RefusalReason
) -> None:
    begun = time.monotonic()
    answer = sign_in_with(visitor, step, silent)
    assert (answer.status_code, reason(answer)) == (503, expected)
    assert time.monotonic() - begun < AT_MOST
    assert not logins(app)
    assert visitor.sign_in(ny=1).location == "/"


@pytest.mark.parametrize(("step", "expected"), STEPS)
def test_we_are_not_sent_on_to_another_address(
    visitor: Browser, app: Flask, pointing: tuple[str, list[str]], step: str, expected: RefusalReason
) -> None:
    address, asked = pointing
    answer = sign_in_with(visitor, step, address)
    assert reason(answer) is expected
    assert len(asked) == 1
    assert not logins(app)
    assert visitor.sign_in(ny=1).location == "/"


def test_signing_out_waits_no_longer(visitor: Browser, build: Callable[..., Flask], silent: str) -> None:
    visitor.sign_in()
    found = visitor.portal_app.extensions["oidc"].discovery
    found._kept, found._issuer = None, silent
    begun = time.monotonic()
    assert visitor.post("/logg-ut").location == "/logg-ut/ferdig"
    assert time.monotonic() - begun < AT_MOST
    assert not visitor.signed_in


def test_nothing_of_the_database_is_held_while_the_provider_thinks(
    visitor: Browser, app: Flask, op: Op, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.sign_in()
    held: dict[str, int] = {}

    def thinking(environ: Any, start: Any) -> Any:
        held[environ["PATH_INFO"]] = sum(
            e.pool.checkedout() for e in (app.extensions["store"].engine, app.extensions["store"].both)
        )
        return op.app(environ, start)

    monkeypatch.setattr(op, "_answer", thinking)
    monkeypatch.setattr(op._server, "app", thinking)
    assert visitor.sign_in(ny="1").status_code == 303
    assert {"/par", "/token"} <= held.keys()
    assert set(held.values()) == {0}
