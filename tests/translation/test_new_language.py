"""Adding a language is a row of the registry and a catalogue, and nothing else: two made-up ones are put in so."""

import gettext
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from portal.i18n import Language, match, negotiate, translator_of
from portal.translation import catalogues, checks
from tests.conftest import fill_with_demo
from tests.databases import Embedded, make
from tests.house.crawling import pages_of
from tests.house.leaks import Reader
from tests.i18n.pseudo import MADE, TURN, TURN_BACK, added, longer, said, turned
from tests.settings import settings_for
from tests.strict import opened, token_of

PEOPLE = ("amal", "danylo")
BEFORE_SIGN_IN = ("/", "/logg-inn", "/logg-inn/ikke-registrert", "/logg-ut/ferdig", "/finnes-ikke")
MARKED = re.compile(f"{TURN}[^{TURN_BACK}]*{TURN_BACK}")
UNMARKED = re.compile("[A-Za-zÆØÅæøå]+")


@pytest.fixture(scope="module")
def app(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A portal that was started with both rows in its registry."""
    with added(tmp_path_factory.mktemp("translations")):
        url = make(embedded, fill_with_demo(tmp_path_factory.mktemp("demo-files")))
        with opened(settings_for(url)) as made:
            yield made


class Untranslated(Reader):
    """Finds words that are not of a made-up language, though the page says so."""

    def examine(self, text: str, plain: bool) -> None:
        if UNMARKED.search(MARKED.sub(" ", text)):
            self.found.append(text.strip())


def untranslated(page: str, language: Language) -> list[str]:
    reader = Untranslated(language)
    reader.feed(page)
    return reader.found


made_up = pytest.mark.parametrize("language", MADE, ids=["longer", "turned"])


@made_up
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_in_the_new_language(app: Flask, person: str, language: Language) -> None:
    for address, page in pages_of(app, person, language).items():
        assert untranslated(page, language) == [], address


@made_up
@pytest.mark.parametrize("address", BEFORE_SIGN_IN)
def test_every_page_before_sign_in_is_in_the_language_of_the_browser(
    app: Flask, address: str, language: Language
) -> None:
    answer = app.test_client().get(address, headers={"Accept-Language": f"xx,{language.id}-001;q=0.8,en;q=0.5"})
    assert answer.status_code in (200, 303, 404)
    if answer.status_code != 303:
        page = answer.get_data(as_text=True)
        assert f'<html lang="{language.id}" dir="{language.direction}">' in page
        assert untranslated(page, language) == []


@made_up
def test_the_chooser_offers_it_and_remembers_it(app: Flask, language: Language) -> None:
    client = app.test_client()
    page = client.get("/").get_data(as_text=True)
    button = f'<button lang="{language.id}" dir="{language.direction}" name="sprak" value="{language.id}">'
    assert button in page
    assert language.autonym in page
    answer = client.post("/sprak", data={"sprak": language.id, "next": "/", "csrf_token": token_of(page)})
    assert answer.status_code == 303
    page = client.get("/").get_data(as_text=True)
    assert f'<html lang="{language.id}"' in page
    assert button.replace(">", ' aria-current="true">') in page


@made_up
def test_it_is_found_by_its_tag(app: Flask, language: Language) -> None:
    assert match(language.id) == language.id
    assert negotiate(f"de,{language.id.upper()}-US;q=0.9,nb;q=0.1") == language.id


@made_up
def test_its_catalogue_is_whole_and_counts_by_the_registrys_rule(app: Flask, language: Language) -> None:
    template = catalogues.sentences()
    catalogue = catalogues.read(language)
    assert f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};" == language.plural
    assert language.plural.encode() in catalogues.path_of(language).read_bytes()
    for message in template:
        found = catalogue.get(message.id, message.context) if message.id else None
        if found:
            assert list(checks.in_forms(catalogues.forms(found.string), message, language)) == []
    assert len(catalogue) == len(template)
    rule = gettext.c2py(language.plural.partition("plural=")[2].rstrip(";"))
    compiled = translator_of(language.id).catalogue
    assert [compiled.plural(number) for number in range(120)] == [rule(number) for number in range(120)]  # type: ignore[attr-defined]  # a loaded catalogue's own


@made_up
def test_its_own_weekdays_are_named(app: Flask, language: Language) -> None:
    named = translator_of(language.id).day(date(2026, 11, 23)).striptags()
    assert named != translator_of("nb").day(date(2026, 11, 23)).striptags()


def test_how_the_made_up_languages_are_made() -> None:
    assert said("Du har %(num)s <b>dager</b>", longer) == "ĎĎú ĥĥááŕ %(num)s <b>ďďááĝéŕ</b>"
    assert said("Ja &amp; %(day)s", turned) == f"{TURN}Ja{TURN_BACK} &amp; %(day)s"
    assert len(longer("introduksjonsprogram")) == 28
