"""The set-up takes only what was locked: a file with another hash stops it with nothing written."""

import base64
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest

from tools import assets, npm, packages, stamps
from tools.places import REQUIREMENTS, ROOT
from tools.show import Trouble

SCRIPT = b"var htmx = {};"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        return


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[str]:
    """A package registry on this machine with one package; gives its address."""
    folder = tmp_path / "registry"
    (folder / "files").mkdir(parents=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        (folder / "files" / "htmx.tgz").write_bytes(tarball())
        version = {"name": "htmx.org", "version": "4.0.1", "dist": {"tarball": f"{address}/files/htmx.tgz"}}
        described = {"name": "htmx.org", "dist-tags": {"latest": "4.0.1"}, "versions": {"4.0.1": version}}
        (folder / "htmx.org").write_text(json.dumps(described))
        yield address
        server.shutdown()


def tarball() -> bytes:
    """A package as npm packs it, the same bytes each time."""
    files = {"package/package.json": b'{"name":"htmx.org","version":"4.0.1"}', "package/dist/htmx.min.js": SCRIPT}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), mtime=0)


@pytest.fixture
def project(tmp_path: Path, registry: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own for the npm step, which asks that registry."""
    if not npm._machines_npm() and not npm.OWN_NODE.is_dir():
        pytest.skip("no npm here")
    root = tmp_path / "project"
    root.mkdir()
    (root / "package.json").write_text((ROOT / "package.json").read_text())
    (root / ".npmrc").write_text(f"{(ROOT / '.npmrc').read_text()}registry={registry}/\n")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setattr(npm, "ROOT", root)
    monkeypatch.setattr(npm, "VENDOR", root / "static" / "vendor")
    monkeypatch.setattr(npm, "WORKSHOP", root / ".cache" / "npm")
    monkeypatch.setattr(stamps, "ROOT", root)
    monkeypatch.setattr(stamps, "STAMPS", root / ".cache" / "stamps")
    return root


def lock(root: Path, package: bytes) -> None:
    """Writes the project's package-lock.json for a package with this content."""
    locked = json.loads((ROOT / "package-lock.json").read_text())
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(package).digest()).decode()
    locked["packages"]["node_modules/htmx.org"]["integrity"] = integrity
    (root / "package-lock.json").write_text(json.dumps(locked))


def test_htmx_is_kept_when_its_hash_is_right(project: Path) -> None:
    lock(project, tarball())
    npm.fetch()
    assert (project / "static" / "vendor" / "htmx.min.js").read_bytes() == SCRIPT


def test_htmx_with_another_hash_stops_with_nothing_written(project: Path) -> None:
    lock(project, b"something else")
    with pytest.raises(Trouble, match="Nothing was written") as trouble:
        npm.fetch()
    assert "EINTEGRITY" in trouble.value.output
    assert not (project / "static").exists()
    assert not (project / ".cache" / "stamps").exists()


def test_what_tests_take_from_npm_stops_too_at_another_hash(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "NODE", project / ".cache" / "node-for-tests")
    lock(project, b"something else")
    locked = json.loads((project / "package-lock.json").read_text())
    wanted = {name: entry for name, entry in locked["packages"].items() if not entry.get("dev")}
    wanted[""].pop("devDependencies")
    (project / "package-lock.json").write_text(json.dumps({**locked, "packages": wanted}))
    described = json.loads((project / "package.json").read_text())
    described.pop("devDependencies")
    (project / "package.json").write_text(json.dumps(described))
    with pytest.raises(Trouble, match="Nothing was written"):
        npm.fetch_for_tests()
    assert not (project / ".cache" / "node-for-tests").exists()


def test_no_registry_leaves_no_old_provider_behind(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    node = project / ".cache" / "node-for-tests"
    monkeypatch.setattr(npm, "NODE", node)
    lock(project, tarball())
    node.parent.mkdir()
    node.write_text("/an/old/node\n")
    (project / ".npmrc").write_text("registry=http://127.0.0.1:1/\n")
    npm.fetch_for_tests()
    assert "tests against a certified provider will fail" in capsys.readouterr().out
    assert not node.exists()


def test_no_registry_is_no_disaster(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock(project, tarball())
    (project / ".npmrc").write_text("registry=http://127.0.0.1:1/\n")
    npm.fetch()
    assert "The portal works without it" in capsys.readouterr().out
    assert not (project / "static").exists()


@pytest.mark.parametrize("right", [True, False])
def test_python_package_with_another_hash_is_not_installed(
    right: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("thing.py", "")
        packed.writestr("thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n")
        packed.writestr("thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        packed.writestr("thing-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes() if right else b"something else").hexdigest()
    locked = tmp_path / "lock.txt"
    locked.write_text(f"thing==1.0 --hash=sha256:{digest}\n")
    monkeypatch.setattr(packages, "PIP", (sys.executable, "-m", "pip", "--disable-pip-version-check"))
    arguments: list[str | Path] = ["--no-index", "--find-links", tmp_path, "--target", tmp_path / "in", "-r", locked]
    if right:
        packages.locked(arguments)
    else:
        with pytest.raises(Trouble, match="Nothing was installed"):
            packages.locked(arguments)
    assert (tmp_path / "in" / "thing.py").exists() == right


@pytest.mark.parametrize("file", sorted(REQUIREMENTS.glob("*.txt")), ids=lambda file: file.name)
def test_lock_has_versions_and_hashes_and_no_addresses(file: Path) -> None:
    lines = [line for line in file.read_text().splitlines() if not line.lstrip().startswith("#")]
    assert any("--hash=sha256:" in line for line in lines)
    for line in lines:
        assert re.fullmatch(r"[a-z0-9.-]+==[\w.]+(?: ; [^/]+)? \\| +--hash=sha256:[0-9a-f]{64}(?: \\)?", line), line


def test_npm_lock_has_hashes_and_no_addresses() -> None:
    packages_locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    named = [entry for path, entry in packages_locked.items() if path]
    assert named
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in named)


def test_pages_take_nothing_but_htmx_from_npm() -> None:
    packages_locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for_pages = [path for path, entry in packages_locked.items() if path and not entry.get("dev")]
    assert for_pages == ["node_modules/htmx.org"]


def test_built_files_carry_their_hash_and_both_compressions(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "app.css").write_text("p { margin: 0 }" * 50)
    (tmp_path / "vendor" / "htmx.min.js").write_bytes(SCRIPT)
    dist = tmp_path / "dist"
    manifest = assets.build(tmp_path, dist)
    assert manifest == assets.build(tmp_path, dist) == json.loads((dist / "manifest.json").read_text())
    assert set(manifest) == {"app.css", "vendor/htmx.min.js"}
    served = {"app.css": b"p{margin:0}" * 50, "vendor/htmx.min.js": SCRIPT}
    for name, built in manifest.items():
        content = served[name]
        assert hashlib.sha256(content).hexdigest()[:8] in built["name"]
        assert built["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
        assert (dist / built["name"]).read_bytes() == content
        assert gzip.decompress((dist / f"{built['name']}.gz").read_bytes()) == content
        assert brotli.decompress((dist / f"{built['name']}.br").read_bytes()) == content


def test_a_step_runs_again_only_when_its_files_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    source = tmp_path / "source"
    source.write_text("one")
    before = stamps.fingerprint([source])
    assert not stamps.is_fresh("step", before)
    stamps.finish("step", before)
    assert stamps.is_fresh("step", stamps.fingerprint([source]))
    source.write_text("two")
    assert not stamps.is_fresh("step", stamps.fingerprint([source]))
