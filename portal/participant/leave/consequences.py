"""The other cards of a request: what it costs, what I must bring, who decides, and what if I do not wait."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import ngettext, two, words
from portal.law.extent import Share
from portal.law.programme_time import DAYS_WITHOUT_ADDITION
from portal.law.vocabulary import AllowanceEffect, DecisionForm, Documentation, LeaveKind, Outcome, WelfareReason
from portal.participant.leave import cost
from portal.participant.leave.cards import Card, Reading
from portal.participant.leave.cost import Less
from portal.tables.leave import RequestForm

#: Whom nobody asks for a paper beforehand: one has lost somebody, two are about to marry.
UNASKED = (WelfareReason.BEREAVEMENT, WelfareReason.WEDDING)


def money(r: Reading) -> Card:
    """What it does to the payments."""
    assessment = r.assessment
    less = cost.if_given(r.record, r.asked.request, assessment, r.pay_days)
    if assessment.outcome is Outcome.NOT_AVAILABLE:
        less = cost.if_not_given(r.record, r.asked.request, assessment, r.pay_days)
    about = _about(less)
    match assessment.allowance:
        case AllowanceEffect.NOT_APPLICABLE:
            return Card("", "banknote", two("Det gjelder ikke penger"), (_("Du får ikke introduksjonsstønad."),))
        case AllowanceEffect.KEPT if not less:
            return Card("", "banknote", two("Du beholder pengene"), _same_payment(r))
        case AllowanceEffect.KEPT_IF_GRANTED if not less:
            return Card("", "banknote", two("Du beholder pengene hvis kommunen sier ja"), _same_payment(r))
        case AllowanceEffect.KEPT | AllowanceEffect.KEPT_IF_GRANTED:
            return Card("act", "banknote", two("Du beholder pengene for noen av dagene"), about, None, less)
        case AllowanceEffect.NONE if assessment.outcome is Outcome.NOT_AVAILABLE:
            return Card("act", "banknote", two("Du kan miste penger"), about, None, less)
        case AllowanceEffect.NONE | AllowanceEffect.NONE_IF_GRANTED:
            whole = r.asked.extent.share is Share.DAYS
            heading = (
                two("Du får ikke penger for disse dagene") if whole else two("Du får ikke penger for disse timene")
            )
            return Card("act", "banknote", heading, about, None, less)


def _same_payment(r: Reading) -> tuple[Markup, ...]:
    paid = cost.next_payments(r.asked.request, r.pay_days)
    if len(paid) > 1:
        return (_("Utbetalingene blir de samme."),)
    return (_("Utbetalingen %(day)s blir den samme.", day=words().day_long(paid[0])),)


def _about(less: tuple[Less, ...]) -> tuple[Markup, ...]:
    if not less:
        return (_("Spør rådgiveren hvor mye det blir."),)
    total = sum(payment.ore for payment in less)
    return (_("Det blir omtrent %(sum)s mindre før skatt.", sum=words().kroner(total)),)


def bring(r: Reading) -> Iterator[Card]:
    """What must be brought, and from when."""
    assessment, request = r.assessment, r.asked.request
    if request.documentation is Documentation.MEDICAL:
        yield Card("", "certificate", two("Gi papiret fra lege til kommunen"), (_("Gjør det så fort du kan."),))
    if assessment.medical_from and not _papers_reach(r, assessment.medical_from):
        yield Card("act", "paper", two("Du må ha papir fra lege"), tuple(_medical(r, assessment.medical_from)))
    elif assessment.allowance is AllowanceEffect.NOT_APPLICABLE and r.form is RequestForm.APPLICATION:
        yield Card("act", "paper", two("Du må vise papir på grunnen"), (_("Gi det til kommunen så fort du kan."),))
    elif r.form is RequestForm.APPLICATION and request.kind is LeaveKind.WELFARE and request.reason not in UNASKED:
        yield Card(
            "",
            "paper",
            two("Har du et papir om dette?"),
            (_("For eksempel en innkalling. Vis det til rådgiveren."),),
        )


def _papers_reach(r: Reading, needed_from: date) -> bool:
    request = r.asked.request
    covers_from = request.medical_from or request.first_day
    return request.documentation is Documentation.MEDICAL and covers_from <= needed_from


def _medical(r: Reading, needed_from: date) -> Iterator[Markup]:
    carried = r.assessment.self_certified_days or 0
    if carried:
        yield ngettext(
            "Den første dagen holder det at du sier fra selv.",
            "De første %(num)s dagene holder det at du sier fra selv.",
            carried,
        )
    yield _("Fra %(day)s må du ha papir fra lege.", day=words().day_long(needed_from))
    yield _("Gi papiret til kommunen så fort du kan.")
    if r.assessment.allowance is AllowanceEffect.KEPT:
        yield _("Uten papir kan du miste penger for de dagene.")


def who_decides(r: Reading) -> Card:
    """Who answers, how, and the latest day."""
    if r.form is RequestForm.REPORT and r.assessment.outcome is not Outcome.RIGHT:
        return Card(
            "", "people", two("Du sier fra, og kommunen avgjør"), (_("Kommunen avgjør om fraværet er gyldig."),)
        )
    if r.form is RequestForm.REPORT:
        return Card("ok", "check", two("Du sier bare fra"), (_("Ingen må godkjenne det først."),))
    if r.assessment.decision is DecisionForm.SCHEDULING:
        time = _("Kommunen bestemmer når du kan ta ferie. Du kan si hva du ønsker.")
        return Card("", "people", two("Kommunen bestemmer når"), (time, _answer(r)))
    right = r.assessment.outcome is Outcome.RIGHT
    body = (
        _("Reglene gir deg dette. Kommunen skriver et vedtak.") if right else _("Kommunen ser på grunnen din."),
        _answer(r),
        _("Du kan klage hvis du er uenig."),
    )
    return Card("", "people", two("Kommunen svarer deg") if right else two("Kommunen bestemmer"), body)


def _answer(r: Reading) -> Markup:
    return _("Du får svar senest %(day)s.", day=words().day_long(r.answer_by))


def meanwhile(r: Reading) -> Iterator[Card]:
    """What happens if one stays away before the answer."""
    request = r.asked.request
    if r.form is RequestForm.REPORT:
        return
    if request.last_day < r.today:
        yield Card("", "clock", two("Dagene er over"), (_("Kommunen avgjør om fraværet er gyldig."),))
        return
    body = [_("Vent til du har fått svar, før du tar fri.")]
    less = cost.if_not_given(r.record, request, r.assessment, r.pay_days)
    unpaid = r.assessment.allowance in cost.WITHOUT_ALLOWANCE
    if less and not unpaid and request.kind is not LeaveKind.BREASTFEEDING:
        total = sum(payment.ore for payment in less)
        body.append(_("Uten ja fra kommunen kan du miste omtrent %(sum)s.", sum=words().kroner(total)))
    late = r.answer_by >= request.first_day
    body.append(
        _("Svaret kan komme for sent. Ring rådgiveren din nå.") if late else _("Haster det? Ring rådgiveren din.")
    )
    yield Card("", "clock", two("Kom som vanlig til du har fått svar"), tuple(body))


def programme_time(r: Reading) -> Iterator[Card]:
    """Whether the programme may become longer (IF §§ 10, 19)."""
    if r.assessment.adds_to_programme_time:
        body = (
            _("Du er borte mer enn %(days)s dager i alt.", days=DAYS_WITHOUT_ADDITION),
            _("Kommunen kan legge dagene til på slutten."),
        )
        yield Card("", "way", two("Programmet kan bli lengre"), body)
