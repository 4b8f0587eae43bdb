"""What differs between two versions of a plan: one row a case."""

from datetime import date

import pytest

from portal.casework.texts import LocalizedText
from portal.law.vocabulary import EndGoal, Level, Skill
from portal.participant.plan.changes import (
    Change,
    ElementChange,
    OfElement,
    OfPlan,
    OfSkill,
    PlanChange,
    SkillChange,
    between,
)
from portal.participant.plan.labels import change
from portal.participant.plan.rows import Element, FullPlanVersion, LanguageGoalRow, PlanVersion
from portal.participant.plan.view import base_of
from portal.tables.plan import ElementCode, ElementStatus, PlanKind

PLAN = PlanVersion(
    id=1,
    version=1,
    kind=PlanKind.INTEGRATION_PLAN,
    decided_on=date(2026, 2, 9),
    end_goal=EndGoal.WORK,
    goal_text_id=1,
    long_term_goal_text_id=2,
    reasons_text_id=None,
    change_text_id=None,
    programme_end=date(2028, 2, 1),
    norwegian_hours_per_week="20",
    social_studies_hours="75",
    received_on=None,
    read_at=None,
)
CLASS = Element(
    plan_id=1,
    external_id="norsk",
    position=1,
    code=ElementCode.NORWEGIAN,
    title="Norsk B1",
    status=ElementStatus.PLANNED,
    hours_per_week="20",
    first_day=date(2026, 3, 1),
    last_day=None,
    place="Skolen",
    agreed_on=None,
    reasons_text_id=None,
)
COURSE = CLASS._replace(external_id="kurs", code=ElementCode.LIFE_SKILLS, title="")
WRITING = LanguageGoalRow(1, Skill.WRITING, Level.A2, None)


def said(words: str, original: str | None = None) -> LocalizedText:
    return LocalizedText(words, "nb" if original is None else "ar", "a-text", original)


BEFORE = FullPlanVersion(PLAN, (WRITING,), (CLASS,), {1: said("Jobb"), 2: said("Eget hus")})


def after(
    plan: PlanVersion = PLAN,
    goals: tuple[LanguageGoalRow, ...] = (WRITING,),
    elements: tuple[Element, ...] = (CLASS,),
    told: dict[int, LocalizedText] | None = None,
) -> FullPlanVersion:
    return FullPlanVersion(plan, goals, elements, told or BEFORE.told)


def of_plan(what: OfPlan, **now: object) -> tuple[PlanChange, ...]:
    return (PlanChange(what, PLAN, PLAN._replace(**now)),)  # type: ignore[arg-type]


def of_element(what: OfElement, **now: object) -> tuple[ElementChange, ...]:
    return (ElementChange(what, CLASS._replace(**now), CLASS),)  # type: ignore[arg-type]


def elements(**now: object) -> FullPlanVersion:
    return after(elements=(CLASS._replace(**now),))  # type: ignore[arg-type]


READING = LanguageGoalRow(1, Skill.READING, Level.B1, None)
CASES = {
    "nothing": (after(), ()),
    "goal category": (
        after(PLAN._replace(end_goal=EndGoal.UPPER_SECONDARY)),
        of_plan(OfPlan.GOAL, end_goal=EndGoal.UPPER_SECONDARY),
    ),
    "goal in words": (after(told={1: said("Kokk"), 2: said("Eget hus")}), of_plan(OfPlan.GOAL)),
    "a translation is no new goal": (after(told={1: said("عمل", "Jobb"), 2: said("Eget hus")}), ()),
    "same words in another row": (
        after(PLAN._replace(goal_text_id=9), told={9: said("Jobb"), 2: said("Eget hus")}),
        (),
    ),
    "long-term goal": (after(told={1: said("Jobb"), 2: said("Kafé")}), of_plan(OfPlan.LONG_TERM_GOAL)),
    "end": (
        after(PLAN._replace(programme_end=date(2028, 5, 1))),
        of_plan(OfPlan.END, programme_end=date(2028, 5, 1)),
    ),
    "no end any more": (after(PLAN._replace(programme_end=None)), of_plan(OfPlan.END, programme_end=None)),
    "hours of Norwegian": (
        after(PLAN._replace(norwegian_hours_per_week="15")),
        of_plan(OfPlan.NORWEGIAN_HOURS, norwegian_hours_per_week="15"),
    ),
    "higher language goal": (
        after(goals=(WRITING._replace(goal=Level.B1),)),
        (SkillChange(OfSkill.GOAL, WRITING, WRITING._replace(goal=Level.B1)),),
    ),
    "new language goal": (after(goals=(WRITING, READING)), (SkillChange(OfSkill.GOAL, None, READING),)),
    "level reached": (
        after(goals=(WRITING._replace(reached=Level.A1),)),
        (SkillChange(OfSkill.REACHED, WRITING, WRITING._replace(reached=Level.A1)),),
    ),
    "added": (after(elements=(CLASS, COURSE)), (ElementChange(OfElement.ADDED, COURSE),)),
    "removed": (after(elements=()), (ElementChange(OfElement.REMOVED, CLASS),)),
    "begun": (elements(status=ElementStatus.ONGOING), of_element(OfElement.STATUS, status=ElementStatus.ONGOING)),
    "hours": (elements(hours_per_week="10"), of_element(OfElement.HOURS, hours_per_week="10")),
    "days": (elements(first_day=date(2026, 4, 1)), of_element(OfElement.DAYS, first_day=date(2026, 4, 1))),
    "last day": (elements(last_day=date(2027, 4, 1)), of_element(OfElement.DAYS, last_day=date(2027, 4, 1))),
    "place": (elements(place="Nav"), of_element(OfElement.PLACE, place="Nav")),
    "only moved in the order": (elements(position=7), ()),
}


@pytest.mark.parametrize(("version", "expected"), CASES.values(), ids=CASES)
def test_differences(version: FullPlanVersion, expected: tuple[Change, ...]) -> None:
    assert between(BEFORE, version) == expected


LATER = PLAN._replace(programme_end=date(2028, 5, 1))
WORDS = {
    "a longer programme": (
        PlanChange(OfPlan.END, PLAN, LATER),
        "Programmet varer lenger: til 01.05.2028. Før var det til 01.02.2028.",
    ),
    "a shorter programme": (
        PlanChange(OfPlan.END, LATER, PLAN),
        "Programmet slutter tidligere: 01.02.2028. Før var det 01.05.2028.",
    ),
    "hours": (
        ElementChange(OfElement.HOURS, CLASS._replace(hours_per_week="12.5"), CLASS),
        "Nå 12,5 timer i uka. Før var det 20 timer i uka.",
    ),
    "taken out": (
        ElementChange(OfElement.STATUS, CLASS._replace(status=ElementStatus.CANCELLED), CLASS),
        "Tatt ut av planen.",
    ),
    "a higher goal": (
        SkillChange(OfSkill.GOAL, WRITING, WRITING._replace(goal=Level.B1)),
        "Målet er nå nivå B1. Før var det A2.",
    ),
}


@pytest.mark.parametrize(("fact", "sentence"), WORDS.values(), ids=WORDS)
def test_words_of_a_change(fact: Change, sentence: str) -> None:
    assert change(fact).sentence.striptags() == sentence


def test_the_base_is_the_version_read_last() -> None:
    third, second, first = (PLAN._replace(version=number) for number in (3, 2, 1))
    read = first._replace(read_at=date(2026, 3, 1))
    assert base_of([third, second, read]) == read
    assert base_of([third, second, first]) == second
    assert base_of([first]) is None
