"""What a payment would become: in digits, marked as an estimate, and nothing kept of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from portal.i18n.field_errors import FieldError
from portal.participant.allowance.what_if import Away, Ground, first_typed, parse
from portal.tables.log import OutgoingEvent
from tests.exchange.files import dump
from tests.participant.leave.making import TODAY, Journey, add, main_of, rows_of
from tests.participant.leave.making import absence as registered

pytestmark = pytest.mark.one_database

PAGE = "/stonad/hva-hvis"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
DAYS = "first=2026-10-20&last=2026-10-21"
RIGHT = {"grunn": "ugyldig", "first": "2026-10-20", "last": "2026-10-20", "extent": "whole", "hours": ""}


def test_the_door_and_the_first_look(amal: Journey) -> None:
    assert f'href="{PAGE}"' in amal.html("/stonad")
    page = amal.says(PAGE)
    for words in ("Ingenting blir sendt eller lagret.", "Bare et anslag", "Sum før skatt"):
        assert words in page, page


CASES = {
    "two days": (f"grunn=ugyldig&{DAYS}", "21 240,96", "1 517,21", "2 dager × 758,61"),
    "hours": ("grunn=ugyldig&first=2026-10-20&last=2026-10-20&extent=hours&hours=3", "22 315,31", "442,86", "3 timer"),
    "leave": (f"grunn=uten-stonad&{DAYS}", "21 240,96", "1 517,21", "integrerings\u00adforskriften §§ 15 og 16"),
}


@pytest.mark.parametrize(("asked", "sum_left", "less", "because"), CASES.values(), ids=CASES)
def test_what_it_costs_in_digits(amal: Journey, asked: str, sum_left: str, less: str, because: str) -> None:
    page = amal.says(f"{PAGE}?{asked}").replace("\u00a0", " ")
    assert f"Omtrent {sum_left} kr" in page, page
    assert f"Det er {less} kr mindre enn om du ikke var borte." in page
    assert because in page
    assert "Utbetalingen fredag 13.11." in page


def test_the_digits_on_the_page_add_up(app: Flask, amal: Journey) -> None:
    hours = {"hours": Decimal(3), "verdict": "invalid", "kind": None}
    add(app, registered(1, date(2026, 10, 6), date(2026, 10, 6), **hours))
    page = amal.says(f"{PAGE}?grunn=ugyldig&first=2026-10-20&last=2026-10-20&extent=hours&hours=3")
    page = page.replace("\u00a0", " ")
    assert page.count("−442,86 kr") == 2
    assert "Det er 442,86 kr mindre enn om du ikke var borte." in page
    assert "Sum før skatt 21 872,45 kr" in page


def test_with_leave_the_money_stays(amal: Journey) -> None:
    page = amal.says(f"{PAGE}?grunn=gyldig&{DAYS}").replace("\u00a0", " ")
    assert "Omtrent 22 758,17 kr" in page
    assert "Du beholder pengene." in page
    assert "mindre enn om du ikke var borte" not in page


def test_what_is_registered_counts_and_is_not_taken_twice(app: Flask, amal: Journey) -> None:
    add(app, registered(1, date(2026, 10, 20), date(2026, 10, 21), verdict="invalid", kind=None))
    page = amal.says(f"{PAGE}?grunn=ugyldig&{DAYS}").replace("\u00a0", " ")
    assert "Omtrent 21 240,96 kr" in page
    assert "Disse dagene endrer ikke stønaden." in page


def test_two_months_are_two_payments(amal: Journey) -> None:
    page = amal.says(f"{PAGE}?grunn=ugyldig&first=2026-10-30&last=2026-11-02")
    assert "Utbetalingen fredag 13.11." in page
    assert "Utbetalingen tirsdag 15.12." in page


def test_the_part_is_the_same_as_in_the_page(amal: Journey) -> None:
    address = f"{PAGE}?grunn=ugyldig&{DAYS}"
    part = amal.client.get(address, headers=PART).get_data(as_text=True).strip()
    assert part.startswith('<div id="result"')
    assert part in amal.html(address)


def test_nothing_is_kept(app: Flask, amal: Journey) -> None:
    before = dump(app.extensions["store"])
    amal.says(f"{PAGE}?grunn=ugyldig&{DAYS}")
    after = dump(app.extensions["store"])
    assert {name for name in before if before[name] != after[name]} <= {"login", "access_log"}
    assert rows_of(app, OutgoingEvent) == []


WRONG = {
    "no date": ({"first": "i morgen"}, {"first": FieldError.NOT_A_DATE}),
    "far away": ({"last": "2036-10-20"}, {"last": FieldError.FAR_AWAY}),
    "backwards": ({"last": "2026-10-19"}, {"last": FieldError.ENDS_BEFORE_IT_STARTS}),
    "no number": ({"extent": "hours", "hours": "to"}, {"hours": FieldError.HOURS_NOT_A_NUMBER}),
    "too many": ({"extent": "hours", "hours": "9"}, {"hours": FieldError.TOO_MANY_HOURS}),
    "two days of hours": (
        {"extent": "hours", "hours": "2", "last": "2026-10-21"},
        {"last": FieldError.HOURS_ON_ONE_DAY},
    ),
}


@pytest.mark.parametrize(("typed", "wrong"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(typed: dict[str, str], wrong: dict[str, FieldError]) -> None:
    assert parse(RIGHT | typed, TODAY) == wrong
    assert isinstance(parse(RIGHT, TODAY), Away)


def test_hours_beside_whole_days_are_asked_about() -> None:
    assert parse(RIGHT | {"extent": "whole", "hours": "3"}, TODAY) == {"hours": FieldError.HOURS_OR_DAYS}
    assert isinstance(parse(RIGHT | {"extent": "whole", "hours": " "}, TODAY), Away)


def test_hours_as_people_write_them() -> None:
    day = date(2026, 10, 20)
    assert parse(RIGHT | {"extent": "hours", "hours": "١,٥"}, TODAY) == Away(Ground.INVALID, day, day, Decimal("1.50"))
    assert isinstance(parse(first_typed(date(2026, 12, 31)), date(2026, 12, 31)), Away)


def test_wrong_answers_are_said_beside_the_field(amal: Journey) -> None:
    answer = amal.client.get(f"{PAGE}?grunn=ugyldig&first=tull&last=2026-10-20")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Datoen finnes ikke. Skriv den som 23.11.2026." in main_of(page)
    assert 'id="first-error"' in page
    assert 'value="tull"' in page


def test_training_only_has_no_allowance(as_person: Callable[..., Journey]) -> None:
    assert "anslag" not in as_person("grace").says(PAGE)
