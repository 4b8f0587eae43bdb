"""The way back from a backup, as an operator would drill it: whole, or nothing is changed."""

import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import SQLModel

from portal import cli
from portal.commands import server_arguments
from portal.settings import Settings
from portal.store import migrate
from portal.store.db import Store
from tests.conftest import fill_with_demo
from tests.databases import Embedded, make
from tests.journeys.serving import free_port
from tests.settings import environment_for, key, settings_for
from tests.store.conftest import stand_at
from tests.strict import opened, settle_letters, sign_in, token_of

pytestmark = pytest.mark.usefixtures("let_go")
SENT = 5


@pytest.fixture
def app(embedded: Embedded, tmp_path: Path) -> Iterator[Flask]:
    """The portal with the demo municipality in a folder of its own."""
    made = make(embedded, fill_with_demo(tmp_path / "files"))
    shutil.copyfile(made.removeprefix("sqlite:///"), tmp_path / "portal.db")
    port = free_port()
    with opened(settings_for(f"sqlite:///{tmp_path}/portal.db", base_url=f"http://localhost:{port}")) as portal:
        portal.extensions["store"].close()
        yield portal


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs `portal db …` with the portal's settings, some of them changed."""

    def command(*arguments: str, **changes: Any) -> int:
        settings: Settings = app.extensions["settings"].model_copy()
        for name, value in (environment_for(settings) | changes).items():
            monkeypatch.setenv(name, value)
        return cli.main(["db", *arguments])

    return command


def _rows(settings: Settings) -> dict[str, list[Any]]:
    """All that every table holds, but for the moment of the last proof that a row can be written."""
    store = Store(settings)
    try:
        with store.engine.connect() as connection:
            held = {
                name: sorted(map(repr, connection.execute(table.select())))
                for name, table in SQLModel.metadata.tables.items()
                if name != "installation"
            }
            return held | {"installation": [connection.scalar(text("SELECT count(*) FROM installation"))]}
    finally:
        store.engine.dispose()


@contextmanager
def _served(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A real portal process; killed in the end."""
    port = settings.base_url.rpartition(":")[2]
    server = subprocess.Popen(
        [sys.executable, "-m", *server_arguments(f"127.0.0.1:{port}", workers=1)],
        env=os.environ | environment_for(settings),
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while not _answers(f"{settings.base_url}/livez"):
            assert server.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _answers(address: str) -> bool:
    with suppress(OSError):
        return urllib.request.urlopen(address, timeout=2).status == 200
    return False


def _ask(settings: Settings, cookies: str, number: int) -> None:
    """Ask a question as the participant whose cookies these are; the portal has said that it is sent."""
    page = urllib.request.Request(f"{settings.base_url}/meg", headers={"Cookie": cookies})
    with urllib.request.urlopen(page, timeout=20) as answer:
        set_cookies = "; ".join(value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or [])
        token = token_of(answer.read().decode())
    form = {"csrf_token": token, "idempotency_key": str(uuid4()), "message": f"Spørsmål {number}"}
    sent = urllib.request.Request(
        f"{settings.base_url}/meg",
        data=urllib.parse.urlencode(form).encode(),
        headers={"Cookie": f"{cookies}; {set_cookies}", "Origin": settings.base_url},
    )
    with urllib.request.urlopen(sent, timeout=20) as answer:
        assert re.search(rf"Spørsmål {number}", answer.read().decode())


def test_a_portal_that_was_killed_comes_back_from_its_backup(
    app: Flask, run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings: Settings = app.extensions["settings"]
    cookies = "; ".join(f"{c.key}={c.value}" for c in sign_in(app, "amal")._cookies.values())
    app.extensions["store"].close()
    copy = tmp_path / "copy.db"
    with _served(settings) as server:
        for number in range(SENT):
            _ask(settings, cookies, number)
        assert run("backup", str(copy)) == 0
        kept = _rows(settings)
        _ask(settings, cookies, SENT)
        lost = _rows(settings)
        assert run("restore", str(copy)) == 2  # the portal has the database open
        assert "is in use" in capsys.readouterr().err
        os.killpg(server.pid, signal.SIGKILL)
    assert (tmp_path / "portal.db-wal").stat().st_size > 0  # what a plain copy would be spoiled by
    assert run("restore", str(copy)) == 0
    said = capsys.readouterr().out
    assert f"{len(kept['outgoing_event'])} events not acknowledged" in said
    assert _rows(settings) == kept
    assert len(set(lost["question"]) - set(kept["question"])) == 1
    assert stat.S_IMODE((tmp_path / "portal.db").stat().st_mode) == 0o600
    (aside,) = (path for path in tmp_path.glob("portal.db.before-*Z"))
    assert str(aside) in said
    assert _rows(settings.model_copy(update={"database_url": f"sqlite:///{aside}"})) == lost
    assert run("check") == 0
    with _served(settings):
        _ask(settings, cookies, SENT)


def test_what_was_put_aside_can_be_put_back(app: Flask, run: Callable[..., int], tmp_path: Path) -> None:
    settings: Settings = app.extensions["settings"]
    before = _rows(settings)
    assert run("backup", str(tmp_path / "copy.db")) == 0
    settle_letters(app, "so")
    app.extensions["store"].close()
    changed = _rows(settings)
    assert changed != before
    assert run("restore", str(tmp_path / "copy.db")) == 0
    assert _rows(settings) == before
    (aside,) = tmp_path.glob("portal.db.before-*Z")
    assert run("restore", str(aside)) == 0
    assert _rows(settings) == changed


def _torn(copy: Path) -> None:
    whole = copy.read_bytes()
    middle = len(whole) // 2
    copy.write_bytes(whole[:middle] + os.urandom(8192) + whole[middle + 8192 :])


@pytest.mark.parametrize(
    ("spoil", "changes", "code", "told"),
    [
        (lambda copy: copy.write_text("no database at all" * 500), {}, 2, "file is not a database"),
        (lambda copy: copy.write_bytes(copy.read_bytes()[:10_000]), {}, 2, "It is not a copy|is torn"),
        (_torn, {}, 2, "It is not a copy|is torn"),
        (lambda copy: None, {"PORTAL_DATABASE_KEY": key("x")}, 2, "PORTAL_DATABASE_KEY is not its key"),
        (lambda copy: None, {"PORTAL_ENCRYPTION_KEY": key("x")}, 78, "PORTAL_ENCRYPTION_KEY is not the key"),
        (lambda copy: copy.unlink(), {}, 2, "is no file"),
    ],
)
def test_a_copy_that_cannot_be_used_changes_nothing(
    app: Flask,
    run: Callable[..., int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    changes: dict[str, str],
    code: int,
    told: str,
) -> None:
    copy = tmp_path / "copy.db"
    before = _rows(app.extensions["settings"])
    assert run("backup", str(copy)) == 0
    spoil(copy)
    there = sorted(path.name for path in tmp_path.iterdir())
    assert run("restore", str(copy), **changes) == code
    said = capsys.readouterr().err
    assert re.search(told, said)
    assert len(said.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == there
    assert _rows(app.extensions["settings"]) == before


def test_a_copy_of_a_newer_portal_is_refused_and_of_an_older_one_is_told(
    app: Flask, run: Callable[..., int], before: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = app.extensions["store"]
    for name, revision in (("newer", "9999"), ("older", "later")):
        stand_at(store, revision)
        if name == "older":
            migrate.downgrade(store.engine, before)
        store.close()
        assert run("backup", str(tmp_path / name)) == 0
    assert run("restore", str(tmp_path / "newer")) == 2
    assert "migration 9999, which this portal does not have" in capsys.readouterr().err
    assert run("restore", str(tmp_path / "older")) == 0
    assert f"It stands at migration {before}: run portal db upgrade" in capsys.readouterr().out
    assert run("check") != 0
    assert run("upgrade") == 0
    assert run("check") == 0


def test_a_backup_that_does_not_fit_leaves_nothing(
    app: Flask, run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        assert run("backup", str(copy)) == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert f"{copy} could not be written" in capsys.readouterr().err
    assert not copy.exists()
    assert run("backup", str(copy)) == 0  # the control
    assert run("backup", str(copy)) == 2
    assert "is there already" in capsys.readouterr().err
    assert run("backup", "/proc/copy.db") == 2
    assert "/proc/copy.db could not be written" in capsys.readouterr().err


def test_only_the_owner_reads_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    for name, value in environment_for(settings_for(url)).items():
        monkeypatch.setenv(name, value)
    before = os.umask(0o022)
    try:
        assert cli.main(["db", "upgrade"]) == 0
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        assert modes["new.db"] == 0o600
        assert set(modes.values()) == {0o600}
        (tmp_path / "new.db").chmod(0o644)  # made by an older portal
        assert cli.main(["db", "upgrade"]) == 0
        assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_postgresql_is_sent_to_its_own_tool(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, value in environment_for(settings_for("postgresql://portal@127.0.0.1/portal")).items():
        monkeypatch.setenv(name, value)
    assert cli.main(["db", "restore", str(tmp_path / "dump")]) == 2
    assert "pg_restore --clean --if-exists" in capsys.readouterr().err


def test_a_downgrade_says_what_may_be_lost(
    demo_app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = demo_app.extensions["store"].engine
    for name, value in environment_for(demo_app.extensions["settings"]).items():
        monkeypatch.setenv(name, value)
    assert cli.main(["db", "downgrade"]) == 2
    assert "Say to which revision" in capsys.readouterr().err
    waiting = migrate.waiting_events(engine)
    assert waiting
    assert cli.main(["db", "downgrade", "base"]) == 2
    assert f"{waiting} events of participants are not acknowledged" in capsys.readouterr().err
    assert migrate.is_current(engine)
    assert cli.main(["db", "downgrade", "base", "--yes"]) == 0
    assert migrate.current(engine) is None
