"""What a participant may write here: what is wrong with an absence."""

from markupsafe import Markup
from wtforms import StringField

from portal.i18n import gettext as _
from portal.web.free_text import FreeTextForm


class ObjectionForm(FreeTextForm):
    """What is wrong, and whether there is a paper that shows it."""

    paper = StringField()

    def missing(self) -> Markup:
        """Where nothing is written."""
        return _("Skriv hva som er feil.")
