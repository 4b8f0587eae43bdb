"""Who: municipalities, advisers, participants and the children in their care."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from portal.law.vocabulary import Programme, Regime
from portal.tables.columns import NumberedTable, check, enum_column, foreign_key, new_public_id, utc_now
from portal.tables.texts import Norwegian


class EndReason(StrEnum):
    """Why a programme is over (IL §§ 18, 18 a)."""

    COMPLETED = "completed"
    BROKEN_OFF = "broken_off"
    STOPPED = "stopped"
    MOVED = "moved"


class Municipality(NumberedTable, table=True):
    """A municipality: what participants see of it, and its choices where the law leaves one (`policy`).

    `norwegian` is the form that it writes.
    """

    org_number: str = Field(unique=True, max_length=9)
    name: str
    office: str
    phone: str
    address: str = ""
    opening_hours: str = ""
    county_governor: str
    pay_day: int
    answer_days: int = 30
    norwegian: Norwegian = enum_column(Norwegian, default=Norwegian.BOKMAL)
    policy: dict[str, bool | int | str] = Field(default_factory=dict, sa_type=JSON)

    __table_args__ = (
        check("pay_day_in_every_month", "pay_day BETWEEN 1 AND 28"),
        check("answer_days_positive", "answer_days > 0"),
    )


class Adviser(NumberedTable, table=True):
    """Programrådgiver: whom a participant calls."""

    municipality_id: int = foreign_key("municipality.id")
    external_id: str
    name: str
    phone: str
    email: str = ""
    hours: str = ""

    __table_args__ = (UniqueConstraint("municipality_id", "external_id"),)


class Participant(NumberedTable, table=True):
    """A participant. `pid` is sealed; `pid_index` is the blind index that sign-in looks up."""

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    municipality_id: int = foreign_key("municipality.id")
    external_id: str
    adviser_id: int | None = Field(default=None, foreign_key="adviser.id", ondelete="SET NULL", index=True)
    pid: bytes
    pid_index: bytes = Field(index=True)
    given_name: str
    family_name: str
    born: date
    language: str = "nb"
    chosen_language: str | None = None
    regime: Regime = enum_column(Regime)
    programme: Programme = enum_column(Programme)
    settled_on: date | None = None
    start_by: date | None = None
    start: date | None = None
    end: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = enum_column(EndReason, default=None)
    certificate_on: date | None = None
    protected_address: bool = False
    lives_with_parent: bool = False
    partner_in_programme: bool = False
    sole_carer: bool = False
    self_certification_withdrawn: bool = False

    __table_args__ = (
        UniqueConstraint("municipality_id", "external_id"),
        UniqueConstraint("municipality_id", "pid_index"),
        check("end_after_start", '"end" IS NULL OR (start IS NOT NULL AND "end" >= start)'),
        check("ended_has_reason", "(ended_on IS NULL) = (end_reason IS NULL)"),
        check("certificate_after_end", "certificate_on IS NULL OR ended_on IS NOT NULL"),
    )


class Child(NumberedTable, table=True):
    """A child in the participant's care (IF §§ 6, 7): no name, only what a quota needs."""

    participant_id: int = foreign_key("participant.id")
    external_id: str
    born: date
    chronic: bool = False

    __table_args__ = (UniqueConstraint("participant_id", "external_id"),)


class ClassGroup(NumberedTable, table=True):
    """A class or course that has a timetable of its own."""

    __tablename__ = "class_group"

    municipality_id: int = foreign_key("municipality.id")
    external_id: str
    name: str = ""

    __table_args__ = (UniqueConstraint("municipality_id", "external_id"),)


class Membership(NumberedTable, table=True):
    """A participant's time in a group; open at either end where a date is missing."""

    participant_id: int = foreign_key("participant.id")
    group_id: int = foreign_key("class_group.id")
    first_day: date | None = None
    last_day: date | None = None

    __table_args__ = (
        UniqueConstraint("participant_id", "group_id"),
        check("last_after_first", "first_day IS NULL OR last_day IS NULL OR last_day >= first_day"),
    )


class ReadSubject(StrEnum):
    """What a participant can say is read; with the name of the thing it is a marker's subject, such as `plan:3`."""

    PLAN = "plan:"
    DECISION = "decision:"
    ANSWER = "answer:"
    OBJECTION = "objection:"
    PAYMENT = "payment:"


class ReadMarker(NumberedTable, table=True):
    """The participant has read `subject` at `read_at`."""

    participant_id: int = foreign_key("participant.id")
    subject: str
    read_at: datetime = Field(default_factory=utc_now)

    __table_args__ = (UniqueConstraint("participant_id", "subject"),)
