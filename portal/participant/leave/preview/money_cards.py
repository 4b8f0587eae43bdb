"""The card about money: what the request does to the payments."""

from markupsafe import Markup

from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.law.extent import Share
from portal.law.vocabulary import AllowanceEffect, Outcome
from portal.participant.leave.preview import payments
from portal.participant.leave.preview.context import PreviewCard, PreviewContext
from portal.participant.leave.preview.payments import PaymentReduction


def money(r: PreviewContext) -> PreviewCard:
    """What it does to the payments."""
    assessment = r.assessment
    less = payments.if_granted(r.record, r.asked.request, assessment, r.pay_days)
    if assessment.outcome is Outcome.NOT_AVAILABLE:
        less = payments.if_unauthorised(r.record, r.asked.request, assessment, r.pay_days)
    about = _about(less)
    match assessment.allowance:
        case AllowanceEffect.NOT_APPLICABLE:
            return PreviewCard(
                "", "banknote", bilingual("Du taper ikke penger på dette"), (_("Du får ikke introduksjonsstønad."),)
            )
        case AllowanceEffect.KEPT if not less:
            return PreviewCard("", "banknote", bilingual("Du beholder pengene"), _same_payment(r))
        case AllowanceEffect.KEPT_IF_GRANTED if not less:
            return PreviewCard("", "banknote", bilingual("Du beholder pengene hvis kommunen sier ja"), _same_payment(r))
        case AllowanceEffect.KEPT | AllowanceEffect.KEPT_IF_GRANTED:
            return PreviewCard(
                "act", "banknote", bilingual("Du beholder pengene for noen av dagene"), about, None, less
            )
        case AllowanceEffect.NONE if assessment.outcome is Outcome.NOT_AVAILABLE:
            return PreviewCard("act", "banknote", bilingual("Du kan miste penger"), about, None, less)
        case AllowanceEffect.NONE | AllowanceEffect.NONE_IF_GRANTED:
            whole = r.asked.extent.share is Share.DAYS
            heading = (
                bilingual("Du får ikke penger for disse dagene")
                if whole
                else bilingual("Du får ikke penger for disse timene")
            )
            return PreviewCard("act", "banknote", heading, about, None, less)


def _same_payment(r: PreviewContext) -> tuple[Markup, ...]:
    paid = payments.next_payments(r.asked.request, r.pay_days)
    if len(paid) > 1:
        return (_("Utbetalingene blir de samme."),)
    return (_("Utbetalingen %(day)s blir den samme.", day=translator().day_long(paid[0])),)


def _about(less: tuple[PaymentReduction, ...]) -> tuple[Markup, ...]:
    if not less:
        return (_("Spør rådgiveren hvor mye det blir."),)
    total = sum(payment.ore for payment in less)
    return (_("Det blir omtrent %(sum)s mindre før skatt.", sum=translator().kroner(total)),)
