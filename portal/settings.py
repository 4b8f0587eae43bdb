"""Settings, read once from the environment (`PORTAL_…`) or from files of the same names in lower case.

The folder of such files is what systemd's `LoadCredential` names in CREDENTIALS_DIRECTORY: a key there is in no
environment that another process could read.

A missing or unsafe value stops the start, and every problem is named at once.
"""

import base64
import binascii
import difflib
import json
import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.i18n.languages import BY_ID, NORWEGIAN, surely

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
IDPORTEN_LEVELS = ("idporten-loa-substantial", "idporten-loa-high")


def random_key() -> str:
    """A new key, as the settings take it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _key_of_32_bytes(value: SecretStr) -> SecretStr:
    try:
        length = len(base64.urlsafe_b64decode(value.get_secret_value()))
    except (binascii.Error, ValueError):
        length = 0
    if length != 32:
        raise ValueError("must be 32 random bytes in URL-safe base64 (make one with: portal secret)")
    return value


def strange_names() -> list[str]:
    """What begins as a setting, in the environment or among the files, and is none."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    files = [path.name.upper() for path in Path(folder).glob("portal_*")] if folder else []
    known = {f"PORTAL_{name.upper()}" for name in Settings.model_fields}
    return sorted({name for name in (*os.environ, *files) if name.startswith("PORTAL_")} - known)


def _misspelt() -> list[str]:
    """Those of the strange names that are all but a setting, each with the setting that was meant."""
    known = [f"PORTAL_{name.upper()}" for name in Settings.model_fields]
    near = ((name, difflib.get_close_matches(name, known, n=1, cutoff=0.9)) for name in strange_names())
    return [f"{name} is no setting: is {meant[0]} meant?" for name, meant in near if meant]


def _no_slash(value: str) -> str:
    return value.rstrip("/")


def _listed(value: object) -> object:
    """The names in `nb, uk, ar`, or in the same as a JSON list."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        names = json.loads(text) if text.startswith("[") else [name for name in re.split(r"[,\s]+", text) if name]
    except ValueError:
        names = []
    if not names and text not in ("", "[]"):
        raise ValueError("must name languages with commas between, such as nb,uk,ar")
    return names


def _spoken(names: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the languages named, bokmål first: what has legal weight can always be read."""
    unknown = [name for name in names if surely(name) is None]
    if unknown:
        raise ValueError(f"the portal does not speak {', '.join(unknown)}; its languages are {', '.join(BY_ID)}")
    ids = [surely(name) for name in names]
    again = [name for name, own in zip(names, ids, strict=True) if ids.count(own) > 1]
    if again:
        raise ValueError(f"must name each language once, but names one twice: {', '.join(again)}")
    return tuple(dict.fromkeys((NORWEGIAN.id, *filter(None, ids)))) if ids else ()


Key = Annotated[SecretStr, AfterValidator(_key_of_32_bytes)]
Address = Annotated[str, AfterValidator(_no_slash)]
Languages = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed), AfterValidator(_spoken)]


class Settings(BaseSettings):
    """Everything that differs between two installations."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", extra="ignore", frozen=True)

    base_url: Address = Field(description="Address of the portal as the participant's phone sees it")
    database_url: str = Field(description="sqlite:////path/portal.db (encrypted file) or postgresql://…")
    database_key: Key | None = Field(default=None, description="Key of the encrypted SQLite file")
    secret_key: Key = Field(description="Signs the short-lived browser cookie")
    encryption_key: Key = Field(description="Master key of encrypted columns and of the blind index")
    pool_size: int = Field(default=4, ge=1, le=64)
    database_connect_seconds: int = Field(default=3, ge=2, le=60, description="How long PostgreSQL may take to let in")
    database_lock_seconds: int = Field(default=3, ge=1, le=60, description="How long a page waits for another writer")
    database_statement_seconds: int = Field(
        default=5, ge=1, le=60, description="How long one statement of a page takes"
    )
    database_command_seconds: int = Field(default=1800, ge=60, description="How long commands such as import wait")
    database_free_megabytes: int = Field(default=200, ge=0, description="Below this much free disk, not ready")

    oidc_issuer: str = Field(description="ID-porten, e.g. https://test.idporten.no; exactly as it writes itself")
    oidc_client_id: str
    oidc_client_key: SecretStr | None = Field(default=None, description="Our private RSA key: JWK as JSON, or PEM")
    oidc_client_key_file: Path | None = Field(default=None, description="The same in a file, as `portal keys` makes it")
    oidc_acr: str = Field(default=IDPORTEN_LEVELS[0], description="The lowest level that is let in")
    oidc_acr_ladder: tuple[str, ...] = Field(default=IDPORTEN_LEVELS, description="The issuer's levels, weakest first")
    oidc_scope: str = Field(default="openid profile", description="What is asked for; the number must come with it")
    oidc_pid_claim: str = Field(default="pid", min_length=1, description="Claim of the id_token with the number")
    oidc_browser_origins: tuple[Address, ...] = Field(
        default=(), description="Where the browser signs in and out, beside the issuer; empty: login.<issuer>"
    )
    oidc_test_issuers: tuple[str, ...] = Field(
        default=("https://test.idporten.no",), description="Issuers whose made-up people may sign in"
    )
    login_idle_minutes: int = Field(default=30, ge=2, le=30)  # use is noted once a minute
    login_absolute_minutes: int = Field(default=120, ge=1, le=120)
    logout_method: Literal["get", "post"] = "get"
    logout_hint: bool = False
    ended_access_days: int = Field(default=365, ge=0, description="Days of reading after an ended programme")

    sent_an_hour: int = Field(default=60, ge=1, description="What one participant may send the municipality in an hour")
    sent_a_day: int = Field(default=200, ge=1, description="… and in a day")
    drafts_an_hour: int = Field(default=60, ge=1, description="Requests that one participant may begin in an hour")
    drafts_a_day: int = Field(default=200, ge=1, description="… and in a day")

    languages: Languages = Field(default=(), description="Languages to show, and always bokmål; empty means all")
    demo: bool = Field(default=False, description="Made-up people and the demo ID-porten; never beside a real issuer")

    def client_key(self) -> str:
        """The text of our private key at ID-porten, from the setting or from the file; raises OSError."""
        if self.oidc_client_key is not None:
            return self.oidc_client_key.get_secret_value()
        assert self.oidc_client_key_file is not None  # Settings refuses to be without both
        return self.oidc_client_key_file.read_text(encoding="utf-8")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # with a folder fixed in code
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values given in code, then the environment, then files."""
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        return init_settings, env_settings, *([SecretsSettingsSource(settings_cls, folder)] if folder else [])

    @property
    def secure(self) -> bool:
        """Whether the participant's browser speaks https with us."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def embedded(self) -> bool:
        """Whether the database is the encrypted SQLite file."""
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """The encrypted SQLite file; None for a server."""
        return Path(make_url(self.database_url).database or "") if self.embedded else None

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that are let in, weakest first."""
        return self.oidc_acr_ladder[self.oidc_acr_ladder.index(self.oidc_acr) :]

    @property
    def made_up_people(self) -> bool:
        """Whether test persons may sign in: in the demo, and at an issuer that is named as one for tests."""
        return self.demo or self.oidc_issuer in self.oidc_test_issuers

    @property
    def sign_in_origins(self) -> tuple[str, ...]:
        """The issuer's origin and those of its pages: sign-out leads the browser there, and they may frame one page."""
        parts = urlsplit(self.oidc_issuer)
        own = f"{parts.scheme}://{parts.netloc}"
        pages = self.oidc_browser_origins or ((f"https://login.{parts.netloc}",) if parts.scheme == "https" else ())
        return tuple(dict.fromkeys((own, *pages)))

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> Self:
        problems = [sentence for unsafe, sentence in self._dangers() if unsafe]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _dangers(self) -> list[tuple[bool, str]]:
        local_portal = urlsplit(self.base_url).hostname in LOOPBACK
        local_issuer = urlsplit(self.oidc_issuer).hostname in LOOPBACK
        secure_issuer = urlsplit(self.oidc_issuer).scheme == "https"
        return [
            *self._dangers_of_levels(),
            *((True, misspelt) for misspelt in _misspelt()),
            (not self.secure and not local_portal, "base_url must be https except on this very machine"),
            (not secure_issuer and not local_issuer, "oidc_issuer must be https except on this very machine"),
            (self.demo and not local_issuer, "demo people may never stand beside a real ID-porten"),
            (local_issuer and not local_portal, "a public portal may not trust an ID-porten on its own machine"),
            (
                (self.oidc_client_key is None) is (self.oidc_client_key_file is None),
                "oidc_client_key or oidc_client_key_file is needed, and not both",
            ),
            (self.embedded and self.database_key is None, "database_key is needed for the encrypted SQLite file"),
        ]

    @field_validator("database_url")
    @classmethod
    def _usable(cls, value: str) -> str:
        """An address that the portal can work with. What is refused is not repeated: it may hold a password."""
        try:
            url = make_url(value)
        except ArgumentError as wrong:
            raise ValueError("must be an address, such as sqlite:////path/portal.db or postgresql://…") from wrong
        if url.drivername not in DATABASES:
            raise ValueError("must begin with sqlite:// or postgresql://: the portal knows no other database")
        if url.drivername == "sqlite" and not Path(url.database or "").is_absolute():
            raise ValueError("must name the file from the root, with four slashes: sqlite:////var/lib/portal/portal.db")
        if "@" in (url.host or ""):
            raise ValueError("has two @: write one in the password as %40")
        return value

    def _dangers_of_levels(self) -> list[tuple[bool, str]]:
        ladder = self.oidc_acr_ladder
        unfit = [level for level in ladder if level.split() != [level] or ladder.count(level) > 1]
        return [
            (bool(unfit), "oidc_acr_ladder must name each level once, and without spaces"),
            (
                self.oidc_acr not in ladder,
                f"oidc_acr is {self.oidc_acr}, which is not a level of oidc_acr_ladder ({', '.join(ladder)})",
            ),
            ("openid" not in self.oidc_scope.split(), "oidc_scope must hold openid"),
            (
                not all(ORIGIN.fullmatch(origin) for origin in self.oidc_browser_origins),
                "oidc_browser_origins must be origins, such as https://login.example.no",
            ),
        ]
