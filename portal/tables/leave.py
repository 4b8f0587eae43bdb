"""Leave: drafts, requests with their events, and the ledger of days (IF chapter 4, IL § 17)."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.tables.columns import (
    NumberedTable,
    check,
    deferred_foreign_key,
    enum_column,
    foreign_key,
    new_public_id,
    utc_now,
)


class RequestForm(StrEnum):
    """An application waits for an answer; a report or a notification only tells (IF §§ 5, 6, 17 (2))."""

    APPLICATION = "application"
    REPORT = "report"


class RequestStatus(StrEnum):
    """Where a request stands; WAITING are those that nobody has decided, GRANTED all or in part."""

    SENT = "sent"
    RECEIVED = "received"
    MORE_INFORMATION = "more_information"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAITING = (RequestStatus.SENT, RequestStatus.RECEIVED, RequestStatus.MORE_INFORMATION)
GRANTED = (RequestStatus.GRANTED, RequestStatus.PARTLY_GRANTED)


class LeaveEventKind(StrEnum):
    """What happened to a request."""

    SENT = "sent"
    RECEIVED = "received"
    MORE_INFORMATION = "more_information"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LeaveDraft(NumberedTable, table=True):
    """A request being written. `answers` is sealed JSON of what was typed, as typed."""

    __tablename__ = "leave_draft"

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    answers: bytes
    updated_at: datetime = Field(default_factory=utc_now)


class LeaveRequest(NumberedTable, table=True):
    """What a participant sent. `public_id` is the draft's, so that sending twice makes one request.

    `message` is sealed free text. `seen` is what the portal said before sending: rule outcome and figures.
    `shown` is sealed JSON of the sentences that the participant saw before sending, by language.
    `granted_hours` are those of the day, or of each day where several are granted; None for whole days. `fetched_at`:
    the municipality said then that it has it.
    """

    __tablename__ = "leave_request"

    public_id: str = Field(unique=True, max_length=36)
    number: str = Field(unique=True, max_length=20)
    participant_id: int = foreign_key("participant.id")
    form: RequestForm = enum_column(RequestForm)
    kind: LeaveKind = enum_column(LeaveKind)
    reason: WelfareReason | None = enum_column(WelfareReason, default=None)
    first_day: date
    last_day: date
    hours: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)
    message: bytes | None = None
    status: RequestStatus = enum_column(RequestStatus, default=RequestStatus.SENT)
    sent_at: datetime = Field(default_factory=utc_now)
    decided_at: datetime | None = None
    decision_id: int | None = deferred_foreign_key("decision.id")
    granted_from: date | None = None
    granted_to: date | None = None
    granted_hours: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)
    granted_start: time | None = None
    granted_end: time | None = None
    language: str
    text_version: str
    seen: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    shown: bytes | None = None
    version: int = 1
    fetched_at: datetime | None = None

    __table_args__ = (
        check("last_after_first", "last_day >= first_day"),
        check("hours_on_one_day", "hours IS NULL OR (first_day = last_day AND hours > 0 AND hours <= 24)"),
        check(
            "only_an_answer_is_decided",
            "(status IN ('granted', 'partly_granted', 'refused')) = (decided_at IS NOT NULL)",
        ),
        check("decided_has_decision", "(decided_at IS NULL) = (decision_id IS NULL)"),
        check("report_is_not_decided", "form <> 'report' OR status NOT IN ('granted', 'partly_granted', 'refused')"),
        check("granted_has_dates", "(status IN ('granted', 'partly_granted')) = (granted_from IS NOT NULL)"),
        check("granted_dates_in_order", "granted_from IS NULL OR granted_to >= granted_from"),
        check("granted_dates_in_pairs", "(granted_from IS NULL) = (granted_to IS NULL)"),
        check(
            "granted_hours_of_a_day",
            "granted_hours IS NULL OR (granted_from IS NOT NULL AND granted_hours > 0 AND granted_hours <= 24)",
        ),
        check("granted_times_in_pairs", "(granted_start IS NULL) = (granted_end IS NULL)"),
        check(
            "granted_times_of_one_day",
            "granted_start IS NULL OR"
            " (granted_hours IS NOT NULL AND granted_from = granted_to AND granted_end > granted_start)",
        ),
    )


class LeaveEvent(NumberedTable, table=True):
    """One thing that happened to a request, in order; never changed afterwards. `params` hold facts, not sentences."""

    __tablename__ = "leave_event"

    request_id: int = foreign_key("leave_request.id")
    seq: int
    kind: LeaveEventKind = enum_column(LeaveEventKind)
    actor: str
    at: datetime = Field(default_factory=utc_now)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)

    __table_args__ = (UniqueConstraint("request_id", "seq"),)


class LeaveLedger(NumberedTable, table=True):
    """Days of leave given (positive) or taken back (negative, pointing at what it reverses).

    `hours`: those of each day, where they are not whole days.
    """

    __tablename__ = "leave_ledger"

    participant_id: int = foreign_key("participant.id")
    request_id: int | None = Field(default=None, foreign_key="leave_request.id", ondelete="CASCADE", index=True)
    kind: LeaveKind = enum_column(LeaveKind)
    days: int
    hours: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)
    first_day: date
    last_day: date
    reverses_id: int | None = Field(default=None, foreign_key="leave_ledger.id", unique=True)
    at: datetime = Field(default_factory=utc_now)

    __table_args__ = (check("only_a_reversal_is_negative", "(days < 0) = (reverses_id IS NOT NULL)"),)
