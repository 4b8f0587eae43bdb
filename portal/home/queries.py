"""What the home page needs to know: what waits for the participant, and the next payment."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Date,
    Executable,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlmodel import Session, col

from portal.law.vocabulary import Documentation
from portal.tables.absence import Absence, AbsenceContest
from portal.tables.allowance import Payment, PaymentLine, PaymentStatus
from portal.tables.leave import Decision, LeaveRequest, RequestStatus
from portal.tables.log import Question
from portal.tables.people import ReadMarker
from portal.tables.plan import Plan


class Waiting(StrEnum):
    """What may wait for the participant."""

    DOCUMENT = "document"
    MORE_INFORMATION = "more_information"
    PLAN = "plan"
    DECISION = "decision"
    ANSWER = "answer"
    CONTEST = "contest"


class Task(NamedTuple):
    """One thing that waits: what it is, where it leads, and the dates that it speaks of."""

    kind: Waiting
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


_ME: BindParameter[int] = bindparam("participant_id")
_NO_DATE = cast(literal(None), Date)
_UNREAD_DECISION = and_(
    col(ReadMarker.participant_id) == _ME, col(ReadMarker.subject) == literal("decision:") + col(Decision.public_id)
)
_READ_PLAN = and_(
    col(ReadMarker.participant_id) == _ME,
    col(ReadMarker.subject) == literal("plan:") + cast(col(Plan.version), String),
)
_READ_ANSWER = and_(
    col(ReadMarker.participant_id) == _ME, col(ReadMarker.subject) == literal("answer:") + col(Question.public_id)
)
_READ_CONTEST = and_(
    col(ReadMarker.participant_id) == _ME,
    col(ReadMarker.subject) == literal("contest:") + col(AbsenceContest.public_id),
)
_LATEST = select(func.max(col(Plan.version))).where(col(Plan.participant_id) == _ME).scalar_subquery()


def _dates(*dates: object) -> tuple[object, ...]:
    return tuple(_NO_DATE if value is None else value for value in dates)


_TASKS: Executable = union_all(
    select(
        literal(Waiting.DOCUMENT.value).label("kind"),
        col(Absence.public_id).label("ref"),
        col(Absence.first_day).label("first_day"),
        col(Absence.last_day).label("last_day"),
        col(Absence.document_by).label("deadline"),
    ).where(
        col(Absence.participant_id) == _ME,
        col(Absence.document_by).is_not(None),
        col(Absence.documentation) != Documentation.MEDICAL,
    ),
    select(
        literal(Waiting.MORE_INFORMATION.value),
        col(LeaveRequest.public_id),
        *_dates(col(LeaveRequest.first_day), col(LeaveRequest.last_day), None),
    ).where(col(LeaveRequest.participant_id) == _ME, col(LeaveRequest.status) == RequestStatus.MORE_INFORMATION),
    select(literal(Waiting.PLAN.value), cast(col(Plan.version), String), *_dates(col(Plan.decided_on), None, None))
    .outerjoin(ReadMarker, _READ_PLAN)
    .where(col(Plan.participant_id) == _ME, col(Plan.version) == _LATEST, col(ReadMarker.id).is_(None)),
    select(
        literal(Waiting.DECISION.value),
        case((col(LeaveRequest.id).is_not(None), col(LeaveRequest.public_id)), else_=literal("")),
        *_dates(col(Decision.decided_on), None, col(Decision.appeal_by)),
    )
    .outerjoin(LeaveRequest, col(LeaveRequest.decision_id) == col(Decision.id))
    .outerjoin(ReadMarker, _UNREAD_DECISION)
    .where(
        col(Decision.participant_id) == _ME,
        col(LeaveRequest.id).is_not(None),
        col(Decision.decided_on) >= bindparam("recent"),
        col(ReadMarker.id).is_(None),
    ),
    select(literal(Waiting.ANSWER.value), col(Question.public_id), *_dates(None, None, None))
    .outerjoin(ReadMarker, _READ_ANSWER)
    .where(
        col(Question.participant_id) == _ME,
        col(Question.answered_at).is_not(None),
        col(ReadMarker.id).is_(None),
    ),
    select(
        literal(Waiting.CONTEST.value),
        col(Absence.public_id),
        *_dates(col(Absence.first_day), col(Absence.last_day), None),
    )
    .join(AbsenceContest, col(AbsenceContest.absence_id) == col(Absence.id))
    .outerjoin(ReadMarker, _READ_CONTEST)
    .where(
        col(AbsenceContest.participant_id) == _ME,
        col(AbsenceContest.answered_on).is_not(None),
        col(ReadMarker.id).is_(None),
    ),
)
_NEXT_PAYMENT = (
    select(
        col(Payment.month),
        col(Payment.status),
        col(Payment.due_on),
        col(Payment.before_tax),
        func.coalesce(func.sum(case((col(PaymentLine.amount) < 0, col(PaymentLine.amount)), else_=0)), 0),
    )
    .outerjoin(PaymentLine, col(PaymentLine.payment_id) == col(Payment.id))
    .where(
        col(Payment.participant_id) == _ME,
        col(Payment.status).in_([PaymentStatus.PLANNED, PaymentStatus.STOPPED]),
        col(Payment.due_on) >= bindparam("today"),
    )
    .group_by(col(Payment.id), col(Payment.month), col(Payment.status), col(Payment.due_on), col(Payment.before_tax))
    .order_by(col(Payment.due_on))
    .limit(1)
)


def tasks(session: Session, participant_id: int, recent: date) -> list[Task]:
    """What waits: the nearest deadline first. Decisions count from the day `recent`."""
    rows = session.connection().execute(_TASKS, {"participant_id": participant_id, "recent": recent})
    found = [Task(Waiting(row[0]), *row[1:]) for row in rows]
    return sorted(found, key=lambda task: (task.deadline is None, task.deadline or date.min, task.kind))


def next_payment(session: Session, participant_id: int, today: date) -> NextPayment | None:
    """The first planned or stopped payment from today on."""
    row = session.connection().execute(_NEXT_PAYMENT, {"participant_id": participant_id, "today": today}).first()
    return NextPayment._make(row) if row else None
