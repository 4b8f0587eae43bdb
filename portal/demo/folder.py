"""The folder of a demo: its keys, made once, its settings, its database and its files."""

import fcntl
import json
import os
import secrets
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from joserfc.jwk import RSAKey

from portal.settings import Settings, random_key

CLIENT_ID = "introportalen-demo"
KEYS = ("PORTAL_DATABASE_KEY", "PORTAL_SECRET_KEY", "PORTAL_ENCRYPTION_KEY")
CLIENT_KEY = "PORTAL_OIDC_CLIENT_KEY"


class InUse(Exception):
    """Another demo runs in this folder."""


class FolderUnusable(Exception):
    """The folder cannot be made or written to; says why."""


@dataclass(frozen=True)
class Ports:
    """Where the portal and the demo ID-porten answer. Two names of one machine, so that they share no cookies."""

    portal: int
    idporten: int

    @property
    def base_url(self) -> str:
        """Address of the portal."""
        return f"http://localhost:{self.portal}"

    @property
    def issuer(self) -> str:
        """Address of the demo ID-porten."""
        return f"http://127.0.0.1:{self.idporten}"


@dataclass(frozen=True)
class DemoFolder:
    """A folder that only its owner may read."""

    folder: Path

    @property
    def files(self) -> Path:
        """Where the municipality's files are written."""
        return self.folder / "files"

    @property
    def provider_file(self) -> Path:
        """What the demo ID-porten is told."""
        return self.folder / "idporten.json"

    @property
    def settings_file(self) -> Path:
        """The portal's settings, in a form that a shell can read: `set -a; . settings.env`."""
        return self.folder / "settings.env"

    def log(self, name: str) -> Path:
        """Where a server writes."""
        return self.folder / f"{name}.log"

    def lock(self) -> TextIO:
        """Holds the folder while the returned file is open. Raises InUse where another demo holds it, or Unusable."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            held = (self.folder / "lock").open("w", encoding="utf-8")
        except OSError as error:
            raise FolderUnusable(error.strerror) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            held.close()
            raise InUse(self.folder) from taken
        return held

    def environment(self, ports: Ports) -> dict[str, str]:
        """The portal's settings for these ports, with the folder's own keys; written to `settings_file` too."""
        values = self._keys() | {
            "PORTAL_BASE_URL": ports.base_url,
            "PORTAL_DATABASE_URL": f"sqlite:///{self.folder.resolve() / 'portal.db'}",
            "PORTAL_OIDC_ISSUER": ports.issuer,
            "PORTAL_OIDC_CLIENT_ID": CLIENT_ID,
            "PORTAL_DEMO": "true",
        }
        lines = [f"{name}={shlex.quote(value)}\n" for name, value in values.items()]
        write_private(self.settings_file, "".join(lines))
        return values

    def _keys(self) -> dict[str, str]:
        kept = self._kept()
        made = {name: kept.get(name) or random_key() for name in KEYS}
        return made | {CLIENT_KEY: kept.get(CLIENT_KEY) or _client_key()}

    def _kept(self) -> dict[str, str]:
        if not self.settings_file.exists():
            return {}
        lines = shlex.split(self.settings_file.read_text(encoding="utf-8"))
        return dict(line.split("=", 1) for line in lines)


def settings_from(environment: dict[str, str]) -> Settings:
    """The settings as the portal itself will read them, with nothing from this process's own environment."""
    return Settings(**{name.removeprefix("PORTAL_").lower(): value for name, value in environment.items()})  # type: ignore[arg-type]  # pydantic parses text


def public_keys(environment: dict[str, str]) -> dict[str, object]:
    """The portal's public keys, as the demo ID-porten must know them."""
    return {"keys": [RSAKey.import_key(json.loads(environment[CLIENT_KEY])).as_dict(private=False)]}


def write_private(path: Path, text: str) -> None:
    """Writes a file that nobody else may read, whole or not at all."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)


def _client_key() -> str:
    return json.dumps(RSAKey.generate_key(2048).as_dict(private=True, kid=f"demo-{secrets.token_hex(4)}", use="sig"))
