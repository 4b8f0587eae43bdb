"""What a request means, in kroner, days and dates, before it is sent."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlmodel import col

from portal.law.absence import CHILD_THROUGH, CHRONIC_CHILD_THROUGH
from portal.law.birth import ADOPTED_UNDER
from portal.law.vocabulary import Documentation, LeaveKind, Regime
from portal.participant.leave.choices import Occasion
from portal.tables.people import Child, Municipality, Participant
from portal.tables.schedule import SchoolBreak
from tests.participant.leave.making import Journey, absence, add

pytestmark = pytest.mark.one_database

WEEK = ("2026-10-19", "2026-10-23")


def test_a_sick_child_for_a_week(amal: Journey) -> None:
    page = amal.says(amal.asked("child_ill", *WEEK) + "/betyr")
    for words in [
        "Du har 20 dager igjen nå",
        "Dager 5 dager, mandag 19.10. – fredag 23.10.2026",
        "Da har du 15 av 20 dager igjen.",
        "0 kr mindre Uten legeerklæring kan du miste penger for de dagene.",
        "De første 3 dagene kan du bruke egenmelding.",
        "Fra torsdag 22.10.2026 må du ha legeerklæring.",
        "Ingen må godkjenne det først.",
    ]:
        assert words in page, words


def test_days_beyond_the_quota_cost_a_thirtieth_each(app: Flask, amal: Journey) -> None:
    spent = {"kind": LeaveKind.CHILD_ILLNESS, "documentation": Documentation.MEDICAL}
    add(app, absence(1, date(2026, 8, 3), date(2026, 8, 26), **spent))  # 18 working days
    page = amal.says(amal.asked("child_ill", *WEEK, paper="yes") + "/betyr")
    assert "Du har 2 dager igjen nå" in page
    assert "Det er 3 dager mer enn du har igjen." in page
    assert "Penger 2 276 kr mindre Det er et anslag, før skatt." in page.replace("\u00a0", " ")  # 3 × 758.6056
    assert "Kommunen avgjør om fraværet er gyldig." in page
    assert "Ingen må godkjenne det først." not in page, "nobody is told so beyond a quota"


def test_leave_without_allowance_says_which_payment_becomes_smaller(amal: Journey) -> None:
    page = amal.says(amal.asked("parental", "2026-10-26", "2026-10-30", event="2026-10-01") + "/betyr")
    assert "3 793 kr mindre Du får ikke stønad for disse dagene." in page.replace("\u00a0", " ")
    assert "Utbetalingen fredag 13.11.2026" in page


def test_every_payment_stands_there_the_first_alone(amal: Journey) -> None:
    page = amal.says(amal.asked("parental", "2026-10-26", "2027-03-26", event="2026-10-01") + "/betyr")
    assert "mindre på utbetalingen fredag 13.11.2026. Og 5 utbetalinger til" in page.replace("\u00a0", " ")
    assert page.count("Utbetalingen ") == 5


def test_an_application_says_who_decides_when_and_what_waiting_is_for(amal: Journey) -> None:
    page = amal.says(amal.asked("wedding", "2026-11-06") + "/betyr")
    for words in [
        "0 kr mindre Du beholder stønaden hvis kommunen sier ja.",
        "Du får svar senest mandag 02.11.2026",
        "Du kan klage hvis du er uenig.",
        "Kom som vanlig til du har fått svar",
        "Vent til du har fått svar, før du tar fri.",
        "Haster det? Ring rådgiveren din.",
        "kan du miste omtrent",
    ]:
        assert words in page, words
    assert "avslått" not in page.lower()


def test_religious_days_in_time_are_told_and_late_ones_asked_for(amal: Journey) -> None:
    in_time = amal.says(amal.asked("religious", "2026-11-02") + "/betyr")
    assert "Dager 1 dag, mandag 02.11.2026" in in_time
    assert "Ingen må godkjenne det først." in in_time
    late = amal.says(amal.asked("religious", "2026-10-30") + "/betyr")
    assert "Du må vanligvis si fra senest 14 dager før." in late
    assert "Du kan likevel søke. Kommunen kan si ja." in late


def test_days_off_need_no_request(amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-12-25", "2026-12-27")
    page = amal.says(draft + "/betyr")
    assert "Du har fri disse dagene" in page
    assert "Se over og send" not in page
    assert amal.post(f"{draft}/betyr", message="").location.endswith("/betyr")


def test_days_off_inside_are_named(amal: Journey) -> None:
    page = amal.says(amal.asked("holiday", "2026-12-21", "2027-01-03") + "/betyr")
    assert "Dager 8 dager, mandag 21.12.2026 – søndag 03.01.2027" in page
    assert "Alle har fri disse dagene: fredag 25.12., fredag 01.01. " in page, page
    assert "Du bruker ingen dager på lørdag og søndag." in page


def christmas(app: Flask) -> None:
    """School is out from 21.12. to 03.01."""
    with app.extensions["store"].write_session() as session:
        mine = session.scalars(select(col(Municipality.id))).first()
        assert mine is not None
        out = {"name": "Juleferie", "first_day": date(2026, 12, 21), "last_day": date(2027, 1, 3)}
        session.add(SchoolBreak(municipality_id=mine, external_id="jul", **out))
        session.commit()


def test_days_without_school_are_no_days_of_leave_but_of_a_holiday(app: Flask, amal: Journey) -> None:
    christmas(app)
    page = amal.says(amal.asked("wedding", "2026-12-18", "2026-12-23") + "/betyr")
    assert "Dager 1 dag, fredag 18.12. – onsdag 23.12.2026" in page
    assert "Ingen skole: Juleferie" in page
    page = amal.says(amal.asked("wedding", "2026-12-21", "2026-12-23") + "/betyr")
    assert "Du har fri disse dagene Ingen skole: Juleferie" in page
    assert "Det er helg eller helligdag" not in page
    page = amal.says(amal.asked("holiday", "2026-12-21", "2027-01-03") + "/betyr")
    assert "Dager 8 dager" in page, "IF § 18"
    assert "Juleferie" not in page


WEEKEND_COUNTS = "Lørdag og søndag teller med i egenmeldingen."
WEEKEND_IS_FREE = "Du bruker ingen dager på lørdag og søndag."


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        pytest.param("ill", {}, {WEEKEND_COUNTS}, id="IF § 8: calendar days, and no quota"),
        pytest.param("child_ill", {}, {WEEKEND_COUNTS, WEEKEND_IS_FREE}, id="IF §§ 7, 8: a quota of working days"),
        pytest.param("ill", {"paper": "yes"}, set(), id="IF § 8: a statement from the first day"),
        pytest.param("holiday", {}, {WEEKEND_IS_FREE}, id="IF § 18"),
    ],
)
def test_what_a_weekend_inside_counts_for(amal: Journey, what: str, typed: dict[str, str], said: set[str]) -> None:
    page = amal.says(amal.asked(what, "2026-10-23", "2026-10-26", **typed) + "/betyr")
    assert {words for words in (WEEKEND_COUNTS, WEEKEND_IS_FREE) if words in page} == said


def test_an_answer_that_may_come_after_the_day_says_whom_to_ring_now(amal: Journey) -> None:
    late, in_time = "Svaret kan komme for sent. Ring rådgiveren din nå.", "Haster det? Ring rådgiveren din."
    for day, said, not_said in [("2026-11-02", late, in_time), ("2026-11-03", in_time, late)]:  # the answer: 02.11.
        draft = amal.asked("wedding", day)
        before = amal.says(draft + "/betyr")
        assert said in before
        assert not_said not in before
        receipt = amal.says(amal.post(f"{draft}/betyr", message="").location)
        assert (late in receipt) is (said == late)


def test_leave_that_is_unpaid_anyway_names_one_sum(amal: Journey) -> None:
    unpaid = amal.says(amal.asked("parental", "2026-10-26", "2026-10-30", event="2026-10-01") + "/betyr")
    assert "Penger 3 793 kr mindre" in unpaid.replace("\u00a0", " ")
    assert "kan du miste omtrent" not in unpaid
    assert "kan du miste omtrent" in amal.says(amal.asked("wedding", "2026-11-06") + "/betyr")


@pytest.mark.parametrize(("what", "asked"), [("bereavement", False), ("wedding", False), ("interview", True)])
def test_no_paper_is_asked_of_who_has_lost_somebody_or_marries(amal: Journey, what: str, asked: bool) -> None:
    page = amal.says(amal.asked(what, "2026-11-06", extent="whole") + "/betyr")
    assert ("Har du noe som viser dette?" in page) is asked


OF_TWELVE = f"Regelen gjelder ut året barnet fyller {CHILD_THROUGH} år."
OF_EIGHTEEN = f"Regelen gjelder ut året barnet fyller {CHRONIC_CHILD_THROUGH} år."
LIMIT = f"Er barnet kronisk sykt eller har en funksjonsnedsettelse, er grensen {CHRONIC_CHILD_THROUGH} år."
ADOPTED = f"Ved adopsjon må barnet være under {ADOPTED_UNDER} år"


@pytest.mark.parametrize(
    ("what", "children", "said"),
    [
        pytest.param("child_ill", [(2010, False)], {OF_TWELVE, LIMIT}, id="IF § 6 (2): 12 years"),
        pytest.param("child_ill", [(2006, True)], {OF_EIGHTEEN}, id="IF § 6 (2): 18 years, chronically ill"),
        pytest.param("child_ill", [(2006, True), (2010, False)], {OF_TWELVE, LIMIT}, id="IF § 6 (2): one of each"),
        pytest.param("child_ill", [(2017, False)], set(), id="IF § 6 (2): young enough"),
        pytest.param("adoption", [(2010, False)], {ADOPTED}, id="IF § 16 (3): under 15 years"),
        pytest.param("adoption", [(2017, False)], set(), id="IF § 16 (3): young enough"),
    ],
)
def test_the_age_of_a_child_is_the_rules_own(
    app: Flask, as_person: Callable[..., Journey], what: str, children: list[tuple[int, bool]], said: set[str]
) -> None:
    danylo = as_person("danylo")
    for number, (year, chronic) in enumerate(children):
        add(app, Child(participant_id=2, external_id=f"d{number}", born=date(year, 3, 9), chronic=chronic))
    page = danylo.says(danylo.asked(what, "2026-11-02", "2026-11-03", event="2026-11-02") + "/betyr")
    assert {words for words in (OF_TWELVE, OF_EIGHTEEN, LIMIT, ADOPTED) if words in page} == said


@pytest.mark.parametrize(
    ("what", "event", "said"),
    [
        ("gave_birth", "2026-12-20", "Regelen gjelder fra fødselen til barnet er ett år."),
        ("became_father", "2027-04-20", "Regelen gjelder tiden rundt fødselen."),
    ],
)
def test_days_before_a_birth_are_not_far_from_it(
    as_person: Callable[..., Journey], what: str, event: str, said: str
) -> None:
    danylo = as_person("danylo")
    page = danylo.says(danylo.asked(what, "2026-12-07", "2026-12-08", event=event) + "/betyr")
    assert "Noen dager ligger for tidlig eller for sent" in page
    assert said in page


def test_the_notice_is_that_of_the_rules_one_is_under(app: Flask, amal: Journey) -> None:
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).where(col(Participant.id) == 1).values(regime=Regime.INTRODUCTION_ACT))
        session.commit()
    page = amal.says(amal.asked("pregnancy", "2026-10-20", extent="whole") + "/betyr")
    assert "Du må vanligvis si fra senest 7 dager før." in page


def test_the_same_days_twice_are_noticed(amal: Journey) -> None:
    amal.sent("ill", WEEK[0], extent="hours", hours="2")
    assert "Du har allerede sendt noe om noen av dagene" not in amal.says(amal.asked("child_ill", *WEEK) + "/betyr")
    page = amal.says(amal.asked("ill", *WEEK) + "/betyr")
    assert "Du har allerede sendt noe om noen av dagene" in page
    assert "Si fra til kommunen" in page


@pytest.mark.parametrize("name", ["amal", "danylo", "grace"])
def test_every_choice_has_a_meaning_for_everybody(as_person: Callable[..., Journey], name: str) -> None:
    person = as_person(name)
    for what in Occasion:
        draft = person.asked(what, "2026-11-02", "2026-11-04", extent="whole", event="2026-10-01")
        page = person.says(draft + "/betyr")
        assert "Dette betyr det" in page, what
        assert ("Du får ikke introduksjonsstønad." in page) == (name == "grace"), what
