"""How far each language has come: how much is whole, what is in doubt, who has read it. Kept in `docs/languages.md`."""

from collections.abc import Iterator

from portal.i18n.languages import LANGUAGES, NORWEGIAN, Language
from portal.i18n.reviewers import is_draft, reviews_of
from portal.resources import folder
from portal.translation import glossary
from portal.translation.catalogues import forms, marks, read, sentences

START, END = "<!-- coverage -->", "<!-- /coverage -->"
HEAD = (
    "| id | language | whole | to check | terms settled | terms in doubt | state | read by |\n"
    "|---|---|---|---|---|---|---|---|"
)


def table() -> str:
    """One row a language, as Markdown."""
    total = len(sentences())
    return "\n".join([HEAD, *(_row(language, total) for language in LANGUAGES)])


def _row(language: Language, total: int) -> str:
    readers = "; ".join(f"{reading.day} {reading.by}: {reading.what}" for reading in reviews_of(language))
    if language is NORWEGIAN:
        return f"| nb | {language.autonym} | {total} of {total} | – | – | – | the source | {readers or 'nobody'} |"
    messages = [message for message in read(language) if message.id]
    whole = sum(1 for message in messages if all(forms(message.string)) and not message.fuzzy)
    doubts = sum(1 for message in messages if marks(message, "check"))
    said = glossary.said(language).values()
    unsure = sum(1 for term in said if term.doubt)
    return (
        f"| {language.id} | {language.autonym} | {whole} of {total} | {doubts} | {len(said) - unsure} | {unsure} | "
        f"{'draft' if is_draft(language) else 'read by a native reader'} | {readers or 'nobody'} |"
    )


def write(rows: str) -> None:
    """Put the table where the document keeps it."""
    path = folder("docs") / "languages.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(START)
    path.write_text(f"{before}{START}\n{rows}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def problems() -> Iterator[str]:
    """Says so where the document is behind the catalogues."""
    if table() not in (folder("docs") / "languages.md").read_text(encoding="utf-8"):
        yield "docs/languages.md is behind the catalogues: run `portal words list`"
