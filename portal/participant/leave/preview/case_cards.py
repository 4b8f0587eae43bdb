"""The cards about the case: what I may show, who decides, and what if I stay away before the answer."""

from collections.abc import Iterator

from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.law.programme_time import DAYS_WITHOUT_ADDITION
from portal.law.vocabulary import DecisionForm, LeaveKind, Outcome, WelfareReason
from portal.participant.leave.preview import payments
from portal.participant.leave.preview.context import PreviewCard, PreviewContext
from portal.tables.leave import RequestForm

#: Whom nobody asks for a paper beforehand: one has lost somebody, two are about to marry.
UNASKED = (WelfareReason.BEREAVEMENT, WelfareReason.WEDDING)


def bring(r: PreviewContext) -> Iterator[PreviewCard]:
    """What may be shown, where somebody will ask."""
    request = r.asked.request
    if r.form is RequestForm.APPLICATION and request.kind is LeaveKind.WELFARE and request.reason not in UNASKED:
        yield PreviewCard(
            "",
            "paper",
            bilingual("Har du noe som viser dette?"),
            (_("For eksempel et brev eller en timeavtale. Vis det til rådgiveren."),),
        )


def who_decides(r: PreviewContext) -> Iterator[PreviewCard]:
    """On what the municipality answers an application."""
    if r.form is RequestForm.REPORT or r.assessment.decision is DecisionForm.SCHEDULING:
        return
    right = r.assessment.outcome is Outcome.RIGHT
    body = (
        _("Etter reglene har du rett til dette. Kommunen sender deg et vedtak.")
        if right
        else _("Kommunen ser på grunnen din."),
        _("Du kan klage hvis du er uenig."),
    )
    yield PreviewCard(
        "", "people", bilingual("Kommunen svarer deg") if right else bilingual("Kommunen bestemmer"), body
    )


def meanwhile(r: PreviewContext) -> Iterator[PreviewCard]:
    """What it costs to stay away before the answer; nothing more where the leave is unpaid anyway."""
    request = r.asked.request
    if r.form is RequestForm.REPORT or request.last_day < r.today:
        return
    body = [_("Vent til du har fått svar, før du tar fri.")]
    less = payments.if_unauthorised(r.record, request, r.assessment, r.pay_days)
    unpaid = r.assessment.allowance in payments.WITHOUT_ALLOWANCE
    if less and not unpaid and not request.kind.law.is_daily:
        total = sum(payment.ore for payment in less)
        body.append(
            _("Er du borte uten at kommunen har sagt ja, kan du miste omtrent %(sum)s.", sum=translator().kroner(total))
        )
    if r.answer_by < request.first_day:
        body.append(_("Haster det? Ring rådgiveren din."))
    yield PreviewCard("", "clock", bilingual("Kom som vanlig til du har fått svar"), tuple(body))


def programme_time(r: PreviewContext) -> Iterator[PreviewCard]:
    """Whether the programme may become longer (IF §§ 10, 19)."""
    if r.assessment.adds_to_programme_time:
        body = (
            _("Du er borte mer enn %(days)s dager i alt.", days=DAYS_WITHOUT_ADDITION),
            _("Kommunen kan legge dagene til på slutten."),
        )
        yield PreviewCard("", "way", bilingual("Programmet kan bli lengre"), body)
