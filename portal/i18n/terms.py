"""Words for codes that several sections show: elements, goals, skills, subjects, tests, results, kinds of leave.

Each takes `text`, how to say the word: `two` (own word with the Norwegian beneath; for headings, buttons, statuses),
`gettext` inside a sentence, `plain` in titles and attributes, `str` for the Norwegian word itself.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from portal.i18n import bilingual, msgid, plain, translator
from portal.i18n import format as formats
from portal.law.vocabulary import EndGoal, LeaveKind, Skill, WelfareReason
from portal.tables.plan import ElementCode
from portal.tables.training import Examination, Result, Subject

Text = Callable[[str], str]


class StatusLabel(NamedTuple):
    """A status as the `status` component shows it: its colour and its word, what it means, and a picture of its own."""

    kind: str
    word: str
    sentence: Markup | None = None
    picture: str | None = None


class Sign(NamedTuple):
    """What stands for a code everywhere: its word, and the name of its icon."""

    word: str
    picture: str


_ELEMENTS = {
    ElementCode.MAPPING: Sign(msgid("Kartlegging"), "list"),
    ElementCode.CAREER_GUIDANCE: Sign(msgid("Karriereveiledning"), "way"),
    ElementCode.NORWEGIAN: Sign(msgid("Norsk"), "speech"),
    ElementCode.SOCIAL_STUDIES: Sign(msgid("Samfunnskunnskap"), "people"),
    ElementCode.LIFE_SKILLS: Sign(msgid("Livsmestring"), "heart"),
    ElementCode.PARENTAL_GUIDANCE: Sign(msgid("Foreldreveiledning"), "child"),
    ElementCode.WORK_PLACEMENT: Sign(msgid("Arbeidspraksis"), "suitcase"),
    ElementCode.LANGUAGE_PLACEMENT: Sign(msgid("Språkpraksis"), "mouth"),
    ElementCode.PART_TIME_WORK: Sign(msgid("Arbeid på deltid"), "suitcase"),
    ElementCode.FAST_TRACK: Sign(msgid("Hurtigspor"), "star"),
    ElementCode.DIGITAL_SKILLS: Sign(msgid("Digital kompetanse"), "pen"),
    ElementCode.BASIC_EDUCATION: Sign(msgid("Grunnskole for voksne"), "book"),
    ElementCode.UPPER_SECONDARY: Sign(msgid("Videregående opplæring"), "school"),
    ElementCode.VOCATIONAL_COURSE: Sign(msgid("Yrkeskurs"), "certificate"),
    ElementCode.LABOUR_MARKET_MEASURE: Sign(msgid("Tiltak fra Nav"), "handshake"),
    ElementCode.MEETING: Sign(msgid("Møte"), "people"),
    ElementCode.OTHER: Sign(msgid("Annet"), "flag"),
}


def element(code: ElementCode, text: Text = bilingual) -> str:
    """What an element of the programme is called."""
    return text(_ELEMENTS[code].word)


def named(code: ElementCode, title: str = "") -> Markup:
    """An element by its own word with the municipality's Norwegian title beneath; the title alone in Norwegian."""
    if code is ElementCode.OTHER and title:
        return formats.norwegian(title)
    return translator().beside(element(code, str), title or element(code, str))


def mentioned(code: ElementCode, title: str = "") -> Markup:
    """An element within a sentence: its own word, and the municipality's Norwegian title in brackets."""
    own, original = element(code, plain), element(code, str)
    if not title:
        return formats.norwegian(own) if own == original else formats.bdi(own)
    if own == original or translator().language.reads_norwegian or code is ElementCode.OTHER:
        return formats.norwegian(title)
    return formats.bdi(own) + Markup(" (") + formats.norwegian(title) + Markup(")")


def element_picture(code: ElementCode) -> str:
    """The name of the icon that stands for an element, the same everywhere."""
    return _ELEMENTS[code].picture


_END_GOALS = {
    EndGoal.WORK: msgid("Arbeid"),
    EndGoal.HIGHER_EDUCATION: msgid("Høyere utdanning"),
    EndGoal.REQUALIFICATION: msgid("Yrkesfaglig rekvalifisering"),
    EndGoal.PARTS_OF_UPPER_SECONDARY: msgid("Deler av videregående opplæring"),
    EndGoal.UPPER_SECONDARY: msgid("Fullført videregående opplæring"),
    EndGoal.VOCATIONAL_TRAINING: msgid("Fag- og yrkesopplæring"),
}


def end_goal(goal: EndGoal, text: Text = bilingual) -> str:
    """The category of the end goal, sluttmål (IL §§ 13, 14)."""
    return text(_END_GOALS[goal])


_SKILLS = {
    Skill.LISTENING: Sign(msgid("Lytte"), "ear"),
    Skill.READING: Sign(msgid("Lese"), "eye"),
    Skill.WRITING: Sign(msgid("Skrive"), "pen"),
    Skill.SPEAKING: Sign(msgid("Snakke"), "mouth"),
}


def skill(part: Skill, text: Text = bilingual) -> str:
    """One of the four skills of norskprøven, as something one does."""
    return text(_SKILLS[part].word)


def skill_picture(part: Skill) -> str:
    """The name of the icon of a skill."""
    return _SKILLS[part].picture


_SUBJECTS = {
    Subject.NORWEGIAN: msgid("Norsk"),
    Subject.SOCIAL_STUDIES: msgid("Samfunnskunnskap"),
    Subject.LIFE_SKILLS: msgid("Livsmestring"),
    Subject.PARENTAL_GUIDANCE: msgid("Foreldreveiledning"),
}


def subject(item: Subject, text: Text = bilingual) -> str:
    """What the duty to train covers."""
    return text(_SUBJECTS[item])


_EXAMINATIONS = {
    Examination.LISTENING: msgid("Norskprøve: lytte"),
    Examination.READING: msgid("Norskprøve: lese"),
    Examination.WRITING: msgid("Norskprøve: skrive"),
    Examination.SPEAKING: msgid("Norskprøve: snakke"),
    Examination.SOCIAL_STUDIES: msgid("Prøve i samfunnskunnskap"),
}


def examination(part: Examination, text: Text = bilingual) -> str:
    """A part of norskprøven, or the test in social studies, by its official name."""
    return text(_EXAMINATIONS[part])


def result(shown: Result, text: Text = bilingual) -> str:
    """What a test showed; levels are named alike in every language (IF § 41)."""
    match shown:
        case Result.UNDER_A1:
            return text("Under A1")
        case Result.PASSED:
            return text("Bestått")
        case Result.NOT_PASSED:
            return text("Ikke bestått")
        case Result.A1 | Result.A2 | Result.B1 | Result.B2 | Result.C1:
            return level(shown)


def level(name: str) -> Markup:
    """A level such as B1, left to right."""
    return Markup('<bdi dir="ltr">%s</bdi>') % str(name)


def weekday(day: date) -> Markup:
    """The weekday's name in the reader's language."""
    return formats.bdi(formats.weekday(day, translator().language.id))


_LEAVE = {
    LeaveKind.OWN_ILLNESS: Sign(msgid("Egen sykdom"), "bed"),
    LeaveKind.CHILD_ILLNESS: Sign(msgid("Sykt barn"), "child"),
    LeaveKind.ANTENATAL_CHECK: Sign(msgid("Svangerskapskontroll"), "stethoscope"),
    LeaveKind.PREGNANCY: Sign(msgid("Svangerskap"), "cradle"),
    LeaveKind.BIRTH_MOTHER: Sign(msgid("Fødsel"), "cradle"),
    LeaveKind.BIRTH_FATHER: Sign(msgid("Fødsel (far)"), "cradle"),
    LeaveKind.BREASTFEEDING: Sign(msgid("Ammefri"), "child"),
    LeaveKind.WELFARE: Sign(msgid("Velferdspermisjon"), "paper"),
    LeaveKind.PEACE_WORK: Sign(msgid("Freds- og forsoningsarbeid"), "flag"),
    LeaveKind.LONG_ILLNESS: Sign(msgid("Langvarig sykdom"), "hourglass"),
    LeaveKind.PARENTAL: Sign(msgid("Omsorgspermisjon"), "house"),
    LeaveKind.ADOPTION: Sign(msgid("Adopsjon"), "heart"),
    LeaveKind.RELIGIOUS_DAY: Sign(msgid("Religiøs høytidsdag"), "star"),
    LeaveKind.HOLIDAY: Sign(msgid("Ferie"), "sun"),
    LeaveKind.OTHER: Sign(msgid("Annet"), "question"),
}
_WELFARE = {
    WelfareReason.KINDERGARTEN_START: Sign(msgid("Barnehagestart"), "child"),
    WelfareReason.SCHOOL_START: Sign(msgid("Skolestart"), "school"),
    WelfareReason.WEDDING: Sign(msgid("Eget bryllup"), "ring"),
    WelfareReason.BEREAVEMENT: Sign(msgid("Dødsfall"), "candle"),
    WelfareReason.INTERVIEW_OR_ADMISSION: Sign(msgid("Intervju eller opptak"), "handshake"),
    WelfareReason.DOCTOR_OR_DENTIST: Sign(msgid("Lege eller tannlege"), "stethoscope"),
    WelfareReason.CARE_FOR_RELATIVE: Sign(msgid("Hjelp til en nær pårørende som er syk"), "people"),
    WelfareReason.OTHER: _LEAVE[LeaveKind.WELFARE],
}


def leave_kind(kind: LeaveKind, reason: WelfareReason | None = None, text: Text = bilingual) -> str:
    """The short name of a kind of absence or leave, as it stands in lists and above headings."""
    return text(_leave(kind, reason).word)


def leave_picture(kind: LeaveKind, reason: WelfareReason | None = None) -> str:
    """The name of the icon that stands for a kind of absence or leave, the same everywhere."""
    return _leave(kind, reason).picture


def _leave(kind: LeaveKind, reason: WelfareReason | None) -> Sign:
    return _WELFARE[reason] if reason and kind is LeaveKind.WELFARE else _LEAVE[kind]
