"""What the rules are told about a participant: the person, what is registered and sent, the municipality's choices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from sqlalchemy import BindParameter, and_, bindparam, exists, not_, or_, select
from sqlmodel import Session, col

from portal.casework import extents
from portal.casework.days import Break
from portal.casework.days import breaks as school_breaks
from portal.casework.pay_days import PayDays
from portal.law.allowance import breakdown
from portal.law.assessment import Breakdown, NoBreakdown
from portal.law.breaks import Breaks
from portal.law.calendar import Month, working_days
from portal.law.case import Case, ChildFacts, ParticipantFacts, PastAbsence, Policy, Request
from portal.law.vocabulary import (
    Documentation,
    LeaveKind,
    LeaveStatus,
    Programme,
    Regime,
    Unexcused,
    WelfareReason,
)
from portal.store.prepared import Prepared, one_of
from portal.tables.absence import Absence, AbsenceValidity, RegisteredBy
from portal.tables.decision import Decision
from portal.tables.leave import WAITING, LeaveRequest, RequestForm, RequestStatus
from portal.tables.people import Child, Municipality, Participant
from portal.tables.rows import labelled


class KnownAbsence(NamedTuple):
    """An absence as it is registered."""

    id: int
    public_id: str
    kind: LeaveKind | None
    first_day: date
    last_day: date
    hours: Decimal | None
    documentation: Documentation
    medical_from: date | None
    document_by: date | None
    verdict: AbsenceValidity
    registered_by: RegisteredBy
    registered_name: str
    registered_at: datetime


class Reported(Protocol):
    """What was sent, as far as it says of which days."""

    @property
    def form(self) -> RequestForm:
        """Whether it only tells."""

    @property
    def first_day(self) -> date:
        """The first day."""

    @property
    def last_day(self) -> date:
        """The last day."""


class KnownRequest(NamedTuple):
    """A request as it stands. `seen` is what the portal said when it was sent."""

    public_id: str
    number: str
    form: RequestForm
    kind: LeaveKind
    reason: WelfareReason | None
    first_day: date
    last_day: date
    hours: Decimal | None
    status: RequestStatus
    sent_at: datetime
    granted_from: date | None
    granted_to: date | None
    granted_hours: Decimal | None
    granted_start: time | None
    granted_end: time | None
    seen: dict[str, Any]
    fetched_at: datetime | None


@dataclass(frozen=True)
class LegalFacts:
    """The person of the rules, the history they count, and the rows it was made of (newest first)."""

    participant: ParticipantFacts
    policy: Policy
    pay_day: int
    answer_days: int
    absences: tuple[KnownAbsence, ...]
    requests: tuple[KnownRequest, ...]
    school_breaks: tuple[Break, ...] = ()

    @cached_property
    def breaks(self) -> Breaks:
        """The days without school, and when they count."""
        return _breaks(self.school_breaks, self.policy)

    def breaks_within(self, request: Request) -> list[Break]:
        """The breaks some of whose days are asked for and do not count."""
        asked = working_days(request.first_day, request.last_day)
        days = [day for day in asked if self.breaks.frees(request.kind, day)]
        return [each for each in self.school_breaks if any(each.first_day <= day <= each.last_day for day in days)]

    @cached_property
    def history(self) -> tuple[PastAbsence, ...]:
        """What counts in a quota or a month. What was told of days outside the programme is no absence from it."""
        takes_part = self.participant.takes_part_within
        return history(self.absences, (row for row in self.requests if takes_part(row.first_day, row.last_day)))

    def case(self, today: date, request: Request) -> Case:
        """What the law assesses: this request, beside all that is told of the participant."""
        return Case(today, self.participant, request, self.history, self.policy, self.breaks)

    def breakdown(self, month: Month, history: Sequence[PastAbsence]) -> Breakdown | NoBreakdown:
        """The month's allowance with this history."""
        return breakdown(month, self.participant, history, policy=self.policy, breaks=self.breaks)

    def pay_days(self, known: Mapping[str, date]) -> PayDays:
        """When months are paid. `known`: the days of the payments that are registered, by month."""
        return PayDays(self.pay_day, known, self.policy.pay_day_off)


class _Person(NamedTuple):
    """The person and the municipality's choices, with one of the children where there are any."""

    born: date
    start: date | None
    start_by: date | None
    settled_on: date | None
    end: date | None
    ended_on: date | None
    regime: Regime
    programme: Programme
    lives_with_parent: bool
    partner_in_programme: bool
    sole_carer: bool
    self_certification_withdrawn: bool
    policy: dict[str, Any]
    pay_day: int
    answer_days: int
    child_born: date | None
    child_chronic: bool


_ME: BindParameter[int] = bindparam("participant_id")
_PERSON = Prepared(
    select(
        *labelled(
            _Person,
            Participant,
            policy=Municipality.policy,
            pay_day=Municipality.pay_day,
            answer_days=Municipality.answer_days,
            child_born=Child.born,
            child_chronic=Child.chronic,
        )
    )
    .join(Municipality, col(Municipality.id) == col(Participant.municipality_id))
    .outerjoin(Child, col(Child.participant_id) == col(Participant.id))
    .where(col(Participant.id) == _ME)
    .order_by(col(Child.born), col(Child.id)),
    _Person,
)
_ABSENCES = Prepared(
    select(*labelled(KnownAbsence, Absence))
    .where(col(Absence.participant_id) == _ME)
    .order_by(col(Absence.first_day).desc(), col(Absence.id).desc()),
    KnownAbsence,
)
_REQUESTS = (
    select(*labelled(KnownRequest, LeaveRequest))
    .where(col(LeaveRequest.participant_id) == _ME)
    .order_by(col(LeaveRequest.sent_at).desc(), col(LeaveRequest.id).desc())
)
_ALL_REQUESTS = Prepared(_REQUESTS, KnownRequest)
_SINCE: BindParameter[date] = bindparam("since")
_DECIDED_LATELY = select(col(Decision.id)).where(
    col(Decision.participant_id) == _ME, col(Decision.decided_on) >= _SINCE
)
_LATELY = or_(
    col(LeaveRequest.last_day) >= _SINCE,
    one_of(col(LeaveRequest.status), WAITING),
    and_(col(LeaveRequest.decision_id).is_not(None), col(LeaveRequest.decision_id).in_(_DECIDED_LATELY)),
)
_REQUESTS_LATELY = Prepared(_REQUESTS.where(_LATELY), KnownRequest)
_EARLIER_REQUESTS = select(exists().where(col(LeaveRequest.participant_id) == _ME, not_(_LATELY)))


def read(session: Session, participant_id: int) -> LegalFacts:
    """The record of a participant; raises LookupError for an id that is nobody's."""
    rows = _PERSON.rows(session, participant_id=participant_id)
    if not rows:
        raise LookupError(participant_id)
    return LegalFacts(
        participant=_participant(rows),
        policy=Policy.of(rows[0].policy),
        pay_day=rows[0].pay_day,
        answer_days=rows[0].answer_days,
        absences=absences(session, participant_id),
        requests=requests(session, participant_id),
        school_breaks=tuple(school_breaks(session, participant_id, date.min, date.max)),
    )


def breaks_of(session: Session, participant_id: int) -> Breaks:
    """The days without school of a participant, and when they count."""
    mine = select(col(Municipality.policy)).join(Participant, col(Participant.municipality_id) == col(Municipality.id))
    policy = Policy.of(session.execute(mine.where(col(Participant.id) == participant_id)).scalar_one())
    return _breaks(school_breaks(session, participant_id, date.min, date.max), policy)


def participant(session: Session, participant_id: int) -> ParticipantFacts:
    """The person of the rules alone; raises LookupError for an id that is nobody's."""
    rows = _PERSON.rows(session, participant_id=participant_id)
    if not rows:
        raise LookupError(participant_id)
    return _participant(rows)


def absences(session: Session, participant_id: int) -> tuple[KnownAbsence, ...]:
    """Everything that is registered, newest first."""
    return tuple(_ABSENCES.rows(session, participant_id=participant_id))


def requests(session: Session, participant_id: int) -> tuple[KnownRequest, ...]:
    """Everything that was sent, newest first."""
    return tuple(_ALL_REQUESTS.rows(session, participant_id=participant_id))


def requests_lately(session: Session, participant_id: int, since: date) -> tuple[KnownRequest, ...]:
    """What was sent of days since `since`, was decided since then, or waits for an answer, newest first."""
    return tuple(_REQUESTS_LATELY.rows(session, participant_id=participant_id, since=since))


def has_earlier_requests(session: Session, participant_id: int, since: date) -> bool:
    """Whether anything else was sent."""
    values = {"participant_id": participant_id, "since": since}
    return bool(session.execute(_EARLIER_REQUESTS, values).scalar_one())


def history(known: Sequence[KnownAbsence], sent: Iterable[KnownRequest]) -> tuple[PastAbsence, ...]:
    """The law's history, oldest first. What was told and is since registered counts as registered, and once; until the
    municipality has said what an absence was, it is what was told.
    """
    said = [row for row in known if _kind_of(row)]
    days = registered_days(said)
    told = [_of_request(row) for row in sent if not is_registered(row, days)]
    return tuple(sorted([*filter(None, map(_of_absence, said)), *told], key=lambda row: row.first_day))


def registered_days(known: Iterable[KnownAbsence]) -> frozenset[int]:
    """Every day (its ordinal) on which an absence is registered."""
    return frozenset(day for row in known for day in range(row.first_day.toordinal(), row.last_day.toordinal() + 1))


def is_registered(request: Reported, days: Collection[int]) -> bool:
    """Whether the municipality has registered an absence on every day that was only told of; `days` are those of
    `registered_days`.
    """
    told = range(request.first_day.toordinal(), request.last_day.toordinal() + 1)
    return request.form is RequestForm.REPORT and all(day in days for day in told)


def _breaks(found: Iterable[Break], policy: Policy) -> Breaks:
    return Breaks(tuple((each.first_day, each.last_day) for each in found), policy.breaks_count)


def _participant(rows: Sequence[_Person]) -> ParticipantFacts:
    row = rows[0]
    ends = [day for day in (row.end, row.ended_on) if day]
    return ParticipantFacts(
        born=row.born,
        start=row.start or row.start_by or row.settled_on or date.max,
        end=min(ends) if ends else None,
        regime=row.regime,
        programme=row.programme,
        lives_with_parent=row.lives_with_parent,
        partner_in_programme=row.partner_in_programme,
        children=tuple(ChildFacts(child.child_born, child.child_chronic) for child in rows if child.child_born),
        sole_carer=row.sole_carer,
        self_certification_withdrawn=row.self_certification_withdrawn,
    )


def _kind_of(row: KnownAbsence) -> LeaveKind | Unexcused | None:
    return Unexcused.INVALID if row.verdict is AbsenceValidity.INVALID else row.kind


def _of_absence(row: KnownAbsence) -> PastAbsence | None:
    kind = _kind_of(row)
    if kind is None:
        return None
    return PastAbsence(kind, row.first_day, row.last_day, row.hours, row.documentation, row.medical_from)


def _of_request(row: KnownRequest) -> PastAbsence:
    extent = extents.granted(row) or extents.asked(row)
    return PastAbsence(
        kind=row.kind,
        first_day=extent.first_day,
        last_day=extent.last_day,
        hours=extent.hours,
        documentation=Documentation(row.seen.get("documentation", Documentation.NONE)),
        medical_from=_day(row.seen.get("medical_from")),
        reason=row.reason,
        status=LeaveStatus.GRANTED if _holds_as_told(row) else _leave_status(row.status),
    )


def _holds_as_told(row: KnownRequest) -> bool:
    """Whether it holds without an answer: a religious day told of in time (IF § 17 (2))."""
    return row.form is RequestForm.REPORT and row.kind is LeaveKind.RELIGIOUS_DAY and row.status in WAITING


def _leave_status(status: RequestStatus) -> LeaveStatus:
    match status:
        case RequestStatus.SENT | RequestStatus.RECEIVED | RequestStatus.MORE_INFORMATION:
            return LeaveStatus.SENT
        case RequestStatus.GRANTED | RequestStatus.PARTLY_GRANTED:
            return LeaveStatus.GRANTED
        case RequestStatus.REFUSED:
            return LeaveStatus.REFUSED
        case RequestStatus.WITHDRAWN:
            return LeaveStatus.WITHDRAWN


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
