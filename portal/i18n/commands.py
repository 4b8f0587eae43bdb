"""`portal words`: the catalogues from the command line."""

import argparse
from typing import Any

from portal.i18n import catalogues, checks, readability, standing
from portal.i18n.languages import LANGUAGES, NORWEGIAN, Language

SHIPPED = {language.id: language for language in LANGUAGES if language is not NORWEGIAN}
STEPS = """steps:
  update  collect the sentences of code and pages into the catalogues
  list    how far each language has come and who has read it; writes docs/languages.md
  doubts  what the translators were not sure of, for a native reader
  check   everything that keeps a language from being whole and right
  plain   how plain the bokmål is, and the ten hardest sentences"""


def add(subparsers: Any) -> None:
    """Add `words` to the command line."""
    words = subparsers.add_parser(
        "words",
        help="collect, list and check the sentences of every language",
        epilog=STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words.add_argument("step", choices=["update", "list", "doubts", "check", "plain"])
    words.add_argument("languages", nargs="*", choices=[*SHIPPED, []], metavar="language", help="ids (default: all)")
    words.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    chosen = [SHIPPED[name] for name in options.languages or SHIPPED]
    match options.step:
        case "update":
            return _update(chosen)
        case "list":
            return _list()
        case "doubts":
            return _doubts(chosen)
        case "plain":
            return _plain()
        case _:
            return _check(chosen)


def _update(languages: list[Language]) -> int:
    template = catalogues.sentences()
    for language in languages:
        catalogues.update(language, template)
    print(f"{len(template)} sentences in {len(languages)} catalogues")
    return 0


def _list() -> int:
    table = standing.table()
    standing.write(table)
    print(table)
    return 0


def _doubts(languages: list[Language]) -> int:
    for language in languages:
        for message in catalogues.read(language):
            for doubt in catalogues.marks(message, "check"):
                said = " | ".join(catalogues.forms(message.string))
                print(f"{language.id}  {catalogues.forms(message.id)[0]}\n    {said}\n    {doubt}")
    return 0


def _check(languages: list[Language]) -> int:
    found = [*checks.problems(languages), *standing.problems()]
    print("\n".join(found) if found else "every shipped language is whole")
    return 1 if found else 0


def _plain() -> int:
    messages = [form for message in catalogues.sentences() if message.id for form in catalogues.forms(message.id)]
    hardest = readability.hardest(messages)
    for one in hardest:
        print(f"{one.words:3} words  LIX {one.lix:3.0f}  {one.message}  {', '.join(one.faults)}")
    return 1 if hardest[0].faults else 0
