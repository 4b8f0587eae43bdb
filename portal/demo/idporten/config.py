"""What a demo ID-porten is told: its address, the services that use it, and the people who can sign in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class NotOnThisMachine(ValueError):
    """The demo provider was asked to be reachable from elsewhere."""


@dataclass(frozen=True)
class Person:
    """A made-up person. `worth_seeing` tells the one who tries the portal why to choose this person."""

    pid: str
    name: str
    language: str = "nb"
    worth_seeing: str = ""


@dataclass(frozen=True)
class RegisteredClient:
    """A service registered with the provider. `isolated`: its sign-in is not shared with other services."""

    client_id: str
    jwks: Mapping[str, Any]
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...] = ()
    frontchannel_logout_uri: str | None = None
    backchannel_logout_uri: str | None = None
    isolated: bool = True


@dataclass(frozen=True)
class Config:
    """The whole set-up. `offers_par` off: the metadata has no PAR address and parameters come in the address."""

    issuer: str
    clients: tuple[RegisteredClient, ...]
    people: tuple[Person, ...] = ()
    offers_par: bool = True

    def __post_init__(self) -> None:
        if urlsplit(self.issuer).hostname not in LOOPBACK:
            raise NotOnThisMachine(f"the demo ID-porten may only live on this machine, not at {self.issuer}")


def read(path: Path) -> Config:
    """The configuration in a JSON file, as `for_portal` makes it."""
    given = json.loads(path.read_text(encoding="utf-8"))
    return Config(
        issuer=given["issuer"].rstrip("/"),
        clients=tuple(_client(client) for client in given["clients"]),
        people=tuple(Person(**person) for person in given["people"]),
        offers_par=given.get("offers_par", True),
    )


def _client(given: dict[str, Any]) -> RegisteredClient:
    lists = {name: tuple(given.get(name, ())) for name in ("redirect_uris", "post_logout_redirect_uris")}
    return RegisteredClient(**{**given, **lists})


def for_portal(
    issuer: str, base_url: str, client_id: str, jwks: Mapping[str, Any], people: Iterable[Mapping[str, str]]
) -> dict[str, Any]:
    """The content of the configuration file for one portal at `base_url` with the public keys `jwks`."""
    client = {
        "client_id": client_id,
        "jwks": dict(jwks),
        "redirect_uris": [f"{base_url}/logg-inn/tilbake"],
        "post_logout_redirect_uris": [f"{base_url}/logg-ut/ferdig"],
        "frontchannel_logout_uri": f"{base_url}/logg-ut/frontkanal",
        "backchannel_logout_uri": f"{base_url}/logg-ut/bakkanal",
    }
    return {"issuer": issuer, "clients": [client], "people": [dict(person) for person in people]}
