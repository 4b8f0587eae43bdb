"""What an id_token and a logout_token must say before we act on them.

Every check is ours, because the library's own options leave gaps: another service's token with `azp` set to us, two
minutes of leeway, no look at level, number or method (docs/sign-in.md lists each check with its test).
"""

import base64
import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from portal import pid as pids
from portal.auth.reasons import RefusalReason, Refused
from portal.settings import IDPORTEN_LEVELS

LEEWAY = timedelta(seconds=10)
OLDEST = timedelta(minutes=5)
TEST_METHOD = "TestID"
BACKCHANNEL_EVENT = "http://schemas.openid.net/event/backchannel-logout"
Claims = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every token: who may have made it, for whom, and how sure the person must be.

    `levels`: those that are accepted, weakest first; that one is asked for. `production`: made-up people and the test
    method are refused.
    """

    issuer: str
    client_id: str
    levels: tuple[str, ...] = IDPORTEN_LEVELS
    production: bool = True
    pid_claim: str = "pid"


@dataclass(frozen=True, slots=True)
class AuthRequest:
    """What one sign-in asked for. `fresh_since`: the person had to identify themselves again after this moment."""

    nonce: str
    access_token: str | None = None
    fresh_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, how surely, when, and under which session at the provider."""

    pid: str
    acr: str
    auth_time: datetime
    sid: str | None

    def __repr__(self) -> str:
        return f"Identity({self.acr})"


def identity(claims: Claims, rules: Rules, asked: AuthRequest, now: datetime) -> Identity:
    """The person an id_token speaks of; raises Refused at the first thing that is wrong."""
    _check_addressed(claims, rules)
    _check_times(claims, now)
    if "events" in claims:
        raise Refused(RefusalReason.EVENTS)
    if not _same(claims.get("nonce"), asked.nonce):
        raise Refused(RefusalReason.NONCE)
    if not _filled(claims.get("sub")):
        raise Refused(RefusalReason.SUBJECT)
    _check_access_token(claims, asked.access_token)
    auth_time = _auth_time(claims, asked, now)
    _check_methods(claims, rules)
    return Identity(_pid(claims, rules), _level(claims, rules), auth_time, _sid(claims))


def ended_session(claims: Claims, rules: Rules, now: datetime) -> tuple[str, str, datetime]:
    """`sid`, `jti` and expiry of a logout_token (OpenID Connect Back-Channel Logout 1.0 § 2.6)."""
    _check_addressed(claims, rules)
    _check_times(claims, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(BACKCHANNEL_EVENT), dict):
        raise Refused(RefusalReason.EVENTS)
    if "nonce" in claims:
        raise Refused(RefusalReason.NONCE)
    sid, jti = _sid(claims), claims.get("jti")
    if sid is None:
        raise Refused(RefusalReason.SESSION_ID)
    if not isinstance(jti, str) or not jti:
        raise Refused(RefusalReason.TOKEN_ID)
    return sid, jti, _moment(claims, "exp", RefusalReason.EXPIRED)


def _check_addressed(claims: Claims, rules: Rules) -> None:
    if claims.get("iss") != rules.issuer:
        raise Refused(RefusalReason.ISSUER)
    if claims.get("aud") not in (rules.client_id, [rules.client_id]):
        raise Refused(RefusalReason.AUDIENCE)
    if claims.get("azp", rules.client_id) != rules.client_id:
        raise Refused(RefusalReason.AUTHORIZED_PARTY)


def _check_times(claims: Claims, now: datetime) -> None:
    if _moment(claims, "exp", RefusalReason.EXPIRED) <= now - LEEWAY:
        raise Refused(RefusalReason.EXPIRED)
    issued = _moment(claims, "iat", RefusalReason.ISSUED_AT)
    if not now - OLDEST <= issued <= now + LEEWAY:
        raise Refused(RefusalReason.ISSUED_AT)
    if "nbf" in claims and _moment(claims, "nbf", RefusalReason.NOT_YET) > now + LEEWAY:
        raise Refused(RefusalReason.NOT_YET)


def _moment(claims: Claims, name: str, reason: RefusalReason) -> datetime:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(reason)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as absurd:
        raise Refused(reason) from absurd


def _check_access_token(claims: Claims, access_token: str | None) -> None:
    """`at_hash` may be absent (ID-porten sends none), but must be right when it is there."""
    if "at_hash" not in claims:
        return
    digest = hashlib.sha256((access_token or "").encode()).digest()[:16]
    expected = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not access_token or not _same(claims["at_hash"], expected):
        raise Refused(RefusalReason.ACCESS_TOKEN_HASH)


def _auth_time(claims: Claims, asked: AuthRequest, now: datetime) -> datetime:
    found = _moment(claims, "auth_time", RefusalReason.AUTH_TIME)
    if found > now + LEEWAY:
        raise Refused(RefusalReason.AUTH_TIME)
    if asked.fresh_since and found < asked.fresh_since - LEEWAY:
        raise Refused(RefusalReason.AUTH_TIME_OLD)
    return found


def _check_methods(claims: Claims, rules: Rules) -> None:
    methods = claims.get("amr", [])
    if not isinstance(methods, list) or not all(isinstance(method, str) for method in methods):
        raise Refused(RefusalReason.METHODS)
    if rules.production and TEST_METHOD in methods:
        raise Refused(RefusalReason.TEST_PERSON)


def _level(claims: Claims, rules: Rules) -> str:
    found = claims.get("acr")
    if not isinstance(found, str) or found not in rules.levels:
        raise Refused(RefusalReason.LEVEL)
    return found


def _pid(claims: Claims, rules: Rules) -> str:
    found = claims.get(rules.pid_claim)
    if found is None:
        raise Refused(RefusalReason.PID_MISSING)
    if not isinstance(found, str) or not pids.is_pid(found):
        raise Refused(RefusalReason.PID_INVALID)
    if rules.production and pids.is_synthetic(found):
        raise Refused(RefusalReason.TEST_PERSON)
    return found


def _sid(claims: Claims) -> str | None:
    found = claims.get("sid")
    if found is not None and not _filled(found):
        raise Refused(RefusalReason.SESSION_ID)
    return found


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _same(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())
