"""Own language: the registry, the words, and what Python code and templates call them by."""

from flask import Flask
from flask_babel import Babel
from markupsafe import Markup
from werkzeug.local import LocalProxy

from portal.clock import local
from portal.i18n import format as formats
from portal.i18n.languages import BY_ID, LANGUAGES, NORWEGIAN, Language, match, negotiate
from portal.i18n.readers import draft
from portal.i18n.words import Words, words_of
from portal.request_state import request_state
from portal.resources import folder

__all__ = [
    "BY_ID", "LANGUAGES", "NORWEGIAN", "Language", "Words", "draft", "gettext", "init_app", "match",
    "msgid", "negotiate", "ngettext", "pgettext", "plain", "two", "words", "words_of",
]  # fmt: skip


def words() -> Words:
    """The words of this request's language; Norwegian outside a request."""
    try:
        found = request_state().words
    except RuntimeError:  # outside an application context
        found = None
    return found or words_of(NORWEGIAN.id)


def msgid(message: str, /) -> str:
    """The message itself, for the catalogues to find where a table holds it; whoever says it translates it."""
    return message


def gettext(message: str, /, **values: object) -> Markup:
    """A message in this request's language, as HTML."""
    return words().text(message, **values)


def ngettext(one: str, many: str, num: int, /, **values: object) -> Markup:
    """A message in the form that belongs to `num`."""
    return words().plural(one, many, num, **values)


def pgettext(context: str, message: str, /, **values: object) -> Markup:
    """A message whose word has several meanings."""
    return words().context(context, message, **values)


def plain(message: str, /, **values: object) -> str:
    """A message as plain text: titles, attributes, mail."""
    return words().plain(message, **values)


def two(message: str, /, **values: object) -> Markup:
    """The own word with the Norwegian word beneath."""
    return words().two(message, **values)


def init_app(app: Flask) -> None:
    """Give templates the words and the formats, and let Flask-Babel speak the same language to other libraries."""
    Babel(
        app,
        default_locale=NORWEGIAN.folder,
        default_timezone="Europe/Oslo",
        default_translation_directories=str(folder("translations")),
        locale_selector=lambda: words().language.folder,
    )
    environment = app.jinja_env
    environment.globals.update(_=gettext, ngettext=ngettext, pgettext=pgettext, plain=plain, two=two)
    environment.globals.update(words=LocalProxy(words), draft=draft)
    environment.filters.update(
        day=lambda value: words().day(value),
        day_long=lambda value: words().day_long(value),
        date=formats.figure,
        clock=formats.clock,
        kroner=formats.kroner,
        number=formats.number,
        hours=lambda value: words().hours(value),
        month=formats.month,
        phone=formats.phone,
        oslo_date=lambda moment: local(moment).date(),
        oslo_clock=lambda moment: formats.clock(formats.wall_clock(moment)),
        bdi=formats.bdi,
        with_figures=formats.with_figures,
        isolated=formats.isolated,
        nb=formats.norwegian,
    )
