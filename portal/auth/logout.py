"""The two channels by which ID-porten tells us that a person signed out elsewhere. Neither needs our cookie."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from portal.auth import logins
from portal.auth.oidc import OidcClient
from portal.auth.reasons import RefusalReason, Refused
from portal.store.db import Store, add_new
from portal.tables.login import SeenLogoutToken


def front_channel(store: Store, client: OidcClient, issuer: str | None, sid: str | None, now: datetime) -> None:
    """End the logins of `sid` if the message names our issuer (with or without a slash at the end).

    Anybody may send this message, so the database is written to only where there is something to end.
    """
    if not sid or (issuer or "").rstrip("/") != client.issuer.rstrip("/"):
        return
    with store.read_session() as reading:
        known = logins.is_known(reading, sid)
    if known:
        with store.login_session() as signing:
            logins.end_by_sid(signing, sid, now)
            signing.commit()
        logins.write_log(store)


def back_channel(store: Store, client: OidcClient, logout_token: object, now: datetime) -> None:
    """End the logins a signed logout_token names; each token is obeyed once. Raises Refused."""
    sid, jti, expires_at = client.ended_session(logout_token)
    with store.login_session() as signing:
        _obey_once(signing, jti, expires_at, now)
        logins.end_by_sid(signing, sid, now)
        signing.commit()
    logins.write_log(store)


def _obey_once(session: Session, jti: str, expires_at: datetime, now: datetime) -> None:
    session.execute(delete(SeenLogoutToken).where(col(SeenLogoutToken.expires_at) < now - 2 * logins.SEEN_EVERY))
    if not add_new(session, SeenLogoutToken(jti=jti, expires_at=expires_at), "jti"):
        raise Refused(RefusalReason.REPLAYED)
