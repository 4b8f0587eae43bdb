"""The day of a payment: one rule for the estimate, the what-if and leave, whatever the municipality has chosen."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from portal.casework.pay_days import PayDays
from portal.law.calendar import Month
from portal.law.case import STANDARD_POLICY, ParticipantFacts, Policy
from portal.law.vocabulary import PayDayOff
from portal.participant.allowance.estimate import estimate
from portal.tables.people import Municipality
from tests.participant.leave.making import TODAY, Journey

pytestmark = pytest.mark.one_database

BEFORE, AFTER = PayDayOff.BEFORE, PayDayOff.AFTER
CASES = {
    "a working day": ("2026-09", 15, "2026-10-15", "2026-10-15"),
    "a Saturday": ("2026-07", 15, "2026-08-14", "2026-08-17"),
    "a Sunday": ("2026-10", 15, "2026-11-13", "2026-11-16"),
    "Christmas Day": ("2026-11", 25, "2026-12-24", "2026-12-28"),
    "Easter": ("2026-03", 3, "2026-04-01", "2026-04-07"),
    "Constitution Day, a Monday": ("2027-04", 17, "2027-05-14", "2027-05-18"),
    "New Year's Day": ("2026-12", 1, "2026-12-31", "2027-01-04"),
}


@pytest.mark.parametrize(("month", "usual", "before", "after"), CASES.values(), ids=CASES)
def test_a_pay_day_is_a_working_day(month: str, usual: int, before: str, after: str) -> None:
    earned = Month(int(month[:4]), int(month[5:]))
    for off, day in ((BEFORE, before), (AFTER, after)):
        assert PayDays(usual, {}, off).of(earned) == date.fromisoformat(day)


def test_a_registered_payment_is_on_its_own_day() -> None:
    sunday = date(2026, 11, 15)
    for off in PayDayOff:
        assert PayDays(15, {"2026-10": sunday}, off).of(Month(2026, 10)) == sunday


def test_before_is_what_a_municipality_gets_that_has_not_chosen() -> None:
    assert STANDARD_POLICY.pay_day_off is BEFORE
    assert Policy.of({"pay_day_off": "after"}).pay_day_off is AFTER
    with pytest.raises(ValueError, match="never"):
        Policy.of({"pay_day_off": "never"})


@pytest.mark.parametrize("off", PayDayOff)
def test_the_estimate_goes_by_the_same_rule(off: PayDayOff) -> None:
    person = ParticipantFacts(born=date(1992, 5, 4), start=date(2026, 10, 1))
    found = estimate(person, person.start, policy=Policy(pay_day_off=off), pay_day=15, today=TODAY)
    assert found
    assert found.around == PayDays(15, {}, off).of(Month(2026, 10))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [({}, "fredag 13.11."), ({"pay_day_off": "before"}, "fredag 13.11."), ({"pay_day_off": "after"}, "mandag 16.11.")],
    ids=["not chosen", "before", "after"],
)
def test_every_page_names_the_same_day(app: Flask, amal: Journey, chosen: dict[str, str], said: str) -> None:
    with app.extensions["store"].write_session() as session:
        session.execute(update(Municipality).values(policy=chosen))
        session.commit()
    draft = amal.asked("parental", "2026-10-26", "2026-10-30", event="2026-10-01")  # leave that costs something
    pages = {
        "the first payment": amal.says("/stonad"),
        "what if": amal.says("/stonad/hva-hvis?grunn=ugyldig&first=2026-10-26&last=2026-10-26"),
        "leave": amal.says(f"{draft}/betyr"),
    }
    others = {"fredag 13.11.", "mandag 16.11."} - {said}
    for name, page in pages.items():
        assert said in page, (name, page)
        assert not [day for day in others if day in page], (name, page)
