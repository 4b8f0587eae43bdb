"""What the home page needs to know: what waits for the participant, and the next payment."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
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

from portal.casework.read_marks import mark_of
from portal.law.vocabulary import Documentation
from portal.store.prepared import Prepared
from portal.tables.absence import Absence, AbsenceObjection
from portal.tables.allowance import Payment, PaymentChange, PaymentLine, PaymentStatus
from portal.tables.columns import EnumText
from portal.tables.decision import Decision, DecisionKind
from portal.tables.leave import LeaveRequest, RequestStatus
from portal.tables.log import Question
from portal.tables.people import ReadMarker, ReadSubject
from portal.tables.plan import Plan
from portal.tables.rows import labelled


class WaitingFacts(StrEnum):
    """What may wait for the participant."""

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


class Task(NamedTuple):
    """One thing that waits: what it is, where it leads, and the dates that it speaks of."""

    kind: WaitingFacts
    ref: str
    first_day: date | None
    last_day: date | None
    deadline: date | None


class NextPayment(NamedTuple):
    """The payment that comes next, in øre, and what is deducted from it."""

    month: str
    status: PaymentStatus
    due_on: date
    before_tax: int
    deducted: int


def _kind(kind: WaitingFacts) -> ColumnElement[StrEnum]:
    """One of our own words, written in the statement itself: no value to bind at each request."""
    return literal_column(f"'{kind}'", EnumText(WaitingFacts))


_ME: BindParameter[int] = bindparam("participant_id")
_NO_DATE = cast(null(), Date)
_ABOUT_MINE = and_(col(LeaveRequest.decision_id) == col(Decision.id), col(LeaveRequest.participant_id) == _ME)
_REPLACED = select(col(Decision.replaces_id)).where(
    col(Decision.participant_id) == _ME, col(Decision.replaces_id).is_not(None)
)
_LATEST = select(func.max(col(Plan.version))).where(col(Plan.participant_id) == _ME).scalar_subquery()


def _waits(kind: ColumnElement[StrEnum], ref: Any, **dates: Any) -> Select[*tuple[Any, ...]]:
    """A statement that finds tasks; a date that is not given is none."""
    blank = {"first_day": _NO_DATE, "last_day": _NO_DATE, "deadline": _NO_DATE}
    return select(*labelled(Task, kind=kind, ref=ref, **(blank | dates)))


_ABSENT = {"first_day": Absence.first_day, "last_day": Absence.last_day}
_DECIDED = {"first_day": Decision.decided_on, "deadline": Decision.appeal_by}
_TASKS: CompoundSelect[Any] = union_all(
    _waits(_kind(WaitingFacts.DOCUMENT), Absence.public_id, **_ABSENT, deadline=Absence.document_by).where(
        col(Absence.participant_id) == _ME,
        col(Absence.document_by).is_not(None),
        col(Absence.documentation) != Documentation.MEDICAL,
    ),
    _waits(
        _kind(WaitingFacts.MORE_INFORMATION),
        LeaveRequest.public_id,
        first_day=LeaveRequest.first_day,
        last_day=LeaveRequest.last_day,
    ).where(col(LeaveRequest.participant_id) == _ME, col(LeaveRequest.status) == RequestStatus.MORE_INFORMATION),
    _waits(_kind(WaitingFacts.PLAN), cast(col(Plan.version), String), first_day=Plan.decided_on)
    .outerjoin(ReadMarker, mark_of(ReadSubject.PLAN, Plan.version))
    .where(col(Plan.participant_id) == _ME, col(Plan.version) == _LATEST, col(ReadMarker.id).is_(None)),
    _waits(
        case((col(LeaveRequest.id).is_(None), _kind(WaitingFacts.DECISION)), else_=_kind(WaitingFacts.LEAVE_DECISION)),
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
    _waits(_kind(WaitingFacts.STOP), Decision.public_id, **_DECIDED).where(
        col(Decision.participant_id) == _ME,
        col(Decision.kind) == DecisionKind.STOP,
        col(Decision.id).not_in(_REPLACED),
    ),
    _waits(_kind(WaitingFacts.ANSWER), Question.public_id)
    .outerjoin(ReadMarker, mark_of(ReadSubject.ANSWER, Question.public_id))
    .where(
        col(Question.participant_id) == _ME,
        col(Question.answered_at).is_not(None),
        col(ReadMarker.id).is_(None),
    ),
    _waits(_kind(WaitingFacts.OBJECTION), Absence.public_id, **_ABSENT)
    .join(AbsenceObjection, col(AbsenceObjection.absence_id) == col(Absence.id))
    .outerjoin(ReadMarker, mark_of(ReadSubject.OBJECTION, AbsenceObjection.public_id))
    .where(
        col(AbsenceObjection.participant_id) == _ME,
        col(AbsenceObjection.answered_on).is_not(None),
        col(ReadMarker.id).is_(None),
    ),
    _waits(_kind(WaitingFacts.PAYMENT), Payment.month)
    .join(PaymentChange, col(PaymentChange.payment_id) == col(Payment.id))
    .outerjoin(ReadMarker, mark_of(ReadSubject.PAYMENT, PaymentChange.id))
    .where(col(Payment.participant_id) == _ME, col(ReadMarker.id).is_(None))
    .distinct(),
)
_FIRST_PAYMENT = (
    select(col(Payment.id), col(Payment.month), col(Payment.status), col(Payment.due_on), col(Payment.before_tax))
    .where(
        col(Payment.participant_id) == _ME,
        or_(col(Payment.status) == PaymentStatus.PLANNED, col(Payment.status) == PaymentStatus.STOPPED),
        col(Payment.due_on) >= bindparam("today"),
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
_WAITING = Prepared(_TASKS, Task)


def tasks(session: Session, participant_id: int, recent: date) -> list[Task]:
    """What waits: the nearest deadline first. Unread decisions count from the day `recent`, stops in any case."""
    found = _WAITING.rows(session, participant_id=participant_id, recent=recent)
    return sorted(found, key=lambda task: (task.deadline is None, task.deadline or date.min, task.kind))


def next_payment(session: Session, participant_id: int, today: date) -> NextPayment | None:
    """The first planned or stopped payment from today on."""
    return next(iter(_NEXT_PAYMENT.rows(session, participant_id=participant_id, today=today)), None)
