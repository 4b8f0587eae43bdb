"""The certified provider as a process, the portal behind a real port, and a browser that walks between them."""

import json
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from flask import Flask
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from tests.auth.harness import ANNA, HIGH, SUBSTANTIAL
from tests.journeys.serving import free_port
from tests.settings import CLIENT_ID, public_keys
from tests.strict import token_of

PROVIDER = Path(__file__).with_name("provider.mjs")
CACHE = Path(__file__).parents[3] / ".cache"
NODE, PACKAGES = CACHE / "node-for-tests", CACHE / "npm" / "node_modules"
OTHER_SERVICE = "another-service"
MISSING = "The certified provider is not there. `make setup` fetches it from npm, and says why if it cannot."
WAIT_SECONDS = 60
_SECRET = re.compile(r'name="xsrf" value="([^"]+)"')


class Door:
    """A real port of this machine, at which one portal after the other can be put."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.address = f"http://localhost:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def _answer(self, environ: Any, start: Any) -> Any:
        assert self.app is not None
        return self.app(environ, start)

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass(frozen=True)
class Shape:
    """How the provider is set up: what ID-porten does, unless said otherwise. `levels`: weakest first."""

    levels: tuple[str, ...] = ("selfregistered-email", SUBSTANTIAL, HIGH)
    claim: str = "pid"
    scope: str = "openid profile"
    pushed: bool = True


@dataclass(frozen=True)
class Certified:
    """The running provider."""

    issuer: str
    said: list[str] = field(default_factory=list)

    def why(self) -> str:
        """Why it refused the last request or proof that was pushed, in its own words; waits until it has said so."""
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            if found := [line for line in self.said if line.startswith("refused ")]:
                self.said.clear()
                return found[-1]
            time.sleep(0.01)
        raise AssertionError("the provider has refused nothing")

    def rotate(self) -> None:
        """Put a new key in the place of the old one."""
        with session() as opened:
            assert opened.post(f"{self.issuer}/_rotate", timeout=WAIT_SECONDS).status_code == 200


@contextmanager
def certified(portal: str, shape: Shape | None = None) -> Iterator[Certified]:
    """The provider on a free port, which knows the portal at this address, for as long as the block lasts."""
    like = shape or Shape()
    assert NODE.is_file(), MISSING
    assert (PACKAGES / "oidc-provider").is_dir(), MISSING
    port = free_port()
    found = Certified(f"http://127.0.0.1:{port}")
    settings = {
        "issuer": found.issuer,
        "port": port,
        "packages": str(PACKAGES),
        "keys": [_key(name) for name in ("first", "second", "third")],
        "clients": [
            _client(CLIENT_ID, portal, like.scope, channels=True),
            _client(OTHER_SERVICE, f"{portal}/annen-tjeneste", like.scope),
        ],
        **asdict(like),
    }
    command = [NODE.read_text().strip(), str(PROVIDER), json.dumps(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        ready = threading.Event()
        reader = threading.Thread(target=_listen, args=(process, found.said, ready), daemon=True)
        reader.start()
        try:
            ready.wait(WAIT_SECONDS)
            assert f"ready {found.issuer}\n" in found.said, (
                f"The certified provider did not start: {''.join(found.said)}"
            )
            yield found
        finally:
            process.terminate()
            reader.join()


def _listen(process: subprocess.Popen[str], said: list[str], ready: threading.Event) -> None:
    """Reads on and on, so that the provider is never held up by what it says; an end counts as an answer."""
    for line in process.stdout or ():
        said.append(line)
        if line.startswith("ready "):
            ready.set()
    ready.set()


def _key(name: str) -> dict[str, Any]:
    return dict(RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"}).as_dict(private=True))


def _client(client_id: str, address: str, scope: str, *, channels: bool = False) -> dict[str, Any]:
    told = {
        "frontchannel_logout_uri": f"{address}/logg-ut/frontkanal",
        "backchannel_logout_uri": f"{address}/logg-ut/bakkanal",
        "backchannel_logout_session_required": True,
    }
    return {
        "client_id": client_id,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "RS256",
        "jwks": public_keys(),
        "redirect_uris": [f"{address}/logg-inn/tilbake"],
        "post_logout_redirect_uris": [f"{address}/logg-ut/ferdig"],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "subject_type": "pairwise",
        "scope": scope,
        **(told if channels else {}),
    }


def session() -> requests.Session:
    """A client that asks this machine without a detour."""
    made = requests.Session()
    made.trust_env = False
    return made


@dataclass
class Visitor:
    """A browser with one cookie jar. The portal is on `localhost`, the provider on `127.0.0.1`: two sites."""

    base: str
    issuer: str
    stack: ExitStack
    jar: requests.Session = field(init=False)

    def __post_init__(self) -> None:
        self.jar = self.stack.enter_context(session())

    def get(self, address: str) -> requests.Response:
        """A page, of the portal unless the address says otherwise; redirects are not followed."""
        return self.jar.get(urljoin(self.base, address), allow_redirects=False, timeout=WAIT_SECONDS)

    def post(self, address: str, **form: str) -> requests.Response:
        """Send a form, to the portal unless the address says otherwise."""
        headers = {"Referer": f"{self.base}/"}
        return self.jar.post(
            urljoin(self.base, address), data=form, headers=headers, allow_redirects=False, timeout=WAIT_SECONDS
        )

    def start(self, query: str = "") -> str:
        """Begin a sign-in; the address at the provider."""
        answer = self.get(f"/logg-inn/start{query}")
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def asked(self, address: str) -> str | None:
        """Go to the provider with a sign-in: the page where it asks who one is, or None if it need not ask."""
        answer = self.get(address)
        assert answer.status_code == 303, answer.text
        self.answer = answer
        there = urljoin(self.issuer, answer.headers["Location"])
        return there if there.startswith(f"{self.issuer}/interaction/") else None

    def at_provider(self, address: str, pid: str = ANNA, **form: str) -> str:
        """Be somebody there; the address back at the portal."""
        page = self.asked(address)
        if page is None:
            return self.answer.headers["Location"]
        shown = self.get(page)
        assert shown.status_code == 200, shown.text
        assert "<form" in shown.text
        chosen = self.post(page, pid=pid, **form)
        assert chosen.status_code == 303, chosen.text
        resumed = self.get(urljoin(self.issuer, chosen.headers["Location"]))
        if other := _SECRET.search(resumed.text):  # somebody else's session there, which it now ends
            ended = self.confirm(other[1])
            assert ended.status_code == 303, ended.text
            resumed = self.get(urljoin(self.issuer, ended.headers["Location"]))
        assert resumed.status_code == 303, resumed.text
        return resumed.headers["Location"]

    def sign_in(self, pid: str = ANNA, **form: str) -> requests.Response:
        """The whole way; the portal's answer to the callback."""
        return self.get(self.at_provider(self.start(), pid, **form))

    def sign_out(self) -> str:
        """Sign out of the portal; the address at the provider."""
        answer = self.post("/logg-ut", csrf_token=token_of(self.get("/logg-inn/ikke-registrert").text))
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def sign_out_there(self, address: str) -> tuple[list[str], str]:
        """The provider's page about signing out: the frames in it, and the secret of its form."""
        shown = self.get(address)
        assert shown.status_code == 200, shown.text
        secret = _SECRET.search(shown.text)
        assert secret
        return [unescape(source) for source in re.findall(r'<iframe src="([^"]+)"', shown.text)], secret[1]

    def confirm(self, secret: str) -> requests.Response:
        """Say yes on that page."""
        return self.post(f"{self.issuer}/session/end/confirm", xsrf=secret, logout="yes")

    @property
    def signed_in(self) -> bool:
        """Whether the portal shows this browser private pages."""
        answer = self.get("/plan")
        assert answer.status_code in (200, 303), answer.text
        return answer.status_code == 200
