"""`make reading`: the sentences that follow a request, as readers meet them, in `reading/<language>.txt`."""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from portal.i18n.languages import LANGUAGES
from tests.house.reading import Case, Page, Reader, cases
from tools.places import ROOT

FOLDER = ROOT / "reading"
Known = dict[tuple[str, str, str], set[str]]
SAME = ("hjem", "fravær")


def main() -> int:
    """Goes through every case and writes what stands on its pages, one file a language."""
    options = _options()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        files = {
            language: stack.enter_context((FOLDER / f"{language}.txt").open("w", encoding="utf-8"))
            for language in options.languages
        }
        reader = Reader(Path(name))
        people = options.person or reader.people
        number, known = 0, Known()
        for number, case in enumerate([*people, *people, *cases(people)], 1):
            _write(files, known, number, _pages(reader, case, options.languages, objects=number > len(people)))
            print(f"\r  {number} cases", end="", flush=True)
    print(f", in {FOLDER.name}/")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.reading", description=__doc__)
    parser.add_argument("--person", action="append", help="id of a demo person, once for each; all unless told")
    parser.add_argument("languages", nargs="*", default=[language.id for language in LANGUAGES])
    return parser.parse_args()


def _pages(reader: Reader, case: Case | str, languages: list[str], *, objects: bool) -> list[Page]:
    if isinstance(case, Case):
        return list(reader.read(case, languages))
    return list(reader.objection(case, languages) if objects else reader.stands(case, languages))


def _write(files: Mapping[str, TextIO], known: Known, number: int, pages: list[Page]) -> None:
    for language, file in files.items():
        mine = [page for page in pages if page.language == language]
        if mine:
            file.write(f"\n{'=' * 100}\n{number:03} · {mine[0].case}\n")
        for page in mine:
            file.write(f"\n--- {page.name}\n" + "".join(f"{line}\n" for line in _new(page, known)))
        file.flush()


def _new(page: Page, known: Known) -> list[str]:
    """The lines of a page; of one that stood before the case, those that are new."""
    key = (page.case.partition(" · ")[0], page.name, page.language)
    if page.name not in SAME or key not in known:
        known[key] = set(page.lines)
        return list(page.lines)
    return [line for line in page.lines if line not in known[key]] or ["(som før)"]


if __name__ == "__main__":
    sys.exit(main())
