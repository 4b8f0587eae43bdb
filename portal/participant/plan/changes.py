"""What differs between two versions of a plan, as facts: the words are found when shown."""

from dataclasses import dataclass
from datetime import date

from portal.law.vocabulary import Level, Skill
from portal.participant.plan.rows import Element, FullPlanVersion
from portal.tables.plan import ElementStatus


@dataclass(frozen=True, slots=True)
class GoalChanged:
    """The end goal is another, or is put in other words."""


@dataclass(frozen=True, slots=True)
class LongTermGoalChanged:
    """The participant's own long-term goal is another, or is put in other words."""


@dataclass(frozen=True, slots=True)
class EndChanged:
    """The programme lasts until another day."""

    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class NorwegianHoursChanged:
    """Other hours of Norwegian a week (decimal text)."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class LanguageGoalChanged:
    """The level to reach in a skill; None before where there was none."""

    skill: Skill
    before: Level | None
    after: Level


@dataclass(frozen=True, slots=True)
class LevelReached:
    """The level that is reached in a skill."""

    skill: Skill
    level: Level


@dataclass(frozen=True, slots=True)
class ElementAdded:
    """A new element."""

    element: Element


@dataclass(frozen=True, slots=True)
class ElementRemoved:
    """An element that is no longer in the plan."""

    element: Element


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """An element has come further, or is taken out."""

    element: Element
    before: ElementStatus


@dataclass(frozen=True, slots=True)
class HoursChanged:
    """Other hours a week of an element (decimal text)."""

    element: Element
    before: str | None


@dataclass(frozen=True, slots=True)
class DaysChanged:
    """An element starts or ends on another day."""

    element: Element


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """An element is held elsewhere."""

    element: Element


Change = (
    GoalChanged
    | LongTermGoalChanged
    | EndChanged
    | NorwegianHoursChanged
    | LanguageGoalChanged
    | LevelReached
    | ElementAdded
    | ElementRemoved
    | StatusChanged
    | HoursChanged
    | DaysChanged
    | PlaceChanged
)


def between(before: FullPlanVersion, after: FullPlanVersion) -> tuple[Change, ...]:
    """Everything that differs, the plan as a whole first, then language, then elements in their order."""
    return (*_of_plan(before, after), *_of_language(before, after), *_of_elements(before, after))


def _of_plan(before: FullPlanVersion, after: FullPlanVersion) -> list[Change]:
    found: list[Change] = []
    old, new = before.plan, after.plan
    if old.end_goal != new.end_goal or _said(before, old.goal_text_id) != _said(after, new.goal_text_id):
        found.append(GoalChanged())
    if _said(before, old.long_term_goal_text_id) != _said(after, new.long_term_goal_text_id):
        found.append(LongTermGoalChanged())
    if old.programme_end != new.programme_end:
        found.append(EndChanged(old.programme_end, new.programme_end))
    if old.norwegian_hours_per_week != new.norwegian_hours_per_week:
        found.append(NorwegianHoursChanged(old.norwegian_hours_per_week, new.norwegian_hours_per_week))
    return found


def _said(version: FullPlanVersion, text_id: int | None) -> str | None:
    """The Norwegian words where there are any: a new translation is not a new goal."""
    told = version.told.get(text_id) if text_id is not None else None
    return (told.original or told.body) if told else None


def _of_language(before: FullPlanVersion, after: FullPlanVersion) -> list[Change]:
    found: list[Change] = []
    old = {goal.skill: goal for goal in before.goals}
    for goal in after.goals:
        earlier = old.get(goal.skill)
        if earlier is None or earlier.goal != goal.goal:
            found.append(LanguageGoalChanged(goal.skill, earlier.goal if earlier else None, goal.goal))
        if goal.reached is not None and (earlier is None or earlier.reached != goal.reached):
            found.append(LevelReached(goal.skill, goal.reached))
    return found


def _of_elements(before: FullPlanVersion, after: FullPlanVersion) -> list[Change]:
    old = {element.external_id: element for element in before.elements}
    kept = {element.external_id for element in after.elements}
    found: list[Change] = []
    for element in after.elements:
        earlier = old.get(element.external_id)
        found.extend([ElementAdded(element)] if earlier is None else _of_element(earlier, element))
    found.extend(ElementRemoved(element) for element in before.elements if element.external_id not in kept)
    return found


def _of_element(old: Element, new: Element) -> list[Change]:
    found: list[Change] = []
    if old.status != new.status:
        found.append(StatusChanged(new, old.status))
    if old.hours_per_week != new.hours_per_week:
        found.append(HoursChanged(new, old.hours_per_week))
    if (old.first_day, old.last_day) != (new.first_day, new.last_day):
        found.append(DaysChanged(new))
    if old.place != new.place:
        found.append(PlaceChanged(new))
    return found
