"""`portal words`: the catalogues from the command line."""

import argparse
from typing import Any

from portal.i18n import catalogues
from portal.i18n.languages import LANGUAGES, NORWEGIAN, Language

SHIPPED = {language.id: language for language in LANGUAGES if language is not NORWEGIAN}


def add(subparsers: Any) -> None:
    """Add `words` to the command line."""
    words = subparsers.add_parser("words", help="collect, list and check the sentences of every language")
    words.add_argument("step", choices=["update", "list", "check"])
    words.add_argument("languages", nargs="*", help="ids of languages (default: all)")
    words.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    match options.step:
        case "update":
            return _update([SHIPPED[name] for name in options.languages or SHIPPED])
        case "list":
            return _list()
        case _:
            return _check()


def _update(languages: list[Language]) -> int:
    template = catalogues.sentences()
    for language in languages:
        catalogues.update(language, template)
    print(f"{len(template)} sentences in {len(languages)} catalogues")
    return 0


def _list() -> int:
    total = len(catalogues.sentences())
    for language in LANGUAGES:
        done = total if language is NORWEGIAN else sum(1 for item in catalogues.read(language) if _whole(item))
        print(f"{language.id:6} {done:5} of {total}  {language.autonym}")
    return 0


def _whole(message: Any) -> bool:
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(message.id and all(forms) and not message.fuzzy)


def _check() -> int:
    found = list(catalogues.problems())
    print("\n".join(found) if found else "every shipped language is whole")
    return 1 if found else 0
