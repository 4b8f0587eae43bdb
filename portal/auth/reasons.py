"""Why a sign-in, or a sign-out message, was not accepted. The codes stand in the log and small on the page."""

from enum import StrEnum


class RefusalReason(StrEnum):
    """One code for each thing that can be wrong, in the order in which it is looked at."""

    METADATA_UNAVAILABLE = "metadata_unavailable"
    METADATA_INVALID = "metadata_invalid"
    METADATA_ISSUER = "metadata_issuer"
    REQUEST_UNAVAILABLE = "request_unavailable"
    REQUEST_REFUSED = "request_refused"

    STATE_MISSING = "state_missing"
    BROWSER_UNKNOWN = "browser_unknown"
    STATE_UNKNOWN = "state_unknown"
    BROWSER_OTHER = "browser_other"
    STATE_EXPIRED = "state_expired"
    RESPONSE_ISSUER = "response_issuer"
    CANCELLED = "cancelled"
    PROVIDER_BUSY = "provider_busy"
    PROVIDER_ERROR = "provider_error"
    CODE_MISSING = "code_missing"

    TOKEN_UNAVAILABLE = "token_unavailable"
    TOKEN_REFUSED = "token_refused"
    TOKEN_MISSING = "token_missing"
    KEYS_UNAVAILABLE = "keys_unavailable"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    TYPE = "type"
    KEY_UNKNOWN = "key_unknown"
    SIGNATURE = "signature"

    ISSUER = "issuer"
    AUDIENCE = "audience"
    AUTHORIZED_PARTY = "authorized_party"
    EXPIRED = "expired"
    ISSUED_AT = "issued_at"
    NOT_YET = "not_yet"
    NONCE = "nonce"
    SUBJECT = "subject"
    ACCESS_TOKEN_HASH = "access_token_hash"
    EVENTS = "events"
    SESSION_ID = "session_id"
    TOKEN_ID = "token_id"
    REPLAYED = "replayed"
    AUTH_TIME = "auth_time"
    AUTH_TIME_OLD = "auth_time_old"
    METHODS = "methods"
    TEST_PERSON = "test_person"
    LEVEL = "level"
    PID_MISSING = "pid_missing"
    PID_INVALID = "pid_invalid"


class Refused(Exception):
    """Something was not accepted. `detail` never holds a number, a name or a token, so it may be logged."""

    def __init__(self, reason: RefusalReason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail
