"""The nginx lines of docs/examples work: a real nginx on them, TLS on a port of its own, a real portal behind."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from portal.app import create_app
from portal.commands import server_arguments
from portal.tables.log import Question
from tests.conftest import fill_with_demo
from tests.databases import Embedded, make
from tests.exchange.files import rows
from tests.journeys.serving import free_port
from tests.settings import environment_for, settings_for
from tests.strict import sign_in, token_of
from tools.places import NGINX, ROOT

LINES = ROOT / "docs" / "examples" / "nginx.conf"
PROGRAM = NGINX.read_text().strip() if NGINX.is_file() else ""
pytestmark = pytest.mark.skipif(
    not PROGRAM, reason="no nginx: not on PATH, and apt-get could not fetch it (make setup, as root on Debian)"
)


@dataclass(frozen=True)
class Front:
    """What the browser sees: the address with TLS, the one without, and the certificate to trust."""

    address: str
    plain: str
    trust: str
    app: Flask

    def browser(self) -> requests.Session:
        """A browser that follows redirects only when told to."""
        session = requests.Session()
        session.verify, session.trust_env = self.trust, False
        return session

    def get(self, path: str, **options: object) -> requests.Response:
        """What is at the path, no redirect followed."""
        return self.browser().get(self.address + path, **{"allow_redirects": False, "timeout": 30} | options)  # type: ignore[arg-type]


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _configuration(folder: Path, tls: int, plain: int, portal: int) -> Path:
    """The documented lines, with only ports, paths and the machine's own matters set."""
    lines = LINES.read_text(encoding="utf-8")
    for said, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{portal}"),
        ("/etc/ssl/portal/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
    ):
        assert said in lines
        lines = lines.replace(said, here)
    (folder / "portal.conf").write_text(lines, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole = folder / "nginx.conf"
    whole.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}include {folder}/portal.conf;\n}}\n"
    )
    return whole


@pytest.fixture(scope="module")
def front(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx and the portal, both as processes."""
    folder = tmp_path_factory.mktemp("nginx")
    tls, plain, port = free_port(), free_port(), free_port()
    _certificate(folder)
    settings = settings_for(
        make(embedded, fill_with_demo(folder / "files")),
        base_url=f"https://localhost:{tls}",
        oidc_issuer=f"http://127.0.0.1:{free_port()}",
    )
    app = create_app(settings)
    environment = os.environ | environment_for(settings)
    portal = [sys.executable, "-m", *server_arguments(f"127.0.0.1:{port}", workers=1)]
    nginx = [PROGRAM, "-e", str(folder / "error.log"), "-c", str(_configuration(folder, tls, plain, port))]
    running = [subprocess.Popen(command, env=environment) for command in (portal, nginx)]
    try:
        found = Front(settings.base_url, f"http://localhost:{plain}", str(folder / "fullchain.pem"), app)
        until = time.monotonic() + 60
        while not _answers(found):
            assert time.monotonic() < until, (folder / "error.log").read_text()
            assert not any(process.poll() is not None for process in running)
            time.sleep(0.2)
        yield found
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        app.extensions["store"].close()


def _answers(front: Front) -> bool:
    with suppress(OSError):
        return front.get("/logg-inn").status_code == 200
    return False


def _cookies(front: Front, language: str = "nb") -> dict[str, str]:
    client = sign_in(front.app, "amal", language)
    return {cookie.key: cookie.value for cookie in client._cookies.values()}


def test_a_stranger_comes_to_the_sign_in_page(front: Front) -> None:
    browser = front.browser()
    answer = browser.get(f"{front.address}/plan", timeout=30)
    assert answer.status_code == 200
    assert [step.status_code for step in answer.history] == [303]
    assert answer.url.startswith(f"{front.address}/logg-inn?")
    assert "Logg inn" in answer.text
    away = browser.get(f"{front.plain}/plan?x=1", allow_redirects=False, timeout=30)
    assert (away.status_code, away.headers["Location"]) == (308, "https://localhost/plan?x=1")


def test_a_form_is_sent_on_another_port_than_443(front: Front) -> None:
    browser = front.browser()
    browser.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in _cookies(front).items())
    page = browser.get(f"{front.address}/meg", timeout=30)
    form_cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    sent = browser.post(
        f"{front.address}/meg",
        data={"csrf_token": token_of(page.text), "idempotency_key": str(uuid4()), "message": "Kommer dette frem?"},
        headers={
            "Cookie": f"{browser.headers['Cookie']}; {form_cookie}",
            "Origin": front.address,
            "Sec-Fetch-Site": "same-origin",
            "Referer": f"{front.address}/meg",
        },
        allow_redirects=False,
        timeout=30,
    )
    assert sent.status_code == 303
    assert "igjen" not in sent.headers["Location"]
    asked = [row.public_id for row in rows(front.app.extensions["store"], Question)]
    assert len(asked) == 2  # the demo's own, and this one


@pytest.mark.parametrize(
    "headers",
    [
        {"SCRIPT_NAME": "/x"},
        {"Script-Name": "/x"},
        {"X-Forwarded-Proto": "http"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/x", "Forwarded": "host=evil.example;proto=http"},
        {"Host": "evil.example"},
        {"X-Original-URL": "/readyz", "X-Rewrite-URL": "/readyz"},
    ],
)
def test_no_header_leads_elsewhere(front: Front, headers: dict[str, str]) -> None:
    answer = front.get("/plan", headers=headers)
    assert answer.status_code == 303
    assert re.fullmatch(rf"(?:{re.escape(front.address)})?/logg-inn\?next=%2Fplan", answer.headers["Location"])
    page = front.get("/logg-inn", headers=headers)
    assert page.status_code == 200
    assert "evil" not in page.text
    assert "Strict-Transport-Security" in page.headers


def test_what_watches_the_machine_is_not_for_the_public(front: Front) -> None:
    assert [front.get(path).status_code for path in ("/livez", "/readyz")] == [404, 404]


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b"words=" + b"x" * 600_000, "application/x-www-form-urlencoded", "Teksten er for lang"),
        (b"x" * 12_000_000, "multipart/form-data; boundary=x", "Filen er for stor"),
    ],
)
def test_too_much_is_told_in_the_readers_language(front: Front, body: bytes, kind: str, told: str) -> None:
    answer = front.browser().post(f"{front.address}/meg", data=body, headers={"Content-Type": kind}, timeout=60)
    assert answer.status_code == 413
    assert told in answer.text


def test_too_many_sign_ins_are_asked_to_wait_and_nobody_else_is(front: Front) -> None:
    begun = [front.get("/logg-inn/start", headers={"Accept-Language": "nb"}) for _ in range(36)]
    assert begun[0].status_code != 429
    late = begun[-1]
    assert late.status_code == 429
    assert "Vent litt" in late.text
    assert 'lang="nb"' in late.text
    assert front.get("/logg-inn").status_code == 200
    assert front.get("/logg-inn/tilbake?state=x&code=y").status_code != 429
