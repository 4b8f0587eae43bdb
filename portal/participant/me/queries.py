"""What the municipality has registered about a participant, and the questions they have asked."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Date, bindparam, literal_column, not_, or_, select
from sqlmodel import Session, col

from portal.casework.questions import PLACE
from portal.casework.read_marks import mark_of
from portal.law.vocabulary import Programme, Regime
from portal.store.prepared import Prepared
from portal.tables.log import Access, AccessLog, Actor, Question, Updated
from portal.tables.people import (
    Adviser,
    Child,
    ClassGroup,
    Membership,
    Municipality,
    Participant,
    ReadMarker,
    ReadSubject,
)
from portal.tables.rows import labelled


class ContactRow(NamedTuple):
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
    adviser_email: str | None
    adviser_hours: str | None
    office: str
    office_phone: str
    office_address: str
    opening_hours: str
    group: str | None


class QuestionRow(NamedTuple):
    """A question as it was asked, and the text of its answer."""

    public_id: str
    asked_at: datetime
    message: str
    language: str
    answer_text_id: int | None
    answered_at: datetime | None
    read: bool


class AccessLogRow(NamedTuple):
    """A line of the access log."""

    at: datetime
    actor: Actor
    actor_name: str
    access: Access
    updated: list[Updated]


_ME: BindParameter[int] = bindparam("participant_id")
_TODAY: BindParameter[date] = bindparam("today", type_=Date)
_GROUP = (
    select(col(ClassGroup.name))
    .join(Membership, col(Membership.group_id) == col(ClassGroup.id))
    .where(
        col(Membership.participant_id) == _ME,
        or_(col(Membership.first_day).is_(None), col(Membership.first_day) <= _TODAY),
        or_(col(Membership.last_day).is_(None), col(Membership.last_day) >= _TODAY),
    )
    .order_by(col(Membership.id).desc())
    .limit(literal_column("1"))
    .scalar_subquery()
)
_REGISTERED = Prepared(
    select(
        *labelled(
            ContactRow,
            Participant,
            adviser=Adviser.name,
            adviser_phone=Adviser.phone,
            adviser_email=Adviser.email,
            adviser_hours=Adviser.hours,
            office=Municipality.office,
            office_phone=Municipality.phone,
            office_address=Municipality.address,
            opening_hours=Municipality.opening_hours,
            group=_GROUP,
        )
    )
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .outerjoin(Adviser, col(Adviser.id) == col(Participant.adviser_id))
    .where(col(Participant.id) == _ME),
    ContactRow,
)
_CHILDREN = select(col(Child.born)).where(col(Child.participant_id) == _ME).order_by(col(Child.born))
_QUESTIONS = (
    select(*labelled(QuestionRow, Question, read=col(ReadMarker.id).is_not(None)))
    .outerjoin(ReadMarker, mark_of(ReadSubject.ANSWER, Question.public_id))
    .where(col(Question.participant_id) == _ME)
    .order_by(col(Question.asked_at).desc())
)
_LATELY = or_(
    col(Question.asked_at) >= bindparam("since"), col(Question.answered_at).is_(None), col(ReadMarker.id).is_(None)
)
_QUESTIONS_LATELY = Prepared(_QUESTIONS.where(_LATELY), QuestionRow)
_EARLIER_QUESTIONS = _QUESTIONS.where(not_(_LATELY)).with_only_columns(col(Question.id)).limit(literal_column("1"))
_ACCESS = Prepared(
    select(*labelled(AccessLogRow, AccessLog))
    .where(col(AccessLog.participant_id) == _ME)
    .order_by(col(AccessLog.at).desc(), col(AccessLog.id).desc())
    .limit(literal_column("20")),
    AccessLogRow,
)


def registered(session: Session, participant_id: int, today: date) -> ContactRow:
    """What stands about the participant; `group` is the class that they are in on `today`."""
    (found,) = _REGISTERED.rows(session, participant_id=participant_id, today=today)
    return found


def children(session: Session, participant_id: int) -> list[date]:
    """The birth dates of the children in the participant's care, eldest first."""
    return list(session.execute(_CHILDREN, {"participant_id": participant_id}).scalars())


def questions(session: Session, participant_id: int, since: datetime) -> list[QuestionRow]:
    """The questions since a moment, those not answered, and those whose answer is not read, newest first."""
    vault = session.info["vault"]
    return [
        row._replace(message=vault.open(row.message, PLACE, row.public_id))
        for row in _QUESTIONS_LATELY.rows(session, participant_id=participant_id, since=since)
    ]


def has_earlier_questions(session: Session, participant_id: int, since: datetime) -> bool:
    """Whether there are any others."""
    values = {"participant_id": participant_id, "since": since}
    return session.execute(_EARLIER_QUESTIONS, values).first() is not None


def access(session: Session, participant_id: int) -> list[AccessLogRow]:
    """Who has been in the record lately, newest first."""
    return [
        row._replace(updated=[Updated(kind) for kind in row.updated])
        for row in _ACCESS.rows(session, participant_id=participant_id)
    ]
