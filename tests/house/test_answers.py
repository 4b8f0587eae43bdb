"""What a person gets by filling in forms and by going wrong, in every language: nothing leaks there either."""

from collections.abc import Iterator

import pytest
from flask import Flask
from markupsafe import Markup

from portal import clock
from portal.app import create_app
from portal.i18n import BY_ID, LANGUAGES, Language
from portal.i18n.field_errors import FieldError, error_text
from portal.participant.leave import steps
from tests.databases import Embedded
from tests.house.asking import ERRORS, Answer, Writer, error_pages
from tests.house.leaks import leaks
from tests.settings import settings_for


@pytest.fixture(scope="module")
def written_app(worded_app: Flask, embedded: Embedded) -> Iterator[Flask]:
    """A copy of `worded_app`'s database that may be written to, for all languages; read for words, not strictly."""
    url = embedded.new(worded_app.extensions["settings"].database_url)
    app = create_app(settings_for(url, drafts_an_hour=1000, drafts_a_day=1000, sent_an_hour=1000, sent_a_day=1000))
    app.testing = True
    yield app
    app.extensions["store"].close()
    embedded.drop(url)


def answers(app: Flask, language: Language) -> list[Answer]:
    """Everything that Amal and a stranger are answered in one language."""
    writer = Writer(app, "amal", language, clock.today())
    writer.leave()
    writer.objection()
    writer.ask()
    writer.fail()
    return [*writer.answers, *error_pages(app, language)]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_no_answer_leaks(written_app: Flask, language: Language) -> None:
    for asked, _status, text in answers(written_app, language):
        assert f'<html lang="{language.id}" dir="{language.direction}">' in text, asked
        assert "None" not in text, f"a missing value is printed after {asked}"
        assert leaks(text, language) == [], asked


def test_the_walk_meets_every_fault_and_every_error(written_app: Flask) -> None:
    found = answers(written_app, BY_ID["nb"])
    assert {status for _asked, status, _text in found} >= {200, 409, 422, *ERRORS}
    whole = "".join(text for _asked, status, text in found if status == 422)
    with written_app.test_request_context("/", headers={"Accept-Language": "nb"}):
        written_app.preprocess_request()
        missed = [wrong for wrong in FieldError if str(error_text(wrong)) not in whole]
    assert missed == []


def test_a_fault_told_in_norwegian_only_is_seen(written_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(written_app, "amal", BY_ID["uk"], clock.today())
    draft = writer.post("/permisjon/ny", what="wedding")
    assert leaks(writer.post(draft, 422, first=""), BY_ID["uk"]) == []
    monkeypatch.setattr(steps, "error_text", lambda _wrong: Markup("Skriv den første dagen."))
    assert set(leaks(writer.post(draft, 422, first=""), BY_ID["uk"])) == {
        "not marked as Norwegian: 'Skriv den første dagen.'"
    }
