"""What was shown before sending is kept as sentences, sealed, and shown as it stood whatever the words are today."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy import text, update

from portal.i18n import NORWEGIAN, translator_of
from portal.i18n.format import with_figures
from portal.i18n.translators import Translator
from portal.participant.leave.preview import case_cards
from portal.tables.leave import LeaveRequest
from portal.tables.log import OutgoingEvent
from tests.participant.leave.making import Journey, rows_of

pytestmark = pytest.mark.one_database

KINDS = [
    pytest.param("wedding", {}, id="an application, with days to count"),
    pytest.param("child_ill", {"last": "2026-11-20", "paper": "no"}, id="a report, with more days than are left"),
    pytest.param("doctor", {"extent": "hours", "hours": "2,5"}, id="hours"),
    pytest.param("bereavement", {"travel": "1"}, id="days of travel"),
    pytest.param("parental", {"last": "2027-02-26", "event": "2026-10-30"}, id="no allowance, by month"),
    pytest.param("breastfeeding", {"last": "2027-02-26", "event": "2026-09-30"}, id="an hour a day"),
]
BEFORE_TOMORROW = "Vent til du har fått svar, før du tar fri."


def kept(app: Flask) -> dict[str, Any]:
    [request] = rows_of(app, LeaveRequest)
    found: dict[str, Any] = json.loads(
        app.extensions["store"].vault.open(request.shown, "leave_request.shown", request.public_id)
    )
    return found


def lines(parts: list[dict[str, Any]]) -> list[str]:
    return [line for part in parts for line in (part["heading"], *part["sentences"]) if line]


@pytest.mark.parametrize(("what", "typed"), KINDS)
@pytest.mark.parametrize("language", ["nb", "uk"])
def test_what_stood_on_the_pages_is_what_is_kept(
    app: Flask, as_person: Callable[..., Journey], what: str, typed: dict[str, str], language: str
) -> None:
    me = as_person("amal", language)
    draft = me.asked(what, "2026-11-02", **typed)
    pages = me.says(f"{draft}/betyr").replace(": −", " −")
    assert me.post(f"{draft}/betyr", message="").status_code == 303
    found = kept(app)
    assert set(found) == {"nb", language}
    own = lines(found[language])
    assert len(own) > 8
    missing = [line for line in own if " ".join(line.split()).replace(": −", " −") not in pages]
    assert missing == []
    assert len(lines(found["nb"])) == len(own), "as much in bokmål"


@pytest.mark.parametrize("what", ["ill", "child_ill"])
def test_what_stood_on_the_page_of_today_is_what_is_kept(app: Flask, amal: Journey, what: str) -> None:
    draft = amal.begin(what)
    page = amal.says(f"{draft}/i-dag")
    assert amal.post(f"{draft}/i-dag").status_code == 303
    own = lines(kept(app)["nb"])
    assert "Dag 1 av 3" in own
    assert [line for line in own if " ".join(line.split()) not in page] == []


def test_what_is_on_the_cards_is_kept_whole(app: Flask, amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-02")
    page = amal.html(f"{draft}/betyr")
    amal.post(f"{draft}/betyr", message="")
    inside = page.split('<div id="meaning"')[1].split("<form")[0]
    headings = [Markup(piece).striptags() for piece in re.findall(r"<(?:h[23][^>]*|dt)>(.*?)</(?:h[23]|dt)>", inside)]
    headings.remove("Mer om reglene")
    known = {part["heading"] for part in kept(app)["nb"]}
    assert len(headings) > 4
    assert [line for line in headings if not any(line.startswith(name) for name in known if name)] == []


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Says everything in other words from now on, in every language."""
    text_of = Translator.text

    def change() -> None:
        monkeypatch.setattr(
            case_cards,
            "_",
            lambda message, **values: Markup("Nye ord: ") + text_of(translator_of("nb"), message, **values),
        )

    return change


def test_other_words_tomorrow_change_nothing_of_what_was_shown(
    app: Flask, as_person: Callable[..., Journey], reworded: Callable[[], None]
) -> None:
    me = as_person("amal", "nb")
    sent = me.sent("wedding", "2026-11-16")
    before, page = kept(app), me.says(sent)
    assert BEFORE_TOMORROW in page
    reworded()
    draft = me.asked("wedding", "2026-11-23")
    assert f"Nye ord: {BEFORE_TOMORROW}" in me.says(f"{draft}/betyr"), "the control: the sentence is another now"
    after = me.says(sent)
    assert f"Nye ord: {BEFORE_TOMORROW}" not in after
    assert BEFORE_TOMORROW in after
    assert kept(app) == before


def test_both_languages_stand_on_the_page_whatever_is_read_now(app: Flask, as_person: Callable[..., Journey]) -> None:
    sent = as_person("amal", "ar").sent("wedding", "2026-11-16")
    page = as_person("amal", "nb").html(sent).split('id="shown"')[1]
    assert '<div class="stack" lang="ar" dir="rtl">' in page
    assert '<div class="stack original" lang="nb" dir="ltr">' in page
    assert BEFORE_TOMORROW in page


def test_the_version_of_the_texts_is_their_digest(app: Flask, amal: Journey) -> None:
    amal.sent("wedding", "2026-11-16")
    [request], [event] = rows_of(app, LeaveRequest), rows_of(app, OutgoingEvent)
    vault = app.extensions["store"].vault
    payload = json.loads(vault.open(event.payload, "outgoing_event.payload", event.public_id))
    assert payload["shown"] == kept(app)
    said = "\n".join(line for part in payload["shown"]["nb"] for line in (part["heading"], *part["sentences"]))
    assert payload["text_version"] == request.text_version == hashlib.sha256(said.encode()).hexdigest()


def test_what_was_shown_is_sealed(app: Flask, amal: Journey) -> None:
    amal.sent("ill", "2026-10-19")
    with app.extensions["store"].read_session() as session:
        raw = session.execute(text("SELECT shown FROM leave_request")).scalar_one()
    assert b"syk" not in bytes(raw)
    assert any("Jeg er syk" in line for line in lines(kept(app)[NORWEGIAN.id])), "the control"


def test_a_request_from_before_says_what_its_figures_say(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    assert 'id="shown"' in amal.html(sent)
    with app.extensions["store"].write_session() as session:
        session.execute(update(LeaveRequest).values(shown=None))
        session.commit()
    assert 'id="shown"' not in amal.html(sent)
    said = "Kommunen bestemmer. Du hadde brukt 0 av 10 dager. Etter dette ville du hatt 9 igjen."
    assert said in amal.says(sent)


def test_figures_of_a_kept_text_are_isolated_and_the_rest_is_escaped() -> None:
    figure = '<bdi dir="ltr" class="num">{}</bdi>'
    said = with_figures("п'ятниця 15.01.: −22 758 kr <b>")
    assert said == f"п&#39;ятниця {figure.format('15.01.')}: {figure.format('−22 758 kr')} &lt;b&gt;"
