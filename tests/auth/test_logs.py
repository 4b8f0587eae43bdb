"""What sign-in writes in the log: each attempt with its outcome, and nobody's number, name, token or code."""

import hashlib
import logging
import re

import pytest
from flask import Flask

from portal.demo.idporten.faults import ID_TOKEN, RESPONSE, Stage
from tests.auth.harness import ANNA, NOBODY, OMAR, Browser, Op, logins, query_of

LINE = re.compile(
    r"signed in: idporten-loa-(?:substantial|high), sid [0-9a-f]{10}|"
    r"signed in at the provider, not registered here: sid [0-9a-f]{10}|"
    r"signed out: sid [0-9a-f]{10}|"
    r"sign-in refused: [a-z_]+ [A-Za-z_0-9 -]*|"
    r"back-channel sign-out refused: [a-z_]+|"
    r"denied [0-9]{3} (?:GET|POST) /[a-z/<>:_-]*: (?:form token|not signed in), "
    r"login (?:-|[0-9]+), participant (?:-|[0-9]+)|"
    r"The CSRF token is missing\."
)


def live(visitor: Browser, op: Op) -> list[str]:
    """Everything that can happen to a sign-in; gives the secrets that passed by."""
    secrets = []
    for pid in (ANNA, OMAR, NOBODY):
        way = visitor.at_idporten(visitor.start(ny=1), pid)
        secrets += [query_of(way)["code"], query_of(way)["state"]]
        visitor.back(way)
    for stage, names in ((Stage.ID_TOKEN, ID_TOKEN), (Stage.RESPONSE, RESPONSE)):
        for name in names:
            op.fault(name, stage)
            visitor.sign_in(ny=1)
            op.well_again()
    visitor.sign_in(ny=1)
    secrets += [visitor.cookie(name).value for name in ("innlogging", "forsok")]
    visitor.post("/logg-ut")
    visitor.portal.post("/logg-ut", base_url=visitor.base)
    visitor.portal.post("/logg-ut/bakkanal", base_url=visitor.base, data={"logout_token": "eyJhbGciOiJub25lIn0.e30."})
    return secrets


def test_no_number_token_code_or_name_is_logged(
    visitor: Browser, app: Flask, op: Op, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = live(visitor, op)
    everything = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    for hidden in (*secrets, ANNA, OMAR, NOBODY, ANNA[:6], "Anna", "Omar", "Øvelse", "eyJ", "request_uri"):
        assert hidden not in everything
    assert not re.search(r"[0-9]{11}", everything)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("portal")]
    assert len(ours) > len(ID_TOKEN)
    assert not [line for line in ours if not LINE.fullmatch(line)]


def test_an_attempt_can_be_followed_from_sign_in_to_sign_out(
    visitor: Browser, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "portal")
    visitor.sign_in()
    (login,) = logins(app)
    mark = hashlib.sha256(str(login.idp_sid).encode()).hexdigest()[:10]
    visitor.post("/logg-ut")
    assert [line for line in caplog.messages if mark in line] == [
        f"signed in: idporten-loa-substantial, sid {mark}",
        f"signed out: sid {mark}",
    ]
    assert str(login.idp_sid) not in caplog.text
