"""Hours are hours: what is asked for, granted and told of part of a day is never told as the day."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.casework import facts
from portal.casework.situation import situation_of
from portal.tables.leave import LeaveEvent, LeaveLedger, LeaveRequest
from portal.tables.people import Municipality
from tests.participant.leave.answering import answer, document, problems
from tests.participant.leave.making import TODAY, Journey, rows_of

THURSDAY = "2026-12-10"
PART = {"outcome": "partly_granted", "granted_from": THURSDAY, "granted_to": THURSDAY}
WHOLE_DAY = "Du har fått fri torsdag 10.12.2026"
Decide = Callable[..., list[str]]


@pytest.fixture
def solvik(app: Flask, tmp_path: Path) -> Flask:
    """The municipality sends its first document; so it and Amal have the numbers that it goes by."""
    with app.extensions["store"].write_session() as session:
        session.execute(update(Municipality).values(org_number="310000019"))
        session.commit()
    assert problems(app, tmp_path, document(0)) == []
    return app


@pytest.fixture
def amal(solvik: Flask, as_person: Callable[..., Journey]) -> Journey:
    """Amal, who signs in afterwards."""
    return as_person("amal")


@pytest.fixture
def decide(solvik: Flask, tmp_path: Path) -> Decide:
    """Imports a decision on a request; gives the problems of the document."""
    minutes = iter(range(1, 60))

    def sent(request: str, **values: Any) -> list[str]:
        policy = values.pop("kept_policy", {})
        made = document(next(minutes), decisions=[answer(request, **values)])
        made["municipality"]["policy"] = policy
        return problems(solvik, tmp_path, made)

    return sent


def asked_hours(amal: Journey, hours: str = "2.5") -> str:
    return amal.sent("doctor", THURSDAY, extent="hours", hours=hours)


def asked_day(amal: Journey) -> str:
    return amal.sent("doctor", THURSDAY, extent="whole")


def decision_of(amal: Journey) -> str:
    """The address of the newest decision."""
    found = re.search(r'href="(/vedtak/[0-9a-f-]{36})"', amal.client.get("/vedtak").get_data(as_text=True))
    assert found
    return found[1]


def told(amal: Journey, sent: str) -> str:
    """Every page that tells of the request."""
    return " ".join(amal.says(page) for page in (sent, "/permisjon", f"{sent}/kvittering"))


def test_hours_granted_as_asked_are_told_as_hours_everywhere(amal: Journey, decide: Decide) -> None:
    sent = asked_hours(amal)
    assert decide(sent) == []
    for page in (sent, "/permisjon"):
        assert "Du har fått fri 2,5 timer torsdag 10.12.2026. Resten av dagen må du møte." in amal.says(page)
    page = amal.says(sent)
    assert "Du beholder stønaden for disse timene. Er du borte lenger, kan du miste penger." in page
    assert "Ja, du får fri" in page
    assert "Du kan være borte 2,5 timer torsdag 10.12.2026" in page
    assert "Kommunen sa ja. 2,5 timer, torsdag 10.12.2026" in page, "the timeline"
    for wrong in (WHOLE_DAY, "disse dagene", "andre dagene"):
        assert wrong not in told(amal, sent), wrong


def test_a_whole_day_granted_is_told_as_the_day(amal: Journey, decide: Decide) -> None:
    sent = amal.sent("wedding", THURSDAY)
    assert decide(sent) == []
    page = amal.says(sent)
    assert f"{WHOLE_DAY}." in page
    assert "Penger 0 kr mindre Du beholder stønaden." in page
    assert "Resten av dagen" not in page
    assert "andre dagene" not in page


@pytest.mark.parametrize("asked", ["the day", "five hours"])
def test_fewer_hours_than_asked_with_clock_times(asked: str, amal: Journey, decide: Decide) -> None:
    sent = asked_day(amal) if asked == "the day" else asked_hours(amal, "5")
    assert decide(sent, **PART, granted_start="09:00", granted_end="11:00") == []
    said = "Du har fått fri 2 timer torsdag 10.12.2026 kl. 09:00–11:00. Resten av dagen må du møte."
    for page in (sent, "/permisjon"):
        assert said in amal.says(page)
    assert "Kommunen sa ja til en del av det du søkte om. 2 timer, torsdag 10.12.2026 kl. 09:00–11:00" in amal.says(
        sent
    )
    assert "andre dagene" not in told(amal, sent), "only one day was asked for"


def test_some_hours_of_one_of_several_days(amal: Journey, decide: Decide) -> None:
    sent = amal.sent("relative", "2026-12-09", "2026-12-11")
    assert decide(sent, **PART, granted_hours=3) == []
    said = "Du har fått fri 3 timer torsdag 10.12.2026. Resten av dagen må du møte. De andre dagene må du møte."
    assert said in amal.says(sent)


@pytest.mark.one_database
def test_the_page_of_the_decision_says_what_was_granted(amal: Journey, decide: Decide) -> None:
    sent = asked_day(amal)
    assert decide(sent, **PART, granted_start="09:00", granted_end="11:00") == []
    said = "Du har fått fri 2 timer torsdag 10.12.2026 kl. 09:00–11:00. Resten av dagen må du møte."
    assert f"Du fikk ja til en del. {said}" in amal.says(decision_of(amal))


@pytest.mark.one_database
def test_the_page_of_the_decision_says_which_days_are_left_out(amal: Journey, decide: Decide) -> None:
    sent = amal.sent("relative", "2026-12-09", "2026-12-11")
    assert decide(sent, **PART) == []
    assert f"{WHOLE_DAY}. De andre dagene må du møte." in amal.says(decision_of(amal))


@pytest.mark.one_database
def test_the_page_of_a_refusal_grants_nothing(amal: Journey, decide: Decide) -> None:
    sent = asked_day(amal)
    assert decide(sent, outcome="refused") == []
    page = amal.says(decision_of(amal))
    assert "Du fikk nei." in page
    assert "fri torsdag" not in page


@pytest.mark.one_database
def test_some_of_several_whole_days(amal: Journey, decide: Decide) -> None:
    sent = amal.sent("relative", "2026-12-09", "2026-12-11")
    assert decide(sent, **PART) == []
    assert f"{WHOLE_DAY}. De andre dagene må du møte." in amal.says(sent)


def test_up_to_an_hour_each_day(solvik: Flask, amal: Journey, decide: Decide) -> None:
    sent = amal.sent("breastfeeding", "2026-12-07", "2027-03-05", event="2026-09-01")
    asked = "opptil 1 time hver dag, mandag 07.12.2026 – fredag 05.03.2027"
    for page in ("/permisjon", f"{sent}/kvittering", sent):
        assert asked in amal.says(page)
    assert decide(sent, section="integreringsforskriften § 13") == []
    said = (
        "Du har fått fri opptil 1 time hver dag. Det gjelder fra og med mandag 07.12.2026"
        " til og med fredag 05.03.2027. Resten av dagen må du møte."
    )
    for page in (sent, "/permisjon"):
        assert said in amal.says(page)
    assert "Du beholder stønaden for disse timene." in amal.says(sent)
    assert "stønaden disse dagene" not in told(amal, sent)
    [row] = rows_of(solvik, LeaveLedger)
    assert row.hours == 1


@pytest.mark.one_database
def test_hours_without_allowance_are_told_as_hours_before_sending(amal: Journey) -> None:
    late = amal.asked("breastfeeding", "2026-12-07", "2026-12-18", event="2025-06-01")
    page = amal.says(f"{late}/betyr")
    assert "Dager opptil 1 time hver dag, mandag 07.12. – fredag 18.12.2026" in page
    assert "Du får ikke stønad for disse timene." in page
    assert "stønad for disse dagene" not in page
    whole = amal.asked("parental", "2026-12-07", "2026-12-18", event="2026-09-01")
    assert "Du får ikke stønad for disse dagene." in amal.says(f"{whole}/betyr"), "the control"


@pytest.mark.one_database
@pytest.mark.parametrize(("choice", "used"), [("day", "2 brukt"), ("hours", "1 brukt")])
def test_hours_spend_what_the_municipality_has_chosen(
    solvik: Flask, amal: Journey, decide: Decide, choice: str, used: str
) -> None:
    with solvik.extensions["store"].write_session() as session:
        session.execute(update(Municipality).values(policy={"welfare_part_day": choice}))
        session.commit()
    for number, day in enumerate(("2026-11-10", "2026-11-12")):
        sent = amal.sent("doctor", day, extent="hours", hours="2")
        assert decide(sent, id=f"v-{number}", kept_policy={"welfare_part_day": choice}) == []
    assert ("Du bruker 1 dag til dette." in amal.says(sent)) == (choice == "day")
    page = amal.says(f"{amal.asked('doctor', THURSDAY, extent='hours', hours='2')}/betyr")
    assert used in page
    assert ("Er du borte noen timer, bruker du én dag." in page) == (choice == "day")


@pytest.mark.one_database
@pytest.mark.parametrize("hours", [None, 3])
def test_who_has_leave_of_hours_is_not_away(solvik: Flask, amal: Journey, decide: Decide, hours: int | None) -> None:
    sent = amal.sent("parental", "2026-10-19", "2026-12-18", event="2026-09-01")
    some = {"outcome": "partly_granted", "granted_from": "2026-10-19", "granted_to": "2026-12-18"}
    assert decide(sent, **({} if hours is None else some | {"granted_hours": hours})) == []
    with solvik.extensions["store"].read_session() as session:
        away = situation_of(session, 1, TODAY).away_until
    assert away == (date(2026, 12, 18) if hours is None else None)


def test_what_was_granted_counts_as_granted(solvik: Flask, amal: Journey, decide: Decide) -> None:
    sent = asked_day(amal)
    assert decide(sent, **PART, granted_hours=2) == []
    with solvik.extensions["store"].read_session() as session:
        [row] = facts.read(session, 1).history
    assert (row.hours, row.first_day) == (2, date(2026, 12, 10))
    [ledger], events = rows_of(solvik, LeaveLedger), rows_of(solvik, LeaveEvent)
    assert (ledger.days, ledger.hours) == (1, 2)
    assert events[-1].params == {
        "decision": events[-1].params["decision"], "from": THURSDAY, "to": THURSDAY, "hours": "2",
    }  # fmt: skip


def test_other_hours_in_the_same_decision_answer_anew(solvik: Flask, amal: Journey, decide: Decide) -> None:
    sent = asked_day(amal)
    assert decide(sent, **PART, granted_hours=2) == []
    [before] = rows_of(solvik, LeaveRequest)
    assert decide(sent, **PART, granted_hours=2) == []
    [same] = rows_of(solvik, LeaveRequest)
    assert same.version == before.version
    assert decide(sent, **PART, granted_hours=3) == []
    page = amal.says(sent)
    assert "Du har fått fri 3 timer" in page
    assert "2 timer, torsdag 10.12.2026" in page, "what was granted first stays in the timeline"
    assert [(row.days, row.hours) for row in rows_of(solvik, LeaveLedger)] == [(1, 2), (-1, 2), (1, 3)]


WRONG = {
    "no hours": ({"granted_hours": 0}, "found 0, expected a number above 0"),
    "more hours than a day has": ({"granted_hours": 25}, "found 25, expected a number up to 24"),
    "hours that do not agree with the clock": (
        {"granted_hours": 3, "granted_start": "09:00", "granted_end": "11:00"},
        "found 3, expected granted_hours that agree with 09:00 to 11:00",
    ),
    "an end before the start": (
        {"granted_start": "11:00", "granted_end": "09:00"},
        "expected granted_end after granted_start (11:00)",
    ),
    "only a start": ({"granted_start": "11:00"}, "expected granted_start and granted_end together"),
    "no clock time": ({"granted_start": "9", "granted_end": "11:00"}, "granted_start"),
    "clock times over several days": (
        {"granted_from": "2026-12-09", "granted_start": "09:00", "granted_end": "11:00"},
        "expected granted_start and granted_end on one day",
    ),
    "less granted whole": (
        {"outcome": "granted", "granted_hours": 2},
        "found 2 hours, 2026-12-10 to 2026-12-10 granted, expected outcome partly_granted",
    ),
    "hours with a refusal": (
        {"outcome": "refused", "granted_from": None, "granted_to": None, "granted_hours": 2},
        "expected granted_hours, granted_start and granted_end only where a request is granted",
    ),
}


@pytest.mark.one_database
@pytest.mark.parametrize("case_", WRONG)
def test_hours_that_do_not_agree_are_told_of(case_: str, amal: Journey, decide: Decide) -> None:
    values, problem = WRONG[case_]
    sent = asked_day(amal)
    [said] = decide(sent, **PART | values)
    assert problem in said
    assert "Svar senest" in amal.says(sent), "it still waits"
    assert decide(sent, **PART, granted_hours=2) == []


@pytest.mark.one_database
def test_hours_of_one_day_are_not_spread_over_several_unsaid(amal: Journey, decide: Decide) -> None:
    sent = asked_hours(amal)
    several = {"granted_from": THURSDAY, "granted_to": "2026-12-11"}
    [said] = decide(sent, **several)
    assert "expected granted_hours, where hours of one day were asked for and several days are granted" in said
    assert decide(sent, **several, granted_hours=2.5) == []
    assert "Du har fått fri opptil 2,5 timer hver dag." in amal.says(sent)


@pytest.mark.one_database
def test_a_part_must_be_less_than_what_was_asked(amal: Journey, decide: Decide) -> None:
    sent = asked_hours(amal)
    [said] = decide(sent, **PART)
    assert "expected less than 2.5 hours, 2026-12-10 to 2026-12-10 where a request is partly granted" in said
    assert decide(sent, **PART, granted_hours=1) == []
