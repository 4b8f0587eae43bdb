"""The form of the what-if: read from the address, never sent."""

from wtforms import Form, StringField


class WhatIfForm(Form):  # type: ignore[misc]  # WTForms has no types
    """Its fields, as text."""

    grunn = StringField()
    first = StringField()
    last = StringField()
    extent = StringField()
    hours = StringField()


FIELDS = tuple(name for name in WhatIfForm().data)
