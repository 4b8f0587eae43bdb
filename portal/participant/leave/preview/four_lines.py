"""What a request means in four lines: the days, the money, by when there is an answer, and what one must do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from portal.i18n import bilingual, ngettext, translator
from portal.i18n import gettext as _
from portal.law.assessment import Assessment
from portal.law.calendar import days
from portal.law.case import Request
from portal.law.extent import Share
from portal.law.rules import assess
from portal.law.vocabulary import (
    AllowanceEffect,
    DecisionForm,
    Documentation,
    Outcome,
    PeriodKind,
    Programme,
    Reason,
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
    assessment = r.assessment
    answer, notes, is_big = _money(r)
    less = () if assessment.allowance is AllowanceEffect.NOT_APPLICABLE else less_of(r)
    return TicketLine("banknote", bilingual("Penger"), answer, notes, is_big, payments=less)


def less_of(r: PreviewContext) -> tuple[payments.PaymentReduction, ...]:
    """The payments that become smaller if it is granted; where there is no ground for it, if one stays away."""
    how = payments.if_unauthorised if r.assessment.outcome is Outcome.NOT_AVAILABLE else payments.if_granted
    return how(r.record, r.asked.request, r.assessment, r.pay_days)


def _money(r: PreviewContext) -> tuple[Markup, tuple[Markup, ...], bool]:
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
    if assessment.allowance is AllowanceEffect.NONE and assessment.outcome is Outcome.NOT_AVAILABLE:
        return bilingual("Du kan miste penger"), (_estimated(total),), False
    if assessment.allowance in payments.WITHOUT_ALLOWANCE:
        return _unpaid(r, total)
    if less:
        return _less(total), (*beyond(assessment), _before_tax()), True
    return _less(0), tuple(_kept(r)), True


def _unpaid(r: PreviewContext, total: int) -> tuple[Markup, tuple[Markup, ...], bool]:
    whole = r.asked.extent.share is Share.DAYS
    why = _("Du får ikke stønad for disse dagene.") if whole else _("Du får ikke stønad for disse timene.")
    if not total:
        return why, (_("Spør rådgiveren hvor mye det blir."),), False
    return _less(total), (why, _before_tax()), True


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
    return _("Det blir omtrent %(sum)s mindre før skatt.", sum=translator().kroner(total))


def beyond(assessment: Assessment) -> tuple[Markup, ...]:
    """How many days are more than are left."""
    if Reason.OVER_QUOTA not in assessment.reasons:
        return ()
    num = assessment.beyond_days
    return (ngettext("Det er %(num)s dag mer enn du har igjen.", "Det er %(num)s dager mer enn du har igjen.", num),)


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
    if r.form is RequestForm.REPORT:
        if not r.assessment.needs_no_approval:
            said, notes = _("Kommunen avgjør om fraværet er gyldig."), beyond(r.assessment)
        else:
            said, notes = bilingual("Du trenger ikke vente på svar"), (_("Ingen må godkjenne det først."),)
        return TicketLine("check" if r.assessment.needs_no_approval else "people", bilingual("Svar"), said, notes)
    notes = ()
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
    return bilingual("Kom som vanlig til du har fått svar"), notes
