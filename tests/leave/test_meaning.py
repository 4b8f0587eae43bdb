"""What a request means, in kroner, days and dates, before it is sent."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from portal.law.vocabulary import Documentation, LeaveKind
from portal.leave.choices import What
from tests.leave.making import Journey, absence, add

WEEK = ("2026-10-19", "2026-10-23")


def test_a_sick_child_for_a_week(amal: Journey) -> None:
    page = amal.says(amal.asked("child_ill", *WEEK) + "/betyr")
    for words in [
        "Du har 20 dager igjen nå",
        "Du sier fra om 5 dager",
        "Du beholder pengene",
        "Utbetalingen fredag 13.11.2026 blir den samme.",
        "De første 3 dagene holder det at du sier fra selv.",
        "Fra torsdag 22.10.2026 må du ha papir fra lege.",
        "Ingen må godkjenne det først.",
    ]:
        assert words in page, words


def test_days_beyond_the_quota_cost_a_thirtieth_each(app: Flask, amal: Journey) -> None:
    spent = {"kind": LeaveKind.CHILD_ILLNESS, "documentation": Documentation.MEDICAL}
    add(app, absence(1, date(2026, 8, 3), date(2026, 8, 26), **spent))  # 18 working days
    page = amal.says(amal.asked("child_ill", *WEEK, paper="yes") + "/betyr")
    assert "Du har 2 dager igjen nå" in page
    assert "Det er 3 dager mer enn du har igjen." in page
    assert "Du beholder pengene for noen av dagene" in page
    assert "omtrent 2 276 kr" in page.replace("\u00a0", " ")  # 3 × 758.6056


def test_leave_without_allowance_says_which_payment_becomes_smaller(amal: Journey) -> None:
    page = amal.says(amal.asked("parental", "2026-10-26", "2026-10-30", event="2026-10-01") + "/betyr")
    assert "Du får ikke penger for disse dagene" in page
    assert "Utbetalingen fredag 13.11." in page
    assert "−3 793 kr" in page.replace("\u00a0", " ")


def test_an_application_says_who_decides_when_and_what_waiting_is_for(amal: Journey) -> None:
    page = amal.says(amal.asked("wedding", "2026-11-06") + "/betyr")
    for words in [
        "Du beholder pengene hvis kommunen sier ja",
        "Du får svar senest mandag 02.11.2026",
        "Du kan klage hvis du er uenig.",
        "Kom som vanlig til du har fått svar",
        "kan du miste omtrent",
    ]:
        assert words in page, words
    assert "avslått" not in page.lower()


def test_religious_days_in_time_are_told_and_late_ones_asked_for(amal: Journey) -> None:
    in_time = amal.says(amal.asked("religious", "2026-11-02") + "/betyr")
    assert "Du sier fra om 1 dag" in in_time
    assert "Ingen må godkjenne det først." in in_time
    late = amal.says(amal.asked("religious", "2026-10-30") + "/betyr")
    assert "Du må vanligvis si fra 14 dager før." in late
    assert "Du kan likevel søke. Kommunen kan si ja." in late


def test_days_off_need_no_request(amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-12-25", "2026-12-27")
    page = amal.says(draft + "/betyr")
    assert "Du har fri disse dagene" in page
    assert "Se over og send" not in page
    assert amal.post(f"{draft}/se-over", words="").location.endswith("/betyr")


def test_days_off_inside_are_named(amal: Journey) -> None:
    page = amal.says(amal.asked("holiday", "2026-12-21", "2027-01-03") + "/betyr")
    assert "Du ber om 9 dager" not in page
    assert "Du ber om 8 dager" in page
    assert "Disse dagene er fri for alle: fredag 25.12., fredag 01.01. Du" in page, page
    assert "Lørdag og søndag teller ikke." in page


def test_the_same_days_twice_are_noticed(amal: Journey) -> None:
    amal.sent("ill", WEEK[0], extent="hours", hours="2")
    assert "Du har alt sendt noe om disse dagene" not in amal.says(amal.asked("child_ill", *WEEK) + "/betyr")
    page = amal.says(amal.asked("ill", *WEEK) + "/betyr")
    assert "Du har alt sendt noe om disse dagene" in page
    assert "Si fra til kommunen" in page


@pytest.mark.parametrize("name", ["amal", "danylo", "grace"])
def test_every_choice_has_a_meaning_for_everybody(as_person: Callable[..., Journey], name: str) -> None:
    person = as_person(name)
    for what in What:
        draft = person.asked(what, "2026-11-02", "2026-11-04", extent="whole", event="2026-10-01")
        page = person.says(draft + "/betyr")
        assert "Dette betyr det" in page, what
        assert ("Du får ikke introduksjonsstønad." in page) == (name == "grace"), what
