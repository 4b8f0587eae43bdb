"""The catalogues as files: collecting sentences from code and pages, and bringing each language up to date.

Works in a checkout, where the sources are. Bokmål is the language of the messages and has no catalogue.
"""

import ast
import re
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import denormalize, read_po, write_po

from portal.i18n.languages import Language
from portal.resources import folder

SOURCES = [
    ("portal/exchange/**.py", "ignore"),
    ("portal/store/**.py", "ignore"),
    ("portal/*.py", "ignore"),
    ("portal/**.py", f"{__name__}:of_python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "msgid", "plain", "bilingual", "text")),
    **dict.fromkeys(("ngettext", "plural", "_plural", "amount"), (1, 2)),
    **dict.fromkeys(("pgettext", "context"), ((1, "c"), 2)),
}
WIDTH = 110
Found = tuple[int, str, tuple[str | None, ...], list[str]]  # as Babel's readers give it
MARKS = ("check:", "free:", "same:", "figures:")


def of_python(file: IO[bytes], keywords: Collection[str], *_: object, **__: object) -> Iterator[Found]:
    """The calls of code, however deep in each other and whatever their arguments are called: Babel's own reader, which
    goes by words alone, passes over a sentence with such a call inside another one.
    """
    calls = (node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call) and node.args)
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in keywords:
            said = (getattr(each, "value", None) for each in call.args)
            yield call.lineno, name, tuple(each if isinstance(each, str) else None for each in said), []


def sentences() -> Catalog:
    """Every message of code and pages, with the files it stands in."""
    root = folder("templates").parent
    found = Catalog(project="introportalen", charset="utf-8")
    read = extract_from_dir(root, SOURCES, keywords=KEYWORDS)
    for file, _line, message, _comments, context in sorted(read, key=lambda each: each[:2]):  # not as the disk has them
        found.add(message, None, [(file, None)], context=context)  # type: ignore[list-item]
    return found


def path_of(language: Language) -> Path:
    """Where a language's catalogue lies."""
    return folder("translations") / language.folder / "LC_MESSAGES" / "messages.po"


def read(language: Language) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language.folder)
    catalogue = read_po(BytesIO(path.read_bytes()), locale=language.folder)
    for message in catalogue:
        _keep_previous(message)
    return catalogue


def _keep_previous(message: Message) -> None:
    """Babel writes what a fuzzy message said before as `#| msgid "…"`, and reads that as a translator's comment."""
    before = [line.removeprefix("|").strip() for line in message.user_comments if line.startswith("|")]
    message.user_comments = [line for line in message.user_comments if not line.startswith("|")]
    said = re.split(r"^msgid(?:_plural)? ", "\n".join(before), flags=re.MULTILINE)[1:]
    if message.fuzzy and not message.previous_id:
        message.previous_id = [denormalize(each) for each in said]


def update(language: Language, template: Catalog) -> None:
    """Bring one catalogue up to date: new messages empty, changed ones fuzzy with the old beside, gone ones gone."""
    catalogue = read(language)
    made = catalogue.creation_date
    before = {(message.id, message.context): message.previous_id for message in catalogue}
    catalogue.update(template, no_fuzzy_matching=False)
    for message in catalogue:
        message.previous_id = message.previous_id or before.get((message.id, message.context), [])  # Babel forgets it
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


def forms(value: object) -> tuple[str, ...]:
    """A message's id or string as the tuple of its forms."""
    return tuple(value) if isinstance(value, list | tuple) else (str(value),)


def marks(message: Message, name: str) -> list[str]:
    """The translator's comments `<name>: …` on a message, without the name; a comment may run over several lines."""
    said: list[str] = []
    for line in message.user_comments:
        if said and not line.startswith(MARKS):
            said[-1] += f" {line.strip()}"
        else:
            said.append(line)
    return [comment.removeprefix(f"{name}:").strip() for comment in said if comment.startswith(f"{name}:")]
