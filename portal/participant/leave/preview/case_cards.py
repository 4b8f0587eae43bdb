"""The cards about the case: what I must bring, who decides, and what if I stay away before the answer."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from portal.i18n import bilingual, ngettext, translator
from portal.i18n import gettext as _
from portal.law.programme_time import DAYS_WITHOUT_ADDITION
from portal.law.vocabulary import AllowanceEffect, DecisionForm, Documentation, LeaveKind, Outcome, WelfareReason
from portal.participant.leave.preview import payments
from portal.participant.leave.preview.context import PreviewCard, PreviewContext
from portal.tables.leave import RequestForm

#: Whom nobody asks for a paper beforehand: one has lost somebody, two are about to marry.
UNASKED = (WelfareReason.BEREAVEMENT, WelfareReason.WEDDING)


def bring(r: PreviewContext) -> Iterator[PreviewCard]:
    """What must be brought, and from when."""
    assessment, request = r.assessment, r.asked.request
    if request.documentation is Documentation.MEDICAL:
        yield PreviewCard(
            "", "certificate", bilingual("Lever legeerklæringen til kommunen"), (_("Gjør det så fort du kan."),)
        )
    if assessment.medical_from and not _papers_reach(r, assessment.medical_from):
        yield PreviewCard(
            "act", "paper", bilingual("Du må ha legeerklæring"), tuple(_medical(r, assessment.medical_from))
        )
    elif assessment.allowance is AllowanceEffect.NOT_APPLICABLE and r.form is RequestForm.APPLICATION:
        yield PreviewCard(
            "act",
            "paper",
            bilingual("Du må ha dokumentasjon på grunnen"),
            (_("Lever den til kommunen så fort du kan."),),
        )
    elif r.form is RequestForm.APPLICATION and request.kind is LeaveKind.WELFARE and request.reason not in UNASKED:
        yield PreviewCard(
            "",
            "paper",
            bilingual("Har du noe som viser dette?"),
            (_("For eksempel et brev eller en timeavtale. Vis det til rådgiveren."),),
        )


def _papers_reach(r: PreviewContext, needed_from: date) -> bool:
    request = r.asked.request
    covers_from = request.medical_from or request.first_day
    return request.documentation is Documentation.MEDICAL and covers_from <= needed_from


def _medical(r: PreviewContext, needed_from: date) -> Iterator[Markup]:
    carried = r.assessment.self_certified_days or 0
    if carried:
        yield ngettext(
            "Den første dagen kan du bruke egenmelding.",
            "De første %(num)s dagene kan du bruke egenmelding.",
            carried,
        )
    yield _("Fra %(day)s må du ha legeerklæring.", day=translator().day_long(needed_from))
    yield _("Lever dokumentasjonen til kommunen så fort du kan.")
    if r.assessment.allowance is AllowanceEffect.KEPT:
        yield _("Uten legeerklæring kan du miste penger for de dagene.")


def who_decides(r: PreviewContext) -> PreviewCard:
    """Who answers, how, and the latest day."""
    if r.form is RequestForm.REPORT and r.assessment.outcome is not Outcome.RIGHT:
        return PreviewCard(
            "", "people", bilingual("Du sier fra, og kommunen avgjør"), (_("Kommunen avgjør om fraværet er gyldig."),)
        )
    if r.form is RequestForm.REPORT:
        return PreviewCard("ok", "check", bilingual("Du sier bare fra"), (_("Ingen må godkjenne det først."),))
    if r.assessment.decision is DecisionForm.SCHEDULING:
        time = _("Kommunen bestemmer når du kan ta ferie. Du kan si hva du ønsker.")
        return PreviewCard("", "people", bilingual("Kommunen bestemmer når"), (time, _answer(r)))
    right = r.assessment.outcome is Outcome.RIGHT
    body = (
        _("Etter reglene har du rett til dette. Kommunen sender deg et vedtak.")
        if right
        else _("Kommunen ser på grunnen din."),
        _answer(r),
        _("Du kan klage hvis du er uenig."),
    )
    return PreviewCard(
        "", "people", bilingual("Kommunen svarer deg") if right else bilingual("Kommunen bestemmer"), body
    )


def _answer(r: PreviewContext) -> Markup:
    return _("Du får svar senest %(day)s.", day=translator().day_long(r.answer_by))


def meanwhile(r: PreviewContext) -> Iterator[PreviewCard]:
    """What happens if one stays away before the answer."""
    request = r.asked.request
    if r.form is RequestForm.REPORT:
        return
    if request.last_day < r.today:
        yield PreviewCard("", "clock", bilingual("Dagene er over"), (_("Kommunen avgjør om fraværet er gyldig."),))
        return
    body = [_("Vent til du har fått svar, før du tar fri.")]
    less = payments.if_unauthorised(r.record, request, r.assessment, r.pay_days)
    unpaid = r.assessment.allowance in payments.WITHOUT_ALLOWANCE
    if less and not unpaid and not request.kind.law.is_daily:
        total = sum(payment.ore for payment in less)
        body.append(
            _("Er du borte uten at kommunen har sagt ja, kan du miste omtrent %(sum)s.", sum=translator().kroner(total))
        )
    late = r.answer_by >= request.first_day
    body.append(
        _("Svaret kan komme for sent. Ring rådgiveren din nå.") if late else _("Haster det? Ring rådgiveren din.")
    )
    yield PreviewCard("", "clock", bilingual("Kom som vanlig til du har fått svar"), tuple(body))


def programme_time(r: PreviewContext) -> Iterator[PreviewCard]:
    """Whether the programme may become longer (IF §§ 10, 19)."""
    if r.assessment.adds_to_programme_time:
        body = (
            _("Du er borte mer enn %(days)s dager i alt.", days=DAYS_WITHOUT_ADDITION),
            _("Kommunen kan legge dagene til på slutten."),
        )
        yield PreviewCard("", "way", bilingual("Programmet kan bli lengre"), body)
