"""What an import changed, in the reader's words."""

from portal.i18n import gettext as _
from portal.i18n import msgid
from portal.tables.log import Updated

_UPDATED = {
    Updated.PERSON: msgid("Opplysninger om deg"),
    Updated.PROTECTION_ENDED: msgid("Adressen din er ikke lenger beskyttet."),
    Updated.PLAN: msgid("Plan"),
    Updated.TRAINING: msgid("Opplæring og prøver"),
    Updated.ABSENCES: msgid("Fravær"),
    Updated.DECISIONS: msgid("Vedtak og søknader"),
    Updated.PAYMENTS: msgid("Utbetaling"),
    Updated.ANSWERS: msgid("Svar"),
    Updated.ATTENDANCE: msgid("Oppmøte"),
}


def updated(kind: Updated) -> str:
    """What of the record was changed."""
    return _(_UPDATED[kind])
