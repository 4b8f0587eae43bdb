"""What a participant may say has happened, in plain words, what the law calls it, and what must be asked of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from portal.i18n import msgid
from portal.i18n.terms import Sign, leave_picture
from portal.law.vocabulary import LeaveKind, WelfareReason


class Group(StrEnum):
    """Choices that lead to a second choice. The value stands in the address."""

    CHILD_STARTS = "barnehage-og-skole"
    BIRTH = "graviditet-og-fodsel"
    MORE = "noe-annet"


GROUPS = {
    Group.CHILD_STARTS: Sign(msgid("Barnet begynner i barnehage eller på skole"), "school"),
    Group.BIRTH: Sign(msgid("Graviditet og fødsel"), "cradle"),
    Group.MORE: Sign(msgid("Noe annet"), "question"),
}


class Event(StrEnum):
    """A day that the law counts from."""

    BIRTH = "birth"
    ADOPTION = "adoption"


@dataclass(frozen=True, slots=True)
class Asks:
    """What the next step must ask. `one_day`: the last day may be left out. `starts_today`: the days are filled in with
    today, since one tells of it the same day.
    """

    hours: bool = False
    usually_hours: bool = False
    paper: bool = False
    event: Event | None = None
    travel: bool = False
    one_day: bool = False
    starts_today: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the law's kind, or one of its examples of welfare leave; how one says it; what must be asked; and its
    picture, where that is not the one of its kind.
    """

    what: LeaveKind | WelfareReason
    says: str
    asks: Asks = Asks()
    group: Group | None = None
    own_picture: str = ""

    @property
    def kind(self) -> LeaveKind:
        """What the law calls it."""
        return self.what if isinstance(self.what, LeaveKind) else LeaveKind.WELFARE

    @property
    def reason(self) -> WelfareReason | None:
        """Which example of welfare leave it is."""
        return self.what if isinstance(self.what, WelfareReason) else None

    @property
    def picture(self) -> str:
        """Its icon."""
        return self.own_picture or leave_picture(self.kind, self.reason)


_ILLNESS = Asks(hours=True, paper=True, starts_today=True)
_APPOINTMENT = Asks(hours=True, usually_hours=True, one_day=True)
_HOURS = Asks(hours=True)
_BIRTH = Asks(event=Event.BIRTH)


class What(StrEnum):
    """What has happened, in the order of the page. The value stands in drafts and forms."""

    choice: Choice

    def __new__(cls, value: str, *choice: Choice) -> Self:
        """A word with its one choice, without which there is no member: `*` lets mypy take `What(value)`."""
        what = str.__new__(cls, value)
        what._value_, (what.choice,) = value, choice
        return what

    ILL = "ill", Choice(LeaveKind.OWN_ILLNESS, msgid("Jeg er syk"), _ILLNESS)
    CHILD_ILL = "child_ill", Choice(LeaveKind.CHILD_ILLNESS, msgid("Barnet mitt er sykt"), _ILLNESS)
    DOCTOR = (
        "doctor",
        Choice(WelfareReason.DOCTOR_OR_DENTIST, msgid("Jeg har time hos lege eller tannlege"), _APPOINTMENT),
    )
    INTERVIEW = "interview", Choice(WelfareReason.INTERVIEW_OR_ADMISSION, msgid("Jeg skal på intervju"), _APPOINTMENT)
    BEREAVEMENT = "bereavement", Choice(WelfareReason.BEREAVEMENT, msgid("Noen nær meg er død"), Asks(travel=True))
    WEDDING = "wedding", Choice(WelfareReason.WEDDING, msgid("Jeg skal gifte meg"), Asks(one_day=True))
    RELIGIOUS = "religious", Choice(LeaveKind.RELIGIOUS_DAY, msgid("Religiøs høytid"), Asks(one_day=True))
    HOLIDAY = "holiday", Choice(LeaveKind.HOLIDAY, msgid("Ferie"))
    KINDERGARTEN = (
        "kindergarten",
        Choice(WelfareReason.KINDERGARTEN_START, msgid("Barnet mitt begynner i barnehage"), _HOURS, Group.CHILD_STARTS),
    )
    SCHOOL = (
        "school",
        Choice(
            WelfareReason.SCHOOL_START,
            msgid("Barnet mitt begynner på skolen"),
            Asks(hours=True, one_day=True),
            Group.CHILD_STARTS,
        ),
    )
    ANTENATAL = (
        "antenatal",
        Choice(LeaveKind.ANTENATAL_CHECK, msgid("Kontroll når jeg er gravid"), _APPOINTMENT, Group.BIRTH),
    )
    PREGNANCY = (
        "pregnancy",
        Choice(LeaveKind.PREGNANCY, msgid("Jeg er gravid og trenger fri"), _HOURS, Group.BIRTH, own_picture="bed"),
    )
    GAVE_BIRTH = (
        "gave_birth",
        Choice(LeaveKind.BIRTH_MOTHER, msgid("Jeg har født eller skal føde"), _BIRTH, Group.BIRTH),
    )
    BECAME_FATHER = (
        "became_father",
        Choice(LeaveKind.BIRTH_FATHER, msgid("Jeg blir eller er blitt far"), _BIRTH, Group.BIRTH, own_picture="person"),
    )
    PARENTAL = "parental", Choice(LeaveKind.PARENTAL, msgid("Omsorgspermisjon med barnet"), _BIRTH, Group.BIRTH)
    ADOPTION = (
        "adoption",
        Choice(LeaveKind.ADOPTION, msgid("Jeg adopterer et barn"), Asks(event=Event.ADOPTION), Group.BIRTH),
    )
    BREASTFEEDING = "breastfeeding", Choice(LeaveKind.BREASTFEEDING, msgid("Jeg ammer"), _BIRTH, Group.BIRTH)
    RELATIVE = (
        "relative",
        Choice(WelfareReason.CARE_FOR_RELATIVE, msgid("Jeg må hjelpe en nær som er syk"), _HOURS, Group.MORE),
    )
    LONG_ILLNESS = (
        "long_illness",
        Choice(LeaveKind.LONG_ILLNESS, msgid("Jeg eller barnet er syk lenge"), Asks(paper=True), Group.MORE),
    )
    JOB = "job", Choice(LeaveKind.OTHER, msgid("Jeg har fått jobb"), group=Group.MORE, own_picture="suitcase")
    PEACE_WORK = "peace_work", Choice(LeaveKind.PEACE_WORK, msgid("Fredsarbeid i hjemlandet"), group=Group.MORE)
    OTHER = (
        "other",
        Choice(WelfareReason.OTHER, msgid("En annen viktig grunn"), _HOURS, Group.MORE, own_picture="speech"),
    )


def of_group(group: Group | None) -> tuple[What, ...]:
    """The choices of a group, or of the first page."""
    return tuple(what for what in What if what.choice.group is group)
