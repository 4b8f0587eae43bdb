"""A database that cannot work stops the start with its cause in one line; `/readyz` says what fails."""

import resource
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal import cli
from portal.app import create_app
from portal.store import causes, preflight
from portal.store.db import Store
from tests.databases import Databases, Embedded, PostgreSQL, make
from tests.journeys.serving import free_port
from tests.settings import environment_for, key, settings_for
from tools.places import ROOT

DOCUMENT = ROOT / "docs" / "examples" / "document.json"
PASSWORD = "s3cret-of-the-server"  # made up


class Refusing(socketserver.BaseRequestHandler):
    """A PostgreSQL server that asks for a password and refuses it."""

    def handle(self) -> None:
        """Speak the protocol (version 3) so far."""
        while True:
            (length,) = struct.unpack("!I", self.request.recv(4))
            if struct.unpack("!I", self.request.recv(length - 4)[:4])[0] == 196608:
                break
            self.request.sendall(b"N")  # no TLS, no GSSAPI
        self.request.sendall(b"R" + struct.pack("!II", 8, 3))
        self.request.recv(1024)
        fields = b'SFATAL\0C28P01\0Mpassword authentication failed for user "portal"\0\0'
        self.request.sendall(b"E" + struct.pack("!I", len(fields) + 4) + fields)


pytestmark = pytest.mark.usefixtures("let_go")


@pytest.fixture
def refusing() -> Iterator[str]:
    """The URL of a server that knows no such password."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"postgresql://portal:{PASSWORD}@127.0.0.1:{server.server_address[1]}/portal"
        server.shutdown()


def _environment(monkeypatch: pytest.MonkeyPatch, url: str, **changes: str) -> None:
    for name, value in (environment_for(settings_for("sqlite:////tmp/portal.db")) | changes).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)


@pytest.mark.parametrize(
    "command", [("serve",), ("exchange", "export"), ("exchange", "import", str(DOCUMENT)), ("db", "upgrade")]
)
@pytest.mark.parametrize(
    ("url", "code", "told"),
    [
        ("mysql://portal:s3cret-of-the-server@db/portal", 2, "must begin with sqlite:// or postgresql://"),
        ("sqlite:///portal.db", 2, "must name the file from the root"),
        ("postgresql://portal:s3cret@of-the-server@db/portal", 2, "write one in the password as %40"),
        ("sqlite:////nowhere/at/all/portal.db", 78, "unable to open database file"),
        ("sqlite:////proc/portal.db", 78, "unable to open database file"),
    ],
)
def test_what_can_never_work_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    url: str,
    code: int,
    told: str,
) -> None:
    _environment(monkeypatch, url)
    assert cli.main(command) == code
    said = capsys.readouterr().err
    assert told in said
    assert "s3cret" not in said
    assert len(said.splitlines()) <= 2


@pytest.mark.parametrize("command", [("serve",), ("exchange", "export"), ("db", "check")])
def test_a_wrong_password_is_told_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], refusing: str, command: tuple[str, ...]
) -> None:
    _environment(monkeypatch, refusing)
    assert cli.main(command) == 78
    said = capsys.readouterr().err
    assert "password authentication failed" in said
    assert PASSWORD not in said
    assert len(said.splitlines()) == 1


def test_a_server_that_is_not_there_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _environment(monkeypatch, f"postgresql://portal:{PASSWORD}@127.0.0.1:{free_port()}/portal")
    begun: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _program, arguments: begun.append(arguments))
    cli.main(["serve"])
    assert len(begun) == 1
    assert "refused" in capsys.readouterr().err
    assert cli.main(["exchange", "export"]) == 75
    said = capsys.readouterr().err
    assert "refused" in said
    assert "try again" in said
    assert PASSWORD not in said


def test_a_wrong_database_key_is_one_sentence(
    embedded: Embedded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = make(embedded)
    begun: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _program, arguments: begun.append(arguments))
    _environment(monkeypatch, url)
    cli.main(["serve"])
    assert (len(begun), capsys.readouterr().err) == (1, "")  # the control
    for command in (["serve"], ["exchange", "export"], ["db", "upgrade"]):
        _environment(monkeypatch, url, PORTAL_DATABASE_KEY=key("x"))
        assert cli.main(command) == 78
        said = capsys.readouterr().err
        assert "PORTAL_DATABASE_KEY is not its key" in said
        assert len(said.splitlines()) == 1
    assert len(begun) == 1


def test_a_setting_that_is_misspelt_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _environment(monkeypatch, "sqlite:////nowhere/portal.db", PORTAL_LANGAUGES="nb")
    assert cli.main(["db", "check"]) == 2
    assert "PORTAL_LANGAUGES is no setting: is PORTAL_LANGUAGES meant?" in capsys.readouterr().err
    monkeypatch.delenv("PORTAL_LANGAUGES")
    monkeypatch.setenv("PORTAL_PORT", "tcp://10.0.0.1:80")  # a neighbour's variable only earns a note
    assert cli.main(["serve"]) == 78
    assert "note: PORTAL_PORT is no setting of the portal" in capsys.readouterr().err


def _ready(app: Flask) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.text


def test_ready_writes_and_writes_no_log(demo_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    store = demo_app.extensions["store"]
    seen = set()
    for _ in range(2):
        assert _ready(demo_app) == (200, "ok\n")
        with store.read_session() as session:
            seen.add(session.scalar(text("SELECT written_at FROM installation")))
    assert len(seen) == 2
    assert caplog.messages == []


def test_ready_when_somebody_else_writes(demo_app: Flask) -> None:
    with demo_app.extensions["store"].write_session() as other:
        other.connection()
        assert _ready(demo_app) == (200, "ok\n")


def test_not_ready_when_the_disk_is_nearly_full(demo_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    settings = demo_app.extensions["settings"]
    full = create_app(settings_for(settings.database_url, database_free_megabytes=10**9))
    expected = (503, "space\n") if settings.embedded else (200, "ok\n")
    assert _ready(full) == expected
    assert ("MB left" in caplog.text) is settings.embedded
    full.extensions["store"].close()


def test_a_full_disk_that_keeps_even_from_reading_is_told_as_such(
    embedded: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlcipher3

    def unread(_engine: object) -> None:
        raise OperationalError("SELECT", None, sqlcipher3.OperationalError("disk I/O error"))

    monkeypatch.setattr("portal.store.preflight.migrate.current", unread)
    for megabytes, what in ((10**9, "space"), (0, "database")):
        store = Store(settings_for(make(embedded), database_free_megabytes=megabytes))
        found = preflight.examine(store)
        store.close()
        assert found is not None
        assert found.what == what


@contextmanager
def _no_room() -> Iterator[None]:
    """No file of this process may grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_not_ready_when_nothing_can_be_written(embedded: Embedded) -> None:
    store = Store(settings_for(make(embedded)))
    assert preflight.examine(store) is None  # the control
    with _no_room():
        found = preflight.examine(store)
    assert found is not None
    assert found.what == "write"
    assert "busy" not in found.sentence
    store.close()


@pytest.mark.parametrize(
    "command",
    [
        ("exchange", "import", str(DOCUMENT)),
        ("exchange", "export"),
        ("db", "check"),
        ("db", "backup"),
        ("db", "upgrade"),
    ],
    ids=" ".join,
)
def test_every_command_tells_a_full_disk_as_full(
    embedded: Embedded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    """Also where SQLite says «disk I/O error», since there is no room for what it keeps beside the file."""
    _environment(monkeypatch, make(embedded))
    whole = (*command, str(tmp_path / "copy.db")) if "backup" in command else command
    with _no_room():
        assert cli.main(whole) in (1, 2, 75)
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "database or disk is full" in said.err
    assert cli.main(whole) == 0


def test_not_ready_when_the_database_cannot_be_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/gone/portal.db"))
    assert _ready(app) == (503, "database\n")
    assert "unable to open database file" in caplog.text


def test_a_page_that_finds_the_disk_full_says_so_in_the_log(
    demo_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import sqlcipher3

    full = OperationalError("INSERT", None, sqlcipher3.OperationalError("database or disk is full"))
    monkeypatch.setattr("portal.web.health.preflight.examine", lambda _store: (_ for _ in ()).throw(full))
    assert demo_app.test_client().get("/readyz").status_code == 503
    assert "database or disk is full" in caplog.text
    assert "busy" not in caplog.text


def test_what_is_told_holds_no_value(databases: Databases, database_url: str) -> None:
    store = Store(settings_for(database_url))
    statement = "SELECT 1 FROM nowhere WHERE :pid = ''"
    with store.read_session() as session, pytest.raises(Exception, match="nowhere") as caught:
        session.execute(text(statement), {"pid": "01810112345"})
    assert "01810112345" not in causes.told(caught.value)
    assert ("relation" in causes.told(caught.value)) is isinstance(databases, PostgreSQL)
    store.close()
