"""Length and content of the programme, training, goals in Norwegian, and deadlines: the section is the id."""

import pytest

from portal.law import appeal, programme
from portal.law.vocabulary import DurationReason, EndGoal, Level, Regime, Schooling, Skill
from tests.law.making import d

UPPER, PRIMARY, NONE = Schooling.UPPER_SECONDARY, Schooling.PRIMARY, Schooling.NO_PRIMARY
EARLIER = DurationReason.DECIDED_UNDER_EARLIER_RULES
NO_GOAL = DurationReason.NOT_A_GOAL_FOR_THIS_SCHOOLING

DURATIONS = [
    pytest.param(UPPER, "work", "2026-02-01", (12, 0), id="IL § 13 (3): work, 12 months"),
    pytest.param(UPPER, "higher_education", "2026-02-01", (12, 0), id="IL § 13 (3): higher education, 12 months"),
    pytest.param(UPPER, "requalification", "2026-02-01", (12, 0), id="IL § 13 (3): requalification, 12 months"),
    pytest.param(PRIMARY, "work", "2026-02-01", (24, 0), id="IL § 14 (6): work, two years, not extended"),
    pytest.param(PRIMARY, "parts_of_upper_secondary", "2026-02-01", (36, 12), id="IL § 14 (4): parts, three and one"),
    pytest.param(NONE, "upper_secondary", "2026-02-01", (48, 12), id="IL § 14 (4): upper secondary, four and one"),
    pytest.param(NONE, "vocational_training", "2026-02-01", (60, 0), id="IL § 14 (5): vocational training, five"),
    pytest.param(PRIMARY, "upper_secondary", "2025-01-02", (48, 12), id="IF § 76 (1): offered after 2025-01-01"),
    pytest.param(PRIMARY, "upper_secondary", "2025-01-01", EARLIER, id="IF § 76 (1): not after 2025-01-01"),
    pytest.param(PRIMARY, "work", "2026-01-01", EARLIER, id="IF § 76 (2): not after 2026-01-01"),
    pytest.param(UPPER, "work", "2026-01-01", EARLIER, id="IF § 75: not after 2026-01-01"),
    pytest.param(UPPER, "work", "2026-01-02", (12, 0), id="IF § 75: after 2026-01-01"),
    pytest.param(UPPER, "upper_secondary", "2026-02-01", NO_GOAL, id="IL § 13 (1): already has it"),
    pytest.param(PRIMARY, "higher_education", "2026-02-01", NO_GOAL, id="IL § 14 (1): not for those without"),
]


@pytest.mark.parametrize(("schooling", "goal", "offered", "expected"), DURATIONS)
def test_longest_duration(schooling, goal, offered, expected):
    found = programme.longest_duration(schooling, EndGoal(goal), d(offered))
    assert found == (programme.Duration(*expected) if isinstance(expected, tuple) else expected)


def test_old_act_s_duration_is_not_known():
    found = programme.longest_duration(UPPER, EndGoal.WORK, d("2026-02-01"), Regime.INTRODUCTION_ACT)
    assert found is DurationReason.OLD_ACT_NOT_KNOWN


CONTENT = [
    pytest.param(Regime.INTEGRATION_ACT, False, "work_or_education norwegian social_studies life_skills",
                 id="IL § 14 a (1)"),
    pytest.param(Regime.INTEGRATION_ACT, True,
                 "work_or_education norwegian social_studies life_skills parental_guidance",
                 id="IL § 14 a (2): with a child under 18"),
    pytest.param(Regime.COLLECTIVE_PROTECTION, False, "work_or_education norwegian life_skills",
                 id="IL § 37 c: no social studies"),
]  # fmt: skip


@pytest.mark.parametrize(("regime", "child", "content"), CONTENT)
def test_mandatory_content(regime, child, content):
    assert [part.value for part in programme.mandatory_content(regime, child)] == content.split()


HOURS = [
    pytest.param(programme.health_and_diversity_hours(PRIMARY), (10, None), id="IF § 4 (3): 10 hours"),
    pytest.param(programme.health_and_diversity_hours(UPPER), (5, None), id="IF § 4 (3): 5 with upper secondary"),
    pytest.param(programme.career_hours(NONE), (15, None), id="IF § 4 (4): 15 hours"),
    pytest.param(programme.career_hours(UPPER), (10, None), id="IF § 4 (4): 10 with upper secondary"),
    pytest.param(programme.parental_meetings(in_group=True), (8, 12), id="IF § 3 (4): 8 to 12 meetings"),
    pytest.param(programme.parental_meetings(in_group=False), (5, 8), id="IF § 3 (4): 5 to 8 talks"),
    pytest.param(programme.parental_meetings(True, True), (4, 12), id="IF § 3 (6): at least 4 for lack of capacity"),
    pytest.param(programme.parental_meetings(False, True), (2, 8), id="IF § 3 (6): at least 2 for lack of capacity"),
]


@pytest.mark.parametrize(("found", "expected"), HOURS)
def test_hours(found, expected):
    assert (found.least, found.most) == expected


def test_work_elements():
    """IL § 14 a (3)."""
    assert programme.work_elements_after_months(UPPER) == 3
    assert programme.work_elements_after_months(NONE) == 6
    assert programme.WORK_HOURS_A_WEEK == 15


SOCIAL_STUDIES = [
    pytest.param(Regime.INTEGRATION_ACT, "2022-01-01", None, 75, id="IL § 33: 75 hours"),
    pytest.param(Regime.INTEGRATION_ACT, "2021-12-31", None, 50, id="IF § 73 (3): 50 for older permits"),
    pytest.param(Regime.INTEGRATION_ACT, "2021-12-31", "2022-01-01", 75, id="IF § 73 (4): arrived later"),
    pytest.param(Regime.INTRODUCTION_ACT, "2020-05-05", None, 50, id="IF § 73 (2): the old Act"),
    pytest.param(Regime.COLLECTIVE_PROTECTION, "2024-05-05", None, None, id="IL § 37 d: neither right nor duty"),
]


@pytest.mark.parametrize(("regime", "granted", "arrived", "hours"), SOCIAL_STUDIES)
def test_social_studies(regime, granted, arrived, hours):
    assert programme.social_studies_hours(regime, d(granted), arrived and d(arrived)) == hours


NORWEGIAN = [
    pytest.param(Regime.INTEGRATION_ACT, PRIMARY, 36, id="IL § 32: three years"),
    pytest.param(Regime.INTEGRATION_ACT, UPPER, 18, id="IL § 32: 18 months with upper secondary"),
    pytest.param(Regime.COLLECTIVE_PROTECTION, UPPER, 12, id="IL § 37 d: a year"),
    pytest.param(Regime.INTRODUCTION_ACT, UPPER, None, id="old Act: not known here"),
]


@pytest.mark.parametrize(("regime", "schooling", "months"), NORWEGIAN)
def test_months_of_norwegian(regime, schooling, months):
    assert programme.norwegian_months(regime, schooling) == months


GOALS = [
    pytest.param(NONE, False, "A2 A2 A2 B1", id="IF § 28 (1): no completed primary school"),
    pytest.param(PRIMARY, False, "B1 B1 B1 B1", id="IF § 28 (2): completed primary school"),
    pytest.param(UPPER, False, "B1 B1 B1 B2", id="IF § 28 (3): upper secondary"),
    pytest.param(UPPER, True, "B2 B2 B2 B2", id="IF § 28 (4): who must show B2"),
]


@pytest.mark.parametrize(("schooling", "b2", "levels"), GOALS)
def test_language_goal(schooling, b2, levels):
    goal = programme.language_goal(schooling, needs_b2=b2)
    assert list(goal) == [Skill.LISTENING, Skill.READING, Skill.WRITING, Skill.SPEAKING]
    assert " ".join(level.value for level in goal.values()) == levels


def test_levels():
    """IF § 27 (3): one level at a time; a level above the goal meets it."""
    assert programme.one_level_down(Level.B1) is Level.A2
    assert programme.one_level_down(Level.A1) is Level.A1
    assert programme.meets(Level.B2, Level.B1)
    assert programme.meets(Level.B1, Level.B1)
    assert not programme.meets(Level.A2, Level.B1)


APPEALS = [
    pytest.param("2026-11-23", None, "2026-12-14", id="fvl § 29 (1): three weeks from when it reached the party"),
    pytest.param("2026-11-23", "2026-12-01", "2026-12-22", id="fvl § 29 (3): anew from when the reasons reached"),
    pytest.param("2026-11-23", "2026-11-20", "2026-12-14", id="fvl § 29 (3): never shorter"),
]


@pytest.mark.parametrize(("reached", "reasons", "last"), APPEALS)
def test_appeal_by(reached, reasons, last):
    assert appeal.appeal_by(d(reached), reasons and d(reasons)) == d(last)


def test_christmas_eve_is_a_working_day():
    """IF § 17 (1) does not name it, so a deadline may end on it."""
    assert appeal.appeal_by(d("2026-12-03")) == d("2026-12-24")


def test_posted_in_time():
    """fvl § 30."""
    deadline = appeal.appeal_by(d("2026-11-23"))
    assert appeal.is_in_time(deadline, deadline)
    assert not appeal.is_in_time(d("2026-12-15"), deadline)


def test_interim_reply():
    """fvl § 11 a: within one month."""
    assert appeal.interim_reply_by(d("2026-10-31")) == d("2026-11-30")
