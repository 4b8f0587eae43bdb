"""Recordings of help texts: taken in, played only while they say what the page says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import cli
from portal.i18n import format as formats
from portal.i18n import recordings, translator_of
from portal.i18n.languages import BY_ID
from portal.i18n.read_aloud import TEXTS
from portal.web.assets import Assets
from tests.strict import StrictClient

pytestmark = pytest.mark.one_database

OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(40_000)
UK = BY_ID["uk"]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of this test's own for recordings and their list."""
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / recordings.LIST).write_text(",".join(recordings.FIELDS) + "\n")
    real = recordings.folder
    monkeypatch.setattr(recordings, "folder", lambda name: tmp_path / name if name != "docs" else real(name))
    recordings.lines.cache_clear()
    recordings.current.cache_clear()
    yield tmp_path
    recordings.lines.cache_clear()
    recordings.current.cache_clear()


def take(folder: Path, content: bytes = OPUS) -> int:
    file = folder / "spoken.opus"
    file.write_bytes(content)
    return cli.main(["audio", "add", "uk", "sign-in", str(file), "--by", "Olena"])


def test_a_recording_is_missing_then_whole_then_stale(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recordings.state(UK, "sign-in") == "missing"
    assert take(tree) == 0
    assert recordings.state(UK, "sign-in") == "whole"
    assert recordings.current(UK, "sign-in")
    assert cli.main(["audio", "list", "uk"]) == 1, "the other text is still missing"
    assert "no-eid                   missing" in capsys.readouterr().out
    monkeypatch.setitem(TEXTS, "sign-in", TEXTS["no-eid"])
    recordings.current.cache_clear()
    assert recordings.state(UK, "sign-in") == "stale"
    assert not recordings.current(UK, "sign-in")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"ID3 an mp3", "not an Opus recording"), (OPUS + bytes(200_000), "at most 200000")],
    ids=["another kind", "too large"],
)
def test_what_is_no_recording_is_refused(
    tree: Path, capsys: pytest.CaptureFixture[str], content: bytes, why: str
) -> None:
    assert take(tree, content) == 2
    assert why in capsys.readouterr().err
    assert recordings.state(UK, "sign-in") == "missing"
    assert take(tree) == 0


def test_a_recording_is_offered_with_its_size_and_without_script(
    demo_app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = built(demo_app, monkeypatch)
    monkeypatch.setattr(recordings, "current", lambda language, key: (language.id, key) == ("uk", "sign-in"))
    client.set_cookie("sprak", "uk", domain="localhost")
    answer = client.get("/")
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"], "a browser may fetch it"
    page = answer.get_data(as_text=True)
    assert f'<audio controls preload="none" src="/static/{name}"' in page
    size = translator_of("uk").text("Bruker %(size)s kB data.", size=formats.number(1))
    assert str(size).partition("1")[0] in page, "what it costs is said before it is fetched"
    client.set_cookie("sprak", "ar", domain="localhost")
    answer = client.get("/")
    assert "<audio" not in answer.get_data(as_text=True)
    assert "media-src" not in answer.headers["Content-Security-Policy"], "only where there is one"


def built(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a small file of the portal stand for the built recording; gives its name."""
    manifest = app.extensions["assets"].manifest
    line = next(iter(manifest.values()))
    monkeypatch.setitem(app.extensions, "assets", Assets(manifest | {"audio/uk/sign-in.opus": line}))
    return str(line["name"])


def test_a_stale_recording_is_not_played(
    tree: Path, demo_app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(demo_app, monkeypatch)
    client.set_cookie("sprak", "uk", domain="localhost")
    assert "<audio" not in client.get("/").get_data(as_text=True), "a file that nobody has listed"
    assert take(tree) == 0
    page = client.get("/").get_data(as_text=True)
    assert "<audio" in page
    assert 'data-aloud="how"' not in page
    monkeypatch.setitem(TEXTS, "sign-in", TEXTS["no-eid"])
    recordings.current.cache_clear()
    page = client.get("/").get_data(as_text=True)
    assert "<audio" not in page
    assert 'data-aloud="how"' in page, "a voice reads today's words"
