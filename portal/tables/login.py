"""Who is signed in: server-side logins, sign-ins under way, and the sign-out messages already obeyed.

No key, state or cookie value is stored as itself: only its SHA-256 digest, so a copied database opens no login.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from portal.tables.columns import reference


class Moment(TypeDecorator[datetime]):
    """An aware datetime kept in UTC. SQLite stores no zone: it is put back on reading; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone may not be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Login(SQLModel, table=True):
    """One browser in which one participant is signed in.

    `sealed_id_token` is filled only when the setting `logout_hint` is on: ID-porten's token holds the national
    identity number and is therefore sealed like one.
    """

    __tablename__ = "login"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    participant_id: int = reference("participant.id")
    idp_sid: str | None = Field(default=None, sa_type=Text, index=True)
    acr: str = Field(sa_type=Text)
    auth_time: datetime = Field(sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    last_seen_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    sealed_id_token: bytes | None = Field(default=None, sa_type=LargeBinary)


class SignInAttempt(SQLModel, table=True):
    """A sign-in under way: made when the browser leaves for ID-porten, used once when it comes back."""

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    state_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    browser_hash: bytes = Field(sa_type=LargeBinary, index=True)
    nonce: str = Field(sa_type=Text)
    code_verifier: str = Field(sa_type=Text)
    next_path: str = Field(sa_type=Text)
    forced: bool = False
    created_at: datetime = Field(sa_type=Moment, index=True)


class SeenLogoutToken(SQLModel, table=True):
    """The `jti` of a back-channel sign-out already obeyed; kept until the token itself has expired."""

    __tablename__ = "seen_logout_token"

    jti: str = Field(sa_type=Text, primary_key=True)
    expires_at: datetime = Field(sa_type=Moment, index=True)
