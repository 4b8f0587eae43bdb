"""What is reported: the wrong words, and what one would say instead."""

from markupsafe import Markup
from wtforms import HiddenField, TextAreaField, ValidationError

from portal.i18n import gettext as _
from portal.i18n.format import readable
from portal.web.free_text import FreeTextForm

LONGEST_INSTEAD = 500  # letters


class WordReportForm(FreeTextForm):
    """`message` are the words that are wrong; `page` is the route of the page they stand on."""

    page = HiddenField()
    instead = TextAreaField(filters=[lambda text: text and readable(text)])

    def missing(self) -> Markup:
        """Where no word is written."""
        return _("Skriv ordene som er feil.")

    def validate_instead(self, field: TextAreaField) -> None:
        """Say in the reader's language that it is too long."""
        if len((field.data or "").strip()) > LONGEST_INSTEAD:
            raise ValidationError(_("Skriv kortere. Du kan bruke %(num)s tegn.", num=LONGEST_INSTEAD))
