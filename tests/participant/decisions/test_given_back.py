"""An absence that is corrected after it cost money: both pages say so, and what became of the money."""

import re
from typing import Any

import pytest

from tests.participant.decisions.test_decisions import Told, says
from tests.strict import StrictClient

pytestmark = pytest.mark.one_database

ABSENCE = {
    "id": "a-2", "first_day": "2026-09-15", "last_day": "2026-09-15", "hours": 3, "verdict": "invalid",
    "registered_by": "teacher", "registered_at": "2026-09-15T12:00:00+02:00",
}  # fmt: skip
VALID = ABSENCE | {"verdict": "valid", "kind": "own_illness"}
TAKEN = "417,19 kr mindre på utbetalingen mandag 12.10.2026."
RETURNED = "417,19 kr mer på utbetalingen torsdag 12.11.2026."
CORRECTED, STANDS = "Kommunen har rettet fraværet.", "Trekket er ikke rettet ennå."
NO_REASON = "Fraværet er registrert som ugyldig."
NOTHING_TO_DO = ("Du trenger ikke gjøre noe.", "Du beholder pengene.")
QUESTION = 'href="/meg#questions"'


def october(*amounts: int, status: str = "planned", **line: Any) -> dict[str, Any]:
    """The payment for October, with corrections of September."""
    lines = [{"kind": "correction", "amount_ore": amount, "corrects_month": "2026-09"} | line for amount in amounts]
    return {
        "id": "u-2026-10", "month": "2026-10", "status": status, "due_on": "2026-11-12",
        "before_tax_ore": 2231516 + sum(amounts), "lines": [{"kind": "base", "amount_ore": 2231516}, *lines],
    }  # fmt: skip


def absence_page(client: StrictClient) -> str:
    """The address of the absence of 15 September."""
    pages = re.findall(r'href="(/fravaer/[0-9a-f-]{36})"', client.get("/fravaer").get_data(as_text=True))
    return next(page for page in pages if "15.09.2026" in says(client, page))


def pages(client: StrictClient) -> tuple[str, str, str]:
    """What the list of absences, the absence and the month say, spaces made equal."""
    addresses = ("/fravaer", absence_page(client), "/stonad/2026-09")
    first, second, third = (" ".join(says(client, address).split()) for address in addresses)
    return first, second, third


def test_before_a_correction_it_stands(told: Told) -> None:
    listed, absence, month = pages(told(absences=[ABSENCE]))
    assert NO_REASON in month
    assert TAKEN in absence
    assert TAKEN.replace(".2026.", ".") in listed
    for page in (listed, absence, month):
        assert CORRECTED not in page


def test_a_deduction_whose_absence_is_valid_now_is_told_of_as_such(told: Told) -> None:
    told(absences=[ABSENCE])
    olena = told(absences=[VALID], payments=[october()])
    listed, absence, month = pages(olena)
    for page in (listed, absence, month):
        assert f"{CORRECTED} {STANDS}" in page
        assert " mer på utbetalingen" not in page
    assert TAKEN in absence
    assert NO_REASON not in month
    assert not any(words in absence for words in NOTHING_TO_DO)
    assert not any(words in listed.split("15.09.")[1].split("07.09.")[0] for words in NOTHING_TO_DO)
    for address in (absence_page(olena), "/stonad/2026-09"):
        main = olena.get(address).get_data(as_text=True).split("<main")[1].split("</main>")[0]
        assert QUESTION in main, address


@pytest.mark.parametrize("named", [{"absence": "a-2"}, {}], ids=["named", "the exact sum of the month"])
def test_what_is_given_back_later_is_told_on_both_pages(told: Told, named: dict[str, str]) -> None:
    told(absences=[VALID])
    for page in pages(told(absences=[VALID], payments=[october(41719, **named)])):
        assert RETURNED in page
        assert CORRECTED in page
        assert STANDS not in page


@pytest.mark.parametrize("status", ["cancelled", "stopped"])
def test_what_nobody_gets_is_not_given_back(told: Told, status: str) -> None:
    told(absences=[VALID])
    for page in pages(told(absences=[VALID], payments=[october(41719, status=status, absence="a-2")])):
        assert STANDS in page
        assert RETURNED not in page


def test_another_sum_for_the_month_is_claimed_neither_way(told: Told) -> None:
    told(absences=[VALID])
    for page in pages(told(absences=[VALID], payments=[october(100000)])):
        assert CORRECTED in page
        assert STANDS not in page
        assert "mer på utbetalingen" not in page


def test_a_part_that_is_given_back_leaves_the_way_to_ask(told: Told) -> None:
    told(absences=[VALID])
    olena = told(absences=[VALID], payments=[october(20000, absence="a-2")])
    for page in pages(olena):
        assert "200 kr mer på utbetalingen torsdag 12.11.2026." in page
        assert STANDS not in page
    assert "217,19 kr" in says(olena, absence_page(olena)).replace("\xa0", " ")
    assert QUESTION in olena.get("/stonad/2026-09").get_data(as_text=True)


def test_an_absence_that_is_looked_at_again_and_one_of_fewer_hours(told: Told) -> None:
    told(absences=[ABSENCE])
    for again in ({"verdict": "undecided"}, {"verdict": "invalid", "hours": 2}):
        for page in pages(told(absences=[ABSENCE | again])):
            assert f"{CORRECTED} {STANDS}" in page, again
    told(absences=[ABSENCE])
    listed, absence, month = pages(told(absences=[ABSENCE | {"hours": 4}]))
    assert CORRECTED not in listed + absence + month, "it costs no more than was taken"


def test_invalid_again_stands_again(told: Told) -> None:
    told(absences=[VALID])
    listed, absence, month = pages(told(absences=[ABSENCE]))
    assert CORRECTED not in listed + absence + month
    assert NO_REASON in month


def test_the_original_says_the_same_in_norwegian(told: Told) -> None:
    told(absences=[VALID])
    page = told("en", absences=[VALID]).get("/stonad/2026-09").get_data(as_text=True)
    original, *_others = re.findall(r'<div class="original" lang="nb" dir="ltr">.*?</div>', page, re.DOTALL)
    assert f"{CORRECTED} {STANDS}" in original
    assert NO_REASON not in page


def test_a_corrected_deduction_is_gone_with_its_line(told: Told) -> None:
    told(absences=[VALID])
    payment = october() | {"id": "u-2026-09", "month": "2026-09", "due_on": "2026-10-12"}
    listed, absence, month = pages(told(absences=[VALID], payments=[payment]))
    assert "Du beholder pengene." in absence
    assert CORRECTED not in listed + absence + month
