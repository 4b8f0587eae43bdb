"""Messages, their values, and the Norwegian word beneath."""

from datetime import date
from gettext import NullTranslations

import pytest
from babel.support import Translations
from markupsafe import Markup

from portal.i18n.languages import BY_ID, LANGUAGES, NORWEGIAN, Language
from portal.i18n.translators import Translator, translator_of
from portal.translation import catalogues, checks


class Catalogue(NullTranslations):
    """A catalogue of one message."""

    _catalog = {  # noqa: RUF012  # as gettext has it
        "Plan": "الخطة",
        "Hei, %(name)s": "مرحبًا %(name)s",
        ("%(num)s dag", 0): "يوم",
        "flyt\x04Plan": "مخطط",
    }

    def gettext(self, message: str) -> str:
        return self._catalog.get(message, message)

    def ngettext(self, one: str, many: str, num: int) -> str:
        return self._catalog.get((one, 0), one if num == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self._catalog.get(f"{context}\x04{message}", message)


ARABIC = Translator(BY_ID["ar"], Catalogue())
BOKMAL = translator_of("nb")


def test_a_value_is_escaped_and_isolated() -> None:
    assert BOKMAL.text("Hei, %(name)s", name="<b>") == "Hei, <bdi>&lt;b&gt;</bdi>"
    assert ARABIC.text("Hei, %(name)s", name=Markup("<i>A</i>")) == "مرحبًا <i>A</i>"


def test_the_norwegian_word_stands_beneath() -> None:
    assert ARABIC.bilingual("Plan") == (
        '<span class="two"><span>الخطة</span> <span class="nb" lang="nb" dir="ltr">Plan</span></span>'
    )
    assert BOKMAL.bilingual("Plan") == "Plan"


def test_values_stand_in_both_words() -> None:
    assert ARABIC.bilingual("Hei, %(name)s", name="<b>") == (
        '<span class="two"><span>مرحبًا <bdi>&lt;b&gt;</bdi></span> '
        '<span class="nb" lang="nb" dir="ltr">Hei, <bdi>&lt;b&gt;</bdi></span></span>'
    )
    assert BOKMAL.bilingual("Hei, %(name)s", name=Markup("<i>A</i>")) == "Hei, <i>A</i>"
    assert ARABIC.bilingual("Ha det, %(name)s", name="A") == '<span lang="nb" dir="ltr">Ha det, <bdi>A</bdi></span>'


def test_a_date_is_said_in_both_languages() -> None:
    day = date(2026, 11, 23)
    said = translator_of("uk").bilingual("Utbetalingen %(day)s", day=day)
    assert translator_of("uk").day(day) in said
    assert BOKMAL.text("Utbetalingen %(day)s", day=BOKMAL.day(day)) in said
    assert "måndag" in (own := translator_of("nn").bilingual("Utbetalingen %(day)s", day=day))
    assert "mandag" not in own


@pytest.mark.parametrize(("language", "word"), [("tr", "Plan"), ("tr", "Program"), ("fr", "Plan"), ("nn", "Fravær")])
def test_the_norwegian_stands_beneath_only_where_it_says_more(language: str, word: str) -> None:
    assert translator_of(language).bilingual(word) == translator_of(language).text(word)
    assert translator_of(language).beside(word, word) == translator_of(language).text(word)


def test_a_reader_of_nynorsk_reads_the_title_that_the_municipality_wrote() -> None:
    assert translator_of("nn").beside("Fravær", "Norsk B1") == '<bdi lang="nb" dir="ltr">Norsk B1</bdi>'


def test_a_missing_message_is_marked_as_norwegian() -> None:
    assert ARABIC.text("Fravær") == '<span lang="nb" dir="ltr">Fravær</span>'
    assert ARABIC.bilingual("Fravær") == '<span lang="nb" dir="ltr">Fravær</span>'
    assert ARABIC.plain("Fravær") == "Fravær"


def test_a_missing_plural_is_marked_as_norwegian() -> None:
    """Otherwise a screen reader reads it as Arabic, and a right-to-left line turns it round."""
    assert ARABIC.plural("%(num)s gang", "%(num)s ganger", 2) == (
        '<span lang="nb" dir="ltr"><bdi dir="ltr" class="num">2</bdi> ganger</span>'
    )
    assert ARABIC.hours(3) == '<span lang="nb" dir="ltr"><bdi dir="ltr" class="num">3</bdi> timer</span>'
    assert ARABIC.context("sted", "Plan") == '<span lang="nb" dir="ltr">Plan</span>'
    assert (ARABIC.days(2), ARABIC.context("flyt", "Plan")) == ("يوم", "مخطط")
    assert BOKMAL.days(2) == '<bdi dir="ltr" class="num">2</bdi> dager'


def test_a_plain_value_is_isolated_by_invisible_marks() -> None:
    assert BOKMAL.plain("Hei, %(name)s", name=Markup("<bdi>A &amp; B</bdi>")) == "Hei, \u2068A & B\u2069"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language is not NORWEGIAN])
def test_plural_rules_are_those_of_the_registry(language: object) -> None:
    catalogue = translator_of(language.id).catalogue  # type: ignore[attr-defined]
    assert isinstance(catalogue, Translations)
    forms = {catalogue.plural(number) for number in range(120)}
    assert len(forms) == int(language.plural.split("=")[1].split(";")[0])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language is not NORWEGIAN])
def test_hours_and_days_are_said_in_each_language(language: object) -> None:
    spoken = translator_of(language.id)  # type: ignore[attr-defined]
    for number in (1, 2, 5, 11):
        assert "lang=" not in spoken.hours(number)
        assert "lang=" not in spoken.days(number)
    assert "lang=" not in spoken.hours("1.5")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_no_date_gives_a_sentence_two_full_stops(language: Language) -> None:
    spoken, day = translator_of(language.id), date(2026, 12, 17)
    messages = [message for message in catalogues.sentences() if isinstance(message.id, str) and "%(" in message.id]
    assert len(messages) > 100
    for message in messages:
        names = checks.PLACEHOLDER.findall(message.id)
        short = spoken.text(message.id, **dict.fromkeys(names, spoken.day(day))).striptags()
        plain = spoken.plain(message.id, **dict.fromkeys(names, spoken.day(day))).replace("\u2069", "")
        assert ".." not in short, message.id
        assert ".." not in plain, message.id


def test_a_long_date_and_other_values_keep_the_full_stop() -> None:
    day = date(2026, 12, 17)
    assert BOKMAL.text("Du sa fra %(day)s.", day=BOKMAL.day_long(day)).striptags() == "Du sa fra torsdag 17.12.2026."
    assert BOKMAL.text("Du sa fra %(day)s.", day=BOKMAL.day(day)).striptags() == "Du sa fra torsdag 17.12."
    assert BOKMAL.plain("Du sa fra %(day)s.", day=BOKMAL.day(day)).endswith("torsdag 17.12.\u2069")
    assert BOKMAL.plain("Du sa fra %(day)s.", day="i dag").endswith("i dag\u2069.")


@pytest.mark.parametrize(
    ("language", "hours", "said"),
    [
        ("fr", "0", "0 heure"), ("fr", "0.5", "0,5 heure"), ("fr", "1", "1 heure"), ("fr", "1.5", "1,5 heure"),
        ("fr", "2", "2 heures"), ("fr", "2.5", "2,5 heures"), ("en", "0.5", "0,5 hours"), ("nb", "1.5", "1,5 timer"),
        ("uk", "1.5", "1,5 години"), ("ru", "2.5", "2,5 часа"), ("ar", "1.5", "1,5 ساعة"),
    ],
)  # fmt: skip
def test_hours_and_their_fractions(language: str, hours: str, said: str) -> None:
    assert translator_of(language).hours(hours).striptags() == said
