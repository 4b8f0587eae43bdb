"""The wheel is the whole portal: installed alone, away from the checkout, it serves the same pages and files."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.settings import client_key, key

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".*", "*.mo", "__pycache__", "node_modules", "dist", "build", "data", "pictures")
START_SECONDS = 60


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What the command printed; fails with all it said."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without network from a copy that has no compiled words and no built files."""
    copy = tmp_path_factory.mktemp("build") / "tree"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    assert not list(copy.rglob("*.mo"))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps", "--no-build-isolation")
    run(*pip, "--no-index", "--wheel-dir", copy.parent, copy, cwd=copy)
    return next(copy.parent.glob("introportalen-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own with the wheel in it; only the libraries are borrowed, so that no network is needed."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv.parent)
    own = venv / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", own, "install", "--no-deps", "--no-index", wheel, cwd=venv.parent)
    packages = Path(run(own, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=venv.parent).strip())
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return own


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings of a portal with an empty database, and nothing that would lead Python back to the checkout."""
    database = tmp_path_factory.mktemp("database") / "portal.db"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PORTAL_", "COV_"))}
    return kept | {
        "PORTAL_BASE_URL": "http://127.0.0.1:8000",
        "PORTAL_DATABASE_URL": f"sqlite:///{database}",
        "PORTAL_DATABASE_KEY": key("d"),
        "PORTAL_SECRET_KEY": key("s"),
        "PORTAL_ENCRYPTION_KEY": key("e"),
        "PORTAL_OIDC_ISSUER": "http://127.0.0.1:9000",
        "PORTAL_OIDC_CLIENT_ID": "wheel",
        "PORTAL_OIDC_CLIENT_KEY": client_key(),
    }


@pytest.fixture(scope="module")
def address(python: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The installed portal, served by gunicorn on this machine."""
    away = tmp_path_factory.mktemp("away")
    run(python.with_name("portal"), "db", "upgrade", cwd=away, env=environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [python, "-m", "gunicorn", "--no-control-socket", "--bind", bind, "portal.app:wsgi()"]
    with subprocess.Popen(
        command, cwd=away, env=environment | {"PORTAL_BASE_URL": f"http://{bind}"}, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            wait_for(bind, server)
            yield f"http://{bind}"
        finally:
            server.terminate()


def wait_for(bind: str, server: subprocess.Popen[str]) -> None:
    """Until the server answers."""
    host, _, port = bind.partition(":")
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, server.stderr.read() if server.stderr else ""
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("gunicorn did not start")


def get(address: str, language: str = "nb") -> tuple[str, dict[str, str]]:
    """An answer's text, and its headers."""
    asked = urllib.request.Request(address, headers={"Accept-Language": language})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.read().decode(), dict(answer.headers)


def catalogues() -> list[Path]:
    """Every catalogue of the checkout."""
    return sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))


def test_wheel_carries_all_that_is_not_code(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "migrations"):
        files = [file for file in (ROOT / folder).rglob("*") if file.is_file() and file.suffix != ".pyc"]
        assert {f"portal/{file.relative_to(ROOT).as_posix()}" for file in files} <= inside
    compiled = {f"portal/{file.relative_to(ROOT).with_suffix('.mo').as_posix()}" for file in catalogues()}
    assert compiled <= inside
    assert "portal/static/dist/manifest.json" in inside


def test_wheel_carries_only_the_portal(wheel: Path) -> None:
    rooms = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {room.partition("-")[0] for room in rooms} == {"portal", "introportalen"}


def test_static_files_are_whole_and_compressed(wheel: Path) -> None:
    packed = zipfile.ZipFile(wheel)
    manifest = json.loads(packed.read("portal/static/dist/manifest.json"))
    assert {"app.css", "app.js", "icons.svg"} <= set(manifest)
    inside = set(packed.namelist())
    for built in manifest.values():
        name = f"portal/static/dist/{built['name']}"
        assert {name, f"{name}.gz", f"{name}.br"} <= inside


def test_installed_code_comes_from_the_wheel(python: Path, tmp_path: Path) -> None:
    ask = (
        "import portal; from portal.resources import folder;"
        "names = 'templates', 'static', 'translations', 'migrations';"
        "print(portal.__file__, *(folder(name) for name in names if name != 'translations' or folder(name).exists()))"
    )
    for path in run(python, "-c", ask, cwd=tmp_path).split():
        assert Path(path).is_relative_to(python.parents[1]), path


def test_installed_portal_serves_the_front_page_and_its_files(address: str) -> None:
    page, _ = get(f"{address}/")
    assert '<html lang="nb"' in page
    files = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    assert any(file.endswith(".css") for file in files)
    for file in files:
        _, headers = get(f"{address}{file}")
        assert "immutable" in headers["Cache-Control"], file


def test_installed_portal_speaks_other_languages(address: str) -> None:
    page, _ = get(f"{address}/", "en")
    norwegian, _ = get(f"{address}/", "nb")
    assert '<html lang="en"' in page
    assert "Hopp til innholdet" in norwegian
    assert "Hopp til innholdet" not in page
