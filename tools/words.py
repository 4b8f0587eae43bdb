"""`make words`: collects the sentences from code and pages, and brings every catalogue up to date with them.

A changed sentence keeps its old translation marked fuzzy, with the old sentence beside it, until someone has read it.
"""

import sys
import tempfile
from pathlib import Path

from tools.places import ROOT, TRANSLATIONS, VENV
from tools.show import Trouble, run, step

PYBABEL = VENV / "bin" / "pybabel"
DOMAIN = "messages"
KEYWORDS = ("_", "gettext", "plain", "two", "text", "ngettext:1,2", "plural:1,2", "pgettext:1c,2", "context:1c,2")


def extract(template: Path) -> None:
    """Writes every sentence found, with the file it stands in and the comments meant for translators."""
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    style = ["--no-default-keywords", "--add-comments=Words:", "--add-location=file", "--width=110", "--sort-by-file"]
    command: list[str | Path] = [
        PYBABEL,
        "extract",
        "--mapping=babel.cfg",
        *keywords,
        *style,
        f"--output={template}",
        ".",
    ]
    run(command, "The sentences could not be collected.", cwd=ROOT)


def update(template: Path, language: str) -> None:
    """Brings one catalogue up to date; sentences that are gone leave it."""
    style = ["--previous", "--ignore-obsolete", "--ignore-pot-creation-date", "--width=110"]
    paths = [f"--input-file={template}", f"--output-dir={TRANSLATIONS}", f"--locale={language}"]
    run(
        [PYBABEL, "update", f"--domain={DOMAIN}", *style, *paths], f"The catalogue {language} cannot be read.", cwd=ROOT
    )


def main() -> int:
    """All catalogues under `translations/`, by the names of their folders."""
    languages = sorted(file.parent.parent.name for file in TRANSLATIONS.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / f"{DOMAIN}.pot"
        try:
            with step("Sentences in code and pages"):
                extract(template)
            for language in languages:
                with step(language):
                    update(template, language)
        except Trouble as trouble:
            print(f"\n{trouble.tail()}\n\n{trouble.sentence}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
