"""A wrong word: told once, without a name, with the message of the catalogue that says it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from portal.exchange.export.events import waiting
from portal.i18n import BY_ID
from portal.i18n.wordings import MOST, messages_saying
from tests.strict import StrictClient, token_of

PAGE = "/feil-ord"


def told(app: Flask) -> list[dict[str, object]]:
    """The events of wrong words that the municipality has not fetched."""
    with app.extensions["store"].write_session() as session:
        return [event for event in waiting(session) if event["kind"] == "words_reported"]


def report(client: StrictClient, words: str, came_from: str = "/", **more: str) -> tuple[int, str]:
    """Open the form from a page, and send it."""
    page = client.get(PAGE, headers={"Referer": f"http://localhost{came_from}"}).text
    form = {"csrf_token": token_of(page), "page": hidden(page, "page"), "idempotency_key": str(uuid4())}
    answer = client.post(PAGE, data=form | {"message": words} | more)
    return answer.status_code, answer.text


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    return page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0].replace("&lt;", "<").replace("&gt;", ">")


def test_a_wrong_word_reaches_the_municipality_without_a_name(
    demo_app: Flask, signed_in: Callable[..., StrictClient]
) -> None:
    client, key = signed_in("amal", "en"), str(uuid4())
    absence = f"/fravaer/{uuid4()}"
    for _again in range(2):
        status, _page = report(client, "  timetable. ", f"{absence}?alle=1", instead="Schedule", idempotency_key=key)
        assert status == 303
    [event] = told(demo_app)
    assert event["participant"] is None
    assert event["payload"] == {
        "page": "/fravaer/<uuid:public_id>", "language": "en", "words": "timetable.", "instead": "Schedule",
        "messages": ["Timeplan"],
    }  # fmt: skip
    assert (
        "Kommunen får ordene, språket og siden, men ikke navnet ditt." in signed_in("amal").get(f"{PAGE}?sendt=1").text
    )


@pytest.mark.one_database
@pytest.mark.parametrize(
    "came_from", ["https://elsewhere.example/plan", "http://localhost/finnes-ikke", "http://[", ""]
)
def test_another_place_is_the_front_page(signed_in: Callable[..., StrictClient], came_from: str) -> None:
    client = signed_in("amal")
    assert hidden(client.get(PAGE, headers={"Referer": came_from}).text, "page") == "/"
    here = {"Referer": "http://localhost/plan"}
    assert hidden(client.get(PAGE, headers=here).text, "page") == "/plan"


@pytest.mark.one_database
def test_a_page_that_is_none_of_ours_is_not_passed_on(demo_app: Flask, signed_in: Callable[..., StrictClient]) -> None:
    for typed, kept in (("/fravaer/amal-04-11", "/"), ("/stonad", "/stonad")):
        assert report(signed_in("amal"), "ord", page=typed)[0] == 303
        assert told(demo_app)[-1]["payload"]["page"] == kept  # type: ignore[index]  # a JSON object


@pytest.mark.one_database
@pytest.mark.parametrize("typed", [{"words": ""}, {"words": "ord", "instead": "a" * 501}])
def test_what_is_missing_or_too_long_is_said_beside_the_field(
    demo_app: Flask, signed_in: Callable[..., StrictClient], typed: dict[str, str]
) -> None:
    status, page = report(signed_in("amal"), **typed)
    assert status == 422
    assert 'aria-invalid="true"' in page
    assert all(words in page for words in typed.values()), "what was typed is kept"
    assert told(demo_app) == []
    assert report(signed_in("amal"), "ord", instead="a" * 500)[0] == 303


@pytest.mark.one_database
def test_another_language_keeps_what_was_typed(demo_app: Flask, signed_in: Callable[..., StrictClient]) -> None:
    status, page = report(signed_in("amal"), "halvskrevet", sprak="uk")
    assert (status, "halvskrevet" in page, '<html lang="uk"' in page) == (200, True, True)
    assert told(demo_app) == []


@pytest.mark.one_database
def test_every_page_leads_here_and_says_once_that_it_is_a_draft(signed_in: Callable[..., StrictClient]) -> None:
    for path in ("/", "/plan", "/meg?sprak=alle"):
        assert signed_in("amal", "nb").get(path).text.count(f'href="{PAGE}"') == 1
        page = signed_in("amal", "en").get(path).text
        assert page.count("The translation is a draft.") == page.count(f'href="{PAGE}"') == 1


@pytest.mark.parametrize(
    ("language", "words", "messages"),
    [
        ("nb", "timeplan", ("Timeplan",)), ("en", "TIMETABLE", ("Timeplan",)), ("en", " . ", ()),
        ("en", "no page says this at all", ()),
    ],
)  # fmt: skip
def test_the_message_that_says_the_words(language: str, words: str, messages: tuple[str, ...]) -> None:
    assert messages_saying(BY_ID[language], words) == messages


def test_words_of_many_messages_give_some_of_them() -> None:
    assert len(messages_saying(BY_ID["nb"], "du")) == MOST
