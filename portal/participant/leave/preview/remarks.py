"""The law's reasons as kind sentences: what it is, and the way on."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from portal.i18n import bilingual, ngettext, translator
from portal.i18n import gettext as _
from portal.law.absence import CHILD_THROUGH, CHRONIC_CHILD_THROUGH, WEEKS_OF_PARTICIPATION
from portal.law.assessment import Assessment
from portal.law.birth import ADOPTED_UNDER
from portal.law.calendar import add_days
from portal.law.case import ParticipantFacts, Request
from portal.law.leave import RELIGIOUS_NOTICE
from portal.law.regime import TERMS
from portal.law.vocabulary import LeaveKind, Outcome, Reason

Said = tuple[Markup, tuple[Markup, ...]]


def sentence(  # noqa: C901, PLR0911, PLR0912
    reason: Reason, asked: Request, assessment: Assessment, participant: ParticipantFacts
) -> Said | None:
    """A heading and what to do; None where another card says it already."""
    kind = asked.kind
    match reason:
        case Reason.OVER_QUOTA:
            return _over_quota(kind, assessment)
        case Reason.TOO_EARLY_FOR_SELF_CERTIFICATION:
            return bilingual("Du må ha legeerklæring fra første dag"), (
                _("Du har vært i programmet i mindre enn %(weeks)s uker.", weeks=WEEKS_OF_PARTICIPATION),
            )
        case Reason.SELF_CERTIFICATION_USED_UP:
            return bilingual("Du må ha legeerklæring fra første dag"), (
                _("Du har nettopp brukt opp dagene med egenmelding."),
            )
        case Reason.SELF_CERTIFICATION_WITHDRAWN:
            return bilingual("Du må ha legeerklæring fra første dag"), (
                _("Kommunen har bestemt det. Spør rådgiveren."),
            )
        case Reason.MEDICAL_CERTIFICATE_NEEDED:
            return None
        case Reason.CHILD_TOO_OLD:
            return _too_old_to_be_adopted() if kind is LeaveKind.ADOPTION else _too_old(participant)
        case Reason.NO_CHILD:
            return bilingual("Kommunen har ikke registrert barnet ditt"), (
                _("Ring rådgiveren, så blir det rettet."),
                _("Du kan likevel si fra nå."),
            )
        case Reason.NOTICE_TOO_LATE:
            return bilingual("Det er kort tid igjen"), (
                _("Du må vanligvis si fra senest %(days)s dager før.", days=_notice(kind, participant)),
                _("Du kan likevel søke. Kommunen kan si ja."),
            )
        case Reason.OUTSIDE_PROGRAMME:
            return bilingual("Noen dager er utenfor programmet ditt"), tuple(_outside(asked, participant))
        case Reason.NOT_WORKING_DAYS:
            return bilingual("Du har fri disse dagene"), (_("Det er helg eller helligdag. Du trenger ikke søke."),)
        case Reason.OUTSIDE_FIRST_YEAR:
            return bilingual("Noen dager ligger for tidlig eller for sent"), (
                _("Regelen gjelder tiden rundt fødselen.")
                if kind is LeaveKind.BIRTH_FATHER
                else _("Regelen gjelder fra fødselen til barnet er ett år."),
                _("Du kan likevel søke. Kommunen ser på grunnen din."),
            )
        case Reason.TOO_LONG:
            return bilingual("Det er flere dager enn reglene sier"), tuple(_too_long(assessment))
        case Reason.NO_GROUND_IN_REGULATION:
            return bilingual("Denne grunnen står ikke i reglene"), (
                _("Snakk med rådgiveren først."),
                _("Du kan likevel sende. Da svarer kommunen deg."),
            )
        case Reason.NOT_IN_INTRODUCTION_PROGRAMME:
            return bilingual("Denne regelen gjelder ikke norskopplæringen"), (
                _("Du kan likevel si fra, så vet læreren det."),
            )
        case Reason.UNDER_EIGHT_WEEKS_UNCLEAR:
            return bilingual("Du har vært i programmet i mindre enn %(weeks)s uker", weeks=WEEKS_OF_PARTICIPATION), (
                _("Kommunen avgjør om du kan bruke egenmelding."),
                _("Si fra nå, og ring rådgiveren."),
            )


def _outside(asked: Request, participant: ParticipantFacts) -> Iterator[Markup]:
    """Which of the days are outside, and when the programme starts or ends."""
    if asked.first_day < participant.start:
        last = min(asked.last_day, add_days(participant.start, -1))
        yield _("Programmet ditt gjelder ikke %(days)s.", days=translator().span(asked.first_day, last))
        if participant.start != date.max:
            yield _("Programmet starter %(day)s.", day=translator().day_long(participant.start))
    if participant.end and asked.last_day > participant.end:
        first = max(asked.first_day, add_days(participant.end, 1))
        yield _("Programmet ditt gjelder ikke %(days)s.", days=translator().span(first, asked.last_day))
        yield _("Programmet varer til og med %(day)s.", day=translator().day_long(participant.end))
    told = asked.kind.law.is_illness
    yield _("Da trenger du ikke si fra om de dagene.") if told else _("Da trenger du ikke søke om de dagene.")


def _too_old(participant: ParticipantFacts) -> Said:
    """A sick child: through the year it turns 12, one that is chronically ill or disabled 18 (IF § 6 (2))."""
    chronic = [child.chronic for child in participant.children]
    ages = [_("Regelen gjelder ut året barnet fyller %(years)s år.", years=CHRONIC_CHILD_THROUGH)]
    if not all(chronic):
        ages = [
            _("Regelen gjelder ut året barnet fyller %(years)s år.", years=CHILD_THROUGH),
            _(
                "Er barnet kronisk sykt eller har en funksjonsnedsettelse, er grensen %(years)s år.",
                years=CHRONIC_CHILD_THROUGH,
            ),
        ]
    likewise = _("Du kan likevel si fra. Kommunen ser på grunnen din.")
    return bilingual("Barnet er for gammelt for denne regelen"), (*ages, likewise)


def _too_old_to_be_adopted() -> Said:
    """Leave on an adoption (IF § 16 (3))."""
    return bilingual("Ved adopsjon må barnet være under %(years)s år", years=ADOPTED_UNDER), (
        _("Du kan likevel søke. Kommunen ser på grunnen din."),
    )


def _notice(kind: LeaveKind, participant: ParticipantFacts) -> int:
    """How many days before one must usually tell: of a religious day (IF § 17 (2)), or of days off in a pregnancy under
    earlier rules.
    """
    return RELIGIOUS_NOTICE if kind is LeaveKind.RELIGIOUS_DAY else TERMS[participant.regime].pregnancy_notice_days


def _too_long(assessment: Assessment) -> Iterator[Markup]:
    if assessment.beyond_days and assessment.covered_days:
        yield ngettext("Reglene sier %(num)s dag.", "Reglene sier %(num)s dager.", assessment.covered_days)
    yield _("Kommunen bestemmer hvor lang tid du får.")


def _over_quota(kind: LeaveKind, assessment: Assessment) -> Said:
    beyond = ngettext(
        "Det er %(num)s dag mer enn du har igjen.", "Det er %(num)s dager mer enn du har igjen.", assessment.beyond_days
    )
    if kind is LeaveKind.CHILD_ILLNESS:
        return bilingual("Du har ikke nok dager"), (beyond, _("Du kan søke om permisjon for de dagene."))
    if assessment.outcome is Outcome.RIGHT and kind is LeaveKind.RELIGIOUS_DAY:
        return bilingual("Du har ikke nok dager"), (beyond, _("Snakk med rådgiveren om de dagene."))
    return bilingual("Du har ikke nok dager"), (beyond, _("Du kan likevel søke. Kommunen ser på grunnen din."))
