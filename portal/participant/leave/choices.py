"""What a participant may say has happened, in plain words, and what the law calls it."""

from dataclasses import dataclass
from enum import StrEnum

from portal.law.vocabulary import LeaveKind, WelfareReason


class What(StrEnum):
    """What has happened, as the participant chooses it. The value stands in drafts and forms."""

    ILL = "ill"
    CHILD_ILL = "child_ill"
    DOCTOR = "doctor"
    INTERVIEW = "interview"
    BEREAVEMENT = "bereavement"
    WEDDING = "wedding"
    RELIGIOUS = "religious"
    HOLIDAY = "holiday"
    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    ANTENATAL = "antenatal"
    PREGNANCY = "pregnancy"
    GAVE_BIRTH = "gave_birth"
    BECAME_FATHER = "became_father"
    PARENTAL = "parental"
    ADOPTION = "adoption"
    BREASTFEEDING = "breastfeeding"
    RELATIVE = "relative"
    LONG_ILLNESS = "long_illness"
    JOB = "job"
    PEACE_WORK = "peace_work"
    OTHER = "other"


class Group(StrEnum):
    """Choices that lead to a second choice. The value stands in the address."""

    CHILD_STARTS = "barnehage-og-skole"
    BIRTH = "graviditet-og-fodsel"
    MORE = "noe-annet"


class Event(StrEnum):
    """A day that the law counts from."""

    BIRTH = "birth"
    ADOPTION = "adoption"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the law's kind, its picture, and what the next step must ask. `one_day`: the last day
    may be left out. `starts_today`: the days are filled in with today, since one tells of it the same day.
    """

    what: What
    kind: LeaveKind
    picture: str
    reason: WelfareReason | None = None
    group: Group | None = None
    hours: bool = False
    paper: bool = False
    event: Event | None = None
    travel: bool = False
    one_day: bool = False
    starts_today: bool = False


_W = LeaveKind.WELFARE
CHOICES = (
    Choice(What.ILL, LeaveKind.OWN_ILLNESS, "bed", hours=True, paper=True, starts_today=True),
    Choice(What.CHILD_ILL, LeaveKind.CHILD_ILLNESS, "child", hours=True, paper=True, starts_today=True),
    Choice(What.DOCTOR, _W, "stethoscope", WelfareReason.DOCTOR_OR_DENTIST, hours=True, one_day=True),
    Choice(What.INTERVIEW, _W, "handshake", WelfareReason.INTERVIEW_OR_ADMISSION, hours=True, one_day=True),
    Choice(What.BEREAVEMENT, _W, "candle", WelfareReason.BEREAVEMENT, travel=True),
    Choice(What.WEDDING, _W, "ring", WelfareReason.WEDDING, one_day=True),
    Choice(What.RELIGIOUS, LeaveKind.RELIGIOUS_DAY, "star", one_day=True),
    Choice(What.HOLIDAY, LeaveKind.HOLIDAY, "sun"),
    Choice(What.KINDERGARTEN, _W, "child", WelfareReason.KINDERGARTEN_START, Group.CHILD_STARTS, hours=True),
    Choice(What.SCHOOL, _W, "school", WelfareReason.SCHOOL_START, Group.CHILD_STARTS, hours=True, one_day=True),
    Choice(What.ANTENATAL, LeaveKind.ANTENATAL_CHECK, "stethoscope", group=Group.BIRTH, hours=True, one_day=True),
    Choice(What.PREGNANCY, LeaveKind.PREGNANCY, "bed", group=Group.BIRTH, hours=True),
    Choice(What.GAVE_BIRTH, LeaveKind.BIRTH_MOTHER, "cradle", group=Group.BIRTH, event=Event.BIRTH),
    Choice(What.BECAME_FATHER, LeaveKind.BIRTH_FATHER, "person", group=Group.BIRTH, event=Event.BIRTH),
    Choice(What.PARENTAL, LeaveKind.PARENTAL, "house", group=Group.BIRTH, event=Event.BIRTH),
    Choice(What.ADOPTION, LeaveKind.ADOPTION, "heart", group=Group.BIRTH, event=Event.ADOPTION),
    Choice(What.BREASTFEEDING, LeaveKind.BREASTFEEDING, "child", group=Group.BIRTH, event=Event.BIRTH),
    Choice(What.RELATIVE, _W, "people", WelfareReason.CARE_FOR_RELATIVE, Group.MORE, hours=True),
    Choice(What.LONG_ILLNESS, LeaveKind.LONG_ILLNESS, "hourglass", group=Group.MORE, paper=True),
    Choice(What.JOB, LeaveKind.OTHER, "suitcase", group=Group.MORE),
    Choice(What.PEACE_WORK, LeaveKind.PEACE_WORK, "flag", group=Group.MORE),
    Choice(What.OTHER, _W, "speech", WelfareReason.OTHER, Group.MORE, hours=True),
)
BY_WHAT = {choice.what: choice for choice in CHOICES}
PICTURES = {Group.CHILD_STARTS: "school", Group.BIRTH: "cradle", Group.MORE: "question"}


def of_group(group: Group | None) -> tuple[Choice, ...]:
    """The choices of a group, or of the first page."""
    return tuple(choice for choice in CHOICES if choice.group is group)
