"""How much one person may send in an hour and in a day, counted in the database's own rows: it holds in every worker.

Nobody comes near it by hand. It keeps whoever has got hold of a login from filling the municipality's inbox.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from portal.settings import Settings
from portal.tables.columns import utc_now
from portal.tables.leave import LeaveDraft
from portal.tables.log import OutgoingEvent

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOCK = 0x9ACE  # any number that nothing else locks together with a participant's id


class TooMany(Exception):
    """A person has sent all that one may within this time."""

    def __init__(self, within: timedelta) -> None:
        super().__init__()
        self.within = within


class Pace(NamedTuple):
    """At most so many in an hour, and in a day."""

    hour: int
    day: int


def paces(settings: Settings) -> dict[str, Pace]:
    """The limits of an installation, by what is counted."""
    return {
        "sent": Pace(settings.sent_an_hour, settings.sent_a_day),
        "drafts": Pace(settings.drafts_an_hour, settings.drafts_a_day),
    }


def check_sent(session: Session, participant_id: int) -> None:
    """Raises TooMany where the participant has sent the municipality all that one may."""
    whose, at = col(OutgoingEvent.participant_id), col(OutgoingEvent.at)
    _check(session, "sent", participant_id, whose, at)


def check_drafts(session: Session, participant_id: int) -> None:
    """Raises TooMany where the participant has begun all the requests that one may."""
    whose, at = col(LeaveDraft.participant_id), col(LeaveDraft.updated_at)
    _check(session, "drafts", participant_id, whose, at)


def _check(session: Session, what: str, participant_id: int, whose: Any, at: Any) -> None:
    if session.get_bind().dialect.name == "postgresql":  # one after the other; the file has one writer
        session.execute(select(func.pg_advisory_xact_lock(LOCK, participant_id)))
    now, most = utc_now(), paces(session.info["settings"])[what]
    lately = func.count().filter(at > now - HOUR)
    hour, day = session.execute(select(lately, func.count()).where(whose == participant_id, at > now - DAY)).one()
    if hour >= most.hour:
        raise TooMany(HOUR)
    if day >= most.day:
        raise TooMany(DAY)
