"""A municipality that writes nynorsk: its texts are nynorsk, stored, shown, asked for and exported as such."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.casework import questions
from portal.exchange.export.events import waiting
from portal.exchange.shape import digest_of
from portal.i18n.translators import translator_of
from portal.store.db import Store
from portal.tables.log import Actor, Question
from portal.tables.people import Municipality
from portal.tables.plan import Plan
from tests.databases import Embedded, make, stored
from tests.exchange.files import changed, refused, rows, taken, texts
from tests.settings import settings_for
from tests.strict import opened, sign_in, token_of
from tests.web.reading import main_of

OLD, NEW = "Arbeid som helsefagarbeidar", "Arbeid som sjukepleiar"
WHY = "Du var borte i tre timar og sa ikkje frå."
ARABIC = "غبت ثلاث ساعات دون عذر."
LONG, LONG_BEFORE = "Eg vil arbeide med eldre.", "Jeg vil arbeide med barn."
ANSWER = "Ja, det kan du gjere."
NOT_TRANSLATED = "Ikke oversatt ennå"


def nynorsk(goal: Any = OLD, day: int = 2, **municipality: Any) -> dict[str, Any]:
    """The example of a municipality that writes nynorsk, with a goal, issued on a day of October."""
    document = changed() | {"issued_at": f"2026-10-{day:02}T06:00:00+02:00"}
    document["municipality"] |= {"norwegian": "nn"} | municipality
    document["participants"][0]["plans"][0]["goal"] = goal
    return document


def unsaid(goal: Any, day: int) -> dict[str, Any]:
    """The same, but without a word of which Norwegian the municipality writes."""
    document = nynorsk(goal, day)
    del document["municipality"]["norwegian"]
    return document


def version(language: str, text: str, **more: str) -> dict[str, str]:
    return {"language": language, "text": text} | more


def translated(language: str, text: str, **more: str) -> dict[str, str]:
    return version(language, text, origin="human_translation", **more)


def goal(store: Store) -> dict[str, str]:
    [plan] = rows(store, Plan)
    return texts(store, plan.goal_text_id)


@pytest.fixture
def one(embedded: Embedded) -> Iterator[Store]:
    """An empty store: which database it is does not matter here."""
    with stored(embedded, make(embedded)) as store:
        yield store


def test_a_plain_text_is_in_the_norwegian_of_the_municipality(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, unsaid(OLD, 2))
    assert goal(store) == {"nb": OLD}, "bokmål where nothing was said"
    taken(store, tmp_path, nynorsk(OLD, 3), unsaid(OLD, 4))
    assert goal(store) == {"nn": OLD}, "from the document that says so, also with a later one in the same command"
    taken(store, tmp_path, unsaid(NEW, 5))
    assert (goal(store), rows(store, Municipality)[0].norwegian) == ({"nn": NEW}, "nn"), "what is left out stays"
    taken(store, tmp_path, nynorsk(NEW, 6, norwegian=None))
    assert goal(store) == {"nb": NEW}, "null clears"
    [told] = refused(store, tmp_path, nynorsk(NEW, 7, norwegian="sv"))
    assert told.endswith("$.municipality.norwegian: found 'sv', expected one of 'nb' or 'nn'")


def test_the_original_may_be_in_either_norwegian(one: Store, tmp_path: Path) -> None:
    [told] = refused(one, tmp_path, nynorsk([version("uk", "Так")]))
    assert told.endswith("goal: found uk, expected a text in nb or nn, which is the one of legal weight")
    [told] = refused(one, tmp_path, nynorsk([translated("nn", OLD), version("uk", "Так")]))
    assert told.endswith("goal: found nn, uk, expected a text in nb or nn that is no human_translation")
    right = {"nno": {"nn"}, "nn": {"nn"}, "nb": {"nb"}, "no": {"nb"}}
    for day, (tag, form) in enumerate(right.items(), 2):
        taken(one, tmp_path, nynorsk([version(tag, OLD)], day))
        assert goal(one).keys() == form, tag
    taken(one, tmp_path, nynorsk([version("nb", "Arbeid"), version("nn", OLD), translated("uk", "Так")], 9))
    assert goal(one) == {"nb": "Arbeid", "nn": OLD, "uk": "Так"}


def test_a_translation_is_of_the_original_and_stays_with_it(one: Store, tmp_path: Path) -> None:
    taken(one, tmp_path, nynorsk([version("nn", OLD), translated("nb", "Arbeid"), translated("uk", "Так")]))
    taken(one, tmp_path, nynorsk(OLD, 3))
    assert goal(one) == {"nb": "Arbeid", "nn": OLD, "uk": "Так"}, "the plain text is the same original"
    taken(one, tmp_path, nynorsk([version("nn", OLD), version("nb", "Arbeid"), version("uk", "Так")], 4))
    taken(one, tmp_path, nynorsk(OLD, 5))
    assert goal(one) == {"nb": "Arbeid", "nn": OLD, "uk": "Так"}, "an origin left out is what it was: a translation"
    taken(one, tmp_path, nynorsk([version("nb", "Arbeid")], 6))
    taken(one, tmp_path, nynorsk("Arbeid", 7, norwegian="nb"))
    assert goal(one) == {"nb": "Arbeid"}, "alone it is the original"


def filled(store: Store, folder: Path) -> None:
    """A municipality of nynorsk: a plain goal, reasons with an Arabic translation, and an answer to a question."""
    taken(store, folder, nynorsk())
    with store.write_session() as session:
        asked = questions.NewQuestion("6b1f8a0e-52c5-4b7e-9a39-0c1f3f0f7a11", "Kan jeg spørre?", "nb")
        questions.ask(session, Actor.PARTICIPANT, 1, asked, clock.now())
        session.commit()
    document = nynorsk(OLD, 3)
    person = document["participants"][0]
    person["plans"][0]["long_term_goal"] = [version("nn", LONG), translated("nb", LONG_BEFORE, translates="a" * 64)]
    person["decisions"][0]["reasons"] = [version("nn", WHY), translated("ar", ARABIC)]
    question = rows(store, Question)[0].public_id
    person["answers"] = [{"question": question, "text": ANSWER, "answered_at": "2026-10-02T10:00:00+02:00"}]
    taken(store, folder, document)


@pytest.fixture(scope="module")
def portal(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal of a municipality that writes nynorsk."""
    folder = tmp_path_factory.mktemp("nynorsk")
    with opened(settings_for(make(embedded, lambda store: filled(store, folder)))) as app:
        yield app


def decision(app: Flask) -> str:
    found = re.search(r"/vedtak/[0-9a-f-]{36}", sign_in(app, "p-1001").get("/vedtak").text)
    assert found
    return found[0]


@pytest.mark.parametrize("language", ["nb", "nn", "en", "ar"])
def test_every_reader_gets_the_nynorsk_marked_as_such(portal: Flask, language: str) -> None:
    client, says = sign_in(portal, "p-1001", language), translator_of(language).text(NOT_TRANSLATED)
    plan, me, shown = (client.get(page).text for page in ("/plan", "/meg", decision(portal)))
    marked = re.findall(rf'<(?:h2|bdi)( [^>]*lang="nn"[^>]*)?>{OLD}<', plan)
    assert len(marked) == 2, "the goal, and where the way leads"
    assert all(marked) is (language != "nn"), "within a page of nynorsk only the goal says it"
    assert f'lang="nn" dir="auto">{ANSWER}</p>' in me
    reads_norwegian = language in ("nb", "nn")
    assert LONG in plan
    assert (LONG_BEFORE in plan) is (language == "nb"), "a translation that is stale, with the original"
    assert (says in plan, says in me) == (not reads_norwegian,) * 2, "to who reads Norwegian nothing is missing"
    assert ("/meg/oversett/" in plan) is not reads_norwegian
    if language == "ar":
        assert f'lang="ar" dir="auto">{ARABIC}</p>' in shown
        [beneath] = [e for e in main_of(shown).iter("p") if e.text == WHY]
        assert beneath.get("lang") == "nn", "the Norwegian that counts"
    else:
        assert f'lang="nn" dir="auto">{WHY}</p>' in shown


def test_the_nynorsk_stands_beside_other_languages(portal: Flask) -> None:
    page = sign_in(portal, "p-1001", "en").get("/plan?vis=to").text
    told = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if OLD in row]
    assert told
    assert all(row.count(OLD) == row.count('lang="nn"') == 2 for row in told)


def test_what_is_asked_for_is_exported_with_the_language_it_is_in(portal: Flask) -> None:
    client, store = sign_in(portal, "p-1001", "en"), portal.extensions["store"]
    page = client.get("/plan").text
    address = re.findall(r'formaction="(/meg/oversett/[^"]+)"', page)[0]
    client.post(address, data={"csrf_token": token_of(page), "next": "/plan"})
    with store.write_session() as session:
        [asked] = [event["payload"] for event in waiting(session) if event["kind"] == "translation_asked"]
    assert asked == {"language": "en", "text": OLD, "original": "nn", "translates": digest_of(OLD)}
