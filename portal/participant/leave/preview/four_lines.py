"""What a request means in four lines: the days, the money, by when there is an answer, and what one must do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from portal.casework.facts import LegalFacts
from portal.i18n import bilingual, ngettext, translator
from portal.i18n import gettext as _
from portal.law.assessment import Assessment
from portal.law.calendar import days
from portal.law.case import Request
from portal.law.extent import Extent, Share
from portal.law.rules import assess
from portal.law.vocabulary import (
    AllowanceEffect,
    DecisionForm,
    Documentation,
    LeaveKind,
    Outcome,
    PeriodKind,
    Programme,
    WelfareReason,
)
from portal.participant.leave.preview import payments
from portal.participant.leave.preview.context import (
    PreviewContext,
    QuotaBar,
    bar_of,
    length,
    medical_needed_from,
    when,
    without_school,
)
from portal.participant.leave.ticket import TicketLine
from portal.tables.absence import AbsenceValidity
from portal.tables.leave import RequestForm

#: Who asks for these is seldom able to come as usual: to call stands first.
_AT_A_BIRTH = (LeaveKind.BIRTH_MOTHER, LeaveKind.BIRTH_FATHER)


def four_lines(r: PreviewContext) -> tuple[TicketLine, ...]:
    """The four lines, in the order that they are asked."""
    return days_line(r), money_line(r), answer_line(r), must_line(r)


def days_line(r: PreviewContext) -> TicketLine:
    """How many days, which, and how many are left of those that the rules give."""
    request, quota = r.asked.request, r.assessment.quota
    notes = list(without_school(r.record.breaks_within(request)))
    if request.hours is not None and quota is not None and quota.after > quota.used + quota.pending:
        notes.append(_("Er du borte noen timer, bruker du én dag."))
    much = _("%(hours)s, %(day)s", hours=length(r.asked, r.assessment), day=when(r.asked))
    return TicketLine("calendar", bilingual("Dager"), much, tuple(notes), bars=tuple(_bars(r)))


def _bars(r: PreviewContext) -> Iterator[tuple[QuotaBar, Markup]]:
    """The quota, and how much of it is left if these days are spent: of each year that they lie in."""
    parts = [(part, _reading(r, part)) for part in _by_year(r)]
    for part, found in parts:
        if found.quota is None:
            continue
        bar = bar_of(found.quota, r.asked.request.kind, found.beyond_days)
        left = {"left": translator().number(bar.left)}
        if len(parts) > 1:
            yield (
                bar,
                ngettext(
                    "Av %(num)s dag i %(year)s har du da %(left)s igjen.",
                    "Av %(num)s dager i %(year)s har du da %(left)s igjen.",
                    bar.limit,
                    year=str(part.first_day.year),
                    **left,
                ),
            )
        else:
            yield (
                bar,
                ngettext(
                    "Da har du %(left)s av %(num)s dag igjen.",
                    "Da har du %(left)s av %(num)s dager igjen.",
                    bar.limit,
                    **left,
                ),
            )


def _by_year(r: PreviewContext) -> list[Request]:
    """The request, or its part in each calendar year where the quota is one of calendar years."""
    request, quota = r.asked.request, r.assessment.quota
    if quota is None or quota.period.kind is not PeriodKind.CALENDAR_YEAR:
        return [request]
    years = range(request.first_day.year, request.last_day.year + 1)
    parts = [
        replace(
            request,
            first_day=max(request.first_day, date(year, 1, 1)),
            last_day=min(request.last_day, date(year, 12, 31)),
        )
        for year in years
    ]
    return [part for part in parts if r.record.breaks.working_days(part.kind, part.first_day, part.last_day)] or [
        request
    ]


def _reading(r: PreviewContext, part: Request) -> Assessment:
    return r.assessment if part == r.asked.request else assess(r.record.case(r.today, part))


def money_line(r: PreviewContext) -> TicketLine:
    """What it does to the payments: always a sum, with the condition that it rests on."""
    answer, notes, is_big = _money(r)
    less = less_of(r) if is_big else ()
    return TicketLine("banknote", bilingual("Penger"), answer, notes, is_big, payments=less)


def less_of(r: PreviewContext) -> tuple[payments.PaymentReduction, ...]:
    """The payments that become smaller if it is granted; where there is no ground for it, if one stays away."""
    how = payments.if_unauthorised if r.assessment.outcome is Outcome.NOT_AVAILABLE else payments.if_granted
    return how(r.record, r.asked.request, r.assessment, r.pay_days)


def _money(r: PreviewContext) -> tuple[Markup, tuple[Markup, ...], bool]:  # noqa: PLR0911  # one for each answer
    assessment, less = r.assessment, less_of(r)
    total = sum(payment.ore for payment in less)
    if assessment.allowance is AllowanceEffect.NOT_APPLICABLE:
        training_only = r.record.participant.programme is Programme.TRAINING_ONLY
        notes = (_("Du får ikke introduksjonsstønad."),) if training_only else ()
        return bilingual("Du taper ikke penger på dette"), notes, False
    if invalid_absences(r):
        return (
            _("Fraværet er registrert som ugyldig."),
            (_("Det du sender nå, endrer ikke trekket."),),
            False,
        )
    if is_unpaid_already(r.record, r.asked.request.first_day, r.asked.request.last_day):
        return bilingual("Du taper ikke penger på dette"), (_("Du har allerede permisjon uten stønad."),), False
    if assessment.allowance is AllowanceEffect.NONE and assessment.outcome is Outcome.NOT_AVAILABLE:
        return bilingual("Du kan miste penger"), (_estimated(total),), False
    if assessment.allowance in payments.WITHOUT_ALLOWANCE:
        return _unpaid(r, total)
    if less:
        return _less(total), (_before_tax(),), True
    return _less(0), tuple(_kept(r)), True


def _unpaid(r: PreviewContext, total: int) -> tuple[Markup, tuple[Markup, ...], bool]:
    why = without_allowance(r.asked.extent)
    if not total:
        return why, (_("Spør rådgiveren hvor mye det blir."),), False
    return _less(total), (why, _before_tax()), True


def without_allowance(extent: Extent) -> Markup:
    """That the days or hours are not paid."""
    if extent.share is not Share.DAYS:
        return _("Du får ikke stønad for disse timene.")
    if extent.first_day == extent.last_day:
        return _("Du får ikke stønad for denne dagen.")
    return _("Du får ikke stønad for disse dagene.")


def is_unpaid_already(record: LegalFacts, first_day: date, last_day: date) -> bool:
    """Whether leave without allowance, granted before, holds on all of the days."""
    return any(
        isinstance(row.kind, LeaveKind)
        and not row.kind.law.is_paid
        and row.is_registered
        and row.first_day <= first_day
        and last_day <= row.last_day
        for row in record.history
    )


def _kept(r: PreviewContext) -> Iterator[Markup]:
    if r.assessment.allowance is AllowanceEffect.KEPT_IF_GRANTED:
        yield _("Du beholder stønaden hvis kommunen sier ja.")
    elif medical_needed_from(r):
        yield _("Uten legeerklæring kan du miste penger for de dagene.")
    else:
        yield _("Du beholder stønaden.")


def _less(ore: int) -> Markup:
    return _("%(sum)s mindre", sum=translator().kroner(ore))


def _before_tax() -> Markup:
    return _("Det er et anslag, før skatt.")


def _estimated(total: int) -> Markup:
    if not total:
        return _("Spør rådgiveren hvor mye det blir.")
    return _("Det kan bli omtrent %(sum)s mindre før skatt.", sum=translator().kroner(total))


def invalid_absences(r: PreviewContext) -> list[str]:
    """The public ids of what is registered as invalid of the days that are told of: telling changes nothing of that."""
    if r.form is not RequestForm.REPORT:
        return []
    asked = set(days(r.asked.request.first_day, r.asked.request.last_day))
    return [
        row.public_id
        for row in r.record.absences
        if row.verdict is AbsenceValidity.INVALID and not asked.isdisjoint(days(row.first_day, row.last_day))
    ]


def answer_line(r: PreviewContext) -> TicketLine:
    """By when the municipality answers; of what is told, whether anybody must approve."""
    if r.form is RequestForm.REPORT and not r.assessment.needs_no_approval:
        return TicketLine("people", bilingual("Svar"), _("Kommunen avgjør om fraværet er gyldig."))
    if r.form is RequestForm.REPORT:
        nobody = _("Ingen må godkjenne det først.")
        return TicketLine("check", bilingual("Svar"), bilingual("Du trenger ikke vente på svar"), (nobody,))
    notes: tuple[Markup, ...] = ()
    if r.assessment.decision is DecisionForm.SCHEDULING:
        notes = (_("Kommunen bestemmer når du kan ta ferie. Du kan si hva du ønsker."),)
    by = _("Du får svar senest %(day)s.", day=translator().day_long(r.answer_by))
    return TicketLine("clock", bilingual("Svar"), by, notes)


def must_line(r: PreviewContext) -> TicketLine:
    """What one must do oneself."""
    answer, notes = _told(r) if r.form is RequestForm.REPORT else _applied(r)
    return TicketLine("person", bilingual("Det må du gjøre"), answer, tuple(notes))


def _told(r: PreviewContext) -> tuple[Markup, list[Markup]]:
    needed = medical_needed_from(r)
    if needed:
        return bilingual("Du må ha legeerklæring"), list(_certificate(r.assessment, needed))
    if r.asked.request.documentation is Documentation.MEDICAL:
        return bilingual("Lever legeerklæringen til kommunen"), [_("Gjør det så fort du kan.")]
    return _("Du trenger ikke gjøre noe."), []


def _certificate(assessment: Assessment, needed_from: date) -> Iterator[Markup]:
    carried = assessment.self_certified_days or 0
    if carried:
        yield ngettext(
            "Den første dagen kan du bruke egenmelding.",
            "De første %(num)s dagene kan du bruke egenmelding.",
            carried,
        )
    yield _("Fra %(day)s må du ha legeerklæring.", day=translator().day_long(needed_from))
    yield _("Lever dokumentasjonen til kommunen så fort du kan.")


def _applied(r: PreviewContext) -> tuple[Markup, list[Markup]]:
    request = r.asked.request
    if request.last_day < r.today:
        return _("Du trenger ikke gjøre noe."), [_("Kommunen avgjør om fraværet er gyldig.")]
    notes = []
    if r.answer_by >= request.first_day:
        notes.append(_("Svaret kan komme for sent. Ring rådgiveren din nå."))
    if request.documentation is Documentation.MEDICAL:
        notes.append(_("Lever dokumentasjonen til kommunen så fort du kan."))
    elif r.assessment.allowance is AllowanceEffect.NOT_APPLICABLE:
        notes.append(bilingual("Du må ha dokumentasjon på grunnen"))
    as_usual = bilingual("Kom som vanlig til du har fått svar")
    if notes and (request.reason is WelfareReason.BEREAVEMENT or request.kind in _AT_A_BIRTH):
        return notes[0], [*notes[1:], as_usual]
    return as_usual, notes
