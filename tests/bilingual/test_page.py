"""A page with Norwegian beside: every page, line by line, the same as the page itself and the Norwegian page."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from portal import clock
from portal.bilingual.lines import read
from portal.bilingual.page import MOST
from portal.demo import files
from portal.i18n import BY_ID
from tests.house.crawling import crawl
from tests.participant.leave.making import Journey
from tests.strict import StrictClient, settle_letters, sign_in, token_of, words_in
from tests.web.reading import main_of, rows

pytestmark = pytest.mark.one_database

LANGUAGES = ("uk", "ar", "ti")
ASKED = re.compile(r"[?&]vis=to\b")
TAGS = {"main", "a", "svg", "use", "span", "div", "h1", "p", "noscript", "button", "table", "colgroup", "col", "thead",
        "tbody", "tr", "th", "td", "bdi", "details", "summary", "h2"}  # fmt: skip


def tags(text: str) -> set[str]:
    """The elements that a page's main part is made of."""
    return {element.tag.rpartition("}")[2] for element in main_of(text).iter()}


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages that are fetched one after the other are made at the same moment."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.mark.usefixtures("one_moment")
@pytest.mark.parametrize(
    ("person", "language"), [("amal", "ar"), ("danylo", "uk"), ("salama", "uk"), ("salama", "ar"), ("yonas", "ti")]
)
def test_every_page_stands_beside_the_norwegian_one(shown_app: Flask, person: str, language: str) -> None:
    settle_letters(shown_app)
    pages = crawl(sign_in(shown_app, person, language))
    norwegian = sign_in(shown_app, person, "nb")
    others = [other.name.split()[0] for other in files.people(clock.today()) if other.id != person]
    beside = {address: text for address, text in pages.items() if ASKED.search(address)}
    alone = re.compile("uke=|dag=|vis=|^/feil-ord")
    assert {ASKED.sub("", address) for address in beside} >= {a for a in pages if not alone.search(a)}
    for address, text in beside.items():
        found = rows(text)
        assert found, address
        assert [row.number for row in found] == [str(number + 1) for number in range(len(found))]
        assert tags(text) <= TAGS, "no forms, no links into the page"
        said = " ".join(row.norwegian for row in found)
        for line in read(norwegian.get(ASKED.sub("", address).rstrip("?")).get_data(as_text=True)).lines:
            words = " ".join("".join(piece.text for piece in line.text).split())
            for sentence in re.split(r"(?<=[.?!]) ", words):  # what matters may end between two of a line
                assert line.kind == "h1" or sentence in said, f"{address} does not say {sentence!r}"
        for row in found:
            assert not row.same, f"{address}: Norwegian as if it were {language}: {row}"
        assert not [name for name in others if re.search(rf"\b{name}\b", words_in(main_of(text)))]


@pytest.mark.usefixtures("one_moment")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_are_those_of_the_page(shown_app: Flask, language: str) -> None:
    client = sign_in(shown_app, "amal", language)
    for address in ("/", "/plan", "/stonad", "/fravaer", "/permisjon/ny", "/meg"):
        page = client.get(address).get_data(as_text=True)
        own = " ".join(row.own for row in rows(client.get(f"{address}?vis=to").get_data(as_text=True)))
        for line in read(page).lines:
            words = " ".join("".join(piece.text for piece in line.text).split())
            assert line.kind == "h1" or words in own, f"{address} does not say {words!r}"


@pytest.mark.usefixtures("one_moment")
def test_names_and_numbers_stand_in_both_halves(shown_app: Flask) -> None:
    found = rows(sign_in(shown_app, "amal", "ar").get("/stonad?vis=to").get_data(as_text=True))
    figures = [(re.findall(r"\d+", row.own), re.findall(r"\d+", row.norwegian)) for row in found]
    assert sum(own == norwegian != [] for own, norwegian in figures) > 10
    for own, norwegian in figures:
        assert not Counter(norwegian) - Counter(own)
        more = Counter(own) - Counter(norwegian)
        assert not more or len(own) == len(norwegian) + 2, "but the name of a month, which has its figures behind it"


def test_the_page_says_when_it_was_made_and_which_plan_it_shows(
    shown_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    text = sign_in(shown_app, "amal", "uk").get("/plan?vis=to").get_data(as_text=True)
    heading = words_in(main_of(text)).partition("Norsk")[0]
    assert f"{clock.local(now):%d.%m.%Y}" in heading
    assert f"{clock.local(now):%H:%M}" in heading
    assert "Veien din" in heading
    assert rows(text)[0].norwegian.startswith("Versjon 3")


def test_what_matters_stands_first_and_the_rest_opens(shown_app: Flask) -> None:
    text = sign_in(shown_app, "amal", "uk").get("/plan?vis=to").get_data(as_text=True)
    assert text.partition('<details class="others">')[0].count('<th scope="row">') == MOST
    said = [row.norwegian for row in rows(text)]
    seen, folded = said[:MOST], said[MOST:]
    assert "Jobb som helsefagarbeider" in seen
    assert "Jeg har lest planen" in folded, "a button is for the page itself"
    assert any(re.fullmatch(r"Norsk A2 · Ferdig [\d.]+", line) for line in folded)
    assert "Ferdig" not in said, "how far one has come is said once"


def links(client: StrictClient, address: str) -> list[str]:
    """Where the ways to the page with Norwegian beside lead."""
    text = client.get(address).get_data(as_text=True)
    return [element.get("href") or "" for element in main_of(text).iter() if "beside" in (element.get("class") or "")]


def test_the_way_there_and_back(shown_app: Flask) -> None:
    client = sign_in(shown_app, "amal", "ar")
    assert links(client, "/timeplan?uke=2026-47") == ["/timeplan?uke=2026-47&vis=to"]
    there = main_of(client.get("/timeplan?uke=2026-47&vis=to").get_data(as_text=True))
    assert [e.get("href") for e in there.iter() if e.get("class") == "back"] == ["/timeplan?uke=2026-47"]
    assert links(client, "/plan?vis=to") == []
    for reads_norwegian in ("nb", "nn"):
        assert links(sign_in(shown_app, "amal", reads_norwegian), "/plan") == [], "nothing to compare"


def test_in_norwegian_the_page_is_the_page(shown_app: Flask) -> None:
    text = sign_in(shown_app, "amal", "nb").get("/plan?vis=to").get_data(as_text=True)
    assert "<table" not in text
    assert "Veien din" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_reads_the_front_page_so(shown_app: Flask, language: str) -> None:
    stranger: StrictClient = shown_app.test_client()  # type: ignore[assignment]  # the portal's own class
    spoken = {"Accept-Language": language}
    answer = stranger.get("/?vis=to", headers=spoken)
    assert f'<html lang="{language}" dir="{BY_ID[language].direction}">' in answer.get_data(as_text=True)
    assert "Her ser du planen din, timeplanen, fraværet og stønaden." in [
        row.norwegian for row in rows(answer.get_data(as_text=True))
    ]
    turned_away = stranger.get("/plan?vis=to", headers=spoken)
    assert turned_away.status_code == 303
    assert "/logg-inn" in turned_away.headers["Location"]


@pytest.mark.parametrize("address", ["/logg-inn", "/logg-inn/ikke-registrert"])
def test_an_interpreter_helps_with_signing_in(shown_app: Flask, address: str) -> None:
    stranger: StrictClient = shown_app.test_client()  # type: ignore[assignment]  # the portal's own class
    spoken = {"Accept-Language": "ti"}
    page = stranger.get(address, headers=spoken).get_data(as_text=True)
    assert [e.get("href") for e in main_of(page).iter() if "beside" in (e.get("class") or "")] == [f"{address}?vis=to"]
    found = rows(stranger.get(f"{address}?vis=to", headers=spoken).get_data(as_text=True))
    assert len(found) > 5
    assert not [row for row in found if row.same]


def test_what_is_no_page_passes_through(shown_app: Flask) -> None:
    client = sign_in(shown_app, "amal", "ar")
    missing = client.get(f"/fravaer/{uuid4()}?vis=to")
    assert missing.status_code == 404
    assert 'beside"' not in missing.get_data(as_text=True)
    someone_else = next(a for a in crawl(sign_in(shown_app, "danylo")) if re.fullmatch(r"/permisjon/[0-9a-f-]{36}", a))
    assert client.get(f"{someone_else}?vis=to").status_code == 404
    part = client.get("/stonad/hva-hvis?vis=to", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert part.get_data(as_text=True).lstrip().startswith('<div id="result"')


def test_nothing_is_sent_from_there(signed_in: Callable[..., StrictClient]) -> None:
    client = signed_in("amal", "ar")
    page = client.get("/meg").get_data(as_text=True)
    token = token_of(page)
    answer = client.post("/meg?vis=to", data={"csrf_token": token, "idempotency_key": "x", "message": ""})
    assert answer.status_code == 422
    assert "<table" not in answer.get_data(as_text=True)


def test_what_was_typed_is_text_in_both_halves(signed_in: Callable[..., StrictClient]) -> None:
    client = signed_in("amal", "ar")
    page = client.get("/meg").get_data(as_text=True)
    token = token_of(page)
    typed = "<b>لماذا؟</b> &amp; <script>x</script> \ue000 {{ 7 * 7 }} </td></table>"
    sent = client.post("/meg", data={"csrf_token": token, "idempotency_key": str(uuid4()), "message": typed})
    assert sent.status_code == 303
    text = client.get("/meg?vis=to").get_data(as_text=True)
    assert [row for row in rows(text) if typed in row.own and typed in row.norwegian]
    assert tags(text) <= TAGS


def test_what_is_typed_in_a_form_stands_in_both_halves(shown_app: Flask) -> None:
    asking = Journey(sign_in(shown_app, "amal", "ar"))
    day = clock.today() + timedelta(days=30)
    found = rows(asking.html(f"{asking.asked('other', f'{day}')}/dager?vis=to"))
    typed = [int(row.own) for row in found if row.own == row.norwegian and row.own.isdigit()]
    assert (day.day, day.month, day.year) in zip(typed, typed[1:], typed[2:], strict=False)
    assert asking.token not in str(found)


@pytest.mark.usefixtures("one_moment")
def test_what_the_municipality_wrote_stands_in_its_own_words(shown_app: Flask) -> None:
    found = rows(sign_in(shown_app, "amal", "ar").get("/plan?vis=to").get_data(as_text=True))
    pair = next(row for row in found if row.norwegian == "Jeg vil forsørge meg og barna mine selv.")
    assert pair.own == "أريد أن أعيل نفسي وأطفالي بنفسي."
