"""Where a participant stands, and whom they turn to: the programme, the municipality's ways, office and adviser."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import Session, col

from portal.casework import away
from portal.casework.standing import Standing, end_reason, standing
from portal.law.vocabulary import Programme
from portal.store.prepared import Prepared
from portal.tables.people import Adviser, EndReason, Municipality, Participant
from portal.tables.rows import labelled


class Situation(NamedTuple):
    """Where the participant stands; `away_until` is the last day of a parental leave that covers today."""

    programme: Programme
    start_by: date | None
    start: date | None
    end: date | None
    ended_on: date | None
    end_reason: EndReason | None
    certificate_on: date | None
    protected_address: bool
    office: str
    phone: str
    county_governor: str
    answer_days: int
    pay_day: int
    policy: dict[str, bool | int | str]
    adviser: str | None
    adviser_phone: str | None
    away_until: date | None

    def ended(self, today: date) -> EndReason | None:
        """Why the programme is over on `today`; None while it goes on."""
        return end_reason(self, today)

    def standing(self, today: date) -> Standing:
        """Where the participant stands on `today`."""
        return standing(self, today, self.away_until)


_ME: BindParameter[int] = bindparam("participant_id")
_SITUATION = Prepared(
    select(
        *labelled(
            Situation,
            Participant,
            office=Municipality.office,
            phone=Municipality.phone,
            county_governor=Municipality.county_governor,
            answer_days=Municipality.answer_days,
            pay_day=Municipality.pay_day,
            policy=Municipality.policy,
            adviser=Adviser.name,
            adviser_phone=Adviser.phone,
            away_until=away.UNTIL,
        )
    )
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .outerjoin(Adviser, col(Adviser.id) == col(Participant.adviser_id))
    .where(col(Participant.id) == _ME),
    Situation,
)


def situation_of(session: Session, participant_id: int, today: date) -> Situation:
    """Where the participant stands on `today`."""
    (found,) = _SITUATION.rows(session, participant_id=participant_id, today=today)
    return found
