"""The forms of the days and of the free words. Nothing typed is ever thrown away."""

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField, TextAreaField

from portal.casework.drafts import Answers
from portal.i18n.format import readable
from portal.web import date_fields


class DaysForm(Form):  # type: ignore[misc]  # WTForms has no types
    """Fields of the days, as text: `rows` are the days that were chosen as rows, of those that were `offered`."""

    rows = StringField()
    offered = StringField()
    first = StringField()
    last = StringField()
    extent = StringField()
    hours = StringField()
    event = StringField()
    travel = StringField()
    paper = StringField()
    paper_from = StringField()


class MessageForm(Form):  # type: ignore[misc]  # WTForms has no types
    """The free words beside what it means."""

    message = TextAreaField()


DAYS = tuple(name for name in DaysForm().data)
WORDS = tuple(name for name in MessageForm().data)
DATES = ("first", "last", "event", "paper_from")


def typed_days(form: MultiDict[str, str]) -> Answers:
    """The answers of a sent form of the days. Whole dates in place of rows (`first`, `last`) leave no row chosen."""
    found = typed(form, DAYS)
    for name in DATES:
        text = date_fields.typed(form, name)
        if text is not None:
            found[name] = readable(text)
    if "offered" in form:
        found["rows"] = " ".join(map(readable, form.getlist("day")))
    elif "first" in form:
        found |= {"rows": "", "offered": ""}
    return found


def typed(form: MultiDict[str, str], names: tuple[str, ...]) -> Answers:
    """The named answers of a sent form, as typed, but for characters that no page can show."""
    return {name: readable(form[name]) for name in names if name in form}
