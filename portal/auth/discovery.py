"""What the provider says of itself, fetched once a day and believed only if it names the issuer we asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests

from portal import clock
from portal.auth.reasons import RefusalReason, Refused
from portal.settings import LOOPBACK

ALGORITHM = "RS256"
METHOD = "private_key_jwt"
PATH = "/.well-known/openid-configuration"
KEEP = timedelta(hours=24)
TIMEOUT_SECONDS = 10
LANGUAGES = ("nb", "nn", "en", "se")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The addresses we use. `pushed` is the PAR address; without `end_session` sign-out stays local.

    `locales`: the languages of its pages; ID-porten's where it does not say. `names_itself`: a response must name its
    issuer (RFC 9207); where one does without having promised it, it is looked at all the same.
    """

    authorization: str
    token: str
    keys: str
    pushed: str | None
    end_session: str | None
    locales: tuple[str, ...] = LANGUAGES
    names_itself: bool = True


class Web:
    """How we reach the provider: ten seconds, no redirects, and no proxy in front of our own machine."""

    def __init__(self, issuer: str) -> None:
        self.local = urlsplit(issuer).hostname in LOOPBACK

    def document(self, address: str, unavailable: RefusalReason, invalid: RefusalReason) -> dict[str, Any]:
        """The JSON object at `address`; raises Refused with one of the two reasons."""
        with requests.Session() as session:
            session.trust_env = not self.local
            try:
                answer = session.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
            except requests.RequestException as failed:
                raise Refused(unavailable, type(failed).__name__) from failed
        if answer.status_code != 200:
            raise Refused(unavailable, f"HTTP {answer.status_code}")
        try:
            found = answer.json()
        except ValueError as unreadable:
            raise Refused(invalid, "not JSON") from unreadable
        if not isinstance(found, dict):
            raise Refused(invalid, "not an object")
        return found


class Discovery:
    """The provider's metadata, kept for 24 hours."""

    def __init__(self, issuer: str, web: Web) -> None:
        self._issuer, self._web = issuer, web
        self._kept: tuple[datetime, Metadata] | None = None

    def current(self) -> Metadata:
        """The metadata; raises Refused with a METADATA reason."""
        if self._kept and clock.now() - self._kept[0] < KEEP:
            return self._kept[1]
        found = self._web.document(
            f"{self._issuer.rstrip('/')}{PATH}", RefusalReason.METADATA_UNAVAILABLE, RefusalReason.METADATA_INVALID
        )
        self._kept = (clock.now(), self._read(found))
        return self._kept[1]

    def _read(self, found: dict[str, Any]) -> Metadata:
        if found.get("issuer") != self._issuer:
            raise Refused(RefusalReason.METADATA_ISSUER)
        _check_offered(found, "token_endpoint_auth_methods_supported", METHOD)
        _check_offered(found, "id_token_signing_alg_values_supported", ALGORITHM)
        return Metadata(
            authorization=self._needed(found, "authorization_endpoint"),
            token=self._needed(found, "token_endpoint"),
            keys=self._needed(found, "jwks_uri"),
            pushed=self._address(found, "pushed_authorization_request_endpoint"),
            end_session=self._address(found, "end_session_endpoint"),
            locales=_texts(found.get("ui_locales_supported")) or LANGUAGES,
            names_itself=found.get("authorization_response_iss_parameter_supported") is True,
        )

    def _needed(self, found: dict[str, Any], name: str) -> str:
        address = self._address(found, name)
        if address is None:
            raise Refused(RefusalReason.METADATA_INVALID, f"{name} is missing")
        return address

    def _address(self, found: dict[str, Any], name: str) -> str | None:
        address = found.get(name)
        if address is None:
            return None
        schemes = ("https://", "http://") if self._web.local else ("https://",)
        if not isinstance(address, str) or not address.startswith(schemes):
            raise Refused(RefusalReason.METADATA_INVALID, f"{name} is not a safe address")
        return address


def _check_offered(found: dict[str, Any], name: str, needed: str) -> None:
    """Say at the first sign-in what will never work; a provider that lists nothing may still do it."""
    listed = found.get(name)
    if isinstance(listed, list) and needed not in listed:
        raise Refused(RefusalReason.METADATA_INVALID, f"{name} lacks {needed}")


def _texts(listed: object) -> tuple[str, ...]:
    return tuple(tag for tag in listed if isinstance(tag, str)) if isinstance(listed, list) else ()
