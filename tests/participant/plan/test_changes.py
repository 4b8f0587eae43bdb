"""What differs between two versions of a plan: one row a case."""

from datetime import date

import pytest

from portal.casework.texts import LocalizedText
from portal.law.vocabulary import EndGoal, Level, Skill
from portal.participant.plan import changes
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


CASES = {
    "nothing": (after(), ()),
    "goal category": (after(PLAN._replace(end_goal=EndGoal.UPPER_SECONDARY)), (changes.GoalChanged(),)),
    "goal in words": (after(told={1: said("Kokk"), 2: said("Eget hus")}), (changes.GoalChanged(),)),
    "a translation is no new goal": (after(told={1: said("عمل", "Jobb"), 2: said("Eget hus")}), ()),
    "same words in another row": (
        after(PLAN._replace(goal_text_id=9), told={9: said("Jobb"), 2: said("Eget hus")}),
        (),
    ),
    "long-term goal": (after(told={1: said("Jobb"), 2: said("Kafé")}), (changes.LongTermGoalChanged(),)),
    "end": (
        after(PLAN._replace(programme_end=date(2028, 5, 1))),
        (changes.EndChanged(date(2028, 2, 1), date(2028, 5, 1)),),
    ),
    "no end any more": (after(PLAN._replace(programme_end=None)), (changes.EndChanged(date(2028, 2, 1), None),)),
    "hours of Norwegian": (
        after(PLAN._replace(norwegian_hours_per_week="15")),
        (changes.NorwegianHoursChanged("20", "15"),),
    ),
    "higher language goal": (
        after(goals=(WRITING._replace(goal=Level.B1),)),
        (changes.LanguageGoalChanged(Skill.WRITING, Level.A2, Level.B1),),
    ),
    "new language goal": (
        after(goals=(WRITING, LanguageGoalRow(1, Skill.READING, Level.B1, None))),
        (changes.LanguageGoalChanged(Skill.READING, None, Level.B1),),
    ),
    "level reached": (
        after(goals=(WRITING._replace(reached=Level.A1),)),
        (changes.LevelReached(Skill.WRITING, Level.A1),),
    ),
    "added": (after(elements=(CLASS, COURSE)), (changes.ElementAdded(COURSE),)),
    "removed": (after(elements=()), (changes.ElementRemoved(CLASS),)),
    "begun": (
        after(elements=(CLASS._replace(status=ElementStatus.ONGOING),)),
        (changes.StatusChanged(CLASS._replace(status=ElementStatus.ONGOING), ElementStatus.PLANNED),),
    ),
    "hours": (
        after(elements=(CLASS._replace(hours_per_week="10"),)),
        (changes.HoursChanged(CLASS._replace(hours_per_week="10"), "20"),),
    ),
    "days": (
        after(elements=(CLASS._replace(first_day=date(2026, 4, 1)),)),
        (changes.DaysChanged(CLASS._replace(first_day=date(2026, 4, 1))),),
    ),
    "place": (after(elements=(CLASS._replace(place="Nav"),)), (changes.PlaceChanged(CLASS._replace(place="Nav")),)),
    "only moved in the order": (after(elements=(CLASS._replace(position=7),)), ()),
}


@pytest.mark.parametrize(("version", "expected"), CASES.values(), ids=CASES)
def test_differences(version: FullPlanVersion, expected: tuple[changes.Change, ...]) -> None:
    assert changes.between(BEFORE, version) == expected


WORDS = {
    "a longer programme": (
        changes.EndChanged(date(2028, 2, 1), date(2028, 5, 1)),
        "Programmet varer lenger: til 01.05.2028. Før var det til 01.02.2028.",
    ),
    "a shorter programme": (
        changes.EndChanged(date(2028, 5, 1), date(2028, 2, 1)),
        "Programmet slutter før: 01.02.2028. Før var det 01.05.2028.",
    ),
    "hours": (
        changes.HoursChanged(CLASS._replace(hours_per_week="12.5"), "20"),
        "Nå 12,5 timer i uka. Før var det 20 timer i uka.",
    ),
    "taken out": (
        changes.StatusChanged(CLASS._replace(status=ElementStatus.CANCELLED), ElementStatus.PLANNED),
        "Tatt ut av planen.",
    ),
    "a higher goal": (
        changes.LanguageGoalChanged(Skill.READING, Level.A2, Level.B1),
        "Målet er nå nivå B1. Før var det A2.",
    ),
}


@pytest.mark.parametrize(("fact", "sentence"), WORDS.values(), ids=WORDS)
def test_words_of_a_change(fact: changes.Change, sentence: str) -> None:
    assert change(fact).sentence.striptags() == sentence


def test_the_base_is_the_version_read_last() -> None:
    third, second, first = (PLAN._replace(version=number) for number in (3, 2, 1))
    read = first._replace(read_at=date(2026, 3, 1))
    assert base_of([third, second, read]) == read
    assert base_of([third, second, first]) == second
    assert base_of([first]) is None
