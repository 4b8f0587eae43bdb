"""A number of the law stands in portal/law alone, and is put into the sentences that say it."""

import re

from portal.translation.catalogues import forms, sentences
from portal.translation.checks import PLACEHOLDER

FIGURE = re.compile(
    r"\d|\b(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|tjue)\b"
)
#: What is said in figures and is no number of the law, or is the name of what is counted.
NO_LAW = {
    "Under A1": "a level of language",
    "Datoen finnes ikke. Skriv den som 23.11.2026.": "an example",
    "Skriv timene med tall, for eksempel 2 eller 1,5.": "an example",
    "Skriv hvor mange dager, fra 0 til 14.": "what the field takes",
    "Du har valgt dager på to måter. Bruk bare én av dem.": "the rows and the fields of the page",
    "Du får et brev i posten. Det tar omtrent 10 dager.": "the post",
    "Du har ingen timer de neste 7 dagene.": "what the page shows",
    "Du kan bruke %(num)s dag på 12 måneder.": "PeriodKind.ROLLING_12_MONTHS",
    "Du kan bruke %(num)s dager på 12 måneder.": "PeriodKind.ROLLING_12_MONTHS",
    "Du har brukt egenmelding %(times)s ganger på 12 måneder.": "last_12_months",
}


def has_figure(message: str) -> bool:
    """Whether a figure, or a number in words, stands in the message itself."""
    return FIGURE.search(PLACEHOLDER.sub(" ", message)) is not None


def test_no_sentence_repeats_a_number_of_the_law() -> None:
    said = {form for message in sentences() if message.id for form in forms(message.id)}
    assert {message for message in said if has_figure(message)} - set(NO_LAW) == set()
    assert set(NO_LAW) <= said, "no longer said"


def test_a_number_is_seen_in_figures_and_in_words() -> None:
    assert has_figure("Du må klage innen 3 uker.")
    assert has_figure("Du må klage innen tre uker.")
    assert not has_figure("Du må klage innen %(weeks)s uker.")
