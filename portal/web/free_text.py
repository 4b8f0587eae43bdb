"""What a participant writes to the municipality in their own words: not too long, and sent once."""

from collections.abc import Callable
from uuid import UUID, uuid4

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, TextAreaField, ValidationError

from portal.i18n import gettext as _
from portal.i18n import match, translator
from portal.i18n.format import readable
from portal.i18n.languages import likely_language
from portal.request_state import request_state

LONGEST_MESSAGE = 2_000  # letters


def uuid_key(_form: Form, field: Field) -> None:
    """Refuse a name that we did not give, in the reader's language; the form that is shown again has a new one."""
    try:
        UUID(field.data or "")
    except ValueError:
        field.data = str(uuid4())
        raise ValidationError(_("Noe gikk galt. Prøv igjen.")) from None


class FreeTextForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Free words. `idempotency_key` is the hidden name by which sending them twice is one thing.

    `missing` says, in the reader's language, that nothing is written.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        """Fields are text: a file sent under the name of one, or JSON, is as if nothing was sent."""

        def wrap_formdata(self, _form: Form, formdata: object) -> object:
            """What was given, or the plain fields that were sent."""
            return formdata if formdata is None or isinstance(formdata, MultiDict) else request.form

    missing: Callable[[], Markup]
    idempotency_key = HiddenField(validators=[uuid_key])
    message = TextAreaField(filters=[lambda text: text and readable(text)])

    def validate_message(self, field: TextAreaField) -> None:
        """Say in the reader's language what is missing."""
        text = (field.data or "").strip()
        if not text:
            raise ValidationError(self.missing())
        if len(text) > LONGEST_MESSAGE:
            raise ValidationError(_("Skriv kortere. Du kan bruke %(num)s tegn.", num=LONGEST_MESSAGE))


def written_in(words: str) -> str:
    """The language of what a participant wrote: that of the page, unless the words are in another script, and that of
    the person's own languages.
    """
    person = request_state().person
    own = (person.chosen_language, person.recorded_language) if person else ()
    return likely_language(words, [translator().language.id, *(found for tag in own if tag and (found := match(tag)))])
