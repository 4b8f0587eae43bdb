"""Words of the plan: what each fact of `changes` and each state says. Nothing is left without words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from portal.i18n import bilingual, msgid, plain, translator
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n.terms import Sign, StatusLabel, level, mentioned, skill
from portal.law.vocabulary import EndGoal
from portal.participant.plan.changes import Change, ElementChange, OfElement, OfPlan, OfSkill, PlanChange, SkillChange
from portal.tables.plan import ContractKind, ElementCode, ElementStatus

_STATUS = {
    ElementStatus.PLANNED: ("off", msgid("Kommer senere"), "clock"),
    ElementStatus.ONGOING: ("info", msgid("Pågår nå"), "way"),
    ElementStatus.COMPLETED: ("ok", msgid("Fullført"), "check"),
    ElementStatus.CANCELLED: ("off", msgid("Tatt ut av planen"), "minus"),
}


def element_status(status: ElementStatus) -> StatusLabel:
    """How far an element has come."""
    kind, word, picture = _STATUS[status]
    return StatusLabel(kind, bilingual(word), picture=picture)


_ABOUT = {
    ElementCode.MAPPING: msgid("Kommunen ser på hva du kan, og hva du trenger."),
    ElementCode.CAREER_GUIDANCE: msgid("Du snakker med en veileder om jobb og utdanning."),
    ElementCode.NORWEGIAN: msgid("Du lærer å forstå, snakke, lese og skrive norsk."),
    ElementCode.SOCIAL_STUDIES: msgid("Du lærer om Norge på et språk du forstår."),
    ElementCode.LIFE_SKILLS: msgid("Et kurs om helse, hverdag og arbeid i et nytt land."),
    ElementCode.PARENTAL_GUIDANCE: msgid("Et kurs om å være mor eller far i Norge."),
    ElementCode.WORK_PLACEMENT: msgid("Du prøver deg i arbeid på en vanlig arbeidsplass."),
    ElementCode.LANGUAGE_PLACEMENT: msgid("Du øver på norsk på en arbeidsplass."),
    ElementCode.PART_TIME_WORK: msgid("Du har lønnet arbeid noen timer i uka."),
    ElementCode.FAST_TRACK: msgid("En kort vei til arbeid for deg som kan et yrke."),
    ElementCode.DIGITAL_SKILLS: msgid("Du lærer å bruke mobil, datamaskin og nettsider."),
    ElementCode.BASIC_EDUCATION: msgid("Skole for voksne som ikke har fullført grunnskolen."),
    ElementCode.UPPER_SECONDARY: msgid("Skolen etter grunnskolen. Du lærer et yrke, eller du kan studere etterpå."),
    ElementCode.VOCATIONAL_COURSE: msgid("Et kurs som lærer deg noe du trenger i jobb."),
    ElementCode.LABOUR_MARKET_MEASURE: msgid("Nav hjelper deg på vei til arbeid."),
    ElementCode.MEETING: msgid("Du møter rådgiveren og snakker om planen."),
    ElementCode.OTHER: "",
}


def about(code: ElementCode) -> Markup | None:
    """What an element is, in one sentence; None where its own title must say it."""
    return _(_ABOUT[code]) if _ABOUT[code] else None


_GOALS = {
    EndGoal.WORK: msgid("Når programmet er slutt, skal du kunne jobbe."),
    EndGoal.HIGHER_EDUCATION: msgid("Når programmet er slutt, skal du kunne studere."),
    EndGoal.REQUALIFICATION: msgid("Du har utdanning fra før og skal lære et nytt yrke."),
    EndGoal.PARTS_OF_UPPER_SECONDARY: msgid("Du skal fullføre noen fag på videregående."),
    EndGoal.UPPER_SECONDARY: msgid("Du skal fullføre videregående skole."),
    EndGoal.VOCATIONAL_TRAINING: msgid("Du skal lære et yrke og få fagbrev."),
}


def goal_about(goal: EndGoal) -> Markup:
    """What the category of the end goal means, in one sentence."""
    return _(_GOALS[goal])


def contract(kind: ContractKind) -> Markup:
    """What the signed paper is called."""
    match kind:
        case ContractKind.CONTRACT:
            return bilingual("Integreringskontrakt")
        case ContractKind.DECLARATION:
            return bilingual("Integreringserklæring")


def weekly(hours: str | Decimal) -> Markup:
    """`20 timer i uka`, also from decimal text."""
    return _("%(hours)s i uka", hours=translator().hours(Decimal(hours)))


@dataclass(frozen=True, slots=True)
class ChangeText:
    """A change: its picture, what it is about (None where the sentence says so itself), and the sentence."""

    picture: str
    about: Markup | None
    sentence: Markup


def change(fact: Change) -> ChangeText:
    """The words of a change."""
    match fact:
        case PlanChange():
            return _of_plan(fact)
        case SkillChange():
            return _of_skill(fact)
        case ElementChange():
            picture, sentence = _of_element(fact)
            return ChangeText(picture, mentioned(fact.element.code, fact.element.title), sentence)


def _of_plan(fact: PlanChange) -> ChangeText:
    before, after = fact.before, fact.after
    match fact.what:
        case OfPlan.GOAL:
            return ChangeText("flag", None, _("Målet ditt er endret."))
        case OfPlan.LONG_TERM_GOAL:
            return ChangeText("star", None, _("Det langsiktige målet ditt er endret."))
        case OfPlan.END:
            return ChangeText("calendar", None, _end(before.programme_end, after.programme_end))
        case OfPlan.NORWEGIAN_HOURS:
            hours = _extent(before.norwegian_hours_per_week, after.norwegian_hours_per_week)
            return ChangeText("clock", mentioned(ElementCode.NORWEGIAN), hours)


def _of_skill(fact: SkillChange) -> ChangeText:
    about = formats.bdi(skill(fact.after.skill, plain))
    match fact.what:
        case OfSkill.GOAL:
            return ChangeText("speech", about, _language_goal(fact))
        case OfSkill.REACHED:
            reached = level(fact.after.reached or "")
            return ChangeText("check", about, _("Du har nådd nivå %(level)s.", level=reached))


def _of_element(fact: ElementChange) -> tuple[str, Markup]:
    element = fact.element
    match fact.what:
        case OfElement.ADDED:
            return "plus", _("Nytt i planen.")
        case OfElement.REMOVED:
            return "minus", _("Ikke lenger i planen.")
        case OfElement.STATUS:
            return _NEW_STATUS[element.status].picture, _(_NEW_STATUS[element.status].word)
        case OfElement.HOURS:
            return "clock", _extent(fact.before and fact.before.hours_per_week, element.hours_per_week)
        case OfElement.DAYS:
            return "calendar", dates(element.first_day, element.last_day) or _("Datoene er ikke bestemt.")
        case OfElement.PLACE:
            return "pin", _("Nytt sted.")


def dates(first: date | None, last: date | None) -> Markup | None:
    """`Fra 01.09.2026 til 31.05.2027`, or the end that is known."""
    if first and last:
        return _("Fra %(first)s til %(last)s.", first=translator().date(first), last=translator().date(last))
    if first:
        return _("Fra %(first)s.", first=translator().date(first))
    return _("Til %(last)s.", last=translator().date(last)) if last else None


def _language_goal(fact: SkillChange) -> Markup:
    if fact.before is None:
        return _("Nytt mål: nivå %(level)s.", level=level(fact.after.goal))
    values = {"before": level(fact.before.goal), "after": level(fact.after.goal)}
    return _("Målet er nå nivå %(after)s. Før var det %(before)s.", **values)


def _end(before: date | None, after: date | None) -> Markup:
    if after is None:
        return _("Sluttdatoen for programmet er ikke bestemt.")
    if before is None:
        return _("Programmet slutter %(day)s.", day=translator().day_long(after))
    values = {"before": translator().date(before), "after": translator().date(after)}
    if after > before:
        return _("Programmet varer lenger: til %(after)s. Før var det til %(before)s.", **values)
    return _("Programmet slutter tidligere: %(after)s. Før var det %(before)s.", **values)


def _extent(before: str | None, after: str | None) -> Markup:
    if after is None:
        return _("Timetallet er ikke bestemt.")
    if before is None:
        return _("Nå %(hours)s.", hours=weekly(after))
    return _("Nå %(after)s. Før var det %(before)s.", before=weekly(before), after=weekly(after))


_NEW_STATUS = {
    ElementStatus.PLANNED: Sign(msgid("Kommer senere."), "clock"),
    ElementStatus.ONGOING: Sign(msgid("Har begynt."), "way"),
    ElementStatus.COMPLETED: Sign(msgid("Fullført."), "check"),
    ElementStatus.CANCELLED: Sign(msgid("Tatt ut av planen."), "minus"),
}
