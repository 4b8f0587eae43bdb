"""What the pages of the plan are made of: rows as they are read, and a version with all that hangs on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from portal.casework import texts
from portal.law.vocabulary import EndGoal, Level, Skill
from portal.tables.plan import ContractKind, ElementCode, ElementStatus, PlanKind
from portal.tables.training import Examination, Result, Subject


class PlanVersion(NamedTuple):
    """One version of the plan without what hangs on it; `read_at` is when the participant said that it was read."""

    id: int
    version: int
    kind: PlanKind
    decided_on: date
    end_goal: EndGoal | None
    goal_text_id: int | None
    long_term_goal_text_id: int | None
    reasons_text_id: int | None
    change_text_id: int | None
    programme_end: date | None
    norwegian_hours_per_week: str | None
    social_studies_hours: str | None
    received_on: date | None
    read_at: datetime | None

    @property
    def text_ids(self) -> tuple[int | None, ...]:
        """The ids of its free texts."""
        return (self.goal_text_id, self.long_term_goal_text_id, self.reasons_text_id, self.change_text_id)


class LanguageGoalRow(NamedTuple):
    """Norskmål for one skill."""

    plan_id: int
    skill: Skill
    goal: Level
    reached: Level | None


class Element(NamedTuple):
    """One element of a version; `position` is its place in the order, from 1."""

    plan_id: int
    external_id: str
    position: int
    code: ElementCode
    status: ElementStatus
    title: str = ""
    hours_per_week: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: str = ""
    agreed_on: date | None = None
    reasons_text_id: int | None = None


class TrainingHoursRow(NamedTuple):
    """Hours completed in a subject, as decimal text."""

    subject: Subject
    hours: str
    module: str
    reception_centre: bool
    completed_on: date


class Test(NamedTuple):
    """A part of a test that was taken."""

    examination: Examination
    result: Result
    taken_on: date


class Exempt(NamedTuple):
    """What the participant need not take."""

    subject: Subject
    decided_on: date


class Signed(NamedTuple):
    """A signed contract or declaration."""

    kind: ContractKind
    signed_on: date


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Training on record, oldest first, and what is signed."""

    hours: tuple[TrainingHoursRow, ...] = ()
    tests: tuple[Test, ...] = ()
    exemptions: tuple[Exempt, ...] = ()
    signed: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class FullPlanVersion:
    """A version with its goals, elements and texts."""

    plan: PlanVersion
    goals: tuple[LanguageGoalRow, ...]
    elements: tuple[Element, ...]
    told: dict[int, texts.LocalizedText]
