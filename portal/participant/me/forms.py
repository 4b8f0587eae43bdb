"""What a participant may write here: a question to the adviser."""

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.web.once import OnceForm


class QuestionForm(OnceForm):
    """A question to the adviser."""

    def missing(self) -> Markup:
        """Where no question is written."""
        return _("Skriv spørsmålet ditt her.")
