"""From what was typed to what is asked; nothing typed is lost, and every wrong answer says why."""

from datetime import date
from decimal import Decimal

import pytest

from portal.i18n.field_errors import FieldError
from portal.i18n.parsing import day
from portal.law.vocabulary import Documentation, LeaveKind, WelfareReason
from portal.participant.leave.choices import Occasion
from portal.participant.leave.leave_input import LeaveInput, first_answers, parse

TODAY = date(2026, 10, 19)


@pytest.mark.parametrize(
    "text", ["2026-11-23", "23.11.2026", " 23.11.2026. ", "23/11/2026", "٢٣.١١.٢٠٢٦", "۲۳-۱۱-۲۰۲۶", "23. 11. 2026"]
)
def test_a_date_may_be_written_as_people_write_it(text: str) -> None:
    assert day(text) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["", "i morgen", "31.02.2026", "23.11.26", "2026-13-01", "23112026"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"first": FieldError.FIRST_MISSING, "last": FieldError.LAST_MISSING}),
        ({"first": "mandag", "last": "2026-10-20"}, {"first": FieldError.NOT_A_DATE}),
        ({"first": "2026-10-21", "last": "2026-10-20"}, {"last": FieldError.ENDS_BEFORE_IT_STARTS}),
        ({"first": "2016-10-20", "last": "2026-10-20"}, {"first": FieldError.FAR_AWAY}),
        ({"first": "2026-10-20", "extent": "hours"}, {"hours": FieldError.HOURS_MISSING}),
        ({"first": "2026-10-20", "extent": "hours", "hours": "to"}, {"hours": FieldError.HOURS_NOT_A_NUMBER}),
        ({"first": "2026-10-20", "extent": "hours", "hours": "0"}, {"hours": FieldError.HOURS_NOT_A_NUMBER}),
        ({"first": "2026-10-20", "extent": "hours", "hours": "NaN"}, {"hours": FieldError.HOURS_NOT_A_NUMBER}),
        ({"first": "2026-10-20", "extent": "hours", "hours": "9"}, {"hours": FieldError.TOO_MANY_HOURS}),
        (
            {"first": "2026-10-20", "last": "2026-10-21", "extent": "hours", "hours": "2"},
            {"last": FieldError.HOURS_ON_ONE_DAY},
        ),
        (
            {"first": "2026-10-20", "last": "2026-10-21", "paper": "yes", "paper_from": "2026-10-23"},
            {"paper_from": FieldError.PAPER_AFTER_LAST_DAY},
        ),
    ],
)
def test_what_is_wrong_with_which_answer(typed: dict[str, str], wrong: dict[str, FieldError]) -> None:
    assert parse({"what": "ill", **typed}, TODAY) == wrong


def test_a_birth_needs_its_date_and_a_journey_a_number() -> None:
    days = {"first": "2026-10-20", "last": "2026-10-21"}
    assert parse({"what": "gave_birth", **days}, TODAY) == {"event": FieldError.EVENT_MISSING}
    assert parse({"what": "bereavement", **days, "travel": "15"}, TODAY) == {"travel": FieldError.TRAVEL_NOT_A_NUMBER}
    asked = parse({"what": "bereavement", **days, "travel": "٢"}, TODAY)
    assert isinstance(asked, LeaveInput)
    assert asked.request.travel_days == 2


def test_hours_with_comma_and_native_digits() -> None:
    asked = parse({"what": "doctor", "first": "2026-10-20", "extent": "hours", "hours": "١٫٥"}, TODAY)
    assert isinstance(asked, LeaveInput)
    assert (asked.request.kind, asked.request.reason) == (LeaveKind.WELFARE, WelfareReason.DOCTOR_OR_DENTIST)
    assert (asked.request.first_day, asked.request.last_day) == (date(2026, 10, 20), date(2026, 10, 20))
    assert asked.request.hours == Decimal("1.5")


def test_a_paper_from_the_doctor_is_a_medical_statement() -> None:
    typed = {"what": "ill", "first": "2026-10-19", "last": "2026-10-23", "paper": "yes", "paper_from": "2026-10-22"}
    asked = parse(typed, TODAY)
    assert isinstance(asked, LeaveInput)
    assert asked.request.documentation is Documentation.MEDICAL
    assert asked.request.medical_from == date(2026, 10, 22)
    assert parse(typed | {"paper": "no"}, TODAY) == {"paper_from": FieldError.PAPER_OR_NOT}
    without = parse(typed | {"paper": "no", "paper_from": ""}, TODAY)
    assert isinstance(without, LeaveInput)
    assert (without.request.documentation, without.request.medical_from) == (Documentation.NONE, None)


@pytest.mark.parametrize("what", Occasion)
def test_every_choice_can_be_asked(what: Occasion) -> None:
    answers = first_answers(what, date(2026, 10, 1))
    answers |= {
        "first": "2026-10-20",
        "last": "2026-10-20",
        "hours": "2" if answers["extent"] == "hours" else "",
        "event": "2026-10-01",
    }
    asked = parse(answers, TODAY)
    assert isinstance(asked, LeaveInput)
    assert asked.what is what


def test_every_kind_of_leave_and_every_example_has_a_choice() -> None:
    assert {what.choice.kind for what in Occasion} == set(LeaveKind)
    assert {what.choice.reason for what in Occasion if what.choice.reason} == set(WelfareReason)
