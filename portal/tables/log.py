"""What leaves the house and who looked: outgoing events, questions, the access log and imports."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from portal.tables.columns import (
    NumberedTable,
    check,
    deferred_foreign_key,
    enum_column,
    foreign_key,
    new_public_id,
    utc_now,
)

WAITING_EVENT = "acknowledged_at IS NULL"
OF_MUNICIPALITY = "participant_id IS NULL"


class OutgoingKind(StrEnum):
    """What a participant did that the municipality must hear of."""

    LEAVE_SENT = "leave_sent"
    LEAVE_WITHDRAWN = "leave_withdrawn"
    QUESTION_ASKED = "question_asked"
    LANGUAGE_CHOSEN = "language_chosen"
    ABSENCE_CONTESTED = "absence_contested"
    CONTEST_WITHDRAWN = "contest_withdrawn"
    TRANSLATION_ASKED = "translation_asked"
    WORDS_REPORTED = "words_reported"


class Actor(StrEnum):
    """Whose act an access log line tells of."""

    PARTICIPANT = "participant"
    MUNICIPALITY = "municipality"


class Access(StrEnum):
    """What was done with a participant's record."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    IMPORTED = "imported"
    EXPORTED = "exported"


class Updated(StrEnum):
    """What of a participant's record an import changed."""

    PERSON = "person"
    PROTECTION_ENDED = "protection_ended"
    PLAN = "plan"
    TRAINING = "training"
    ABSENCES = "absences"
    DECISIONS = "decisions"
    PAYMENTS = "payments"
    ANSWERS = "answers"
    ATTENDANCE = "attendance"


class OutgoingEvent(NumberedTable, table=True):
    """An event for the municipality, in order of `id`, kept until acknowledged. `payload` is sealed JSON."""

    __tablename__ = "outgoing_event"

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    kind: OutgoingKind = enum_column(OutgoingKind)
    at: datetime = Field(default_factory=utc_now)
    payload: bytes
    acknowledged_at: datetime | None = None

    __table_args__ = (
        Index("ix_outgoing_event_waits", "id", sqlite_where=text(WAITING_EVENT), postgresql_where=text(WAITING_EVENT)),
    )


class Question(NumberedTable, table=True):
    """A participant's question to the adviser and the answer. Both are sealed."""

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    asked_at: datetime = Field(default_factory=utc_now)
    message: bytes
    language: str
    answer_text_id: int | None = deferred_foreign_key("text.id")
    answered_at: datetime | None = None

    __table_args__ = (check("answer_has_time", "(answer_text_id IS NULL) = (answered_at IS NULL)"),)


class AccessLog(NumberedTable, table=True):
    """Who did what with whose record, and when. `updated` are the kinds of what an import changed (`Updated`)."""

    __tablename__ = "access_log"

    participant_id: int = foreign_key("participant.id")
    at: datetime = Field(default_factory=utc_now)
    actor: Actor = enum_column(Actor)
    actor_name: str = ""
    access: Access = enum_column(Access)
    updated: list[str] = Field(default_factory=list, sa_type=JSON)


class Received(NumberedTable, table=True):
    """When the newest document taken from one of a municipality's systems (`source`) was issued: of a participant, or
    where there is none of the municipality itself.
    """

    municipality_id: int = foreign_key("municipality.id")
    participant_id: int | None = foreign_key("participant.id", default=None)
    source: str = ""
    issued_at: datetime

    __table_args__ = (
        UniqueConstraint("participant_id", "source"),
        Index(
            "ix_received_one_of_municipality",
            "municipality_id",
            "source",
            unique=True,
            sqlite_where=text(OF_MUNICIPALITY),
            postgresql_where=text(OF_MUNICIPALITY),
        ),
    )


class ImportedFile(NumberedTable, table=True):
    """A file that was taken whole; the same bytes again change nothing."""

    __tablename__ = "imported_file"

    digest: str = Field(unique=True, max_length=64)
    kind: str
    imported_at: datetime = Field(default_factory=utc_now)
