"""Own language: the registry, the words, and what Python code and templates call them by."""

from flask import Flask
from flask_babel import Babel
from markupsafe import Markup
from werkzeug.local import LocalProxy

from portal.clock import local
from portal.i18n import format as formats
from portal.i18n.languages import BY_ID, LANGUAGES, NORWEGIAN, Language, match, negotiate
from portal.i18n.reviewers import draft
from portal.i18n.translators import Translator, translator_of
from portal.request_state import request_state
from portal.resources import folder

__all__ = [
    "BY_ID",
    "LANGUAGES",
    "NORWEGIAN",
    "Language",
    "Translator",
    "bilingual",
    "draft",
    "gettext",
    "init_app",
    "match",
    "msgid",
    "negotiate",
    "ngettext",
    "pgettext",
    "plain",
    "translator",
    "translator_of",
]  # fmt: skip


def translator() -> Translator:
    """The words of this request's language; Norwegian outside a request."""
    try:
        found = request_state().translator
    except RuntimeError:  # outside an application context
        found = None
    return found or translator_of(NORWEGIAN.id)


def msgid(message: str, /) -> str:
    """The message itself, for the catalogues to find where a table holds it; whoever says it translates it."""
    return message


def gettext(message: str, /, **values: object) -> Markup:
    """A message in this request's language, as HTML."""
    return translator().text(message, **values)


def ngettext(one: str, many: str, num: int, /, **values: object) -> Markup:
    """A message in the form that belongs to `num`."""
    return translator().plural(one, many, num, **values)


def pgettext(context: str, message: str, /, **values: object) -> Markup:
    """A message whose word has several meanings."""
    return translator().context(context, message, **values)


def plain(message: str, /, **values: object) -> str:
    """A message as plain text: titles, attributes, mail."""
    return translator().plain(message, **values)


def bilingual(message: str, /, **values: object) -> Markup:
    """The own word with the Norwegian word beneath."""
    return translator().bilingual(message, **values)


def init_app(app: Flask) -> None:
    """Give templates the words and the formats, and let Flask-Babel speak the same language to other libraries."""
    Babel(
        app,
        default_locale=NORWEGIAN.folder,
        default_timezone="Europe/Oslo",
        default_translation_directories=str(folder("translations")),
        locale_selector=lambda: translator().language.folder,
    )
    environment = app.jinja_env
    environment.globals.update(_=gettext, ngettext=ngettext, pgettext=pgettext, plain=plain, bilingual=bilingual)
    environment.globals.update(translator=LocalProxy(translator), draft=draft)
    environment.filters.update(
        day=lambda value: translator().day(value),
        day_long=lambda value: translator().day_long(value),
        date=formats.figure,
        clock=formats.clock,
        kroner=formats.kroner,
        number=formats.number,
        hours=lambda value: translator().hours(value),
        month=formats.month,
        month_name=lambda value: translator().month_name(value),
        phone=formats.phone,
        oslo_date=lambda moment: local(moment).date(),
        oslo_clock=lambda moment: formats.clock(formats.wall_clock(moment)),
        bdi=formats.bdi,
        with_figures=formats.with_figures,
        soft_breaks=formats.soft_breaks,
        isolated=formats.isolated,
        nb=formats.norwegian,
    )
