"""What differs between two versions of a plan, as facts: the words are found when shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from portal.participant.plan.rows import Element, FullPlanVersion, LanguageGoalRow, PlanVersion


class OfPlan(StrEnum):
    """What may differ of the plan as a whole. A goal that is put in other words is another."""

    GOAL = "goal"
    LONG_TERM_GOAL = "long_term_goal"
    END = "end"
    NORWEGIAN_HOURS = "norwegian_hours"


class OfSkill(StrEnum):
    """What may differ of a skill: the level to reach, and the one that is reached."""

    GOAL = "goal"
    REACHED = "reached"


class OfElement(StrEnum):
    """What may differ of an element."""

    ADDED = "added"
    REMOVED = "removed"
    STATUS = "status"
    HOURS = "hours"
    DAYS = "days"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """Something of the plan as a whole."""

    what: OfPlan
    before: PlanVersion
    after: PlanVersion


@dataclass(frozen=True, slots=True)
class SkillChange:
    """Something of a skill; None before where it had no goal."""

    what: OfSkill
    before: LanguageGoalRow | None
    after: LanguageGoalRow


@dataclass(frozen=True, slots=True)
class ElementChange:
    """Something of an element, as it is now, or was last; None before where it is new or gone."""

    what: OfElement
    element: Element
    before: Element | None = None


Change = PlanChange | SkillChange | ElementChange

_COMPARED = {
    OfElement.STATUS: attrgetter("status"),
    OfElement.HOURS: attrgetter("hours_per_week"),
    OfElement.DAYS: attrgetter("first_day", "last_day"),
    OfElement.PLACE: attrgetter("place"),
}


def between(before: FullPlanVersion, after: FullPlanVersion) -> tuple[Change, ...]:
    """Everything that differs, the plan as a whole first, then language, then elements in their order."""
    return (*_of_plan(before, after), *_of_language(before, after), *_of_elements(before, after))


def _of_plan(before: FullPlanVersion, after: FullPlanVersion) -> Iterator[PlanChange]:
    old, new = before.plan, after.plan
    differs = {
        OfPlan.GOAL: old.end_goal != new.end_goal or _said(before, old.goal_text_id) != _said(after, new.goal_text_id),
        OfPlan.LONG_TERM_GOAL: _said(before, old.long_term_goal_text_id) != _said(after, new.long_term_goal_text_id),
        OfPlan.END: old.programme_end != new.programme_end,
        OfPlan.NORWEGIAN_HOURS: old.norwegian_hours_per_week != new.norwegian_hours_per_week,
    }
    return (PlanChange(what, old, new) for what, is_so in differs.items() if is_so)


def _said(version: FullPlanVersion, text_id: int | None) -> str | None:
    """The Norwegian words where there are any: a new translation is not a new goal."""
    told = version.told.get(text_id) if text_id is not None else None
    return (told.original or told.body) if told else None


def _of_language(before: FullPlanVersion, after: FullPlanVersion) -> Iterator[SkillChange]:
    old = {goal.skill: goal for goal in before.goals}
    for goal in after.goals:
        earlier = old.get(goal.skill)
        if earlier is None or earlier.goal != goal.goal:
            yield SkillChange(OfSkill.GOAL, earlier, goal)
        if goal.reached is not None and (earlier is None or earlier.reached != goal.reached):
            yield SkillChange(OfSkill.REACHED, earlier, goal)


def _of_elements(before: FullPlanVersion, after: FullPlanVersion) -> Iterator[ElementChange]:
    old = {element.external_id: element for element in before.elements}
    kept = {element.external_id for element in after.elements}
    for element in after.elements:
        earlier = old.get(element.external_id)
        if earlier is None:
            yield ElementChange(OfElement.ADDED, element)
            continue
        for what, compared in _COMPARED.items():
            if compared(earlier) != compared(element):
                yield ElementChange(what, element, earlier)
    for element in before.elements:
        if element.external_id not in kept:
            yield ElementChange(OfElement.REMOVED, element)
