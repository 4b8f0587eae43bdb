"""The provider as one object: who may use it, its keys, its memory and its fault switch."""

import json
import secrets
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Response, current_app

from .config import Config, RegisteredClient
from .faults import ANSWERS, ID_TOKEN, ID_TOKEN_RIGHT, LOGOUT_TOKEN, FaultSwitch, Stage
from .keys import SigningKeys
from .memory import SSO_LONGEST_SECONDS, AuthorizationGrant, BrowserSession, Clock, Tickets
from .tokens import Draft, id_token, logout_token, sign_rs256

PAR_SECONDS = 120
CODE_SECONDS = 60
PAGE_SECONDS = 600
Send = Callable[[str, dict[str, str]], None]


def post_form(address: str, form: dict[str, str]) -> None:
    """One attempt, five seconds, as ID-porten's back-channel; the answer is not looked at."""
    request = urllib.request.Request(address, data=urlencode(form).encode())  # noqa: S310  # from our own configuration
    try:
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310  # as above
            pass
    except OSError as failed:
        current_app.logger.warning("back-channel sign-out did not arrive: %s", type(failed).__name__)


@dataclass
class Provider:
    """Everything the routes need. `send` posts a form to a service (the back-channel)."""

    config: Config
    clock: Clock
    send: Send = post_form
    keys: SigningKeys = field(default_factory=SigningKeys)
    faults: FaultSwitch = field(default_factory=FaultSwitch)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        self.clients = {client.client_id: client for client in self.config.clients}
        self.pushed: Tickets[dict[str, str]] = Tickets(self.clock, PAR_SECONDS)
        self.pages: Tickets[dict[str, str]] = Tickets(self.clock, PAGE_SECONDS)
        self.codes: Tickets[AuthorizationGrant] = Tickets(self.clock, CODE_SECONDS)
        self.sessions: Tickets[BrowserSession] = Tickets(self.clock, SSO_LONGEST_SECONDS)
        self.seen_jti: Tickets[bool] = Tickets(self.clock, 600)

    @property
    def issuer(self) -> str:
        """The issuer, without a slash at the end."""
        return self.config.issuer

    def now(self) -> int:
        """Whole seconds since 1970."""
        return int(self.clock())

    def id_token(self, grant: AuthorizationGrant) -> str:
        """A signed id_token, spoiled if a fault is armed."""
        claims = id_token(self.issuer, self.salt, grant.session, grant.asked, self.now())
        return self._signed(claims, "JWT", self.faults.strike(Stage.ID_TOKEN))

    def logout_token(self, client: RegisteredClient, session: BrowserSession) -> str:
        """A signed logout_token, spoiled if a fault is armed."""
        claims = logout_token(self.issuer, client.client_id, session, self.now())
        return self._signed(claims, "logout+jwt", self.faults.strike(Stage.LOGOUT_TOKEN), LOGOUT_TOKEN)

    def _signed(self, claims: dict[str, object], typ: str, fault: str | None, table: object = None) -> str:
        header = {"alg": "RS256", "kid": self.keys.current.kid, "typ": typ}
        draft = Draft(header, claims, self.keys.current, self.keys.stranger if fault else self.keys.current, sign_rs256)
        if fault:
            (LOGOUT_TOKEN if table is LOGOUT_TOKEN else {**ID_TOKEN, **ID_TOKEN_RIGHT})[fault](draft)
        return draft.signed()

    def spoiled(self, stage: Stage) -> Response | None:
        """The wrong answer armed for `stage`, if any."""
        fault = self.faults.strike(stage)
        if fault is None:
            return None
        status, body, kind = ANSWERS[stage][fault]
        return Response(body, status, mimetype=kind)


def provider() -> Provider:
    """The provider of the running application."""
    found: Provider = current_app.extensions["demo_idporten"]
    return found


def answer(status: int, **body: object) -> Response:
    """A JSON answer that nobody may keep."""
    response = Response(json.dumps(body), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
