"""Words of the plan: what each fact of `changes` and each state says. Every match is exhaustive."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import two, words
from portal.i18n.terms import end_goal, level, mentioned, skill
from portal.law.vocabulary import EndGoal
from portal.plan.changes import (
    Change,
    DaysChanged,
    ElementAdded,
    ElementRemoved,
    EndChanged,
    GoalChanged,
    HoursChanged,
    LanguageGoalChanged,
    LevelReached,
    LongTermGoalChanged,
    NorwegianHoursChanged,
    PlaceChanged,
    StatusChanged,
)
from portal.plan.queries import Element
from portal.tables.people import EndReason
from portal.tables.plan import ContractKind, ElementCode, ElementStatus


@dataclass(frozen=True, slots=True)
class Sign:
    """A status as the `status` component shows it."""

    kind: str
    word: Markup
    picture: str


def element_status(status: ElementStatus) -> Sign:
    """How far an element has come."""
    match status:
        case ElementStatus.PLANNED:
            return Sign("off", two("Kommer senere"), "clock")
        case ElementStatus.ONGOING:
            return Sign("info", two("Pågår nå"), "way")
        case ElementStatus.COMPLETED:
            return Sign("ok", two("Fullført"), "check")
        case ElementStatus.CANCELLED:
            return Sign("off", two("Tatt ut av planen"), "minus")


def about(code: ElementCode) -> Markup | None:  # noqa: C901, PLR0911, PLR0912  # a list of words
    """What an element is, in one sentence; None where its own title must say it."""
    match code:
        case ElementCode.MAPPING:
            return _("Kommunen ser på hva du kan, og hva du trenger.")
        case ElementCode.CAREER_GUIDANCE:
            return _("Du snakker med en veileder om jobb og utdanning.")
        case ElementCode.NORWEGIAN:
            return _("Du lærer å forstå, snakke, lese og skrive norsk.")
        case ElementCode.SOCIAL_STUDIES:
            return _("Du lærer om Norge på et språk du forstår.")
        case ElementCode.LIFE_SKILLS:
            return _("Et kurs om helse, hverdag og arbeid i et nytt land.")
        case ElementCode.PARENTAL_GUIDANCE:
            return _("Et kurs om å være mor eller far i Norge.")
        case ElementCode.WORK_PLACEMENT:
            return _("Du prøver å jobbe på en ekte arbeidsplass.")
        case ElementCode.LANGUAGE_PLACEMENT:
            return _("Du øver på norsk på en arbeidsplass.")
        case ElementCode.PART_TIME_WORK:
            return _("Du har lønnet arbeid noen timer i uka.")
        case ElementCode.FAST_TRACK:
            return _("En kort vei til arbeid for deg som kan et yrke.")
        case ElementCode.DIGITAL_SKILLS:
            return _("Du lærer å bruke mobil, datamaskin og nettsider.")
        case ElementCode.BASIC_EDUCATION:
            return _("Skole for voksne som ikke har fullført grunnskolen.")
        case ElementCode.UPPER_SECONDARY:
            return _("Skolen etter grunnskolen. Den gir et yrke eller vei til studier.")
        case ElementCode.VOCATIONAL_COURSE:
            return _("Et kurs som lærer deg noe du trenger i jobb.")
        case ElementCode.LABOUR_MARKET_MEASURE:
            return _("Nav hjelper deg på vei til arbeid.")
        case ElementCode.MEETING:
            return _("Du møter rådgiveren og snakker om planen.")
        case ElementCode.OTHER:
            return None


def goal_about(goal: EndGoal) -> Markup:
    """What the category of the end goal means, in one sentence."""
    match goal:
        case EndGoal.WORK:
            return _("Når programmet er slutt, skal du kunne jobbe.")
        case EndGoal.HIGHER_EDUCATION:
            return _("Når programmet er slutt, skal du kunne studere.")
        case EndGoal.REQUALIFICATION:
            return _("Du skal få bruke yrket ditt i Norge.")
        case EndGoal.PARTS_OF_UPPER_SECONDARY:
            return _("Du skal fullføre noen fag på videregående.")
        case EndGoal.UPPER_SECONDARY:
            return _("Du skal fullføre videregående skole.")
        case EndGoal.VOCATIONAL_TRAINING:
            return _("Du skal lære et yrke og få fagbrev.")


def goal_word(goal: EndGoal) -> str:
    """The category of the end goal, own word and Norwegian."""
    return end_goal(goal)


def ended(reason: EndReason) -> tuple[Markup, Markup]:
    """Heading and sentence for a programme that is over."""
    match reason:
        case EndReason.COMPLETED:
            return two("Du har fullført programmet"), _("Gratulerer! Her kan du fortsatt lese planen din.")
        case EndReason.BROKEN_OFF:
            return two("Du har sluttet i programmet"), _("Du kan fortsatt lese planen din her.")
        case EndReason.STOPPED:
            return two("Kommunen har stanset programmet"), _("Snakk med kommunen hvis du ikke forstår hvorfor.")
        case EndReason.MOVED:
            return two("Du har flyttet"), _("Den nye kommunen lager en ny plan sammen med deg.")


def contract(kind: ContractKind) -> Markup:
    """What the signed paper is called."""
    match kind:
        case ContractKind.CONTRACT:
            return two("Integreringskontrakt")
        case ContractKind.DECLARATION:
            return two("Integreringserklæring")


def weekly(hours: str | Decimal) -> Markup:
    """`20 timer i uka`, also from decimal text."""
    return _("%(hours)s i uka", hours=words().hours(Decimal(hours)))


def change(fact: Change) -> tuple[str, Markup]:  # noqa: C901, PLR0911  # a list of words
    """The picture and the sentence of a change."""
    match fact:
        case GoalChanged():
            return "flag", _("Målet ditt er endret.")
        case LongTermGoalChanged():
            return "star", _("Det langsiktige målet ditt er endret.")
        case EndChanged(before, after):
            return "calendar", _end(before, after)
        case NorwegianHoursChanged(_before, after):
            return "clock", _extent_of_norwegian(after)
        case LanguageGoalChanged():
            return "speech", _language_goal(fact)
        case LevelReached(part, reached):
            return "check", _("%(skill)s: du har nådd nivå %(level)s.", skill=skill(part, _), level=level(reached))
        case ElementAdded(element):
            return "plus", _("Nytt i planen: %(element)s.", element=_name(element))
        case ElementRemoved(element):
            return "minus", _("Ikke lenger i planen: %(element)s.", element=_name(element))
        case StatusChanged(element, _before):
            return _status(element)
        case HoursChanged(element, before):
            return "clock", _extent(element, before)
        case DaysChanged(element):
            return "calendar", _days(element)
        case PlaceChanged(element):
            return "pin", _("%(element)s: nytt sted.", element=_name(element))


def _language_goal(fact: LanguageGoalChanged) -> Markup:
    values = {"skill": skill(fact.skill, _), "after": level(fact.after)}
    if fact.before is None:
        return _("%(skill)s: nytt mål er nivå %(after)s.", **values)
    return _("%(skill)s: målet er nå nivå %(after)s. Før var det %(before)s.", before=level(fact.before), **values)


def _name(element: Element) -> Markup:
    return mentioned(element.code, element.title)


def _end(before: date | None, after: date | None) -> Markup:
    if after is None:
        return _("Sluttdatoen for programmet er ikke bestemt.")
    if before is None:
        return _("Programmet slutter %(day)s.", day=words().day_long(after))
    values = {"before": words().date(before), "after": words().date(after)}
    if after > before:
        return _("Programmet varer lenger: til %(after)s. Før var det til %(before)s.", **values)
    return _("Programmet slutter før: %(after)s. Før var det %(before)s.", **values)


def _extent_of_norwegian(after: str | None) -> Markup:
    if after is None:
        return _("Timer med norsk er ikke bestemt.")
    return _("Timer med norsk: nå %(hours)s.", hours=weekly(after))


def _extent(element: Element, before: str | None) -> Markup:
    if element.hours_per_week is None:
        return _("%(element)s: timetallet er ikke bestemt.", element=_name(element))
    after = weekly(element.hours_per_week)
    if before is None:
        return _("%(element)s: nå %(hours)s.", element=_name(element), hours=after)
    values = {"element": _name(element), "before": weekly(before), "after": after}
    return _("%(element)s: nå %(after)s. Før var det %(before)s.", **values)


def _status(element: Element) -> tuple[str, Markup]:
    name = _name(element)
    match element.status:
        case ElementStatus.PLANNED:
            return "clock", _("%(element)s: kommer senere.", element=name)
        case ElementStatus.ONGOING:
            return "way", _("%(element)s: har begynt.", element=name)
        case ElementStatus.COMPLETED:
            return "check", _("%(element)s: fullført.", element=name)
        case ElementStatus.CANCELLED:
            return "minus", _("%(element)s: tatt ut av planen.", element=name)


def _days(element: Element) -> Markup:
    name, first, last = _name(element), element.first_day, element.last_day
    if first and last:
        return _("%(element)s: nå fra %(first)s til %(last)s.", element=name, first=_date(first), last=_date(last))
    if first:
        return _("%(element)s: starter nå %(first)s.", element=name, first=_date(first))
    if last:
        return _("%(element)s: slutter nå %(last)s.", element=name, last=_date(last))
    return _("%(element)s: datoene er ikke bestemt.", element=name)


def _date(day: date) -> Markup:
    return words().date(day)
