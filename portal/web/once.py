"""The hidden name of what a form sends, by which sending it twice is one thing."""

from uuid import UUID, uuid4

from wtforms import Field, Form, ValidationError

from portal.i18n import gettext as _


def named_by_us(_form: Form, field: Field) -> None:
    """Refuse a name that we did not give, in the reader's language; the form that is shown again has a new one."""
    try:
        UUID(field.data or "")
    except ValueError:
        field.data = str(uuid4())
        raise ValidationError(_("Noe gikk galt. Prøv igjen.")) from None
