"""The words of the law as closed sets: every state that a rule, a table or a page may speak of.

Values are stable text: they stand in the database, in the municipality's documents and in `portal assess`.
Sections: IL = integreringsloven, IF = integreringsforskriften.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Regime(StrEnum):
    """Which law applies (IL §§ 51, 52, chapter 6A)."""

    INTEGRATION_ACT = "integreringsloven"
    INTRODUCTION_ACT = "introduksjonsloven"
    COLLECTIVE_PROTECTION = "kapittel_6a"


class Programme(StrEnum):
    """The introduction programme (IL chapter 4), or training only with a norskplan (IL chapter 6, § 34)."""

    INTRODUCTION = "introduction"
    TRAINING_ONLY = "training_only"


class EarlierRules(StrEnum):
    """What the regulation under the old Act (IL §§ 51, 52) is known to say of a kind of leave."""

    THE_SAME = "the_same"
    NO_GROUND = "no_ground"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLaw:
    """What holds for a kind of leave, whatever is asked.

    `legal_basis`: the sections of IF that it is judged by, as a page names them; `earlier`: under the old Act.
    `is_illness`: one only tells of it (IF §§ 5–8). `is_paid`: false where no allowance ever comes with it (IF §§ 15,
    16). `lengthens`: whether it may be added to programme time (IF §§ 10, 19). `is_daily`: some hours of each day
    (IF § 13). `is_parental`: programme and allowance wait meanwhile (IF § 16). `is_decision`: the answer is an
    enkeltvedtak (IF § 69).
    """

    legal_basis: str
    earlier: EarlierRules
    is_illness: bool = False
    is_paid: bool = True
    lengthens: bool = True
    is_daily: bool = False
    is_parental: bool = False
    is_decision: bool = True


class LeaveKind(StrEnum):
    """What a participant may tell or ask for (IF §§ 5–8, 11–18); `portal.law.rules.RULES` has the rule of each."""

    law: KindLaw

    def __new__(cls, value: str, *law: KindLaw) -> Self:
        """A word with its one law, without which there is no member: `*` lets mypy take `LeaveKind(value)`."""
        kind = str.__new__(cls, value)
        kind._value_, (kind.law,) = value, law
        return kind

    OWN_ILLNESS = "own_illness", KindLaw(legal_basis="§§ 5 og 8", earlier=EarlierRules.THE_SAME, is_illness=True)
    CHILD_ILLNESS = "child_illness", KindLaw(legal_basis="§§ 6–8", earlier=EarlierRules.THE_SAME, is_illness=True)
    ANTENATAL_CHECK = "antenatal_check", KindLaw(legal_basis="§ 11", earlier=EarlierRules.NOT_KNOWN)
    PREGNANCY = "pregnancy", KindLaw(legal_basis="§ 11", earlier=EarlierRules.THE_SAME)
    BIRTH_MOTHER = "birth_mother", KindLaw(legal_basis="§ 12", earlier=EarlierRules.THE_SAME)
    BIRTH_FATHER = "birth_father", KindLaw(legal_basis="§ 12", earlier=EarlierRules.THE_SAME)
    BREASTFEEDING = (
        "breastfeeding",
        KindLaw(legal_basis="§ 13", earlier=EarlierRules.NOT_KNOWN, lengthens=False, is_daily=True),
    )
    WELFARE = "welfare", KindLaw(legal_basis="§ 14", earlier=EarlierRules.THE_SAME)
    PEACE_WORK = "peace_work", KindLaw(legal_basis="§ 14 a", earlier=EarlierRules.NO_GROUND)
    LONG_ILLNESS = "long_illness", KindLaw(legal_basis="§ 15", earlier=EarlierRules.NOT_KNOWN, is_paid=False)
    PARENTAL = "parental", KindLaw(legal_basis="§ 16", earlier=EarlierRules.THE_SAME, is_paid=False, is_parental=True)
    ADOPTION = "adoption", KindLaw(legal_basis="§ 16", earlier=EarlierRules.NOT_KNOWN, is_paid=False, is_parental=True)
    RELIGIOUS_DAY = "religious_day", KindLaw(legal_basis="§ 17", earlier=EarlierRules.THE_SAME, lengthens=False)
    HOLIDAY = "holiday", KindLaw(legal_basis="§ 18", earlier=EarlierRules.NOT_KNOWN, lengthens=False, is_decision=False)
    OTHER = "other", KindLaw(legal_basis="", earlier=EarlierRules.NO_GROUND, lengthens=False)


class WelfareReason(StrEnum):
    """The examples of IF § 14 (2), and `other` for what the section leaves open."""

    KINDERGARTEN_START = "kindergarten_start"
    SCHOOL_START = "school_start"
    WEDDING = "wedding"
    BEREAVEMENT = "bereavement"
    INTERVIEW_OR_ADMISSION = "interview_or_admission"
    DOCTOR_OR_DENTIST = "doctor_or_dentist"
    CARE_FOR_RELATIVE = "care_for_relative"
    OTHER = "other"


class Documentation(StrEnum):
    """What carries an absence (IF § 8)."""

    NONE = "none"
    SELF_CERTIFIED = "self_certified"
    MEDICAL = "medical"


class Outcome(StrEnum):
    """What the regulation gives. Only a person at the municipality may refuse, so no value says so."""

    RIGHT = "right"
    DISCRETION = "discretion"
    NOT_AVAILABLE = "not_available"


class Reason(StrEnum):
    """Why an assessment is as it is; any number may apply."""

    OVER_QUOTA = "over_quota"
    TOO_EARLY_FOR_SELF_CERTIFICATION = "too_early_for_self_certification"
    SELF_CERTIFICATION_USED_UP = "self_certification_used_up"
    SELF_CERTIFICATION_WITHDRAWN = "self_certification_withdrawn"
    MEDICAL_CERTIFICATE_NEEDED = "medical_certificate_needed"
    CHILD_TOO_OLD = "child_too_old"
    NO_CHILD = "no_child"
    NOTICE_TOO_LATE = "notice_too_late"
    OUTSIDE_PROGRAMME = "outside_programme"
    NOT_WORKING_DAYS = "not_working_days"
    OUTSIDE_FIRST_YEAR = "outside_first_year"
    TOO_LONG = "too_long"
    NO_GROUND_IN_REGULATION = "no_ground_in_regulation"
    NOT_IN_INTRODUCTION_PROGRAMME = "not_in_introduction_programme"
    UNDER_EIGHT_WEEKS_UNCLEAR = "under_eight_weeks_unclear"


class AllowanceEffect(StrEnum):
    """What an absence or a leave does to the allowance."""

    KEPT = "kept"
    NONE = "none"
    KEPT_IF_GRANTED = "kept_if_granted"
    NONE_IF_GRANTED = "none_if_granted"
    NOT_APPLICABLE = "not_applicable"


class DecisionForm(StrEnum):
    """How the municipality answers (IF § 69)."""

    NONE = "none"
    NOTIFICATION = "notification"
    DECISION = "decision"
    SCHEDULING = "scheduling"


class PeriodKind(StrEnum):
    """The window that a quota is counted in."""

    ROLLING_12_MONTHS = "rolling_12_months"
    CALENDAR_YEAR = "calendar_year"
    PROGRAMME_YEAR = "programme_year"
    PREGNANCY = "pregnancy"
    BIRTH = "birth"


class LineReason(StrEnum):
    """Why a line stands in the breakdown of a month's allowance (IL §§ 20–24)."""

    MONTHLY_RATE = "monthly_rate"
    INVALID_ABSENCE = "invalid_absence"
    LEAVE_WITHOUT_ALLOWANCE = "leave_without_allowance"
    OVER_QUOTA_ABSENCE = "over_quota_absence"
    PAID_WORK = "paid_work"
    OTHER_BENEFIT = "other_benefit"


class EndGoal(StrEnum):
    """Category of the end goal, sluttmål (IL §§ 13, 14)."""

    WORK = "work"
    HIGHER_EDUCATION = "higher_education"
    REQUALIFICATION = "requalification"
    PARTS_OF_UPPER_SECONDARY = "parts_of_upper_secondary"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL_TRAINING = "vocational_training"


class Skill(StrEnum):
    """The four parts of norskprøven (IF §§ 26, 34)."""

    LISTENING = "listening"
    READING = "reading"
    WRITING = "writing"
    SPEAKING = "speaking"


class Level(StrEnum):
    """Levels of the Common European Framework that norskmål uses (IF § 26)."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"


class Unexcused(StrEnum):
    """Absence without permission and without a compelling reason (IL § 21): the kind that nobody asks for."""

    INVALID = "invalid"


class LeaveStatus(StrEnum):
    """Where past leave stands when days are counted; refused and withdrawn count for nothing."""

    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RateChange(StrEnum):
    """When the rate of IL § 20 (3) changes for one who turns 25, on which the Act is silent."""

    NEXT_MONTH = "next_month"
    SAME_MONTH = "same_month"


class HolidayYear(StrEnum):
    """The year that the 25 days of IF § 18 are counted in, on which the section is silent."""

    CALENDAR = "calendar"
    PROGRAMME = "programme"


class BreaksCount(StrEnum):
    """Where the days of a school break count, on which IF chapters 3 and 4 are silent: of a holiday only, or always."""

    HOLIDAY = "holiday"
    ALWAYS = "always"


class PartDay(StrEnum):
    """What some hours of leave spend of the ten days of IF §§ 14, 14 a, on which the sections are silent: the day, or
    their share of one.
    """

    DAY = "day"
    HOURS = "hours"


class LateNotice(StrEnum):
    """What becomes of a religious day told of less than 14 days before (IF § 17 (2))."""

    DISCRETION = "discretion"


class PayDayOff(StrEnum):
    """Which working day pays where the pay day is a day off, which IL § 24 leaves to the municipality."""

    BEFORE = "before"
    AFTER = "after"


class ReservedDays(StrEnum):
    """How the 75 reserved days of IF § 16 (4) are counted, which the section does not say."""

    CALENDAR = "calendar"
    WORKING = "working"


class Benefit(StrEnum):
    """Public benefits that IL § 22 names."""

    UNEMPLOYMENT = "dagpenger"
    SICKNESS = "sykepenger"
    PARENTAL = "foreldrepenger"
    DISABILITY = "uforetrygd"
    WORK_ASSESSMENT = "arbeidsavklaringspenger"
    TRANSITIONAL = "overgangsstonad"
    CHILD_BENEFIT = "barnetrygd"
    CASH_FOR_CARE = "kontantstotte"


class NoBreakdownReason(StrEnum):
    """Why a month has no breakdown."""

    NOT_IN_INTRODUCTION_PROGRAMME = "not_in_introduction_programme"
    BASIC_AMOUNT_UNKNOWN = "basic_amount_unknown"


class Schooling(StrEnum):
    """Prior schooling, as IL §§ 13, 14 and IF § 28 divide it."""

    NO_PRIMARY = "no_primary"
    PRIMARY = "primary"
    UPPER_SECONDARY = "upper_secondary"


class DurationReason(StrEnum):
    """Why the longest duration of a programme is not known from today's rules."""

    DECIDED_UNDER_EARLIER_RULES = "decided_under_earlier_rules"
    NOT_A_GOAL_FOR_THIS_SCHOOLING = "not_a_goal_for_this_schooling"
    OLD_ACT_NOT_KNOWN = "old_act_not_known"


class Content(StrEnum):
    """What a programme must at least contain (IL § 14 a (1) and (2))."""

    WORK_OR_EDUCATION = "work_or_education"
    NORWEGIAN = "norwegian"
    SOCIAL_STUDIES = "social_studies"
    LIFE_SKILLS = "life_skills"
    PARENTAL_GUIDANCE = "parental_guidance"


class Authority(StrEnum):
    """Who decides: the municipality, or after an appeal the county governor, statsforvalteren (IL § 47, IF § 70)."""

    MUNICIPALITY = "municipality"
    COUNTY_GOVERNOR = "county_governor"


class AppealRight(StrEnum):
    """Whether a decision can be appealed.

    LATE: the deadline is over, but there may be good reasons; OVER: more than a year has passed (fvl § 31). SETTLED: it
    is itself the answer to an appeal (fvl § 28). NONE: whoever decided says that it cannot be. NO_DECISION: the
    answer is no enkeltvedtak (IF § 69).
    """

    OPEN = "open"
    LATE = "late"
    OVER = "over"
    SETTLED = "settled"
    NONE = "none"
    NO_DECISION = "no_decision"
