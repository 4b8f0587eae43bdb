"""Numbers, dates and clock times."""

from datetime import date, time
from decimal import Decimal

import pytest
from babel.dates import get_day_names
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n import format as formats
from portal.i18n.languages import LANGUAGES, Language
from portal.i18n.translators import translator_of

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ore", "text"),
    [
        (2_231_531, "22\u00a0315,31\u00a0kr"), (1_854_000, "18\u00a0540\u00a0kr"), (0, "0\u00a0kr"),
        (-44_286, "−442,86\u00a0kr"), (5, "0,05\u00a0kr"), (100_000_000, "1\u00a0000\u00a0000\u00a0kr"),
    ],
)  # fmt: skip
def test_kroner(ore: int, text: str) -> None:
    assert formats.kroner_text(ore) == text
    assert formats.kroner(ore) == f'<bdi dir="ltr" class="num">{text}</bdi>'


@given(st.integers(-(10**12), 10**12))
def test_kroner_can_be_read_back(ore: int) -> None:
    text = formats.kroner_text(ore).replace("\u00a0", "").removesuffix("kr").replace("−", "-").replace(",", ".")
    assert int(Decimal(text) * 100) == ore


@pytest.mark.parametrize(
    ("value", "text"), [("2.50", "2,5"), (3, "3"), (Decimal("1234.00"), "1\u00a0234"), ("0.75", "0,75"), (-4, "-4")]
)
def test_number(value: object, text: str) -> None:
    assert formats.number_text(value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_weekdays_are_the_languages_own(language: object) -> None:
    tag = language.id  # type: ignore[attr-defined]
    names = {formats.weekday(date(2026, 11, 23 + number), tag) for number in range(7)}
    assert len(names) == 7
    if language.script != "Latn":  # type: ignore[attr-defined]
        assert not any(letter.isascii() and letter.isalpha() for name in names for letter in name)
    of_the_locale = get_day_names("wide", locale=language.babel)  # type: ignore[attr-defined]
    assert formats.weekday(MONDAY, tag) == (language.weekdays or of_the_locale)[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_dates_name_the_days_as_the_sentences_do(language: Language) -> None:
    said = translator_of(language.id).text("Du bruker ingen dager på lørdag og søndag.").casefold()
    for day in (date(2026, 11, 28), date(2026, 11, 29)):
        assert formats.weekday(day, language.id).casefold()[:4] in said


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_months_have_the_languages_own_names_and_the_figures_of_letters(language: Language) -> None:
    said = [formats.month_name(f"2026-{number:02}", language.id).striptags() for number in range(1, 13)]
    assert len({name.split(" · ")[0] for name in said}) == 12
    assert all("2026" in name for name in said)
    assert said[9].endswith(" · 10.2026") is not language.reads_norwegian
    assert formats.month_name("2026-10", "nb").striptags() == "oktober 2026"


def test_dates_and_clocks() -> None:
    assert formats.day_long(MONDAY, "nb").striptags() == "mandag 23.11.2026"
    assert formats.day(MONDAY, "nb").striptags() == "mandag 23.11."
    assert formats.span(MONDAY, date(2026, 11, 27), "nb").striptags() == "mandag 23.11. – fredag 27.11.2026"
    assert formats.span(MONDAY, MONDAY, "nb").striptags() == "mandag 23.11.2026"
    assert "2026" in formats.span(date(2026, 12, 30), date(2027, 1, 2), "nb").striptags().split("–")[0]
    assert formats.clock(time(8, 5)).striptags() == "08:05"
    assert formats.month("2026-10").striptags() == "10.2026"


@pytest.mark.parametrize(
    ("typed", "meant"), [("٢٣.١١.٢٠٢٦", "23.11.2026"), ("۱۲", "12"), ("3٫5", "3,5"), ("23.11.", "23.11.")]
)
def test_native_digits_are_accepted(typed: str, meant: str) -> None:
    assert formats.western(typed) == meant


@pytest.mark.parametrize(("number", "text"), [("22334455", "+47 22 33 44 55"), ("+4722334455", "+47 22 33 44 55")])
def test_phone_numbers_can_be_read_aloud(number: str, text: str) -> None:
    assert formats.phone_text(number).replace("\u00a0", " ") == text
    assert formats.phone_text("112") == "112"
