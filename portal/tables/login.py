"""Who is signed in: server-side logins, sign-ins under way, and the sign-out messages already obeyed.

Beside SQLite all of this stands in a file of its own (`portal/store/login_file.py`).
No key, state or cookie value is stored as itself: only its SHA-256 digest, so a copied database opens no login.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from portal.tables.columns import NumberedTable, enum_column, foreign_key, new_public_id
from portal.tables.log import Access, Actor


class Login(NumberedTable, table=True):
    """One browser in which one participant is signed in, for as long as the number is theirs.

    `pid_index` is the blind index of the number that signed in: a participant who has another one is somebody else.
    `sealed_id_token` is filled only when the setting `logout_hint` is on: ID-porten's token holds the national
    identity number and is therefore sealed like one.
    """

    __tablename__ = "login"

    key_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    participant_id: int = foreign_key("participant.id")
    pid_index: bytes = Field(sa_type=LargeBinary)
    idp_sid: str | None = Field(default=None, sa_type=Text, index=True)
    acr: str = Field(sa_type=Text)
    auth_time: datetime
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime = Field(index=True)
    revoked_at: datetime | None = None
    sealed_id_token: bytes | None = Field(default=None, sa_type=LargeBinary)


class SignInAttempt(NumberedTable, table=True):
    """A sign-in under way: made when the browser leaves for ID-porten, used once when it comes back."""

    __tablename__ = "sign_in_attempt"

    state_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    browser_hash: bytes = Field(sa_type=LargeBinary, index=True)
    nonce: str = Field(sa_type=Text)
    code_verifier: str = Field(sa_type=Text)
    next_path: str = Field(sa_type=Text)
    forced: bool = False
    created_at: datetime = Field(index=True)


class SavedForm(NumberedTable, table=True):
    """What a person sent after the login had ended, until they have signed in again. `fields` is sealed JSON."""

    __tablename__ = "saved_form"

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    browser_hash: bytes = Field(sa_type=LargeBinary)
    page: str = Field(sa_type=Text)
    fields: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(index=True)


class SeenLogoutToken(SQLModel, table=True):
    """The `jti` of a back-channel sign-out already obeyed; kept until the token itself has expired."""

    __tablename__ = "seen_logout_token"

    jti: str = Field(sa_type=Text, primary_key=True)
    expires_at: datetime = Field(index=True)


class LoginNote(NumberedTable, table=True):
    """A line for the access log, until it stands there: the log may be locked while somebody signs out.

    No reference: making one would wait for whoever has the participant's row.
    """

    __tablename__ = "login_note"

    participant_id: int
    pid_index: bytes = Field(sa_type=LargeBinary)
    at: datetime
    actor: Actor = enum_column(Actor)
    access: Access = enum_column(Access)


#: What is written to the logins' own file where the database is one.
OWN_FILE: tuple[type[SQLModel], ...] = (Login, SignInAttempt, SavedForm, SeenLogoutToken, LoginNote)
