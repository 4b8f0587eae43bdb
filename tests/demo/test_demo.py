"""`portal demo` as a person runs it: in a process of its own, on ports of its own."""

import argparse
import json
import os
import random
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests

from portal import clock
from portal.demo import files
from portal.demo.commands import _port
from portal.demo.folder import CLIENT_KEY, DemoFolder, Ports, public_keys, settings_from
from portal.demo.servers import is_free

PATIENCE = 90.0  # seconds: a loaded machine starts slowly
READY = "Stop with Ctrl-C"


def free_ports() -> Ports:
    """Two ports below those that systems hand out by themselves, so that no test beside takes them meanwhile."""
    free = (port for port in iter(lambda: random.randrange(20_000, 30_000), None) if is_free(port))
    return Ports(next(free), next(free))


def arguments(ports: Ports, folder: Path) -> list[str]:
    command = [sys.executable, "-m", "portal.cli", "demo", "--data", str(folder)]
    return [*command, "--port", str(ports.portal), "--demo-port", str(ports.idporten)]


class Demo:
    """A running `portal demo` and what it has said."""

    def __init__(self, ports: Ports, folder: Path) -> None:
        self.ports, self.folder, self.said = ports, folder, ""
        self.process = subprocess.Popen(
            arguments(ports, folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        for line in self.process.stdout:
            self.said += line
            if READY in line:
                break
        watch.cancel()
        assert READY in self.said, self.said

    def end(self, number: signal.Signals | None) -> tuple[int, str]:
        """The exit code and what was written as an error, after the signal."""
        if number is not None:
            self.process.send_signal(number)
        said, wrong = self.process.communicate(timeout=PATIENCE)
        self.said += said
        return self.process.returncode, wrong


@contextmanager
def running(ports: Ports, folder: Path) -> Iterator[Demo]:
    demo = Demo(ports, folder)
    try:
        demo.wait_until_ready()
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.end(signal.SIGTERM)
        for pipe in (demo.process.stdout, demo.process.stderr):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def refused(command: list[str]) -> subprocess.CompletedProcess[str]:
    """What a demo says that does not start."""
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)


def status(address: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=30) as answer:
        return int(answer.status)


def home_of(name: str, ports: Ports) -> str:
    """The page that a person comes to by signing in with the demo ID-porten."""
    pid = next(person.pid for person in files.people(clock.today()) if person.id == name)
    with requests.Session() as browser:
        browser.trust_env = False
        choice = browser.get(f"{ports.base_url}/logg-inn/start", timeout=PATIENCE)
        assert choice.url.startswith(f"{ports.issuer}/logg-inn/")
        home = browser.post(choice.url, data={"pid": pid}, timeout=PATIENCE)
    assert home.url == f"{ports.base_url}/"
    return home.text


def test_it_comes_up_shows_whom_to_be_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    ports, folder = free_ports(), tmp_path / "demo"
    with running(ports, folder) as demo:
        assert status(f"http://localhost:{ports.portal}/") == 200
        assert status(f"http://127.0.0.1:{ports.idporten}/.well-known/openid-configuration") == 200
        for person in files.people(clock.today()):
            assert f"{person.pid}  {person.name}  ({person.language})" in demo.said
        assert ports.base_url in demo.said
        assert ports.issuer in demo.said
        assert "<bdi>Amal</bdi>" in home_of("amal", ports)
        assert demo.end(signal.SIGINT) == (0, "")
        assert demo.said.endswith("Stopped.\n")
    assert is_free(ports.portal)
    assert is_free(ports.idporten)
    assert _open_to_others(folder) == []
    kept = settings_from(DemoFolder(folder).environment(ports))
    with running(ports, folder) as demo:  # a second time, with the same keys
        assert demo.end(signal.SIGTERM) == (0, "")
    assert settings_from(DemoFolder(folder).environment(ports)) == kept


def _open_to_others(folder: Path) -> list[Path]:
    return [path for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_when_one_server_falls_the_other_is_stopped_with_a_sentence(tmp_path: Path) -> None:
    ports = free_ports()
    with running(ports, tmp_path) as demo:
        found = re.search(r"\[(\d+)\] \[INFO\]", (tmp_path / "idporten.log").read_text(encoding="utf-8"))
        assert found is not None
        os.kill(int(found[1]), signal.SIGTERM)
        code, wrong = demo.end(None)
    assert code == 1
    assert wrong.strip().startswith("The demo ID-porten stopped by itself")
    assert "Traceback" not in wrong
    assert is_free(ports.portal)


@pytest.mark.parametrize("option", ["--port", "--demo-port"])
def test_a_taken_port_is_told_of(option: str, tmp_path: Path) -> None:
    ports = free_ports()
    taken = ports.portal if option == "--port" else ports.idporten
    with socket.socket() as other:
        other.bind(("127.0.0.1", taken))
        other.listen()
        done = refused(arguments(ports, tmp_path))
    assert done.returncode == 2
    assert f"Port {taken} is taken" in done.stderr
    assert f"Choose another with {option} (" in done.stderr
    assert "Traceback" not in done.stderr
    assert is_free(taken)  # the control: it was taken only by us


def test_one_port_cannot_serve_both(tmp_path: Path) -> None:
    port = free_ports().portal
    done = refused(arguments(Ports(port, port), tmp_path))
    assert done.returncode == 2
    assert "--demo-port" in done.stderr


def test_a_folder_holds_one_demo(tmp_path: Path) -> None:
    with DemoFolder(tmp_path).lock():
        done = refused(arguments(free_ports(), tmp_path))
    assert done.returncode == 2
    assert "--data" in done.stderr


@pytest.mark.parametrize("name", ["a-file", "a-file/below"])
def test_a_folder_that_cannot_be_is_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").touch()
    done = refused(arguments(free_ports(), tmp_path / name))
    assert done.returncode == 2
    assert done.stderr.startswith(f"The folder {tmp_path / name} cannot be used (")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "9" * 5000, "\uff18000"])
def test_a_port_is_a_number(port: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        _port(port)
    assert _port("65535") == 65535


def test_a_database_of_other_keys_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "portal.db").write_bytes(os.urandom(8192))
    done = refused(arguments(free_ports(), tmp_path))
    assert done.returncode == 2
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def house(tmp_path: Path) -> Callable[[], DemoFolder]:
    return lambda: DemoFolder(tmp_path)


def test_keys_are_made_once_and_the_provider_gets_only_the_public_ones(house: Callable[[], DemoFolder]) -> None:
    first = house().environment(Ports(1, 2))
    again = house().environment(Ports(3, 4))
    assert {name for name in first if first[name] != again[name]} == {"PORTAL_BASE_URL", "PORTAL_OIDC_ISSUER"}
    private, (public,) = json.loads(first[CLIENT_KEY]), public_keys(first)["keys"]
    assert public["kid"] == private["kid"]
    assert set(public) & {"d", "p", "q", "dp", "dq", "qi"} == set()
    assert stat.S_IMODE(house().settings_file.stat().st_mode) == 0o600
