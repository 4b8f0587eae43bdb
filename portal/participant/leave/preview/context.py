"""A request with all that its cards are made of, and what a card is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.casework.days import Break
from portal.casework.facts import LegalFacts
from portal.casework.pay_days import PayDays
from portal.i18n import gettext as _
from portal.i18n import ngettext, translator
from portal.i18n.extents import up_to_each_day
from portal.i18n.format import norwegian
from portal.law.assessment import Assessment, Quota
from portal.law.calendar import SATURDAY, days, is_working_day
from portal.law.case import Request
from portal.law.vocabulary import Documentation, LeaveKind
from portal.participant.leave.leave_input import LeaveInput
from portal.tables.leave import RequestForm


@dataclass(frozen=True, slots=True)
class QuotaBar:
    """Days of a quota to count."""

    limit: int
    used: int
    pending: int
    this: int
    left: int


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """One thing that a request means. `kind` is the colour: plain, ok, act."""

    kind: str
    picture: str
    heading: Markup
    body: tuple[Markup, ...] = ()
    bar: QuotaBar | None = None


@dataclass(frozen=True, slots=True)
class PreviewContext:
    """A request with everything that its cards are made of."""

    record: LegalFacts
    asked: LeaveInput
    assessment: Assessment
    form: RequestForm
    answer_by: date
    pay_days: PayDays
    today: date


def length(asked: LeaveInput, assessment: Assessment) -> Markup:
    """How much is asked for: working days, or hours of one day."""
    hours = asked.request.hours
    if asked.request.kind.law.is_daily:
        return up_to_each_day(asked.extent)
    return translator().hours(hours) if hours is not None else translator().days(assessment.working_days)


def when(asked: LeaveInput) -> Markup:
    """From which day to which."""
    return translator().span(asked.request.first_day, asked.request.last_day)


def free_days(request: Request, assessment: Assessment, breaks: Sequence[Break]) -> tuple[Markup, ...]:
    """Why some days between the first and the last do not count (IF § 17 (1), or a break of these), or do: a
    self-certification is counted in calendar days (IF § 8).
    """
    found = [day for day in days(request.first_day, request.last_day) if not is_working_day(day)]
    dated = [day for day in found if day.weekday() < SATURDAY]
    said = []
    if len(dated) < len(found):
        self_certified = _self_certified(request, assessment)
        if self_certified:
            said.append(_("Lørdag og søndag teller med i egenmeldingen."))
        if assessment.quota is not None:
            said.append(_("Du bruker ingen dager på lørdag og søndag."))
    if dated:
        named = Markup(", ").join(translator().day(day) for day in dated)
        said.append(
            ngettext(
                "Alle har fri denne dagen: %(days)s",
                "Alle har fri disse dagene: %(days)s",
                len(dated),
                days=named,
            )
        )
    return (*said, *without_school(breaks))


def without_school(breaks: Iterable[Break]) -> tuple[Markup, ...]:
    """The breaks by name."""
    return tuple(_("Ingen skole: %(name)s", name=norwegian(each.name)) for each in breaks)


def _self_certified(request: Request, assessment: Assessment) -> bool:
    """Whether any day rests on a self-certification."""
    documented = request.documentation is Documentation.MEDICAL and not (
        request.medical_from and request.medical_from > request.first_day
    )
    return bool(assessment.self_certified_days) and not documented


def bar_of(quota: Quota, kind: LeaveKind, beyond_days: int = 0) -> QuotaBar:
    """A quota as a bar. `beyond_days` are asked for too, and spend of it where they are granted."""
    this = quota.after - quota.used - quota.pending + beyond_days
    shown = quota.as_told if kind.law.is_illness else quota
    return QuotaBar(quota.limit, shown.used, shown.pending, this, max(0, quota.left - beyond_days))


def medical_needed_from(r: PreviewContext) -> date | None:
    """The first day that needs a medical statement, unless there is one that reaches."""
    needed_from, request = r.assessment.medical_from, r.asked.request
    if needed_from is None or request.documentation is not Documentation.MEDICAL:
        return needed_from
    return needed_from if (request.medical_from or request.first_day) > needed_from else None
