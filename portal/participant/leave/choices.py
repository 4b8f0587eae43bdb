"""What a participant may say has happened, in plain words, what the law calls it, and what must be asked of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from portal.i18n import msgid
from portal.i18n.terms import Sign, leave_picture
from portal.law.vocabulary import LeaveKind, WelfareReason


class OptionGroup(StrEnum):
    """Choices that lead to a second choice. The value stands in the address."""

    CHILD_STARTS = "barnehage-og-skole"
    BIRTH = "graviditet-og-fodsel"
    MORE = "noe-annet"


GROUPS = {
    OptionGroup.CHILD_STARTS: Sign(msgid("Barnet begynner i barnehage eller på skole"), "school"),
    OptionGroup.BIRTH: Sign(msgid("Graviditet og fødsel"), "cradle"),
    OptionGroup.MORE: Sign(msgid("Noe annet"), "question"),
}


class EventDate(StrEnum):
    """A day that the law counts from."""

    BIRTH = "birth"
    ADOPTION = "adoption"


@dataclass(frozen=True, slots=True)
class Asks:
    """What the next step must ask. `one_day`: the last day may be left out. `starts_today`: one tells of it the same
    day, or afterwards. `long`: it lasts so long that nobody chooses day by day.
    """

    hours: bool = False
    usually_hours: bool = False
    paper: bool = False
    event: EventDate | None = None
    travel: bool = False
    one_day: bool = False
    starts_today: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class LeaveOption:
    """One choice: the law's kind, or one of its examples of welfare leave; how one says it; what must be asked; and its
    picture, where that is not the one of its kind.
    """

    what: LeaveKind | WelfareReason
    says: str
    asks: Asks = Asks()
    group: OptionGroup | None = None
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
_LONG = Asks(long=True)
_BIRTH = Asks(event=EventDate.BIRTH, long=True)


class Occasion(StrEnum):
    """What has happened, in the order of the page. The value stands in drafts and forms."""

    choice: LeaveOption

    def __new__(cls, value: str, *choice: LeaveOption) -> Self:
        """A word with its one choice, without which there is no member: `*` lets mypy take `What(value)`."""
        what = str.__new__(cls, value)
        what._value_, (what.choice,) = value, choice
        return what

    ILL = "ill", LeaveOption(LeaveKind.OWN_ILLNESS, msgid("Jeg er syk"), _ILLNESS)
    CHILD_ILL = "child_ill", LeaveOption(LeaveKind.CHILD_ILLNESS, msgid("Barnet mitt er sykt"), _ILLNESS)
    DOCTOR = (
        "doctor",
        LeaveOption(WelfareReason.DOCTOR_OR_DENTIST, msgid("Jeg har time hos lege eller tannlege"), _APPOINTMENT),
    )
    INTERVIEW = (
        "interview",
        LeaveOption(WelfareReason.INTERVIEW_OR_ADMISSION, msgid("Jeg skal på intervju"), _APPOINTMENT),
    )
    BEREAVEMENT = (
        "bereavement",
        LeaveOption(WelfareReason.BEREAVEMENT, msgid("En i familien eller en venn er død"), Asks(travel=True)),
    )
    WEDDING = "wedding", LeaveOption(WelfareReason.WEDDING, msgid("Jeg skal gifte meg"), Asks(one_day=True))
    RELIGIOUS = "religious", LeaveOption(LeaveKind.RELIGIOUS_DAY, msgid("Religiøs høytid"), Asks(one_day=True))
    HOLIDAY = "holiday", LeaveOption(LeaveKind.HOLIDAY, msgid("Ferie"))
    KINDERGARTEN = (
        "kindergarten",
        LeaveOption(
            WelfareReason.KINDERGARTEN_START,
            msgid("Barnet mitt begynner i barnehage"),
            _HOURS,
            OptionGroup.CHILD_STARTS,
        ),
    )
    SCHOOL = (
        "school",
        LeaveOption(
            WelfareReason.SCHOOL_START,
            msgid("Barnet mitt begynner på skolen"),
            Asks(hours=True, one_day=True),
            OptionGroup.CHILD_STARTS,
        ),
    )
    ANTENATAL = (
        "antenatal",
        LeaveOption(
            LeaveKind.ANTENATAL_CHECK, msgid("Jeg skal på svangerskapskontroll"), _APPOINTMENT, OptionGroup.BIRTH
        ),
    )
    PREGNANCY = (
        "pregnancy",
        LeaveOption(
            LeaveKind.PREGNANCY, msgid("Jeg er gravid og trenger fri"), _HOURS, OptionGroup.BIRTH, own_picture="bed"
        ),
    )
    GAVE_BIRTH = (
        "gave_birth",
        LeaveOption(LeaveKind.BIRTH_MOTHER, msgid("Jeg har født eller skal føde"), _BIRTH, OptionGroup.BIRTH),
    )
    BECAME_FATHER = (
        "became_father",
        LeaveOption(
            LeaveKind.BIRTH_FATHER,
            msgid("Jeg blir eller er blitt far"),
            _BIRTH,
            OptionGroup.BIRTH,
            own_picture="person",
        ),
    )
    PARENTAL = (
        "parental",
        LeaveOption(LeaveKind.PARENTAL, msgid("Omsorgspermisjon med barnet"), _BIRTH, OptionGroup.BIRTH),
    )
    ADOPTION = (
        "adoption",
        LeaveOption(
            LeaveKind.ADOPTION,
            msgid("Jeg adopterer et barn"),
            Asks(event=EventDate.ADOPTION, long=True),
            OptionGroup.BIRTH,
        ),
    )
    BREASTFEEDING = "breastfeeding", LeaveOption(LeaveKind.BREASTFEEDING, msgid("Jeg ammer"), _BIRTH, OptionGroup.BIRTH)
    RELATIVE = (
        "relative",
        LeaveOption(
            WelfareReason.CARE_FOR_RELATIVE, msgid("Jeg må hjelpe noen nær meg som er syk"), _HOURS, OptionGroup.MORE
        ),
    )
    LONG_ILLNESS = (
        "long_illness",
        LeaveOption(
            LeaveKind.LONG_ILLNESS,
            msgid("Jeg eller barnet er syk lenge"),
            Asks(paper=True, long=True),
            OptionGroup.MORE,
        ),
    )
    JOB = (
        "job",
        LeaveOption(LeaveKind.OTHER, msgid("Jeg har fått jobb"), _LONG, group=OptionGroup.MORE, own_picture="suitcase"),
    )
    PEACE_WORK = (
        "peace_work",
        LeaveOption(LeaveKind.PEACE_WORK, msgid("Fredsarbeid i hjemlandet"), _LONG, group=OptionGroup.MORE),
    )
    OTHER = (
        "other",
        LeaveOption(
            WelfareReason.OTHER, msgid("En annen viktig grunn"), _HOURS, OptionGroup.MORE, own_picture="speech"
        ),
    )


def of_group(group: OptionGroup | None) -> tuple[Occasion, ...]:
    """The choices of a group, or of the first page."""
    return tuple(what for what in Occasion if what.choice.group is group)
