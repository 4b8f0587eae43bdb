"""What an import changed, in the reader's words."""

from portal.i18n import gettext as _
from portal.tables.log import Updated


def updated(kind: Updated) -> str:  # noqa: C901, PLR0911  # one return for each kind
    """What of the record was changed."""
    match kind:
        case Updated.PERSON:
            return _("Opplysninger om deg")
        case Updated.PROTECTION_ENDED:
            return _("Adressen din er ikke lenger beskyttet.")
        case Updated.PLAN:
            return _("Plan")
        case Updated.TRAINING:
            return _("Opplæring og prøver")
        case Updated.ABSENCES:
            return _("Fravær")
        case Updated.DECISIONS:
            return _("Vedtak og søknader")
        case Updated.PAYMENTS:
            return _("Utbetaling")
        case Updated.ANSWERS:
            return _("Svar")
        case Updated.ATTENDANCE:
            return _("Oppmøte")
