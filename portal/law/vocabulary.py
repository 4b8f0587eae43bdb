"""The words of the law as closed sets: every state that a rule, a table or a page may speak of.

Values are stable text: they stand in the database, in the municipality's documents and in `portal assess`.
Sections: IL = integreringsloven, IF = integreringsforskriften.
"""

from enum import StrEnum


class Regime(StrEnum):
    """Which law applies (IL §§ 51, 52, chapter 6A)."""

    INTEGRATION_ACT = "integreringsloven"
    INTRODUCTION_ACT = "introduksjonsloven"
    COLLECTIVE_PROTECTION = "kapittel_6a"


class Programme(StrEnum):
    """The introduction programme (IL chapter 4), or training only with a norskplan (IL chapter 6, § 34)."""

    INTRODUCTION = "introduction"
    TRAINING_ONLY = "training_only"


class LeaveKind(StrEnum):
    """What a participant may tell or ask for (IF §§ 5–8, 11–18)."""

    OWN_ILLNESS = "own_illness"
    CHILD_ILLNESS = "child_illness"
    ANTENATAL_CHECK = "antenatal_check"
    PREGNANCY = "pregnancy"
    BIRTH_MOTHER = "birth_mother"
    BIRTH_FATHER = "birth_father"
    BREASTFEEDING = "breastfeeding"
    WELFARE = "welfare"
    PEACE_WORK = "peace_work"
    LONG_ILLNESS = "long_illness"
    PARENTAL = "parental"
    ADOPTION = "adoption"
    RELIGIOUS_DAY = "religious_day"
    HOLIDAY = "holiday"
    OTHER = "other"


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
