"""Server-side logins: the browser holds a random key, the database its digest and everything else.

Thirty minutes without a request or 120 minutes in all end a login (ID-porten's rules); so do signing out here, signing
out of another service (by `sid`), and signing in anew in the same browser.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, delete, select, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from portal.auth.claims import Identity
from portal.auth.cookies import digest, new_secret
from portal.auth.people import Numbered
from portal.casework import access_log
from portal.settings import Settings
from portal.store.db import Store
from portal.store.prepared import Prepared
from portal.tables.log import Access, Actor
from portal.tables.login import Login, LoginNote, SavedForm
from portal.tables.people import Adviser, EndReason, Municipality, Participant
from portal.tables.rows import labelled

log = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(hours=1)
_PLACE = "login.id_token"


class SignedInPerson(NamedTuple):
    """The signed-in participant and their login, as far as every page needs to know them."""

    id: int
    login_id: int
    given_name: str
    family_name: str
    recorded_language: str
    chosen_language: str | None
    municipality: str
    office_phone: str
    adviser: str | None
    adviser_phone: str | None
    start: date | None
    start_by: date | None
    ended_on: date | None
    end_reason: EndReason | None
    protected_address: bool
    acr: str
    auth_time: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @property
    def initials(self) -> str:
        """The first letters of both names."""
        return self.given_name[:1] + self.family_name[:1]

    @property
    def language(self) -> str:
        """The language for letters: the participant's own choice, or what the municipality has recorded."""
        return self.chosen_language or self.recorded_language

    @property
    def chose_language(self) -> bool:
        """Whether the participant has chosen that language here."""
        return self.chosen_language is not None

    @property
    def phone(self) -> str:
        """The adviser's number, or the office's."""
        return self.adviser_phone or self.office_phone


@dataclass(frozen=True, slots=True)
class Ended:
    """A login that was ended: whose, and the token for ID-porten's sign-out if we were told to keep it."""

    participant_id: int
    id_token: str | None
    sid: str | None

    def __repr__(self) -> str:
        return f"Ended({self.participant_id})"


_PERSON = Prepared(
    select(
        *labelled(
            SignedInPerson,
            Participant,
            login_id=Login.id,
            recorded_language=Participant.language,
            municipality=Municipality.name,
            office_phone=Municipality.phone,
            adviser=Adviser.name,
            adviser_phone=Adviser.phone,
            acr=Login.acr,
            auth_time=Login.auth_time,
            last_seen_at=Login.last_seen_at,
            expires_at=Login.expires_at,
            revoked_at=Login.revoked_at,
        )
    )
    .join(
        Participant,
        and_(col(Participant.id) == col(Login.participant_id), col(Participant.pid_index) == col(Login.pid_index)),
    )
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .outerjoin(Adviser, col(Adviser.id) == col(Participant.adviser_id))
    .where(col(Login.key_hash) == bindparam("key_hash")),
    SignedInPerson,
)


def start(
    session: Session,
    settings: Settings,
    participant: Numbered,
    who: Identity,
    *,
    id_token: str,
    old: str | None,
    now: datetime,
) -> str:
    """Sign a participant in and give the browser's new key; the browser's `old` login and all expired ones go.

    `session` is one that signs, here and below.
    """
    key = new_secret()
    session.execute(delete(Login).where(col(Login.expires_at) < now))
    session.execute(delete(SavedForm).where(col(SavedForm.created_at) < now - KEPT))
    if old:
        session.execute(delete(Login).where(col(Login.key_hash) == digest(old)))
    kept = session.info["vault"].seal(id_token, _PLACE, digest(key).hex()) if settings.logout_hint else None
    session.add(
        Login(
            key_hash=digest(key),
            participant_id=participant.id,
            pid_index=participant.pid_index,
            idp_sid=who.sid,
            acr=who.acr,
            auth_time=who.auth_time,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(minutes=settings.login_absolute_minutes),
            sealed_id_token=kept,
        )
    )
    _note(session, participant, Actor.PARTICIPANT, Access.SIGNED_IN, now)
    return key


def current(session: Session, settings: Settings, key: str, now: datetime) -> SignedInPerson | None:
    """The participant whom `key` signs in, if the login is still good, by the level that is demanded now too."""
    person = next(iter(_PERSON.rows(session, key_hash=digest(key))), None)
    if person is None or person.revoked_at is not None or now >= person.expires_at:
        return None
    if person.acr not in settings.levels:
        return None
    idle = now - person.last_seen_at >= timedelta(minutes=settings.login_idle_minutes)
    return None if idle else person


def touch(store: Store, login_id: int, now: datetime) -> None:
    """Note that the login was used, if that needs no waiting: the next request notes it as well.

    Has a session of its own: it runs after the answer was sent.
    """
    try:
        with store.login_session(waits=False) as session:
            session.execute(update(Login).where(col(Login.id) == login_id).values(last_seen_at=now))
            session.commit()
    except OperationalError:
        log.warning("the use of a login was not noted: the database was busy")
    write_log(store)


def write_log(store: Store) -> None:
    """Move what was noted of logins to the access log, if that needs no waiting; otherwise it stays noted.

    The notes are held while the log is written, and a line that stands there already is not written again: each
    stands there once, whatever happens in between.
    """
    try:
        with store.login_session(waits=False) as signing:
            notes = signing.scalars(select(LoginNote).with_for_update(skip_locked=True)).all()
            if notes:
                with store.write_session(waits=False) as writing:
                    access_log.note_logins(writing, notes)
                    writing.commit()
                signing.execute(delete(LoginNote).where(col(LoginNote.id).in_([note.id for note in notes])))
                signing.commit()
    except OperationalError:
        log.info("what was noted of logins waits for the access log: the database was busy")


def end(session: Session, key: str, now: datetime) -> Ended | None:
    """End the login of `key`; None if there was none to end."""
    login = session.execute(
        select(Login).where(col(Login.key_hash) == digest(key), col(Login.revoked_at).is_(None))
    ).scalar()
    if login is None:
        return None
    login.revoked_at = now
    _note(session, Numbered(login.participant_id, login.pid_index), Actor.PARTICIPANT, Access.SIGNED_OUT, now)
    sealed, login.sealed_id_token = login.sealed_id_token, None
    id_token = session.info["vault"].open(sealed, _PLACE, digest(key).hex()) if sealed else None
    return Ended(login.participant_id, id_token, login.idp_sid)


def is_known(session: Session, sid: str) -> bool:
    """Whether a login here came from the session `sid` at ID-porten and has not been ended."""
    known = select(col(Login.id)).where(col(Login.idp_sid) == sid, col(Login.revoked_at).is_(None))
    return session.execute(known).first() is not None


def end_by_sid(session: Session, sid: str, now: datetime) -> int:
    """End every login that came from the session `sid` at ID-porten; gives how many there were."""
    return _end_where(session, Actor.PARTICIPANT, now, col(Login.idp_sid) == sid)


def end_all(session: Session, now: datetime, participants: Collection[int] | None = None) -> int:
    """End every login, or those of some participants, for the municipality; gives how many there were."""
    whose = () if participants is None else (col(Login.participant_id).in_(participants),)
    return _end_where(session, Actor.MUNICIPALITY, now, col(Login.expires_at) > now, *whose)


def _end_where(session: Session, actor: Actor, now: datetime, *which: ColumnElement[bool]) -> int:
    logins = session.scalars(select(Login).where(*which, col(Login.revoked_at).is_(None))).all()
    for login in logins:
        login.revoked_at, login.sealed_id_token = now, None
        _note(session, Numbered(login.participant_id, login.pid_index), actor, Access.SIGNED_OUT, now)
    return len(logins)


def _note(session: Session, whose: Numbered, actor: Actor, access: Access, now: datetime) -> None:
    session.add(LoginNote(participant_id=whose.id, pid_index=whose.pid_index, at=now, actor=actor, access=access))
