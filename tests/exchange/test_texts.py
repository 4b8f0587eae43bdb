"""Texts in several languages: which language a tag means, and what a translation was made from."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from sqlalchemy import update

from portal.exchange.document.models import ParticipantIn
from portal.exchange.shape import Texts, digest_of, versions
from portal.store.db import Store
from portal.tables.people import Participant
from portal.tables.plan import Plan
from portal.tables.texts import Norwegian, TextVersion, TranslationRequest
from tests.exchange.files import changed, refused, rows, taken, texts

OLD, NEW = "Arbeid som helsefagarbeider", "Arbeid som sykepleier"
OWN, OWN_NEW = "Робота помічницею медсестри", "Робота медсестрою"
TAGS = [
    ("prs", "fa-AF"), ("fa-af", "fa-AF"), ("ku-Arab", "ckb"), ("ku", "kmr"), ("uk-UA", "uk"), ("ti-ER", "ti"),
    ("nno", "nn"), ("en-GB", "en"), ("uk", "uk"), ("pl", "pl"), ("zh-Hans", "zh-Hans"),
]  # fmt: skip


def with_goal(goal: Any, day: int = 2) -> dict[str, Any]:
    """The example with another goal, issued on a day of October."""
    document = changed()
    document["issued_at"] = f"2026-10-{day:02}T06:00:00+02:00"
    document["participants"][0]["plans"][0]["goal"] = goal
    return document


def norwegian(text: str) -> dict[str, str]:
    return {"language": "nb", "text": text}


def ukrainian(text: str, **more: str) -> dict[str, str]:
    return {"language": "uk", "text": text, "origin": "human_translation"} | more


def goal(store: Store) -> dict[str, str]:
    [plan] = rows(store, Plan)
    return texts(store, plan.goal_text_id)


def made_from(store: Store) -> str | None:
    """The digest of what the Ukrainian goal translates."""
    [plan] = rows(store, Plan)
    found: str | None = next(
        version.translates
        for version in rows(store, TextVersion)
        if (version.text_id, version.language) == (plan.goal_text_id, "uk")
    )
    return found


@pytest.mark.parametrize(("tag", "language"), TAGS)
def test_a_tag_means_a_language_of_the_portal_and_any_other_is_kept(tag: str, language: str) -> None:
    given = [norwegian(OLD), {"language": tag, "text": OWN}]
    read = TypeAdapter(Texts).validate_json(json.dumps(given))
    assert [version.language for version in versions(read, Norwegian.BOKMAL)] == ["nb", language]
    person = changed(language=tag)["participants"][0]
    assert ParticipantIn.model_validate_json(json.dumps(person)).language == language


def test_a_text_and_a_participant_are_stored_under_the_language_that_is_meant(store: Store, tmp_path: Path) -> None:
    tags = ("prs", "ku-Arab", "uk-UA", "pl")
    document = with_goal([norwegian(OLD), *({"language": tag, "text": OWN} for tag in tags)])
    document["participants"][0]["language"] = "prs"
    taken(store, tmp_path, document)
    assert goal(store) == {"nb": OLD, "fa-AF": OWN, "ckb": OWN, "uk": OWN, "pl": OWN}
    assert [person.language for person in rows(store, Participant)] == ["fa-AF"]


def test_bokmål_may_have_another_tag(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, with_goal([{"language": "no", "text": OLD}, ukrainian(OWN)]))
    assert goal(store) == {"nb": OLD, "uk": OWN}
    assert made_from(store) == digest_of(OLD)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("two", "found"), [(("uk", "uk-UA"), "uk, uk-UA"), (("prs", "fa-AF"), "prs, fa-AF"), (("pl", "pl"), "pl, pl")]
)
def test_two_versions_in_one_language_are_a_problem(
    store: Store, tmp_path: Path, two: tuple[str, str], found: str
) -> None:
    document = with_goal([norwegian(OLD), *({"language": tag, "text": OWN} for tag in two)])
    [told] = refused(store, tmp_path, document)
    assert told.endswith(f"goal: found {found}, expected each language once, under one tag")
    document["participants"][0]["plans"][0]["goal"].pop()
    taken(store, tmp_path, document)


def test_what_once_came_under_another_tag_gets_its_own_with_the_next_document(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN)]))
    with store.write_session() as session:
        session.execute(update(TextVersion).where(TextVersion.language == "uk").values(language="uk-UA"))  # type: ignore[arg-type]
        session.execute(update(Participant).values(language="uk-UA"))
        session.commit()
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN) | {"language": "uk-UA"}], 3))
    assert goal(store) == {"nb": OLD, "uk": OWN}
    assert [person.language for person in rows(store, Participant)] == ["uk"]


def test_an_unchanged_translation_remembers_its_original(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN)]))
    for day in (3, 4):
        taken(store, tmp_path, with_goal([norwegian(NEW), ukrainian(OWN)], day))
        assert goal(store) == {"nb": NEW, "uk": OWN}
        assert made_from(store) == digest_of(OLD), "so the reader is told that the Norwegian has changed"
    taken(store, tmp_path, with_goal([norwegian(NEW), ukrainian(OWN, translates=digest_of(NEW))], 5))
    assert made_from(store) == digest_of(NEW), "unless the municipality says that it holds for the new one"


def test_a_new_translation_is_of_the_text_beside_it(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN)]))
    taken(store, tmp_path, with_goal([norwegian(NEW), ukrainian(OWN_NEW)], 3))
    assert made_from(store) == digest_of(NEW)


def test_what_was_written_and_is_now_called_a_translation_is_of_the_text_beside_it(
    store: Store, tmp_path: Path
) -> None:
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN, origin="written")]))
    assert made_from(store) is None
    taken(store, tmp_path, with_goal([norwegian(NEW), ukrainian(OWN)], 3))
    assert made_from(store) == digest_of(NEW)
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN, origin="written")], 4))
    assert made_from(store) is None


def test_the_short_form_leaves_translations_of_the_same_text_alone(store: Store, tmp_path: Path) -> None:
    arabic = {"language": "ar", "text": "ممرضة"}
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN), arabic]))
    taken(store, tmp_path, with_goal(OLD, 3))
    assert goal(store) == {"nb": OLD, "uk": OWN}, "what the municipality wrote itself is as it says now"
    taken(store, tmp_path, with_goal([norwegian(OLD)], 4))
    assert goal(store) == {"nb": OLD}, "a list names every language there is"
    taken(store, tmp_path, with_goal([norwegian(OLD), ukrainian(OWN)], 5))
    taken(store, tmp_path, with_goal(NEW, 6))
    assert goal(store) == {"nb": NEW}, "another text has no translation yet"


REQUESTS = [
    ("the translation", [norwegian(OLD), ukrainian(OWN)], True),
    ("a translation of another original", [norwegian(NEW), ukrainian(OWN, translates=digest_of(OLD))], True),
    ("a translation of the new original", [norwegian(NEW), ukrainian(OWN)], True),
    ("the municipality's own words", [norwegian(OLD), ukrainian(OWN, origin="written")], True),
    ("a translation of something older", [norwegian(OLD), ukrainian(OWN, translates="a" * 64)], False),
    ("another language", [norwegian(OLD), ukrainian(OWN) | {"language": "ru"}], False),
    ("the short form", OLD, False),
]


@pytest.mark.one_database
@pytest.mark.parametrize(("given", "over"), [case[1:] for case in REQUESTS], ids=[case[0] for case in REQUESTS])
def test_a_request_is_over_when_the_translation_is_there(store: Store, tmp_path: Path, given: Any, over: bool) -> None:
    taken(store, tmp_path, with_goal(OLD))
    with store.write_session() as session:
        plan = session.get_one(Plan, 1)
        assert plan.goal_text_id
        asked = TranslationRequest(
            participant_id=plan.participant_id, text_id=plan.goal_text_id, language="uk", digest=digest_of(OLD)
        )
        session.add(asked)
        session.commit()
    taken(store, tmp_path, with_goal(given, 3))
    assert (rows(store, TranslationRequest) == []) is over
