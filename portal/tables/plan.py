"""The plan (IL §§ 15, 34), its goals and elements, the contract (IL § 16) and the training on record."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from portal.law.vocabulary import EndGoal, Level, Skill
from portal.tables.columns import NumberedTable, check, deferred_foreign_key, enum_column, foreign_key, utc_now


class PlanKind(StrEnum):
    """The plan of the programme, or the plan of those in training only."""

    INTEGRATION_PLAN = "integration_plan"
    TRAINING_PLAN = "training_plan"


class ElementCode(StrEnum):
    """What a programme is made of: the standard elements, ordinary training and the rest."""

    MAPPING = "mapping"
    CAREER_GUIDANCE = "career_guidance"
    NORWEGIAN = "norwegian"
    SOCIAL_STUDIES = "social_studies"
    LIFE_SKILLS = "life_skills"
    PARENTAL_GUIDANCE = "parental_guidance"
    WORK_PLACEMENT = "work_placement"
    LANGUAGE_PLACEMENT = "language_placement"
    PART_TIME_WORK = "part_time_work"
    FAST_TRACK = "fast_track"
    DIGITAL_SKILLS = "digital_skills"
    BASIC_EDUCATION = "basic_education"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL_COURSE = "vocational_course"
    LABOUR_MARKET_MEASURE = "labour_market_measure"
    MEETING = "meeting"
    OTHER = "other"


class ElementStatus(StrEnum):
    """How far an element has come."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ContractKind(StrEnum):
    """The mutual document beside the plan; its name is about to change (IL § 16)."""

    CONTRACT = "contract"
    DECLARATION = "declaration"


class Plan(NumberedTable, table=True):
    """One version of a participant's plan; the highest version is the one that holds."""

    participant_id: int = foreign_key("participant.id")
    version: int
    kind: PlanKind = enum_column(PlanKind)
    decided_on: date
    end_goal: EndGoal | None = enum_column(EndGoal, default=None)
    goal_text_id: int | None = deferred_foreign_key("text.id")
    long_term_goal_text_id: int | None = deferred_foreign_key("text.id")
    reasons_text_id: int | None = deferred_foreign_key("text.id")
    change_text_id: int | None = deferred_foreign_key("text.id")
    programme_end: date | None = None
    norwegian_hours_per_week: str | None = None
    social_studies_hours: str | None = None
    received_on: date | None = None

    __table_args__ = (
        UniqueConstraint("participant_id", "version"),
        check("version_positive", "version >= 1"),
        check("programme_plan_has_end_goal", "kind = 'training_plan' OR end_goal IS NOT NULL"),
    )


class LanguageGoal(NumberedTable, table=True):
    """Norskmål for one skill (IF §§ 26–28), and the level that the municipality says is reached."""

    __tablename__ = "language_goal"

    plan_id: int = foreign_key("plan.id")
    skill: Skill = enum_column(Skill)
    goal: Level = enum_column(Level)
    reached: Level | None = enum_column(Level, default=None)

    __table_args__ = (UniqueConstraint("plan_id", "skill"),)


class PlanElement(NumberedTable, table=True):
    """One element of a plan version, in order, with why it was chosen (IL § 15 (4))."""

    __tablename__ = "plan_element"

    plan_id: int = foreign_key("plan.id")
    external_id: str
    position: int
    code: ElementCode = enum_column(ElementCode)
    title: str = ""
    status: ElementStatus = enum_column(ElementStatus)
    hours_per_week: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: str = ""
    agreed_on: date | None = None
    reasons_text_id: int | None = deferred_foreign_key("text.id")

    __table_args__ = (
        UniqueConstraint("plan_id", "external_id"),
        check("other_has_title", "code <> 'other' OR title <> ''"),
        check("last_after_first", "first_day IS NULL OR last_day IS NULL OR last_day >= first_day"),
    )


class Contract(NumberedTable, table=True):
    """A signed contract or declaration."""

    participant_id: int = foreign_key("participant.id")
    external_id: str
    kind: ContractKind = enum_column(ContractKind)
    signed_on: date
    recorded_at: datetime = Field(default_factory=utc_now)

    __table_args__ = (UniqueConstraint("participant_id", "external_id"),)
