"""Words of a decision that several sections show: what it is about, what was decided, and what that means."""

from datetime import date

from markupsafe import Markup

from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.i18n.terms import Text
from portal.law.appeal import is_decision
from portal.law.vocabulary import LeaveKind
from portal.tables.decision import DecisionKind, DecisionOutcome
from portal.tables.people import EndReason


def title(kind: DecisionKind, leave: LeaveKind | None, text: Text = bilingual) -> str:  # noqa: C901, PLR0911  # a list of words
    """What one decision is called; the answer to a holiday is none (IF § 69). «Vedtak» alone is the list of all."""
    match kind:
        case DecisionKind.LEAVE:
            return text("Svar om ferie") if not is_decision(leave) else text("Vedtak om fravær eller permisjon")
        case DecisionKind.PROGRAMME:
            return text("Vedtak om introduksjonsprogrammet")
        case DecisionKind.PLAN:
            return text("Vedtak om planen")
        case DecisionKind.ALLOWANCE:
            return text("Vedtak om introduksjonsstønad")
        case DecisionKind.DEDUCTION:
            return text("Vedtak om trekk i stønaden")
        case DecisionKind.STOP:
            return text("Vedtak om stans av programmet")
        case DecisionKind.EXTENSION:
            return text("Vedtak om lengre program")
        case DecisionKind.OTHER:
            return text("Vedtaket")


def picture(kind: DecisionKind) -> str:
    """The icon of what a decision is about."""
    match kind:
        case DecisionKind.LEAVE:
            return "calendar"
        case DecisionKind.PROGRAMME | DecisionKind.PLAN:
            return "way"
        case DecisionKind.ALLOWANCE | DecisionKind.DEDUCTION:
            return "banknote"
        case DecisionKind.STOP:
            return "warning"
        case DecisionKind.EXTENSION:
            return "clock"
        case DecisionKind.OTHER:
            return "scales"


def outcome(found: DecisionOutcome) -> tuple[str, str]:
    """The colour and the word of what was decided."""
    match found:
        case DecisionOutcome.GRANTED:
            return "ok", bilingual("Innvilget")
        case DecisionOutcome.PARTLY_GRANTED:
            return "ok", bilingual("Delvis innvilget")
        case DecisionOutcome.REFUSED:
            return "no", bilingual("Avslått")
        case DecisionOutcome.DECIDED:
            return "info", bilingual("Vedtatt")


def meaning(
    kind: DecisionKind, found: DecisionOutcome, effective_from: date | None, *, allowance: bool
) -> tuple[Markup, ...]:
    """What a decision means, as far as its kind and outcome say; the municipality's own words say the rest.

    `allowance`: the participant is in the programme that gives one.
    """
    if kind is DecisionKind.STOP and found is DecisionOutcome.DECIDED:
        money = (_("Du får ikke stønad mens programmet er stanset."),) if allowance else ()
        return (_stopped(effective_from), *money)
    since = (_("Dette gjelder fra %(day)s.", day=translator().day_long(effective_from)),) if effective_from else ()
    match found:
        case DecisionOutcome.GRANTED:
            return (_("Du fikk ja."), *since)
        case DecisionOutcome.PARTLY_GRANTED:
            return (_("Du fikk ja til en del."), *since)
        case DecisionOutcome.REFUSED:
            return (_("Du fikk nei."), *since)
        case DecisionOutcome.DECIDED:
            return since


def _stopped(since: date | None) -> Markup:
    if since is None:
        return _("Programmet ditt er stanset.")
    return _("Programmet ditt er stanset fra %(day)s.", day=translator().day_long(since))


def ended(reason: EndReason) -> tuple[Markup, Markup]:
    """Heading and sentence for a programme that is over, or was stopped."""
    match reason:
        case EndReason.COMPLETED:
            return bilingual("Du har fullført programmet"), _("Gratulerer! Her kan du fortsatt lese planen din.")
        case EndReason.BROKEN_OFF:
            return bilingual("Du har sluttet i programmet"), _("Du kan fortsatt lese planen din her.")
        case EndReason.STOPPED:
            return bilingual("Kommunen har stanset programmet ditt"), _(
                "Snakk med kommunen hvis du ikke forstår hvorfor."
            )
        case EndReason.MOVED:
            return bilingual("Du har flyttet"), _("Den nye kommunen lager en ny plan sammen med deg.")
