"""Compiles `messages.po` to `messages.mo`. Runs in `.venv` (`python -m tools.catalogues`) and when a wheel is built."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.places import TRANSLATIONS

PATTERN = "*/LC_MESSAGES/messages.po"


def compile_all(translations: Path = TRANSLATIONS) -> int:
    """Compiles every catalogue; entries marked fuzzy are left out: they are not reviewed. Gives how many."""
    catalogues = sorted(translations.glob(PATTERN))
    for source in catalogues:
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name)
        half = source.with_suffix(".mo.half")
        with half.open("wb") as compiled:
            write_mo(compiled, catalogue, use_fuzzy=False)
        half.replace(source.with_suffix(".mo"))
    return len(catalogues)


if __name__ == "__main__":
    compile_all()
