"""The plan says what tests have shown and that a programme has begun, not what was left out of a document."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.store.db import Store
from tests.exchange.files import example, taken
from tests.participant.leave.making import main_of
from tests.settings import settings_for
from tests.strict import opened, sign_in

pytestmark = pytest.mark.one_database

NOT_PASSED = "Du har ikke bestått noe nivå ennå."
Page = Callable[..., str]


@pytest.fixture
def plan(store: Store, database_url: str, tmp_path: Path) -> Iterator[Page]:
    """The words of a page of the example's participant, whose document is changed so."""
    with opened(settings_for(database_url)) as app:

        def page(address: str = "/plan", **participant: Any) -> str:
            document = example()
            document["participants"][0] |= participant
            taken(store, tmp_path, document)
            return main_of(sign_in(app, "p-1001").get(address).text)

        yield page


def test_a_passed_test_is_a_level(plan: Page) -> None:
    tests = [
        {"id": "n-1", "examination": "reading", "result": "A1", "taken_on": "2026-05-20"},
        {"id": "n-2", "examination": "reading", "result": "A2", "taken_on": "2026-06-10"},
        {"id": "n-3", "examination": "reading", "result": "not_passed", "taken_on": "2026-09-10"},
    ]
    page = plan(test_results=tests)
    assert "Lese Du er på nivå A2. Målet ditt er nivå B1." in page
    assert NOT_PASSED not in page
    assert "Snakke Du er på nivå A1." in page, "as the document says, without a test"


def test_what_is_left_out_is_not_said(plan: Page) -> None:
    page = plan(test_results=[])
    assert NOT_PASSED not in page
    assert "Målet ditt er nivå B1." in page


@pytest.mark.parametrize("address", ["/plan", "/plan/versjon/1"])
def test_a_test_that_shows_no_level_is_said(plan: Page, address: str) -> None:
    failed = [{"id": "n-1", "examination": "reading", "result": "under_A1", "taken_on": "2026-05-20"}]
    assert f"Lese {NOT_PASSED}" in plan(address, test_results=failed)


def test_one_who_has_begun_does_not_wait_for_the_start(plan: Page) -> None:
    page = plan(plans=[], start="2026-02-02", start_by="2026-04-05")
    assert "Programmet ditt startet: mandag 02.02.2026" in page
    for words in ("skal starte", "senest", "Kommer senere", "Dette skjer først"):
        assert words not in page, words


def test_one_who_has_not_begun_does(plan: Page) -> None:
    page = plan(plans=[], start=None, end=None, start_by="2099-04-05")
    assert "Programmet ditt skal starte senest: søndag 05.04.2099" in page
    assert "Dette skjer først" in page
    assert "Programmet ditt startet" not in page
