"""Words of a decision that several sections show: what it is about, what was decided, and what that means."""

from datetime import date

from markupsafe import Markup

from portal.i18n import bilingual, msgid, translator
from portal.i18n import gettext as _
from portal.i18n.terms import Sign, Text
from portal.law.appeal import is_decision
from portal.law.vocabulary import LeaveKind
from portal.tables.decision import DecisionKind, DecisionOutcome
from portal.tables.people import EndReason

_KINDS = {
    DecisionKind.LEAVE: Sign(msgid("Vedtak om fravær eller permisjon"), "calendar"),
    DecisionKind.PROGRAMME: Sign(msgid("Vedtak om introduksjonsprogrammet"), "way"),
    DecisionKind.PLAN: Sign(msgid("Vedtak om planen"), "way"),
    DecisionKind.ALLOWANCE: Sign(msgid("Vedtak om introduksjonsstønad"), "banknote"),
    DecisionKind.DEDUCTION: Sign(msgid("Vedtak om trekk i stønaden"), "banknote"),
    DecisionKind.STOP: Sign(msgid("Vedtak om stans av programmet"), "warning"),
    DecisionKind.EXTENSION: Sign(msgid("Vedtak om lengre program"), "clock"),
    DecisionKind.OTHER: Sign(msgid("Vedtak fra kommunen"), "scales"),
}


def title(kind: DecisionKind, leave: LeaveKind | None, text: Text = bilingual) -> str:
    """What one decision is called; the answer to a holiday is none (IF § 69). «Vedtak» alone is the list of all."""
    if kind is DecisionKind.LEAVE and not is_decision(leave):
        return text("Svar om ferie")
    return text(_KINDS[kind].word)


def picture(kind: DecisionKind) -> str:
    """The icon of what a decision is about."""
    return _KINDS[kind].picture


#: The colour and the word of what was decided, and what it means.
_OUTCOMES = {
    DecisionOutcome.GRANTED: ("ok", msgid("Innvilget"), msgid("Du fikk ja.")),
    DecisionOutcome.PARTLY_GRANTED: ("ok", msgid("Delvis innvilget"), msgid("Du fikk ja til en del.")),
    DecisionOutcome.REFUSED: ("no", msgid("Avslått"), msgid("Du fikk nei.")),
    DecisionOutcome.DECIDED: ("info", msgid("Vedtatt"), ""),
}


def outcome(found: DecisionOutcome) -> tuple[str, str]:
    """The colour and the word of what was decided."""
    colour, word, _meaning = _OUTCOMES[found]
    return colour, bilingual(word)


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
    said = _OUTCOMES[found][2]
    return (_(said), *since) if said else since


def _stopped(since: date | None) -> Markup:
    if since is None:
        return _("Programmet ditt er stanset.")
    return _("Programmet ditt er stanset fra %(day)s.", day=translator().day_long(since))


_ENDED = {
    EndReason.COMPLETED: (
        msgid("Du har fullført programmet"),
        msgid("Gratulerer! Her kan du fortsatt lese planen din."),
    ),
    EndReason.BROKEN_OFF: (msgid("Du har sluttet i programmet"), msgid("Du kan fortsatt lese planen din her.")),
    EndReason.STOPPED: (
        msgid("Kommunen har stanset programmet ditt"),
        msgid("Snakk med kommunen hvis du ikke forstår hvorfor."),
    ),
    EndReason.MOVED: (msgid("Du har flyttet"), msgid("Den nye kommunen lager en ny plan sammen med deg.")),
}


def ended(reason: EndReason) -> tuple[Markup, Markup]:
    """Heading and sentence for a programme that is over, or was stopped."""
    heading, sentence = _ENDED[reason]
    return bilingual(heading), _(sentence)
