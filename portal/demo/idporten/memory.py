"""What the provider remembers while it runs. Nothing outlives the process."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Clock = Callable[[], float]
T = TypeVar("T")

SSO_IDLE_SECONDS = 30 * 60
SSO_LONGEST_SECONDS = 120 * 60


class Tickets(Generic[T]):
    """Values behind random names that stop working after a number of seconds."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds
        self._kept: dict[str, tuple[float, T]] = {}
        self._lock = threading.Lock()

    def put(self, value: T, name: str | None = None) -> str:
        """The name under which `value` can be had."""
        name = name or secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            self._kept[name] = (self._clock() + self._seconds, value)
        return name

    def see(self, name: str | None) -> T | None:
        """The value, which stays."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(name or "")
        return found[1] if found else None

    def take(self, name: str | None) -> T | None:
        """The value, which is gone after this."""
        with self._lock:
            self._forget_old()
            found = self._kept.pop(name or "", None)
        return found[1] if found else None

    def _forget_old(self) -> None:
        now = self._clock()
        self._kept = {name: kept for name, kept in self._kept.items() if kept[0] > now}


@dataclass
class BrowserSession:
    """A person signed in at the provider in one browser, and the services that got a token from it."""

    pid: str
    acr: str
    auth_time: int
    last_used: float
    sid: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    client_ids: list[str] = field(default_factory=list)

    def alive(self, now: float) -> bool:
        """Whether both the 30 minutes of silence and the 120 minutes in all are unspent."""
        return now - self.last_used < SSO_IDLE_SECONDS and now - self.auth_time < SSO_LONGEST_SECONDS


@dataclass(frozen=True)
class AuthorizationGrant:
    """What stands behind an authorization code."""

    session: BrowserSession
    asked: dict[str, str]
