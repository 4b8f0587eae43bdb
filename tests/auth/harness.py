"""A portal, a demo ID-porten on a real port, and a browser that walks between them."""

import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, abort, render_template_string, session
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from portal import clock
from portal.app import create_app
from portal.auth.guard import participant_id
from portal.auth.reasons import RefusalReason
from portal.demo.idporten import Person, RegisteredClient, create_demo_idporten
from portal.demo.idporten.faults import FaultSwitch, Stage
from portal.demo.idporten.provider import Provider
from portal.law.vocabulary import Programme, Regime
from portal.pid import is_pid
from portal.settings import Settings
from portal.store import db
from portal.tables.login import Login
from portal.tables.people import EndReason, Municipality, Participant
from tests.settings import CLIENT_ID, client_key, settings_for
from tests.strict import token_of

PLAIN, SECURE = "http://localhost:5900", "https://localhost:5943"
SUBSTANTIAL, HIGH = "idporten-loa-substantial", "idporten-loa-high"
SECTIONS = ("plan", "schedule", "absences", "allowance", "me", "leave", "words")
PAGE = (
    """{% extends "base.html" %}{% block title %}Prøve{% endblock %}{% block content %}<h1>Privat</h1>{% endblock %}"""
)


def numbers(day: str) -> Iterator[str]:
    """Made-up identity numbers that begin with `day` (six digits), in order."""
    return (text for rest in range(100_000) if is_pid(text := f"{day}{rest:05}"))


ANNA, OMAR, ENDED, NOBODY = (next(numbers(day)) for day in ("118985", "528590", "019280", "029280"))
REAL_LOOKING = next(numbers("110985"))


class Op:
    """The demo provider: its application, its address, and a clock that can be turned."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.sent: list[tuple[str, dict[str, str]]] = []
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self.app = self.build()
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _answer(self, environ: Any, start: Any) -> Any:
        return self.app(environ, start)  # looked up each time, since `renew` puts a new one there

    def build(self, **options: Any) -> Flask:
        """A provider that knows the portal at both of its addresses."""
        public = RSAKey.import_key(json.loads(client_key())).as_dict(private=False)
        portals = (PLAIN, SECURE)
        registered = RegisteredClient(
            client_id=CLIENT_ID,
            jwks={"keys": [public]},
            redirect_uris=tuple(f"{portal}/logg-inn/tilbake" for portal in portals),
            post_logout_redirect_uris=tuple(f"{portal}/logg-ut/ferdig" for portal in portals),
            frontchannel_logout_uri=f"{PLAIN}/logg-ut/frontkanal",
            backchannel_logout_uri=f"{PLAIN}/logg-ut/bakkanal",
        )
        return create_demo_idporten(
            self.issuer,
            [registered],
            [Person(ANNA, "Anna Øvelse", "uk")],
            clock=lambda: time.time() + self.offset,
            send=lambda address, form: self.sent.append((address, form)),
            **options,
        )

    def renew(self) -> None:
        """As new, but with the same keys (they are slow to make)."""
        self.offset = 0.0
        self.sent.clear()
        keys = self.provider.keys
        self.app = self.build()
        self.provider.keys = keys

    @property
    def provider(self) -> Provider:
        """What stands behind the routes."""
        return self.app.extensions["demo_idporten"]

    def fault(self, name: str, stage: Stage = Stage.ID_TOKEN, times: int = 1) -> None:
        """Spoil the next answer."""
        self.provider.faults.arm(stage, name, times)

    def well_again(self) -> None:
        """Disarm every fault."""
        self.provider.faults = FaultSwitch()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def small_portal(settings: Settings) -> Flask:
    """The portal without its sections: a private page in each one's place."""
    app = create_app(settings, sections=())
    app.testing = True
    app.add_url_rule("/", "home.index", lambda: render_template_string(PAGE))
    for name in SECTIONS:
        app.add_url_rule(f"/{name}", f"{name}.index", lambda: render_template_string(PAGE))
    app.add_url_rule("/meg/id", "me.id", lambda: {"id": participant_id()})
    app.add_url_rule("/plan/<int:number>", "plan.one", lambda number: abort(404))
    app.add_url_rule("/plan/send", "plan.send", lambda: "sendt", methods=["POST"])
    app.add_url_rule("/skjema", "me.form", lambda: dict(session), methods=["GET", "POST"])
    return app


def fill(store: db.Store) -> None:
    """Two municipalities; Anna in both (over in the first), Omar, and somebody whose programme was over long ago."""
    today = clock.today()
    with store.write_session() as opened:
        first, second = (
            Municipality(
                org_number=f"99900000{n}",
                name=name,
                office="Kontoret",
                phone="22334455",
                county_governor="x",
                pay_day=12,
            )
            for n, name in ((1, "Lia kommune"), (2, "Vik kommune"))
        )
        opened.add_all([first, second])
        opened.flush()
        for home, pid, name, ended in (
            (second, ANNA, "Anna", None),
            (first, ANNA, "Anna", today - timedelta(days=30)),
            (first, OMAR, "Omar", None),
            (first, ENDED, "Vera", today - timedelta(days=400)),
        ):
            opened.add(_participant(store, home, pid, name, ended))
        opened.commit()


def _participant(store: db.Store, home: Municipality, pid: str, name: str, ended: date | None) -> Participant:
    assert home.id is not None
    return Participant(
        municipality_id=home.id,
        external_id=f"{name}-{home.id}",
        pid=store.vault.seal(pid, "participant.pid", name),
        pid_index=store.vault.blind_index(pid),
        given_name=name,
        family_name="Øvelse",
        born=date(1990, 1, 1),
        regime=next(iter(Regime)),
        programme=next(iter(Programme)),
        ended_on=ended,
        end_reason=EndReason.MOVED if ended else None,
    )


@dataclass
class Browser:
    """One browser: cookies at the portal and cookies at ID-porten."""

    portal_app: Flask
    op: Op
    base: str = PLAIN
    portal: FlaskClient = field(init=False)
    idporten: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.portal = self.portal_app.test_client()
        self.idporten = self.op.app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        """A page of the portal; the answer is closed, so that what runs after it has run."""
        with self.portal.get(path, base_url=self.base, **options) as answer:
            answer.get_data()
        return answer

    def post(self, path: str, **options: Any) -> TestResponse:
        """Send a form to the portal with its token."""
        form = {"csrf_token": self.token(), **options.pop("data", {})}
        headers = {"Referer": f"{self.base}/", **options.pop("headers", {})}
        return self.portal.post(path, base_url=self.base, data=form, headers=headers, **options)

    def token(self) -> str:
        """A CSRF token of this browser."""
        return token_of(self.get("/logg-inn/ikke-registrert").text)

    def start(self, **query: Any) -> str:
        """Begin a sign-in; the address at ID-porten."""
        answer = self.get("/logg-inn/start", query_string=query)
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    def at_provider(self, address: str) -> TestResponse:
        """A page of ID-porten."""
        return self.idporten.get(address.removeprefix(self.op.issuer), base_url=self.op.issuer)

    def at_idporten(self, address: str, pid: str = ANNA, **form: str) -> str:
        """Be somebody at ID-porten; the address back at the portal."""
        arrived = self.at_provider(address)
        assert arrived.status_code == 303, arrived.text
        if arrived.location.startswith(self.base):
            return str(arrived.location)
        chosen = self.idporten.post(arrived.location, base_url=self.op.issuer, data={"pid": pid, **form})
        assert chosen.status_code == 303, chosen.text
        return str(chosen.location)

    def back(self, address: str) -> TestResponse:
        """Come back to the portal."""
        return self.get(address.removeprefix(self.base))

    def sign_in(self, pid: str = ANNA, *, level: str | None = None, **query: Any) -> TestResponse:
        """The whole way; the portal's answer to the callback."""
        form = {"pid": pid, **({"level": level} if level else {})}
        return self.back(self.at_idporten(self.start(**query), **form))

    @property
    def signed_in(self) -> bool:
        """Whether the portal shows this browser private pages."""
        answer = self.get("/plan")
        assert answer.status_code in (200, 303)
        return answer.status_code == 200

    def cookie(self, name: str) -> Any:
        """A cookie of the portal in this browser."""
        return self.portal.get_cookie(name, domain="localhost")


def reason(answer: TestResponse) -> RefusalReason:
    """The code on a page about a failed sign-in, which must be calm: no words of the provider's, no number."""
    found = re.search(r"Si denne koden hvis du ringer: <bdi>([a-z_]+)</bdi>", answer.text)
    assert found, answer.text
    assert "<h1" in answer.text
    assert "Prøv igjen" in answer.text
    assert "stack trace" not in answer.text
    assert not re.search(r"[0-9]{11}", answer.text)
    return RefusalReason(found[1])


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def logins(app: Flask) -> list[Login]:
    """Every login, oldest first."""
    with app.extensions["store"].read_session() as opened:
        return list(opened.scalars(select(Login).order_by(Login.id)).all())


def portal_settings(url: str, op: Op, **changes: Any) -> Settings:
    """Settings of a portal that trusts the demo provider."""
    return settings_for(url, **{"base_url": PLAIN, "oidc_issuer": op.issuer, **changes})


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """A small portal that lets go of its database in the end."""
    app = small_portal(settings)
    try:
        yield app
    finally:
        app.extensions["store"].close()
