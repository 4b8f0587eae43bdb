"""Who wrote an absence down, in words."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import msgid
from portal.tables.absence import RegisteredBy

_REGISTERED = {
    RegisteredBy.TEACHER: msgid("Læreren registrerte det %(day)s."),
    RegisteredBy.ADVISER: msgid("Rådgiveren registrerte det %(day)s."),
    RegisteredBy.WORKPLACE: msgid("Arbeidsplassen registrerte det %(day)s."),
    RegisteredBy.PARTICIPANT: msgid("Du sa fra %(day)s."),
}


def registered(by: RegisteredBy, day: Markup) -> Markup:
    """Who wrote it down, and when."""
    return _(_REGISTERED[by], day=day)
