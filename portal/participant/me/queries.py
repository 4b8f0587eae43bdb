"""What the municipality has registered about a participant, and the questions they have asked."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, literal, select
from sqlmodel import Session, col

from portal.casework.questions import PLACE
from portal.law.vocabulary import Programme, Regime
from portal.tables.log import Access, AccessLog, Actor, Question, Updated
from portal.tables.people import Adviser, Child, Municipality, Participant, Readable, ReadMarker
from portal.tables.rows import labelled


class Registered(NamedTuple):
    """The participant, the adviser and the office in one row."""

    given_name: str
    family_name: str
    born: date
    language: str
    chosen_language: str | None
    regime: Regime
    programme: Programme
    start: date | None
    end: date | None
    lives_with_parent: bool
    partner_in_programme: bool
    sole_carer: bool
    protected_address: bool
    adviser: str | None
    adviser_phone: str | None
    adviser_hours: str | None
    office: str
    office_phone: str
    office_address: str
    opening_hours: str


class Asked(NamedTuple):
    """A question as it was asked, and the text of its answer."""

    public_id: str
    asked_at: datetime
    words: str
    language: str
    answer_text_id: int | None
    answered_at: datetime | None
    read: bool


class Looked(NamedTuple):
    """A line of the access log."""

    at: datetime
    actor: Actor
    actor_name: str
    access: Access
    updated: list[Updated]


_ME: BindParameter[int] = bindparam("participant_id")
_REGISTERED = (
    select(
        *labelled(
            Registered,
            Participant,
            adviser=Adviser.name,
            adviser_phone=Adviser.phone,
            adviser_hours=Adviser.hours,
            office=Municipality.office,
            office_phone=Municipality.phone,
            office_address=Municipality.address,
            opening_hours=Municipality.opening_hours,
        )
    )
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .outerjoin(Adviser, col(Adviser.id) == col(Participant.adviser_id))
    .where(col(Participant.id) == _ME)
)
_CHILDREN = select(col(Child.born)).where(col(Child.participant_id) == _ME).order_by(col(Child.born))
_QUESTIONS = (
    select(*labelled(Asked, Question, read=col(ReadMarker.id).is_not(None)))
    .outerjoin(
        ReadMarker,
        and_(
            col(ReadMarker.participant_id) == _ME,
            col(ReadMarker.subject) == literal(Readable.ANSWER.value) + col(Question.public_id),
        ),
    )
    .where(col(Question.participant_id) == _ME)
    .order_by(col(Question.asked_at).desc())
    .limit(20)
)
_ACCESS = (
    select(*labelled(Looked, AccessLog))
    .where(col(AccessLog.participant_id) == _ME)
    .order_by(col(AccessLog.at).desc(), col(AccessLog.id).desc())
    .limit(20)
)


def registered(session: Session, participant_id: int) -> Registered:
    """What stands about the participant."""
    return Registered._make(session.execute(_REGISTERED, {"participant_id": participant_id}).one())


def children(session: Session, participant_id: int) -> list[date]:
    """The birth dates of the children in the participant's care, eldest first."""
    return list(session.execute(_CHILDREN, {"participant_id": participant_id}).scalars())


def questions(session: Session, participant_id: int) -> list[Asked]:
    """The last questions, newest first."""
    vault = session.info["vault"]
    return [
        Asked._make(row)._replace(words=vault.open(row.words, PLACE, row.public_id))
        for row in session.execute(_QUESTIONS, {"participant_id": participant_id})
    ]


def access(session: Session, participant_id: int) -> list[Looked]:
    """Who has been in the record lately, newest first."""
    return [
        Looked._make(row)._replace(updated=[Updated(kind) for kind in row.updated])
        for row in session.execute(_ACCESS, {"participant_id": participant_id})
    ]
