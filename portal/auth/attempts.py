"""Sign-ins under way: one row each, so that several tabs can sign in at once; used once, by the browser that began."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from portal.auth.cookies import digest
from portal.auth.oidc import StartedSignIn
from portal.auth.reasons import RefusalReason, Refused
from portal.tables.login import SignInAttempt

LIFE = timedelta(hours=1)
FORGET = timedelta(hours=2)
MOST_PER_BROWSER = 10


def remember(
    session: Session, browser: str, begun: StartedSignIn, *, next_path: str, forced: bool, now: datetime
) -> None:
    """Keep what the callback will need; forget what is old or more than ten of one browser."""
    session.execute(delete(SignInAttempt).where(col(SignInAttempt.created_at) < now - FORGET))
    newest = (
        select(col(SignInAttempt.id))
        .where(col(SignInAttempt.browser_hash) == digest(browser))
        .order_by(col(SignInAttempt.id).desc())
    )
    too_many = session.execute(newest.offset(MOST_PER_BROWSER - 1)).scalars().all()
    session.execute(delete(SignInAttempt).where(col(SignInAttempt.id).in_(too_many)))
    session.add(
        SignInAttempt(
            state_hash=digest(begun.state),
            browser_hash=digest(browser),
            nonce=begun.nonce,
            code_verifier=begun.code_verifier,
            next_path=next_path,
            forced=forced,
            created_at=now,
        )
    )


def take(session: Session, browser: str | None, state: str | None, now: datetime) -> SignInAttempt:
    """The sign-in this browser began with `state`, which is used up by this. Raises Refused."""
    if not state:
        raise Refused(RefusalReason.STATE_MISSING)
    if not browser:
        raise Refused(RefusalReason.BROWSER_UNKNOWN)
    found = session.scalars(select(SignInAttempt).where(col(SignInAttempt.state_hash) == digest(state))).first()
    if found is None:
        raise Refused(RefusalReason.STATE_UNKNOWN)
    if found.browser_hash != digest(browser):
        raise Refused(RefusalReason.BROWSER_OTHER)
    session.expunge(found)
    use_up = delete(SignInAttempt).where(col(SignInAttempt.id) == found.id).returning(col(SignInAttempt.id))
    if session.execute(use_up).first() is None:
        raise Refused(RefusalReason.STATE_UNKNOWN)
    if now - found.created_at > LIFE:
        raise Refused(RefusalReason.STATE_EXPIRED)
    return found
