"""What a participant may write here: what is wrong with an absence."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.i18n import gettext as _
from portal.i18n.format import readable
from portal.web.once import named_by_us

MOST_WORDS = 2_000


class ContestForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What is wrong. `once` makes sending twice one contest."""

    once = HiddenField(validators=[named_by_us])
    words = TextAreaField(filters=[lambda text: text and readable(text)])
    paper = StringField()

    def validate_words(self, field: TextAreaField) -> None:
        """Say in the reader's language what is missing."""
        text = (field.data or "").strip()
        if not text:
            raise ValidationError(_("Skriv hva som er feil."))
        if len(text) > MOST_WORDS:
            raise ValidationError(_("Skriv kortere. Du kan bruke %(num)s tegn.", num=MOST_WORDS))
