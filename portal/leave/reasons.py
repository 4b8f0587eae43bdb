"""The law's reasons as kind sentences: what it is, and the way on."""

from collections.abc import Iterator

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import ngettext, two
from portal.law.assessment import Assessment
from portal.law.vocabulary import LeaveKind, Outcome, Reason

Said = tuple[Markup, tuple[Markup, ...]]


def sentence(reason: Reason, kind: LeaveKind, assessment: Assessment) -> Said | None:  # noqa: C901, PLR0911, PLR0912
    """A heading and what to do; None where another card says it already."""
    match reason:
        case Reason.OVER_QUOTA:
            return _over_quota(kind, assessment)
        case Reason.TOO_EARLY_FOR_SELF_CERTIFICATION:
            return two("Du trenger papir fra lege fra første dag"), (_("Du har vært med i mindre enn 8 uker."),)
        case Reason.SELF_CERTIFICATION_USED_UP:
            return two("Du trenger papir fra lege fra første dag"), (
                _("Du har nettopp brukt dagene der det holder å si fra."),
            )
        case Reason.SELF_CERTIFICATION_WITHDRAWN:
            return two("Du trenger papir fra lege fra første dag"), (_("Kommunen har bestemt det. Spør rådgiveren."),)
        case Reason.MEDICAL_CERTIFICATE_NEEDED:
            return None
        case Reason.CHILD_TOO_OLD:
            return two("Barnet er for gammelt for denne regelen"), (
                _("Regelen gjelder ut året barnet fyller 12 år."),
                _("Du kan likevel si fra. Kommunen ser på grunnen din."),
            )
        case Reason.NO_CHILD:
            return two("Kommunen har ikke registrert barnet ditt"), (
                _("Ring rådgiveren, så blir det rettet."),
                _("Du kan likevel si fra nå."),
            )
        case Reason.NOTICE_TOO_LATE:
            return two("Det er kort tid til"), (
                _("Du må vanligvis si fra 14 dager før."),
                _("Du kan likevel søke. Kommunen kan si ja."),
            )
        case Reason.OUTSIDE_PROGRAMME:
            return two("Noen dager er utenfor programmet ditt"), (_("Da trenger du ikke søke om de dagene."),)
        case Reason.NOT_WORKING_DAYS:
            return two("Du har fri disse dagene"), (_("Det er helg eller helligdag. Du trenger ikke søke."),)
        case Reason.OUTSIDE_FIRST_YEAR:
            return two("Noen dager er langt fra fødselen"), (
                _("Reglene gjelder det første året til barnet."),
                _("Du kan likevel søke. Kommunen ser på grunnen din."),
            )
        case Reason.TOO_LONG:
            return two("Det er mer enn reglene sier"), tuple(_too_long(assessment))
        case Reason.NO_GROUND_IN_REGULATION:
            return two("Reglene nevner ikke denne grunnen"), (
                _("Snakk med rådgiveren først."),
                _("Du kan likevel sende. Da svarer kommunen deg."),
            )
        case Reason.NOT_IN_INTRODUCTION_PROGRAMME:
            return two("Denne regelen gjelder ikke norskopplæringen"), (
                _("Du kan likevel si fra, så vet læreren det."),
            )
        case Reason.UNDER_EIGHT_WEEKS_UNCLEAR:
            return two("Du har vært med i mindre enn 8 uker"), (
                _("Kommunen sier om det holder å si fra selv."),
                _("Si fra nå, og ring rådgiveren."),
            )


def _too_long(assessment: Assessment) -> Iterator[Markup]:
    if assessment.beyond_days and assessment.covered_days:
        yield ngettext("Reglene nevner %(num)s dag.", "Reglene nevner %(num)s dager.", assessment.covered_days)
    yield _("Kommunen bestemmer hvor lang tid du får.")
    yield _("Skriv hvorfor du trenger mer tid.")


def _over_quota(kind: LeaveKind, assessment: Assessment) -> Said:
    beyond = ngettext(
        "Det er %(num)s dag mer enn du har igjen.", "Det er %(num)s dager mer enn du har igjen.", assessment.beyond_days
    )
    if kind is LeaveKind.CHILD_ILLNESS:
        return two("Du har ikke nok dager"), (beyond, _("Du kan søke om permisjon for de dagene."))
    if assessment.outcome is Outcome.RIGHT and kind is LeaveKind.RELIGIOUS_DAY:
        return two("Du har ikke nok dager"), (beyond, _("Snakk med rådgiveren om de dagene."))
    return two("Du har ikke nok dager"), (beyond, _("Du kan likevel søke. Kommunen ser på grunnen din."))
