"""What the home page needs to know: what waits for the participant or for an answer, what takes today, and the next
payment.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from portal.casework.read_marks import mark_of
from portal.law.vocabulary import Documentation
from portal.store.prepared import Prepared
from portal.tables.absence import Absence, AbsenceObjection, AbsenceValidity
from portal.tables.allowance import Payment, PaymentChange, PaymentLine, PaymentStatus
from portal.tables.columns import EnumText
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.leave import LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import Question
from portal.tables.people import Municipality, Participant, ReadMarker, ReadSubject
from portal.tables.plan import Plan
from portal.tables.rows import labelled


class Fact(StrEnum):
    """What home knows of: what may wait for the participant; and an application that waits for its answer, a day that
    is told and taken back, and an absence that the municipality has registered.
    """

    DOCUMENT = "document"
    MORE_INFORMATION = "more_information"
    PLAN = "plan"
    DECISION = "decision"
    DECISIONS = "decisions"
    LEAVE_DECISION = "leave_decision"
    STOP = "stop"
    ANSWER = "answer"
    OBJECTION = "contest"
    PAYMENT = "payment"
    ON_ITS_WAY = "on_its_way"
    TAKEN_BACK = "taken_back"
    REGISTERED = "registered"


class Found(NamedTuple):
    """One fact: what it is, where it leads (of a registered absence its kind), and the dates that it speaks of; of an
    application when it was sent, and how many days the municipality has to answer.
    """

    kind: Fact
    ref: str
    first_day: date | None
    last_day: date | None
    deadline: date | None
    sent_at: datetime | None
    answer_days: int | None


class NextPayment(NamedTuple):
    """The payment that comes next, in øre, and what is deducted from it."""

    month: str
    status: PaymentStatus
    due_on: date
    before_tax: int
    deducted: int


def _kind(kind: Fact) -> ColumnElement[StrEnum]:
    """One of our own words, written in the statement itself: no value to bind at each request."""
    return literal_column(f"'{kind}'", EnumText(Fact))


_ME: BindParameter[int] = bindparam("participant_id")
_TODAY: BindParameter[date] = bindparam("today")
_NO_DATE = cast(null(), Date)
_ABOUT_MINE = and_(col(LeaveRequest.decision_id) == col(Decision.id), col(LeaveRequest.participant_id) == _ME)
_REPLACED = select(col(Decision.replaces_id)).where(
    col(Decision.participant_id) == _ME, col(Decision.replaces_id).is_not(None)
)
_LATEST = select(func.max(col(Plan.version))).where(col(Plan.participant_id) == _ME).scalar_subquery()


def _waits(kind: ColumnElement[StrEnum], ref: Any, **dates: Any) -> Select[*tuple[Any, ...]]:
    """A statement that finds facts; a date that is not given is none."""
    blank: dict[str, Any] = dict.fromkeys(("first_day", "last_day", "deadline"), _NO_DATE)
    blank |= {"sent_at": cast(null(), UTCDateTime()), "answer_days": cast(null(), Integer())}
    return select(*labelled(Found, kind=kind, ref=ref, **(blank | dates)))


_ABSENT = {"first_day": Absence.first_day, "last_day": Absence.last_day}
_ASKED = {"first_day": LeaveRequest.first_day, "last_day": LeaveRequest.last_day}
_DECIDED = {
    "first_day": Decision.decided_on,
    "deadline": case((col(Decision.outcome) == DecisionOutcome.GRANTED, _NO_DATE), else_=col(Decision.appeal_by)),
}
_FACTS: CompoundSelect[Any] = union_all(
    _waits(_kind(Fact.DOCUMENT), Absence.public_id, **_ABSENT, deadline=Absence.document_by).where(
        col(Absence.participant_id) == _ME,
        col(Absence.document_by).is_not(None),
        col(Absence.documentation) != Documentation.MEDICAL,
    ),
    _waits(
        _kind(Fact.MORE_INFORMATION),
        LeaveRequest.public_id,
        **_ASKED,
    ).where(col(LeaveRequest.participant_id) == _ME, col(LeaveRequest.status) == RequestStatus.MORE_INFORMATION),
    _waits(_kind(Fact.PLAN), cast(col(Plan.version), String), first_day=Plan.decided_on)
    .outerjoin(ReadMarker, mark_of(ReadSubject.PLAN, Plan.version))
    .where(col(Plan.participant_id) == _ME, col(Plan.version) == _LATEST, col(ReadMarker.id).is_(None)),
    _waits(
        case((col(LeaveRequest.id).is_(None), _kind(Fact.DECISION)), else_=_kind(Fact.LEAVE_DECISION)),
        func.coalesce(col(LeaveRequest.public_id), col(Decision.public_id)),
        **_DECIDED,
    )
    .outerjoin(LeaveRequest, _ABOUT_MINE)
    .outerjoin(ReadMarker, mark_of(ReadSubject.DECISION, Decision.public_id))
    .where(
        col(Decision.participant_id) == _ME,
        col(Decision.decided_on) >= bindparam("recent"),
        col(Decision.id).not_in(_REPLACED),
        col(ReadMarker.id).is_(None),
    ),
    _waits(_kind(Fact.STOP), Decision.public_id, **_DECIDED).where(
        col(Decision.participant_id) == _ME,
        col(Decision.kind) == DecisionKind.STOP,
        col(Decision.id).not_in(_REPLACED),
    ),
    _waits(_kind(Fact.ANSWER), Question.public_id)
    .outerjoin(ReadMarker, mark_of(ReadSubject.ANSWER, Question.public_id))
    .where(
        col(Question.participant_id) == _ME,
        col(Question.answered_at).is_not(None),
        col(ReadMarker.id).is_(None),
    ),
    _waits(_kind(Fact.OBJECTION), Absence.public_id, **_ABSENT)
    .join(AbsenceObjection, col(AbsenceObjection.absence_id) == col(Absence.id))
    .outerjoin(ReadMarker, mark_of(ReadSubject.OBJECTION, AbsenceObjection.public_id))
    .where(
        col(AbsenceObjection.participant_id) == _ME,
        col(AbsenceObjection.answered_on).is_not(None),
        col(ReadMarker.id).is_(None),
    ),
    _waits(_kind(Fact.PAYMENT), Payment.month)
    .join(PaymentChange, col(PaymentChange.payment_id) == col(Payment.id))
    .outerjoin(ReadMarker, mark_of(ReadSubject.PAYMENT, PaymentChange.id))
    .where(col(Payment.participant_id) == _ME, col(ReadMarker.id).is_(None))
    .distinct(),
    _waits(
        _kind(Fact.ON_ITS_WAY),
        LeaveRequest.public_id,
        **_ASKED,
        sent_at=LeaveRequest.sent_at,
        answer_days=Municipality.answer_days,
    )
    .join(Participant, col(Participant.id) == col(LeaveRequest.participant_id))
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .where(
        col(LeaveRequest.participant_id) == _ME,
        col(LeaveRequest.form) == RequestForm.APPLICATION,
        or_(col(LeaveRequest.status) == RequestStatus.SENT, col(LeaveRequest.status) == RequestStatus.RECEIVED),
    ),
    _waits(_kind(Fact.TAKEN_BACK), LeaveRequest.public_id, **_ASKED).where(
        col(LeaveRequest.participant_id) == _ME,
        col(LeaveRequest.form) == RequestForm.REPORT,
        col(LeaveRequest.status) == RequestStatus.WITHDRAWN,
        col(LeaveRequest.first_day) <= _TODAY,
        col(LeaveRequest.last_day) >= _TODAY,
    ),
    _waits(_kind(Fact.REGISTERED), cast(col(Absence.kind), String), **_ABSENT).where(
        col(Absence.participant_id) == _ME,
        col(Absence.kind).is_not(None),
        col(Absence.verdict) != AbsenceValidity.INVALID,
        col(Absence.hours).is_(None),
        col(Absence.first_day) <= _TODAY,
        col(Absence.last_day) >= _TODAY,
    ),
)
_FIRST_PAYMENT = (
    select(col(Payment.id), col(Payment.month), col(Payment.status), col(Payment.due_on), col(Payment.before_tax))
    .where(
        col(Payment.participant_id) == _ME,
        or_(col(Payment.status) == PaymentStatus.PLANNED, col(Payment.status) == PaymentStatus.STOPPED),
        col(Payment.due_on) >= _TODAY,
    )
    .order_by(col(Payment.due_on))
    .limit(literal_column("1"))
    .subquery()
)
_DEDUCTED = (
    select(func.coalesce(func.sum(col(PaymentLine.amount)), 0))
    .where(col(PaymentLine.payment_id) == _FIRST_PAYMENT.c.id, col(PaymentLine.amount) < 0)
    .scalar_subquery()
)
_NEXT_PAYMENT = Prepared(
    select(
        *labelled(
            NextPayment,
            month=_FIRST_PAYMENT.c.month,
            status=_FIRST_PAYMENT.c.status,
            due_on=_FIRST_PAYMENT.c.due_on,
            before_tax=_FIRST_PAYMENT.c.before_tax,
            deducted=_DEDUCTED,
        )
    ),
    NextPayment,
)
_ALL = Prepared(_FACTS, Found)


def facts(session: Session, participant_id: int, today: date, recent: date) -> list[Found]:
    """What is known on `today`, the nearest deadline first. Unread decisions count from the day `recent`, stops in any
    case.
    """
    found = _ALL.rows(session, participant_id=participant_id, today=today, recent=recent)
    return sorted(found, key=lambda fact: (fact.deadline is None, fact.deadline or date.min, fact.kind))


def next_payment(session: Session, participant_id: int, today: date) -> NextPayment | None:
    """The first planned or stopped payment from today on."""
    return next(iter(_NEXT_PAYMENT.rows(session, participant_id=participant_id, today=today)), None)
