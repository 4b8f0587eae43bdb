"""The cards about the case: what I may show, who decides, and what if I stay away before the answer."""

from collections.abc import Iterator

from markupsafe import Markup

from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.law.programme_time import DAYS_WITHOUT_ADDITION
from portal.law.vocabulary import AllowanceEffect, DecisionForm, LeaveKind, Outcome, WelfareReason
from portal.participant.leave.preview import payments
from portal.participant.leave.preview.context import PreviewCard, PreviewContext
from portal.tables.leave import RequestForm

#: Whom nobody asks for a paper beforehand: one has lost somebody, two are about to marry.
UNASKED = (WelfareReason.BEREAVEMENT, WelfareReason.WEDDING)


def bring(r: PreviewContext) -> Iterator[PreviewCard]:
    """What may be shown, where somebody will ask."""
    request = r.asked.request
    must = r.assessment.allowance is AllowanceEffect.NOT_APPLICABLE
    welfare = r.form is RequestForm.APPLICATION and request.kind is LeaveKind.WELFARE
    if welfare and not must and request.reason not in UNASKED:
        yield PreviewCard(
            "",
            "paper",
            bilingual("Har du noe som viser dette?"),
            (_("For eksempel et brev eller en timeavtale. Vis det til rådgiveren."),),
        )


def who_decides(r: PreviewContext) -> Iterator[PreviewCard]:
    """On what the municipality answers an application, and what it costs to stay away before the answer."""
    if r.form is RequestForm.REPORT:
        return
    right = r.assessment.outcome is Outcome.RIGHT and not r.assessment.beyond_days
    heading = bilingual("Kommunen svarer deg") if right else bilingual("Kommunen bestemmer")
    yield PreviewCard("", "people", heading, (*_answer(r, right=right), *_meanwhile(r)))


def _answer(r: PreviewContext, *, right: bool) -> Iterator[Markup]:
    if r.assessment.decision is DecisionForm.SCHEDULING:
        return
    if right:
        yield _("Etter reglene har du rett til dette. Kommunen sender deg et vedtak.")
    else:
        yield _("Kommunen ser på grunnen din.")
    yield _("Du kan klage hvis du er uenig.")


def _meanwhile(r: PreviewContext) -> Iterator[Markup]:
    """Nothing of money where the leave is unpaid anyway: to stay away shall not look cheaper."""
    request = r.asked.request
    if request.last_day < r.today:
        return
    yield _("Vent til du har fått svar, før du tar fri.")
    less = payments.if_unauthorised(r.record, request, r.assessment, r.pay_days)
    unpaid = r.assessment.allowance in payments.WITHOUT_ALLOWANCE
    if less and not unpaid and not request.kind.law.is_daily:
        total = translator().kroner(sum(payment.ore for payment in less))
        yield _("Er du borte uten at kommunen har sagt ja, kan du miste omtrent %(sum)s.", sum=total)
    if r.answer_by < request.first_day:
        yield _("Haster det? Ring rådgiveren din.")


def programme_time(r: PreviewContext) -> Iterator[PreviewCard]:
    """Whether the programme may become longer (IF §§ 10, 19)."""
    if r.assessment.adds_to_programme_time:
        body = (
            _("Du er borte mer enn %(days)s dager i alt.", days=DAYS_WITHOUT_ADDITION),
            _("Kommunen kan legge dagene til på slutten."),
        )
        yield PreviewCard("", "way", bilingual("Programmet kan bli lengre"), body)
