"""Texts of legal weight: a decision, a deduction, how and by when to appeal. The Norwegian one counts."""

from flask import Flask, current_app
from markupsafe import Markup

from portal.bilingual.in_norwegian import in_norwegian, reads_translation
from portal.i18n import NORWEGIAN, translator


def init_app(app: Flask) -> None:
    """Give templates `legal`."""
    app.jinja_env.globals["legal"] = legal


def legal(template: str, **values: object) -> Markup:
    """A small template in the reader's words, and beneath it the Norwegian original where that is another language.

    A reader of nynorsk gets the original alone: it is what counts, and needs no translation. `values` must be
    facts or find their words when they are printed: the template is printed twice, the second time with `beneath`, so
    that the Norwegian can say what the page has said above it in the reader's words.
    """
    translated = reads_translation()
    if translator().language is NORWEGIAN and not translated:
        return _said(template, {**values, "beneath": False})
    own = _said(template, {**values, "beneath": False}) if translated else None
    with in_norwegian():
        norwegian = _said(template, {**values, "beneath": translated})
    return _said("components/legal.html", {"own": own, "norwegian": norwegian})


def _said(template: str, values: dict[str, object]) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(values))  # noqa: S704  # a template of this portal
