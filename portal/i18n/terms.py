"""Words for codes that several sections show: elements, goals, skills, subjects, tests, results, kinds of leave.

Each takes `text`, how to say the word: `two` (own word with the Norwegian beneath; for headings, buttons, statuses),
`gettext` inside a sentence, `plain` in titles and attributes, `str` for the Norwegian word itself.
"""

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from portal.i18n import format as formats
from portal.i18n import plain, two, words
from portal.law.vocabulary import EndGoal, LeaveKind, Skill, WelfareReason
from portal.tables.plan import ElementCode
from portal.tables.training import Examination, Result, Subject

Text = Callable[[str], str]


def element(code: ElementCode, text: Text = two) -> str:  # noqa: C901, PLR0911, PLR0912  # a list of words
    """What an element of the programme is called."""
    match code:
        case ElementCode.MAPPING:
            return text("Kartlegging")
        case ElementCode.CAREER_GUIDANCE:
            return text("Karriereveiledning")
        case ElementCode.NORWEGIAN:
            return text("Norsk")
        case ElementCode.SOCIAL_STUDIES:
            return text("Samfunnskunnskap")
        case ElementCode.LIFE_SKILLS:
            return text("Livsmestring")
        case ElementCode.PARENTAL_GUIDANCE:
            return text("Foreldreveiledning")
        case ElementCode.WORK_PLACEMENT:
            return text("Arbeidspraksis")
        case ElementCode.LANGUAGE_PLACEMENT:
            return text("Språkpraksis")
        case ElementCode.PART_TIME_WORK:
            return text("Arbeid på deltid")
        case ElementCode.FAST_TRACK:
            return text("Hurtigspor")
        case ElementCode.DIGITAL_SKILLS:
            return text("Digital kompetanse")
        case ElementCode.BASIC_EDUCATION:
            return text("Grunnskole for voksne")
        case ElementCode.UPPER_SECONDARY:
            return text("Videregående opplæring")
        case ElementCode.VOCATIONAL_COURSE:
            return text("Yrkeskurs")
        case ElementCode.LABOUR_MARKET_MEASURE:
            return text("Tiltak fra Nav")
        case ElementCode.MEETING:
            return text("Møte")
        case ElementCode.OTHER:
            return text("Annet")


def named(code: ElementCode, title: str = "") -> Markup:
    """An element by its own word with the municipality's Norwegian title beneath; the title alone in Norwegian."""
    if code is ElementCode.OTHER and title:
        return formats.norwegian(title)
    return words().beside(element(code, str), title or element(code, str))


def mentioned(code: ElementCode, title: str = "") -> Markup:
    """An element within a sentence: its own word, and the municipality's Norwegian title in brackets."""
    own, original = element(code, plain), element(code, str)
    if not title:
        return formats.norwegian(own) if own == original else formats.bdi(own)
    if own == original or words().language.reads_norwegian or code is ElementCode.OTHER:
        return formats.norwegian(title)
    return formats.bdi(own) + Markup(" (") + formats.norwegian(title) + Markup(")")


def element_picture(code: ElementCode) -> str:
    """The name of the icon that stands for an element, the same everywhere."""
    return _PICTURES[code]


_PICTURES = {
    ElementCode.MAPPING: "list",
    ElementCode.CAREER_GUIDANCE: "way",
    ElementCode.NORWEGIAN: "speech",
    ElementCode.SOCIAL_STUDIES: "people",
    ElementCode.LIFE_SKILLS: "heart",
    ElementCode.PARENTAL_GUIDANCE: "child",
    ElementCode.WORK_PLACEMENT: "suitcase",
    ElementCode.LANGUAGE_PLACEMENT: "mouth",
    ElementCode.PART_TIME_WORK: "suitcase",
    ElementCode.FAST_TRACK: "star",
    ElementCode.DIGITAL_SKILLS: "pen",
    ElementCode.BASIC_EDUCATION: "book",
    ElementCode.UPPER_SECONDARY: "school",
    ElementCode.VOCATIONAL_COURSE: "certificate",
    ElementCode.LABOUR_MARKET_MEASURE: "handshake",
    ElementCode.MEETING: "people",
    ElementCode.OTHER: "flag",
}


def end_goal(goal: EndGoal, text: Text = two) -> str:
    """The category of the end goal, sluttmål (IL §§ 13, 14)."""
    match goal:
        case EndGoal.WORK:
            return text("Arbeid")
        case EndGoal.HIGHER_EDUCATION:
            return text("Høyere utdanning")
        case EndGoal.REQUALIFICATION:
            return text("Yrkesfaglig rekvalifisering")
        case EndGoal.PARTS_OF_UPPER_SECONDARY:
            return text("Deler av videregående opplæring")
        case EndGoal.UPPER_SECONDARY:
            return text("Fullført videregående opplæring")
        case EndGoal.VOCATIONAL_TRAINING:
            return text("Fag- og yrkesopplæring")


def skill(part: Skill, text: Text = two) -> str:
    """One of the four skills of norskprøven, as something one does."""
    match part:
        case Skill.LISTENING:
            return text("Lytte")
        case Skill.READING:
            return text("Lese")
        case Skill.WRITING:
            return text("Skrive")
        case Skill.SPEAKING:
            return text("Snakke")


def skill_picture(part: Skill) -> str:
    """The name of the icon of a skill."""
    match part:
        case Skill.LISTENING:
            return "ear"
        case Skill.READING:
            return "eye"
        case Skill.WRITING:
            return "pen"
        case Skill.SPEAKING:
            return "mouth"


def subject(item: Subject, text: Text = two) -> str:
    """What the duty to train covers."""
    match item:
        case Subject.NORWEGIAN:
            return text("Norsk")
        case Subject.SOCIAL_STUDIES:
            return text("Samfunnskunnskap")
        case Subject.LIFE_SKILLS:
            return text("Livsmestring")
        case Subject.PARENTAL_GUIDANCE:
            return text("Foreldreveiledning")


def examination(part: Examination, text: Text = two) -> str:
    """A part of norskprøven, or the test in social studies, by its official name."""
    match part:
        case Examination.LISTENING:
            return text("Norskprøve: lytte")
        case Examination.READING:
            return text("Norskprøve: lese")
        case Examination.WRITING:
            return text("Norskprøve: skrive")
        case Examination.SPEAKING:
            return text("Norskprøve: snakke")
        case Examination.SOCIAL_STUDIES:
            return text("Prøve i samfunnskunnskap")


def result(shown: Result, text: Text = two) -> str:
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
    return formats.bdi(formats.weekday(day, words().language.id))


def leave_kind(kind: LeaveKind, reason: WelfareReason | None = None, text: Text = two) -> str:  # noqa: C901, PLR0911, PLR0912
    """The short name of a kind of absence or leave, as it stands in lists and above headings."""
    match kind:
        case LeaveKind.OWN_ILLNESS:
            return text("Egen sykdom")
        case LeaveKind.CHILD_ILLNESS:
            return text("Sykt barn")
        case LeaveKind.ANTENATAL_CHECK:
            return text("Svangerskapskontroll")
        case LeaveKind.PREGNANCY:
            return text("Svangerskap")
        case LeaveKind.BIRTH_MOTHER:
            return text("Fødsel")
        case LeaveKind.BIRTH_FATHER:
            return text("Fødsel (far)")
        case LeaveKind.BREASTFEEDING:
            return text("Ammefri")
        case LeaveKind.WELFARE:
            return _welfare(reason, text)
        case LeaveKind.PEACE_WORK:
            return text("Freds- og forsoningsarbeid")
        case LeaveKind.LONG_ILLNESS:
            return text("Langvarig sykdom")
        case LeaveKind.PARENTAL:
            return text("Omsorgspermisjon")
        case LeaveKind.ADOPTION:
            return text("Adopsjon")
        case LeaveKind.RELIGIOUS_DAY:
            return text("Religiøs høytidsdag")
        case LeaveKind.HOLIDAY:
            return text("Ferie")
        case LeaveKind.OTHER:
            return text("Annet")


def _welfare(reason: WelfareReason | None, text: Text) -> str:  # noqa: C901, PLR0911  # a list of words
    match reason:
        case WelfareReason.KINDERGARTEN_START:
            return text("Barnehagestart")
        case WelfareReason.SCHOOL_START:
            return text("Skolestart")
        case WelfareReason.WEDDING:
            return text("Eget bryllup")
        case WelfareReason.BEREAVEMENT:
            return text("Dødsfall")
        case WelfareReason.INTERVIEW_OR_ADMISSION:
            return text("Intervju eller opptak")
        case WelfareReason.DOCTOR_OR_DENTIST:
            return text("Lege eller tannlege")
        case WelfareReason.CARE_FOR_RELATIVE:
            return text("Hjelp til en nær som er syk")
        case WelfareReason.OTHER | None:
            return text("Velferdspermisjon")


def leave_picture(kind: LeaveKind, reason: WelfareReason | None = None) -> str:
    """The name of the icon that stands for a kind of absence or leave, the same everywhere."""
    return _WELFARE_PICTURES[reason or WelfareReason.OTHER] if kind is LeaveKind.WELFARE else _LEAVE_PICTURES[kind]


_LEAVE_PICTURES = {
    LeaveKind.OWN_ILLNESS: "bed",
    LeaveKind.CHILD_ILLNESS: "child",
    LeaveKind.ANTENATAL_CHECK: "stethoscope",
    LeaveKind.PREGNANCY: "cradle",
    LeaveKind.BIRTH_MOTHER: "cradle",
    LeaveKind.BIRTH_FATHER: "cradle",
    LeaveKind.BREASTFEEDING: "child",
    LeaveKind.PEACE_WORK: "flag",
    LeaveKind.LONG_ILLNESS: "hourglass",
    LeaveKind.PARENTAL: "house",
    LeaveKind.ADOPTION: "heart",
    LeaveKind.RELIGIOUS_DAY: "star",
    LeaveKind.HOLIDAY: "sun",
    LeaveKind.OTHER: "question",
}
_WELFARE_PICTURES = {
    WelfareReason.KINDERGARTEN_START: "child",
    WelfareReason.SCHOOL_START: "school",
    WelfareReason.WEDDING: "ring",
    WelfareReason.BEREAVEMENT: "candle",
    WelfareReason.INTERVIEW_OR_ADMISSION: "handshake",
    WelfareReason.DOCTOR_OR_DENTIST: "stethoscope",
    WelfareReason.CARE_FOR_RELATIVE: "people",
    WelfareReason.OTHER: "paper",
}
