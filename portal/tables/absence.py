"""Absence as the municipality has registered it (IF chapter 3, IL § 21). Corrections are appended."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from portal.law.vocabulary import Documentation, LeaveKind
from portal.tables.columns import (
    NumberedTable,
    check,
    deferred_foreign_key,
    enum_column,
    foreign_key,
    new_public_id,
    utc_now,
)

WAITING_OBJECTION = "status IN ('sent', 'received')"


class AbsenceValidity(StrEnum):
    """What the municipality says of an absence."""

    UNDECIDED = "undecided"
    VALID = "valid"
    INVALID = "invalid"


class RegisteredBy(StrEnum):
    """Who wrote an absence down."""

    TEACHER = "teacher"
    ADVISER = "adviser"
    WORKPLACE = "workplace"
    PARTICIPANT = "participant"


class Absence(NumberedTable, table=True):
    """An absence of whole days, or of `hours` on one day. `kind` is empty where no reason is known yet."""

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    external_id: str
    kind: LeaveKind | None = enum_column(LeaveKind, default=None)
    first_day: date
    last_day: date
    hours: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)
    documentation: Documentation = enum_column(Documentation, default=Documentation.NONE)
    medical_from: date | None = None
    document_by: date | None = None
    verdict: AbsenceValidity = enum_column(AbsenceValidity, default=AbsenceValidity.UNDECIDED)
    registered_by: RegisteredBy = enum_column(RegisteredBy)
    registered_name: str = ""
    registered_at: datetime

    __table_args__ = (
        UniqueConstraint("participant_id", "external_id"),
        check("last_after_first", "last_day >= first_day"),
        check("hours_on_one_day", "hours IS NULL OR (first_day = last_day AND hours > 0 AND hours <= 24)"),
        check("medical_from_needs_statement", "medical_from IS NULL OR documentation = 'medical'"),
    )


class AbsenceCorrection(NumberedTable, table=True):
    """A change of what was registered: what it was, what it became, when and by whom."""

    __tablename__ = "absence_correction"

    absence_id: int = foreign_key("absence.id")
    corrected_at: datetime = Field(default_factory=utc_now)
    corrected_by: str = ""
    verdict_before: AbsenceValidity = enum_column(AbsenceValidity)
    verdict_after: AbsenceValidity = enum_column(AbsenceValidity)
    hours_before: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)
    hours_after: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)


class ObjectionStatus(StrEnum):
    """Where a objection stands. Waiting: sent, received."""

    SENT = "sent"
    RECEIVED = "received"
    CORRECTED = "corrected"
    STANDS = "stands"
    WITHDRAWN = "withdrawn"


class AbsenceObjection(NumberedTable, table=True):
    """A participant says that a registered absence is wrong. `message` is sealed; one objection of an absence may wait.

    `public_id` is the form's, so that sending twice makes one objection.
    """

    __tablename__ = "absence_objection"

    public_id: str = Field(unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    absence_id: int = foreign_key("absence.id")
    message: bytes
    has_paper: bool
    language: str
    status: ObjectionStatus = enum_column(ObjectionStatus, default=ObjectionStatus.SENT)
    sent_at: datetime = Field(default_factory=utc_now)
    answered_on: date | None = None
    answer_text_id: int | None = deferred_foreign_key("text.id")

    __table_args__ = (
        check("answer_has_day", "(status IN ('corrected', 'stands')) = (answered_on IS NOT NULL)"),
        check("only_an_answer_has_text", "answer_text_id IS NULL OR answered_on IS NOT NULL"),
        check("what_stands_has_reasons", "status <> 'stands' OR answer_text_id IS NOT NULL"),
        Index(
            "ix_absence_objection_one_waits",
            "absence_id",
            unique=True,
            sqlite_where=text(WAITING_OBJECTION),
            postgresql_where=text(WAITING_OBJECTION),
        ),
    )
