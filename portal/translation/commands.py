"""`portal words`: the catalogues from the command line. `portal audio`: the recordings of help texts."""

import argparse
import sys
from pathlib import Path
from typing import Any

from portal import clock
from portal.i18n import recordings
from portal.i18n.languages import BY_ID, LANGUAGES, NORWEGIAN, Language
from portal.i18n.read_aloud import TEXTS
from portal.translation import catalogues, checks, coverage, readability

SHIPPED = {language.id: language for language in LANGUAGES if language is not NORWEGIAN}
STEPS = """steps:
  update  collect the sentences of code and pages into the catalogues
  list    how far each language has come and who has read it; writes docs/languages.md
  doubts  what the translators were not sure of, for a native reader
  check   everything that keeps a language from being whole and right
  plain   the ten hardest sentences of the bokmål; fails on one that is too long or says a word to avoid"""


def add(subparsers: Any) -> None:
    """Add `words` and `audio` to the command line."""
    _add_audio(subparsers)
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
    table = coverage.table()
    coverage.write(table)
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
    found = [*checks.problems(languages), *coverage.problems()]
    print("\n".join(found) if found else "every shipped language is whole")
    return 1 if found else 0


def _plain() -> int:
    messages = [form for message in catalogues.sentences() if message.id for form in catalogues.forms(message.id)]
    hardest = readability.hardest(messages)
    for one in hardest:
        print(f"{one.words:3} words  LIX {one.lix:3.0f}  {one.message}  {', '.join(one.faults)}")
    return 1 if hardest[0].faults else 0


def _add_audio(subparsers: Any) -> None:
    audio = subparsers.add_parser("audio", help="recordings of the help texts")
    steps = audio.add_subparsers(required=True, metavar="STEP")
    listing = steps.add_parser("list", help="which are whole, stale (the text has changed) or missing")
    listing.add_argument("languages", nargs="*", choices=[*BY_ID, []], metavar="language", help="ids (default: all)")
    listing.set_defaults(run=_recordings)
    script = steps.add_parser("script", help="print what to read")
    script.set_defaults(run=_script)
    taking = steps.add_parser("add", help="take in a recording of today's text")
    for step in (script, taking):
        step.add_argument("language", choices=BY_ID, metavar="language")
        step.add_argument("key", choices=TEXTS, metavar="key", help=", ".join(TEXTS))
    taking.add_argument("file", type=Path, help="Opus in Ogg, about 24 kbit/s, one voice")
    taking.add_argument("--by", required=True, help="who reads")
    taking.set_defaults(run=_take)


def _recordings(options: argparse.Namespace) -> int:
    states = [
        (language.id, key, recordings.state(language, key))
        for language in (BY_ID[name] for name in options.languages or BY_ID)
        for key in TEXTS
    ]
    for language, key, state in states:
        print(f"{language:6} {key:24} {state}")
    return 0 if all(state == "whole" for _, _, state in states) else 1


def _script(options: argparse.Namespace) -> int:
    print("\n".join(recordings.script(BY_ID[options.language], options.key)))
    return 0


def _take(options: argparse.Namespace) -> int:
    try:
        day = clock.today().isoformat()
        recordings.add(BY_ID[options.language], options.key, options.file.read_bytes(), options.by, day)
    except (OSError, ValueError) as wrong:
        print(f"{options.file}: {wrong}", file=sys.stderr)
        return 2
    print("taken in: `make` builds it into the portal's static files")
    return 0
