"""A municipality shows the languages it has approved: what it may write, and what a reader of another one meets."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import col

from portal.cli import explain, main
from portal.i18n import LANGUAGES
from portal.settings import Settings
from portal.tables.people import Participant
from portal.web.language import shown_languages
from tests.conftest import fill_with_demo
from tests.databases import Embedded, make
from tests.settings import settings_for
from tests.strict import opened, sign_in, token_of

URL = "sqlite:////tmp/portal.db"
BUTTON = re.compile(r'<button lang="([^"]+)"[^>]* name="sprak"')
ALL = [language.id for language in LANGUAGES]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of a portal that would start."""
    for name, value in settings_for(URL).model_dump(exclude_defaults=True).items():
        said = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        monkeypatch.setenv(f"PORTAL_{name.upper()}", str(said))
    return monkeypatch


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("nb,en,uk", ["nb", "en", "uk"]),
        (" ar , uk-UA ,", ["nb", "ar", "uk"]),
        ("uk\nnb\nti", ["nb", "uk", "ti"]),
        ("prs, kmr_TR, NO", ["nb", "fa-AF", "kmr"]),
        ('["nb", "uk", "ar"]', ["nb", "uk", "ar"]),
        ('["prs"]', ["nb", "fa-AF"]),
        ("uk", ["nb", "uk"]),
        ("nb", ["nb"]),
        ("", ALL),
        ("[]", ALL),
    ],
)
def test_the_setting_names_languages(environment: pytest.MonkeyPatch, written: str, shown: list[str]) -> None:
    environment.setenv("PORTAL_LANGUAGES", written)
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    assert [language.id for language in shown_languages(settings)] == shown


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("nb,arr", "does not speak arr; its languages are nb, nn"),
        ('["xx", "pl"]', "does not speak xx, pl;"),
        ("ku", "does not speak ku;"),
        ("ar,uk,ar", "names one twice: ar, ar"),
        ("fa-AF,prs", "names one twice: fa-AF, prs"),
        ("nb,no", "names one twice: nb, no"),
        ('["nb"', "with commas between"),
        (",", "with commas between"),
        ("[1]", "valid string"),
    ],
)
def test_a_wrong_name_stops_the_start_with_a_sentence(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], written: str, said: str
) -> None:
    environment.setenv("PORTAL_LANGUAGES", written)
    assert main(["serve"]) == 2
    told = capsys.readouterr().err
    assert "PORTAL_LANGUAGES" in told
    assert said in told


def test_a_list_that_cannot_be_read_is_told_with_a_sentence(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("PORTAL_OIDC_ACR_LADDER", "weak,strong")
    assert main(["serve"]) == 2
    told = capsys.readouterr().err
    assert 'PORTAL_OIDC_ACR_LADDER: must be a list, such as ["one", "two"]' in told
    assert "weak" not in told


def test_several_wrong_settings_are_named_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        settings_for(URL, languages="arr", pool_size=0)
    assert "PORTAL_LANGUAGES" in explain(refused.value)
    assert "PORTAL_POOL_SIZE" in explain(refused.value)


@pytest.fixture(scope="module")
def app(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A portal of a municipality that has approved Arabic and English only; bokmål comes of itself."""
    url = make(embedded, fill_with_demo(tmp_path_factory.mktemp("demo-files")))
    with opened(settings_for(url, languages="ar,en")) as made:
        yield made


def language(page: str) -> str:
    """The language that a page is in."""
    return page.split('<html lang="')[1].split('"')[0]


def record(app: Flask, tag: str) -> None:
    """Danylo is on record with this language."""
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).where(col(Participant.external_id) == "danylo").values(language=tag))
        session.commit()


def test_the_chooser_offers_these_and_no_others(app: Flask) -> None:
    page = app.test_client().get("/?sprak=alle").get_data(as_text=True)
    assert set(BUTTON.findall(page)) == {"nb", "ar", "en"}
    assert BUTTON.findall(page)[0] == "nb"


@pytest.mark.parametrize(
    ("header", "read"),
    [("uk,en;q=.5", "en"), ("uk", "nb"), ("nn,ar;q=.5", "nb"), ("ti-ER,ar;q=.5", "ar"), ("", "nb")],
)
def test_a_browser_that_asks_for_a_withdrawn_language(app: Flask, header: str, read: str) -> None:
    assert language(app.test_client().get("/", headers={"Accept-Language": header}).get_data(as_text=True)) == read


@pytest.mark.parametrize("cookie", ["uk", "xx", "alle", "💥"])
@pytest.mark.parametrize(
    ("tag", "header", "read"),
    [
        ("ar", "en", "ar"),  # the record, before the browser
        ("ar-SY", "en", "ar"),
        ("uk", "en", "en"),  # withdrawn too: what the browser asks for
        ("uk", "ru", "nb"),
        ("pl", "ru", "nb"),
    ],
)
def test_a_withdrawn_language_in_the_cookie(app: Flask, cookie: str, tag: str, header: str, read: str) -> None:
    record(app, tag)
    client = sign_in(app, "danylo", cookie)
    for path in ("/", "/meg"):
        answer = client.get(path, headers={"Accept-Language": header})
        assert (answer.status_code, language(answer.get_data(as_text=True))) == (200, read)


@pytest.mark.parametrize("asked", ["uk", "xx", "ku", ""])
def test_a_withdrawn_language_cannot_be_chosen(app: Flask, asked: str) -> None:
    client = app.test_client()
    token = token_of(client.get("/").text)
    for name, said in (("ar", "ar"), (asked, "ar")):  # the control first; then the page stays as it was
        sent = client.post("/sprak", data={"csrf_token": token, "sprak": name, "next": "/"})
        assert (sent.status_code, sent.headers["Location"]) == (303, "/")
        assert language(client.get("/").get_data(as_text=True)) == said
