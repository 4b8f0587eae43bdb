"""The programme's length and content, and goals in Norwegian (IL §§ 12–14 a, 32, 33, 37 c, 37 d; IF §§ 3, 4, 26–28).

The decided end date and content of a person are stored facts; these are the frames that they are read against.
"""

from dataclasses import dataclass
from datetime import date

from portal.law.vocabulary import Content, DurationReason, EndGoal, Level, Regime, Schooling, Skill

WORK_RULES_FROM = date(2026, 1, 1)  # IF §§ 75, 76 (2): offered start after this day
FORMAL_RULES_FROM = date(2025, 1, 1)  # IF § 76 (1)
SEVENTY_FIVE_HOURS_FROM = date(2022, 1, 1)  # IF § 73: permits from this day
WORK_HOURS_A_WEEK = 15


@dataclass(frozen=True, slots=True)
class Duration:
    """The longest programme, and by how much it may be extended, in months."""

    months: int
    extension: int = 0


@dataclass(frozen=True, slots=True)
class HourRange:
    """Least and, where the regulation has one, most of a content: hours, meetings or talks."""

    least: int
    most: int | None = None


AFTER_UPPER_SECONDARY = {
    EndGoal.WORK: Duration(12),
    EndGoal.HIGHER_EDUCATION: Duration(12),
    EndGoal.REQUALIFICATION: Duration(12),
}
BEFORE_UPPER_SECONDARY = {
    EndGoal.WORK: Duration(24),
    EndGoal.PARTS_OF_UPPER_SECONDARY: Duration(36, 12),
    EndGoal.UPPER_SECONDARY: Duration(48, 12),
    EndGoal.VOCATIONAL_TRAINING: Duration(60),
}


def longest_duration(
    schooling: Schooling, goal: EndGoal, start_offered: date, regime: Regime = Regime.INTEGRATION_ACT
) -> Duration | DurationReason:
    """The longest programme by prior schooling and end goal (IL §§ 13, 14), for those offered a start after the day the
    rules apply from (IF §§ 75, 76). Earlier starters keep the length that was decided for them.
    """
    if regime is Regime.INTRODUCTION_ACT:
        return DurationReason.OLD_ACT_NOT_KNOWN
    table = AFTER_UPPER_SECONDARY if schooling is Schooling.UPPER_SECONDARY else BEFORE_UPPER_SECONDARY
    if goal not in table:
        return DurationReason.NOT_A_GOAL_FOR_THIS_SCHOOLING
    formal = table is BEFORE_UPPER_SECONDARY and goal is not EndGoal.WORK
    if start_offered <= (FORMAL_RULES_FROM if formal else WORK_RULES_FROM):
        return DurationReason.DECIDED_UNDER_EARLIER_RULES
    return table[goal]


def mandatory_content(regime: Regime, has_child_under_18: bool) -> tuple[Content, ...]:
    """What the programme must at least contain (IL § 14 a (1), (2)); social studies not under chapter 6A (§ 37 c).
    Parental guidance for anyone with a child under 18, or who has one during the programme.
    """
    return tuple(
        content
        for content in Content
        if (content is not Content.PARENTAL_GUIDANCE or has_child_under_18)
        and (content is not Content.SOCIAL_STUDIES or regime is not Regime.COLLECTIVE_PROTECTION)
    )


def work_elements_after_months(schooling: Schooling) -> int:
    """After how many months a programme towards work holds at least 15 hours a week of work on average (§ 14 a (3))."""
    return 3 if schooling is Schooling.UPPER_SECONDARY else 6


def health_and_diversity_hours(schooling: Schooling) -> HourRange:
    """Livsmestring: migration, health and diversity (IF § 4 (3))."""
    return HourRange(5 if schooling is Schooling.UPPER_SECONDARY else 10)


def career_hours(schooling: Schooling) -> HourRange:
    """Livsmestring: career competence (IF § 4 (4))."""
    return HourRange(10 if schooling is Schooling.UPPER_SECONDARY else 15)


def parental_meetings(in_group: bool, short_of_capacity: bool = False) -> HourRange:
    """Meetings of a group or talks with one, and the fewest where the municipality lacks capacity (IF § 3)."""
    if in_group:
        return HourRange(4 if short_of_capacity else 8, 12)
    return HourRange(2 if short_of_capacity else 5, 8)


def social_studies_hours(regime: Regime, permit_granted: date, arrived: date | None = None) -> int | None:
    """Hours of social studies (IL § 33, IF § 73): 75; 50 for permits before 2022 unless applied for from abroad and
    arrived after; none under chapter 6A, which gives neither right nor duty (IL § 37 d).
    """
    if regime is Regime.COLLECTIVE_PROTECTION:
        return None
    older = permit_granted < SEVENTY_FIVE_HOURS_FROM and (arrived is None or arrived < SEVENTY_FIVE_HOURS_FROM)
    return 50 if older or regime is Regime.INTRODUCTION_ACT else 75


def norwegian_months(regime: Regime, schooling: Schooling) -> int | None:
    """For how long at most there is a right to Norwegian: 3 years, 18 months with upper secondary, a year under chapter
    6A (IL §§ 32, 37 d); for permits after 2023-08-01 (IF § 74). Approved leave comes in addition.
    """
    match regime:
        case Regime.COLLECTIVE_PROTECTION:
            return 12
        case Regime.INTEGRATION_ACT:
            return 18 if schooling is Schooling.UPPER_SECONDARY else 36
        case Regime.INTRODUCTION_ACT:
            return None


def language_goal(schooling: Schooling, needs_b2: bool = False) -> dict[Skill, Level]:
    """The guideline minimum per skill (IF § 28 (1)–(4)). `needs_b2`: must show B2 in all four, after upper secondary.
    Those taught in upper secondary or FOV aim for a grade instead (§ 28 (5), (6)).
    """
    written, spoken = {
        Schooling.NO_PRIMARY: (Level.A2, Level.B1),
        Schooling.PRIMARY: (Level.B1, Level.B1),
        Schooling.UPPER_SECONDARY: (Level.B2 if needs_b2 else Level.B1, Level.B2),
    }[schooling]
    return {
        Skill.LISTENING: written,
        Skill.READING: written,
        Skill.WRITING: written,
        Skill.SPEAKING: spoken,
    }


def one_level_down(level: Level) -> Level:
    """The goal after an adjustment, which should be one level at a time (IF § 27 (3)); A1 stays."""
    levels = list(Level)
    return levels[max(0, levels.index(level) - 1)]


def meets(reached: Level, goal: Level) -> bool:
    """Whether a level is the goal or above it."""
    levels = list(Level)
    return levels.index(reached) >= levels.index(goal)
