"""When and where: occurrences of a timetable, attendance, and weeks without school."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from portal.tables.columns import NumberedTable, check, enum_column, foreign_key
from portal.tables.plan import ElementCode


class OccurrenceStatus(StrEnum):
    """Whether an occurrence stands as first planned."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


class AttendanceStatus(StrEnum):
    """What the teacher has registered; nothing registered is a state of its own."""

    NOT_REGISTERED = "not_registered"
    PRESENT = "present"
    PARTLY_PRESENT = "partly_present"
    ABSENT = "absent"


class Occurrence(NumberedTable, table=True):
    """One lesson or meeting of a group or of one participant. `day` is the date on a Norwegian clock."""

    municipality_id: int = foreign_key("municipality.id", index=False)
    group_id: int | None = foreign_key("class_group.id", index=False, default=None)
    participant_id: int | None = foreign_key("participant.id", index=False, default=None)
    owner: str
    uid: str
    recurrence: str
    code: ElementCode = enum_column(ElementCode)
    title: str
    place: str = ""
    room: str = ""
    day: date
    starts_at: datetime
    ends_at: datetime
    status: OccurrenceStatus = enum_column(OccurrenceStatus)
    moved_from: datetime | None = None

    __table_args__ = (
        UniqueConstraint("municipality_id", "owner", "uid", "recurrence"),
        Index("ix_occurrence_group_day", "group_id", "day"),
        Index("ix_occurrence_participant_day", "participant_id", "day"),
        check("group_or_participant", "(group_id IS NULL) <> (participant_id IS NULL)"),
        check("ends_after_start", "ends_at > starts_at"),
        check("moved_knows_from", "(status = 'moved') = (moved_from IS NOT NULL)"),
    )


class Attendance(NumberedTable, table=True):
    """What is registered for one participant at one occurrence; `hours` is the absence in part of it."""

    participant_id: int = foreign_key("participant.id")
    occurrence_id: int = foreign_key("occurrence.id")
    status: AttendanceStatus = enum_column(AttendanceStatus)
    hours: Decimal | None = Field(default=None, max_digits=4, decimal_places=2)
    registered_by: str = ""
    registered_at: datetime | None = None

    __table_args__ = (
        UniqueConstraint("participant_id", "occurrence_id"),
        check("registered_has_time", "(status = 'not_registered') = (registered_at IS NULL)"),
        check("hours_only_in_part", "hours IS NULL OR status = 'partly_present'"),
    )


class SchoolBreak(NumberedTable, table=True):
    """Days without school for all, or for one group; not the same as holiday (IF § 18)."""

    __tablename__ = "school_break"

    municipality_id: int = foreign_key("municipality.id")
    group_id: int | None = foreign_key("class_group.id", default=None)
    external_id: str
    name: str
    first_day: date
    last_day: date

    __table_args__ = (
        UniqueConstraint("municipality_id", "external_id"),
        check("last_after_first", "last_day >= first_day"),
    )
