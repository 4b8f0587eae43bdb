"""Days off, working days, periods and deadlines (IF § 17 (1), IL § 12 (2), domstolloven §§ 148, 149)."""

from datetime import date

import pytest
from dateutil.easter import easter

from portal.law import calendar
from portal.law.calendar import Month
from tests.law.making import d, month

DAYS_OFF = [
    ("2026-01-01", "1 January"),
    ("2026-04-02", "Maundy Thursday"),
    ("2026-04-03", "Good Friday"),
    ("2026-04-06", "Easter Monday"),
    ("2026-05-01", "1 May"),
    ("2026-05-14", "Ascension Day"),
    ("2026-05-17", "17 May"),
    ("2026-05-25", "Whit Monday"),
    ("2026-12-25", "Christmas Day"),
    ("2026-12-26", "Boxing Day"),
    ("2026-10-17", "a Saturday"),
    ("2026-10-18", "a Sunday"),
]
WORKING = [("2026-12-24", "Christmas Eve"), ("2026-12-31", "New Year's Eve"), ("2026-04-01", "Wednesday before Easter")]


@pytest.mark.parametrize("day", [pytest.param(day, id=f"IF § 17 (1): {name}") for day, name in DAYS_OFF])
def test_is_a_day_off(day):
    assert calendar.is_day_off(d(day))
    assert not calendar.is_working_day(d(day))


@pytest.mark.parametrize("day", [pytest.param(day, id=f"IF § 17 (1): {name} is none") for day, name in WORKING])
def test_is_a_working_day(day):
    assert calendar.is_working_day(d(day))


@pytest.mark.parametrize("day", ["1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2026-04-05", "2038-04-25"])
def test_easter(day):
    assert calendar.easter(d(day).year) == d(day)


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        pytest.param("2026-10-01", "2026-10-31", 22, id="October 2026 has 22 working days"),
        pytest.param("2026-10-05", "2026-10-30", 20, id="5–30 October are 20"),
        pytest.param("2026-03-30", "2026-04-10", 7, id="Easter takes three"),
        pytest.param("2026-10-17", "2026-10-18", 0, id="a weekend has none"),
        pytest.param("2026-10-20", "2026-10-19", 0, id="backwards has none"),
    ],
)
def test_working_days(first, last, number):
    assert len(calendar.working_days(d(first), d(last))) == number


@pytest.mark.parametrize(
    ("reached", "last_day"),
    [
        pytest.param("2026-11-23", "2026-12-14", id="fvl § 29: three weeks, the same weekday"),
        pytest.param("2026-12-04", "2026-12-28", id="domstolloven § 149: Christmas Day moves to Monday 28 December"),
        pytest.param("2026-03-12", "2026-04-07", id="domstolloven § 149: Maundy Thursday moves past Easter"),
        pytest.param("2026-10-17", "2026-11-09", id="domstolloven § 149: a Saturday moves to Monday"),
    ],
)
def test_weeks_deadline(reached, last_day):
    assert calendar.weeks_deadline(d(reached)) == d(last_day)


@pytest.mark.parametrize(
    ("day", "window"),
    [
        pytest.param("2026-10-23", ("2025-10-24", "2026-10-23"), id="IF § 7: ends with the day"),
        pytest.param("2028-02-29", ("2027-03-01", "2028-02-29"), id="IF § 7: on a leap day"),
        pytest.param("2029-02-28", ("2028-02-29", "2029-02-28"), id="IF § 7: over a leap day"),
    ],
)
def test_last_12_months(day, window):
    assert calendar.last_12_months(d(day)) == tuple(map(d, window))


def test_calendar_year():
    assert calendar.calendar_year(d("2026-10-19")) == (d("2026-01-01"), d("2026-12-31"))


@pytest.mark.parametrize(
    ("day", "window"),
    [
        ("2026-02-02", ("2026-02-02", "2027-02-01")),
        ("2027-02-01", ("2026-02-02", "2027-02-01")),
        ("2027-02-02", ("2027-02-02", "2028-02-01")),
    ],
)
def test_programme_year(day, window):
    assert calendar.programme_year(d("2026-02-02"), d(day)) == tuple(map(d, window))


def test_first_year_of_child_ends_before_the_first_birthday():
    assert calendar.first_year_of_child(d("2026-10-04")) == (d("2026-10-04"), d("2027-10-03"))


@pytest.mark.parametrize(
    ("settled", "latest"), [("2026-02-02", "2026-05-02"), ("2025-11-30", "2026-02-28"), ("2026-12-31", "2027-03-31")]
)
def test_start_by_is_three_months_after(settled, latest):
    assert calendar.start_by(d(settled)) == d(latest)


def test_month():
    assert str(month("2026-02")) == "2026-02"
    assert (month("2028-02").first_day, month("2028-02").last_day) == (d("2028-02-01"), d("2028-02-29"))
    assert Month.of(d("2026-10-19")) == month("2026-10")


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_do_not_raise(day):
    for far in (-13_000, 13_000):
        calendar.add_months(day, far)
        calendar.add_days(day, far * 1000)
    assert calendar.last_12_months(day)
    assert calendar.programme_year(d("2026-02-02"), day)
    assert calendar.first_year_of_child(day)
    assert calendar.next_working_day(day)


def test_easter_is_another_s_easter():
    assert [calendar.easter(year) for year in range(1900, 2200)] == [easter(year) for year in range(1900, 2200)]
