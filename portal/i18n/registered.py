"""Who wrote an absence down, in words."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.tables.absence import RegisteredBy


def registered(by: RegisteredBy, day: Markup) -> Markup:
    """Who wrote it down, and when."""
    match by:
        case RegisteredBy.TEACHER:
            return _("Læreren skrev det ned %(day)s.", day=day)
        case RegisteredBy.ADVISER:
            return _("Rådgiveren skrev det ned %(day)s.", day=day)
        case RegisteredBy.WORKPLACE:
            return _("Arbeidsplassen skrev det ned %(day)s.", day=day)
        case RegisteredBy.PARTICIPANT:
            return _("Du sa fra %(day)s.", day=day)
