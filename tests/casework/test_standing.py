"""Where one stands is one answer, and nobody whose programme is over is offered what they cannot send."""

from datetime import date
from typing import NamedTuple

import pytest
from flask import Flask

from portal.casework.standing import Standing, standing
from portal.tables.people import EndReason
from tests.strict import sign_in

pytestmark = pytest.mark.one_database

TODAY = date(2026, 10, 19)
BEFORE, AFTER = date(2026, 10, 1), date(2026, 11, 1)
OFFERED = 'href="/permisjon/ny"'


class Dates(NamedTuple):
    """The dates of a programme."""

    start: date | None = BEFORE
    ended_on: date | None = None
    end_reason: EndReason | None = None


@pytest.mark.parametrize(
    ("dates", "away_until", "expected"),
    [
        (Dates(None), None, Standing.NOT_STARTED),
        (Dates(AFTER), None, Standing.NOT_STARTED),
        (Dates(TODAY), None, Standing.TAKES_PART),
        (Dates(), AFTER, Standing.ON_LEAVE),
        (Dates(BEFORE, AFTER, EndReason.STOPPED), None, Standing.TAKES_PART),
        (Dates(BEFORE, TODAY, EndReason.STOPPED), None, Standing.STOPPED),
        (Dates(BEFORE, TODAY, EndReason.STOPPED), AFTER, Standing.STOPPED),
        (Dates(BEFORE, BEFORE, EndReason.BROKEN_OFF), None, Standing.BROKEN_OFF),
        (Dates(BEFORE, BEFORE, EndReason.MOVED), None, Standing.MOVED),
        (Dates(BEFORE, BEFORE, EndReason.COMPLETED), None, Standing.FINISHED),
        (Dates(None, BEFORE, EndReason.MOVED), None, Standing.MOVED),
    ],
)
def test_one_stands_where_the_dates_say(dates: Dates, away_until: date | None, expected: Standing) -> None:
    found = standing(dates, TODAY, away_until)
    assert found is expected
    assert found.is_over is (found.value in {"stopped", "broken_off", "moved", "finished"})
    assert found.has_quotas is (found in {Standing.TAKES_PART, Standing.ON_LEAVE})


@pytest.mark.parametrize("path", ["/", "/fravaer", "/permisjon"])
@pytest.mark.parametrize(("person", "is_over"), [("samira", True), ("bilal", True), ("amal", False)])
def test_whose_programme_is_over_is_not_offered_leave(shown_app: Flask, path: str, person: str, is_over: bool) -> None:
    page = sign_in(shown_app, person).get(path).get_data(as_text=True)
    assert (OFFERED in page) is not is_over, path
    if path == "/fravaer":
        assert ("Dager du har igjen" in page) is not is_over


def test_nothing_of_a_finished_plan_comes_later(shown_app: Flask) -> None:
    pages = {name: sign_in(shown_app, name).get("/plan").get_data(as_text=True) for name in ("samira", "amal")}
    for words in ("Kommer senere", "Når programmet er slutt"):
        assert words not in pages["samira"], words
        assert words in pages["amal"], words
