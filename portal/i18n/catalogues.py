"""The catalogues as files: collecting sentences from code and pages, updating, and finding what is not whole.

Works in a checkout, where the sources are. Bokmål is the language of the messages and has no catalogue.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from portal.i18n.languages import LANGUAGES, NORWEGIAN, Language
from portal.resources import folder

SOURCES = [
    ("portal/exchange/**.py", "ignore"),
    ("portal/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "plain", "two", "text")),
    **dict.fromkeys(("ngettext", "plural", "_plural"), (1, 2)),
    **dict.fromkeys(("pgettext", "context"), ((1, "c"), 2)),
}
WIDTH = 110
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?\w+")
FORBIDDEN = {"uk": "ыэъёЫЭЪЁ", "ar": "یکە", "ti": ""}


def sentences() -> Catalog:
    """Every message of code and pages, with the files it stands in and the comments meant for translators."""
    root = folder("templates").parent
    found = Catalog(project="introportalen", charset="utf-8")
    for file, _line, message, comments, context in extract_from_dir(
        root, SOURCES, keywords=KEYWORDS, comment_tags=["Words:"], strip_comment_tags=True
    ):
        found.add(message, None, [(file, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return found


def path_of(language: Language) -> Path:
    """Where a language's catalogue lies."""
    return folder("translations") / language.folder / "LC_MESSAGES" / "messages.po"


def read(language: Language) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language.folder)
    return read_po(BytesIO(path.read_bytes()), locale=language.folder)


def update(language: Language, template: Catalog) -> None:
    """Bring one catalogue up to date: new messages empty, changed ones fuzzy with the old beside, gone ones gone."""
    catalogue = read(language)
    made = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=False)
    catalogue.obsolete.clear()
    catalogue.creation_date, catalogue.fuzzy = made, False
    catalogue.project, catalogue.last_translator, catalogue.msgid_bugs_address = "Introportalen", "", ""
    catalogue.header_comment = f"# Introportalen: {language.autonym}"
    buffer = BytesIO()
    write_po(buffer, catalogue, width=WIDTH, sort_by_file=True, include_previous=True, omit_header=False)
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_with_plural(buffer.getvalue(), language))


def _with_plural(text: bytes, language: Language) -> bytes:
    """The header with the registry's plural rule: Babel's own table is wrong for several of our languages."""
    rule = f'"Plural-Forms: {language.plural}\\n"'.encode()
    return re.sub(rb'"Plural-Forms:.*?;\\n"\n', lambda _match: rule + b"\n", text, count=1, flags=re.DOTALL)


def problems() -> Iterator[str]:
    """Everything that keeps a shipped language from being whole, one sentence each."""
    template = sentences()
    for language in LANGUAGES:
        if language is not NORWEGIAN:
            yield from (f"{language.id}: {problem}" for problem in _problems_of(language, template))


def _problems_of(language: Language, template: Catalog) -> Iterator[str]:
    catalogue = read(language)
    if language.plural.encode() not in (path_of(language).read_bytes() if path_of(language).exists() else b""):
        yield "the plural rule of the header is not the registry's"
    for message in template:
        if message.id:
            yield from _problems_in(catalogue.get(message.id, message.context), message, language)
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer said anywhere: {_first(message.id)!r}"


def _problems_in(found: Message | None, message: Message, language: Language) -> Iterator[str]:
    name = repr(_first(message.id))
    if found is None:
        yield f"missing: {name}"
    elif found.fuzzy:
        yield f"fuzzy: {name}"
    elif not all(_forms(found.string)):
        yield f"not translated: {name}"
    else:
        yield from _problems_of_forms(_forms(found.string), message, name, language)


def _problems_of_forms(forms: tuple[str, ...], message: Message, name: str, language: Language) -> Iterator[str]:
    wanted = set(PLACEHOLDER.findall("".join(_forms(message.id))))
    expected = int(language.plural.split("=")[1].split(";")[0]) if message.pluralizable else 1
    if len(forms) != expected:
        yield f"{len(forms)} plural forms instead of {expected}: {name}"
    for form in forms:
        if set(PLACEHOLDER.findall(form)) - wanted or (
            not message.pluralizable and wanted - set(PLACEHOLDER.findall(form))
        ):
            yield f"other placeholders than the original: {name}"
        if sorted(TAG.findall(form)) != sorted(TAG.findall(_first(message.id))):
            yield f"other tags than the original: {name}"
        if set(form) & set(FORBIDDEN.get(language.id, "")):
            yield f"letters that do not belong to the language: {name}"


def _forms(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (str(value),)


def _first(value: object) -> str:
    return _forms(value)[0]
