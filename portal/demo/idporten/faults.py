"""The fault switch: named ways in which the provider's next answer is wrong, for testing a service against it.

Each name stands in exactly one of the tables below. `POST /_fault name=…` arms one; it is spent when the provider
reaches that stage (`times=2` spoils two answers).
"""

import threading
from enum import StrEnum

from .spoils import (
    Spoil,
    age,
    all_of,
    altered,
    by_stranger,
    by_stranger_with_own_key,
    drop,
    head,
    hs256_with_public_key,
    put,
    rs384,
    shift,
    signed,
    unsigned,
    without_signature,
)

Answer = tuple[int, str, str]
JSON, TEXT = "application/json", "text/html"


class Stage(StrEnum):
    """Where in a sign-in or sign-out the fault strikes."""

    METADATA = "metadata"
    JWKS = "jwks"
    PAR = "par"
    RESPONSE = "response"
    TOKEN = "token"
    ID_TOKEN = "id_token"
    LOGOUT_TOKEN = "logout_token"


#: Faults of any signed token.
_ANY: dict[str, Spoil] = {
    "iss_wrong": put(iss="https://idporten.example"),
    "iss_missing": drop("iss"),
    "aud_wrong": put(aud="another-service"),
    "aud_missing": drop("aud"),
    "aud_with_another": lambda draft: draft.claims.update(aud=[draft.claims["aud"], "another-service"]),
    "iat_missing": drop("iat"),
    "iat_future": shift("iat", 600),
    "iat_old": shift("iat", -86_400),
    "exp_missing": drop("exp"),
    "exp_text": put(exp="soon"),
    "expired": age(600),
    "signature_altered": signed(altered),
    "signature_missing": signed(without_signature),
    "signature_stranger": signed(by_stranger),
    "signature_stranger_own_key": signed(by_stranger_with_own_key),
    "kid_unknown": all_of(head(kid="nobody"), signed(by_stranger)),
    "alg_none": signed(unsigned),
    "alg_hs256": signed(hs256_with_public_key),
    "alg_rs384": signed(rs384),
}

ID_TOKEN: dict[str, Spoil] = {
    **_ANY,
    "aud_other_azp_us": lambda draft: draft.claims.update(azp=draft.claims["aud"], aud="another-service"),
    "azp_wrong": put(azp="another-service"),
    "sub_missing": drop("sub"),
    "sub_empty": put(sub=""),
    "nonce_wrong": put(nonce="another-nonce"),
    "nonce_missing": drop("nonce"),
    "nbf_future": lambda draft: draft.claims.update(nbf=draft.claims["iat"] + 600),
    "expired_just": lambda draft: draft.claims.update(iat=draft.claims["iat"] - 140, exp=draft.claims["iat"] - 20),
    "at_hash_wrong": put(at_hash="bm90LXRoZS1oYXNoLWF0LWFsbA"),
    "acr_missing": drop("acr"),
    "acr_low": put(acr="idporten-loa-low"),
    "acr_email": put(acr="selfregistered-email"),
    "acr_eidas": put(acr="eidas-loa-high"),
    "acr_list": put(acr=["idporten-loa-high"]),
    "pid_missing": drop("pid"),
    "pid_number": lambda draft: draft.claims.update(pid=int(draft.claims["pid"])),
    "pid_short": lambda draft: draft.claims.update(pid=draft.claims["pid"][:10]),
    "pid_other_digits": put(pid="٠١٢٣٤٥٦٧٨٩٠"),
    "amr_text": put(amr="TestID"),
    "amr_missing": drop("amr"),
    "auth_time_missing": drop("auth_time"),
    "auth_time_text": put(auth_time="now"),
    "auth_time_old": shift("auth_time", -3600),
    "auth_time_future": shift("auth_time", 3600),
    "sid_number": put(sid=7),
    "events_present": put(events={"http://schemas.openid.net/event/backchannel-logout": {}}),
}

#: Unusual but right: a service must accept these.
ID_TOKEN_RIGHT: dict[str, Spoil] = {
    "none": put(),
    "kid_missing": lambda draft: draft.header.pop("kid") and None,
    "x5c_in_header": head(x5c=["M" * 2400, "M" * 2400]),
    "aud_list_of_us": lambda draft: draft.claims.update(aud=[draft.claims["aud"]]),
    "sid_missing": drop("sid"),
    "clock_five_seconds_ahead": shift("iat", 5),
}

_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TOKEN: dict[str, Spoil] = {
    **_ANY,
    "events_missing": drop("events"),
    "events_wrong": put(events={"http://schemas.openid.net/event/other": {}}),
    "events_text": put(events=_EVENT),
    "events_value_text": put(events={_EVENT: "yes"}),
    "nonce_present": put(nonce="a-nonce"),
    "sid_missing": drop("sid"),
    "sid_number": put(sid=7),
    "jti_missing": drop("jti"),
    "jti_number": put(jti=7),
    "typ_id_token": head(typ="JWT"),
}

RESPONSE: dict[str, dict[str, str | None]] = {
    "response_iss_wrong": {"iss": "https://idporten.example"},
    "response_iss_missing": {"iss": None},
    "response_state_wrong": {"state": "another-state"},
    "response_state_missing": {"state": None},
    "response_code_missing": {"code": None},
    "response_code_wrong": {"code": "another-code"},
    "response_server_error": {"code": None, "error": "server_error", "error_description": "<b>stack trace</b>"},
    "response_unavailable": {"code": None, "error": "temporarily_unavailable"},
    "response_invalid_scope": {"code": None, "error": "invalid_scope"},
    "response_error_unknown": {"code": None, "error": "x" * 300},
}

_DOWN, _NOT_JSON = (503, "down", TEXT), (200, "<html>maintenance</html>", TEXT)
ANSWERS: dict[Stage, dict[str, Answer]] = {
    Stage.METADATA: {
        "metadata_down": _DOWN,
        "metadata_not_json": _NOT_JSON,
        "metadata_list": (200, "[]", JSON),
        "metadata_empty": (200, "{}", JSON),
        "metadata_issuer_wrong": (200, '{"issuer": "https://idporten.example"}', JSON),
    },
    Stage.JWKS: {
        "jwks_down": _DOWN,
        "jwks_not_json": _NOT_JSON,
        "jwks_list": (200, "[]", JSON),
        "jwks_empty": (200, '{"keys": []}', JSON),
        "jwks_broken": (200, '{"keys": [{"kty": "RSA", "n": "!", "e": 1}, 7]}', JSON),
    },
    Stage.PAR: {
        "par_down": _DOWN,
        "par_not_json": (201, "<html></html>", TEXT),
        "par_without_address": (201, "{}", JSON),
        "par_refused": (400, '{"error": "invalid_request", "error_description": "no"}', JSON),
    },
    Stage.TOKEN: {
        "token_down": _DOWN,
        "token_not_json": _NOT_JSON,
        "token_refused": (400, '{"error": "invalid_grant", "error_description": "no"}', JSON),
        "token_empty": (200, "{}", JSON),
        "id_token_missing": (200, '{"access_token": "a", "token_type": "Bearer"}', JSON),
        "id_token_garbage": (200, '{"access_token": "a", "token_type": "Bearer", "id_token": "no.token.here"}', JSON),
        "id_token_number": (200, '{"access_token": "a", "token_type": "Bearer", "id_token": 7}', JSON),
    },
}

FAULTS: dict[Stage, frozenset[str]] = {
    Stage.ID_TOKEN: frozenset(ID_TOKEN) | frozenset(ID_TOKEN_RIGHT),
    Stage.LOGOUT_TOKEN: frozenset(LOGOUT_TOKEN),
    Stage.RESPONSE: frozenset(RESPONSE),
    **{stage: frozenset(answers) for stage, answers in ANSWERS.items()},
}


class FaultSwitch:
    """Which fault is armed, where, and for how many answers."""

    def __init__(self) -> None:
        self._armed: dict[Stage, list[str]] = {stage: [] for stage in Stage}
        self._lock = threading.Lock()

    def arm(self, stage: Stage, name: str, times: int = 1) -> None:
        """Spoil the next `times` answers of `stage`; KeyError for a name that stage does not have."""
        if name not in FAULTS[stage]:
            raise KeyError(name)
        with self._lock:
            self._armed[stage] = [name] * times

    def strike(self, stage: Stage) -> str | None:
        """The fault of this answer, if one is armed."""
        with self._lock:
            armed = self._armed[stage]
            return armed.pop() if armed else None
