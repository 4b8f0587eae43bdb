"""What a participant may write here: a question to the adviser."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.web.free_text import FreeTextForm


class QuestionForm(FreeTextForm):
    """A question to the adviser."""

    def missing(self) -> Markup:
        """Where no question is written."""
        return _("Skriv spørsmålet ditt her.")
