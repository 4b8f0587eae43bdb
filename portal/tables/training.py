"""Training on record: hours, modules from a reception centre, tests and exemptions (IL chapter 6, IF chapters 5, 6)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint

from portal.tables.columns import NumberedTable, check, enum_column, foreign_key

#: Digits, with at most one point between them; said so that both engines understand it. A zero may have a minus.
NUMBER = "hours = '-0' OR (hours <> '' AND trim(hours, '.') = hours AND trim(hours, '0123456789') IN ('', '.'))"


class Subject(StrEnum):
    """What the duty to train covers."""

    NORWEGIAN = "norwegian"
    SOCIAL_STUDIES = "social_studies"
    LIFE_SKILLS = "life_skills"
    PARENTAL_GUIDANCE = "parental_guidance"


class Examination(StrEnum):
    """A part of norskprøven, or the test in social studies."""

    LISTENING = "listening"
    READING = "reading"
    WRITING = "writing"
    SPEAKING = "speaking"
    SOCIAL_STUDIES = "social_studies"


class Result(StrEnum):
    """What a test may show (IF § 41)."""

    UNDER_A1 = "under_A1"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    PASSED = "passed"
    NOT_PASSED = "not_passed"


class TrainingHours(NumberedTable, table=True):
    """Hours completed in one subject (decimal text), optionally a module, optionally from a reception centre."""

    __tablename__ = "training_hours"

    participant_id: int = foreign_key("participant.id")
    external_id: str
    subject: Subject = enum_column(Subject)
    hours: str
    module: str = ""
    reception_centre: bool = False
    completed_on: date

    __table_args__ = (
        UniqueConstraint("participant_id", "external_id"),
        check("hours_are_a_number", NUMBER),
    )


class TestResult(NumberedTable, table=True):
    """The result of one part of a test."""

    __tablename__ = "test_result"
    __test__ = False  # pytest would take the name for a test

    participant_id: int = foreign_key("participant.id")
    external_id: str
    examination: Examination = enum_column(Examination)
    result: Result = enum_column(Result)
    taken_on: date

    __table_args__ = (UniqueConstraint("participant_id", "external_id"),)


class Exemption(NumberedTable, table=True):
    """The participant need not take this training or test."""

    participant_id: int = foreign_key("participant.id")
    external_id: str
    subject: Subject = enum_column(Subject)
    decided_on: date

    __table_args__ = (UniqueConstraint("participant_id", "external_id"),)
