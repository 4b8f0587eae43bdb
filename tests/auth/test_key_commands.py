"""`portal keys`: a key file for its owner alone, and a change of keys in which one can sign in at every step."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from portal.auth.client_key import client_key
from portal.cli import main
from tests.auth.harness import Browser, Op, portal_settings, running
from tests.databases import Embedded
from tests.settings import key, settings_for


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "client-key.json"


@pytest.fixture
def keys(file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """`keys("rotate", "add")`: runs the command and gives the public keys it printed."""

    def run(*arguments: str) -> list[dict[str, str]]:
        assert main(["keys", *arguments, "--file", str(file)]) == 0
        return json.loads(capsys.readouterr().out)["keys"]

    return run


def test_a_new_key_file_is_its_owners_alone_and_shows_nothing_private(keys: Any, file: Path) -> None:
    umask = os.umask(0)
    try:
        (public,) = keys("new")
    finally:
        os.umask(umask)
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(public) == {"kty", "use", "alg", "kid", "n", "e"}
    assert client_key(file.read_text()).kid == public["kid"]
    assert main(["keys", "new", "--file", str(file)]) == 2, "a key in use is never overwritten"
    assert keys("jwks") == [public]


def test_a_key_is_changed_in_three_steps(keys: Any, file: Path) -> None:
    (old,) = keys("new")
    assert main(["keys", "rotate", "switch", "--file", str(file)]) == 2
    assert main(["keys", "rotate", "drop", "--file", str(file)]) == 2
    both = keys("rotate", "add")
    assert both[0] == old, "the old one is still in use"
    assert client_key(file.read_text()).kid == old["kid"]
    assert main(["keys", "rotate", "add", "--file", str(file)]) == 2
    assert keys("rotate", "switch") == both[::-1]
    assert keys("rotate", "drop") == [both[1]]
    assert file.stat().st_mode & 0o777 == 0o600


def test_one_can_sign_in_at_every_step(keys: Any, file: Path, op: Op, filled: tuple[Embedded, str]) -> None:
    databases, like = filled
    settings = portal_settings(databases.new(like), op, oidc_client_key=None, oidc_client_key_file=file)
    registered = keys("new")

    def signs_in() -> bool:
        op.provider.clients[settings.oidc_client_id] = registered_with(op, settings.oidc_client_id, registered)
        with running(settings) as app:
            return Browser(app, op).sign_in(ny=1).location == "/"

    assert signs_in()
    uploaded = keys("rotate", "add")
    assert signs_in(), "made, not uploaded"
    registered = uploaded
    assert signs_in(), "uploaded"
    keys("rotate", "switch")
    assert signs_in(), "in use"
    registered = keys("rotate", "drop")
    assert signs_in(), "alone"


def registered_with(op: Op, client_id: str, public: list[dict[str, str]]) -> Any:
    return replace(op.provider.clients[client_id], jwks={"keys": public})


def test_without_a_file_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("PORTAL_OIDC_CLIENT_KEY_FILE", raising=False)
    assert main(["keys", "jwks"]) == 2
    assert "PORTAL_OIDC_CLIENT_KEY_FILE" in capsys.readouterr().err


def test_the_settings_take_one_key(tmp_path: Path) -> None:
    for changes in ({"oidc_client_key": None}, {"oidc_client_key_file": tmp_path / "x"}):
        with pytest.raises(ValidationError, match="not both"):
            settings_for("sqlite:////x", database_key=key("d"), **changes)
