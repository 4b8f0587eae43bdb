"""What a participant may write here: a question to the adviser."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import ValidationError

from portal.i18n import gettext as _
from portal.i18n.format import readable
from portal.web.once import named_by_us

LONGEST_QUESTION = 2_000


class QuestionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A question to the adviser. `once` makes sending twice one question."""

    once = HiddenField(validators=[named_by_us])
    words = TextAreaField(filters=[lambda text: text and readable(text)])

    def validate_words(self, field: TextAreaField) -> None:
        """Say in the reader's language what is missing."""
        text = (field.data or "").strip()
        if not text:
            raise ValidationError(_("Skriv spørsmålet ditt her."))
        if len(text) > LONGEST_QUESTION:
            raise ValidationError(_("Skriv kortere. Du kan bruke %(num)s tegn.", num=LONGEST_QUESTION))
