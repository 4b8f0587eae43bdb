"""One day is told once: the second time shows the first, and offers what is left to say."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.casework import outbox
from portal.casework.facts import KnownRequest
from portal.exchange.export import events
from portal.law.calendar import days
from portal.law.case import Request
from portal.law.vocabulary import Documentation, LeaveKind, WelfareReason
from portal.participant.leave.preview.overlap import overlapping, rest
from portal.tables.decision import DecisionOutcome
from portal.tables.leave import LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import OutgoingEvent
from tests.participant.absences.test_absences import lesson
from tests.participant.leave.making import NOW, TODAY, Journey, add, main_of, rows_of
from tests.participant.leave.test_sent import decide

TOLD = "Du har allerede sagt fra om dette"
NOT_FETCHED = "Kommunen har ikke hentet meldingen ennå."
ILL, CHILD = LeaveKind.OWN_ILLNESS, LeaveKind.CHILD_ILLNESS


def fetch(app: Flask) -> None:
    """The municipality fetches what was sent and says that it has it."""
    with app.extensions["store"].write_session() as session:
        outbox.acknowledge(session, [event["id"] for event in events.waiting(session)], clock.now())
        session.commit()


def known(first: date, last: date, kind: LeaveKind = ILL, **facts: object) -> KnownRequest:
    """Something sent before."""
    told = kind in (ILL, CHILD)
    values = {
        "public_id": "r",
        "number": "P-1",
        "form": RequestForm.REPORT if told else RequestForm.APPLICATION,
        "kind": kind,
        "reason": None,
        "first_day": first,
        "last_day": last,
        "hours": None,
        "status": RequestStatus.SENT,
        "sent_at": NOW,
        "granted_from": None,
        "granted_to": None,
        "granted_hours": None,
        "granted_start": None,
        "granted_end": None,
        "seen": {},
        "fetched_at": None,
    }
    return KnownRequest(**(values | facts))  # type: ignore[arg-type]  # as the fields are


def day(number: int) -> date:
    """A day of November 2026; the second is a Monday."""
    return date(2026, 11, number)


WEDDING: dict[str, object] = {"kind": LeaveKind.WELFARE, "reason": WelfareReason.WEDDING}
GRANTED = WEDDING | {"status": RequestStatus.GRANTED, "granted_from": day(2), "granted_to": day(2)}


@pytest.mark.parametrize(
    ("sent", "asked", "says_it"),
    [
        ({}, {}, True),
        ({"status": RequestStatus.RECEIVED}, {}, True),
        ({"status": RequestStatus.WITHDRAWN}, {}, False),
        ({"kind": CHILD}, {}, False),
        ({"hours": 2}, {}, False),
        ({"hours": 2}, {"hours": 2}, True),
        ({}, {"hours": 2}, True),
        ({}, {"documentation": Documentation.MEDICAL}, False),
        ({"seen": {"documentation": "medical"}}, {"documentation": Documentation.MEDICAL}, True),
        (WEDDING, {}, False),
        (WEDDING, WEDDING, True),
        (WEDDING | {"reason": WelfareReason.OTHER}, WEDDING, False),
        (WEDDING | {"status": RequestStatus.REFUSED}, WEDDING, False),
        (GRANTED, {}, True),
        (GRANTED | {"granted_hours": 2}, {}, False),
        (GRANTED | {"granted_hours": 2}, {"hours": 2}, True),
        (WEDDING | {"status": RequestStatus.GRANTED, "granted_from": day(3), "granted_to": day(3)}, {}, False),
        (
            {"kind": LeaveKind.BREASTFEEDING, "status": RequestStatus.GRANTED}
            | {"granted_from": day(2), "granted_to": day(2)},
            {},
            False,
        ),
    ],
)
def test_what_says_the_same_day(sent: dict[str, object], asked: dict[str, object], says_it: bool) -> None:
    row = known(day(2), day(3), **sent)  # type: ignore[arg-type]  # as the fields are
    request = Request(**({"kind": ILL, "first_day": day(2), "last_day": day(2)} | asked))  # type: ignore[arg-type]
    assert overlapping([row], request) == ((row,) if says_it else ())


@pytest.mark.parametrize(
    ("sent", "asked", "left"),
    [
        ((2, 3), (2, 3), ()),
        ((2, 3), (2, 6), ((4, 6),)),
        ((4, 4), (2, 6), ((2, 3), (5, 6))),
        ((2, 6), (2, 9), ((7, 9),)),
        ((2, 6), (2, 8), ()),
    ],
    ids=["all", "the end", "the middle", "over a weekend", "days off alone"],
)
def test_what_is_left_to_say(sent: tuple[int, int], asked: tuple[int, int], left: tuple[tuple[int, int], ...]) -> None:
    request = Request(ILL, *map(day, asked))
    said = overlapping([known(*map(day, sent))], request)
    assert said
    assert rest(said, request) == tuple((day(first), day(last)) for first, last in left)


@pytest.mark.one_database
def test_the_second_time_shows_the_first(app: Flask, amal: Journey) -> None:
    first = amal.sent("ill", "2026-10-19", "2026-10-20")
    draft = amal.asked("ill", "2026-10-20")
    page = amal.html(f"{draft}/betyr")
    assert TOLD in main_of(page)
    assert "mandag 19.10. – tirsdag 20.10.2026" in main_of(page)
    assert f'href="{first}"' in page
    assert f'href="{first}/trekk"' in page
    assert "Si fra til kommunen" not in main_of(page)
    assert amal.post(f"{draft}/betyr", message="").location == f"{draft}/betyr"
    assert len(rows_of(app, LeaveRequest)) == len(rows_of(app, OutgoingEvent)) == 1
    amal.post(f"{first}/trekk")
    assert TOLD not in amal.says(f"{draft}/betyr")
    assert amal.post(f"{draft}/betyr", message="").location.endswith("/kvittering")


@pytest.mark.one_database
def test_the_days_that_are_left_can_be_told(app: Flask, amal: Journey) -> None:
    amal.sent("ill", "2026-10-20", "2026-10-21")
    draft = amal.asked("ill", "2026-10-19", "2026-10-23")
    page = amal.html(f"{draft}/betyr")
    assert "Gå videre med mandag 19.10.2026" in main_of(page)
    assert "Gå videre med torsdag 22.10. – fredag 23.10.2026" in main_of(page)
    first, last = re.findall(r'name="(?:first|last)" value="([0-9-]+)"', page)[-2:]
    assert amal.post(f"{draft}/dager", first=first, last=last).location == f"{draft}/betyr"
    assert amal.post(f"{draft}/betyr", message="").location.endswith("/kvittering")
    told = [each for row in rows_of(app, LeaveRequest) for each in days(row.first_day, row.last_day)]
    assert sorted(told) == [date(2026, 10, number) for number in (20, 21, 22, 23)]


def test_illness_on_a_day_of_granted_leave(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    draft = amal.asked("ill", "2026-11-16")
    assert "Si fra til kommunen" in amal.says(f"{draft}/betyr")
    decide(app, sent, DecisionOutcome.GRANTED)
    page = amal.html(f"{draft}/betyr")
    assert "Du har allerede fri mandag 16.11.2026 Eget bryllup" in main_of(page)
    assert f'href="{sent}"' in page
    assert "Trekk tilbake" not in main_of(page)


def test_an_application_is_sent_once_too(app: Flask, amal: Journey) -> None:
    amal.sent("wedding", "2026-11-16")
    draft = amal.asked("wedding", "2026-11-16")
    assert "Du har allerede søkt om dette" in amal.says(f"{draft}/betyr")
    assert amal.post(f"{draft}/betyr", message="").location == f"{draft}/betyr"
    assert len(rows_of(app, LeaveRequest)) == 1


def test_the_municipality_knows_when_it_has_fetched(app: Flask, amal: Journey) -> None:
    sent = amal.sent("ill", "2026-10-19")
    pages = (f"{sent}/kvittering", sent, "/permisjon", "/")
    for address in pages:
        page = amal.says(address)
        assert NOT_FETCHED in page, address
        assert "Kommunen vet" not in page, address
    assert "Sendt 09:00 Kommunen henter det" in amal.says(sent)
    for address in pages[:2]:
        assert "Begynner timen snart? Ring i tillegg" in amal.says(address)
        assert 'href="tel:99887766"' in amal.html(address).partition("<main")[2].partition("</main")[0]
    fetch(app)
    for address in pages[:2]:
        assert "Kommunen vet at du er borte." in amal.says(address)
    assert "Kommunen vet det. Du trenger ikke vente på svar." in amal.says(pages[2])
    for address in pages:
        assert NOT_FETCHED not in amal.says(address), address
        assert "Ring i tillegg" not in amal.says(address), address


@pytest.mark.one_database
def test_days_far_ahead_need_no_call(amal: Journey) -> None:
    sent = amal.sent("religious", "2026-11-16")
    assert NOT_FETCHED in amal.says(sent)
    assert "Ring i tillegg" not in amal.says(sent)


def test_an_acknowledgement_of_one_is_none_of_another(
    app: Flask, amal: Journey, as_person: Callable[..., Journey]
) -> None:
    mine, other = amal.sent("ill", "2026-10-19"), as_person("danylo").sent("ill", "2026-10-19")
    with app.extensions["store"].write_session() as session:
        outbox.acknowledge(session, [mine.split("/")[-1]], clock.now())
        session.commit()
    assert NOT_FETCHED not in amal.says(mine)
    assert NOT_FETCHED in as_person("danylo").says(other)


@pytest.mark.one_database
def test_home_knows_what_was_told(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY), lesson(2, date(2026, 10, 20)))
    assert "Nå 09:00–11:00" in amal.says("/")
    sent = amal.sent("ill", "2026-10-19")
    page = amal.html("/")
    assert f"Du er syk i dag Sendt kl. 09:00. {NOT_FETCHED}" in main_of(page)
    assert "I morgen 09:00 Norsk" in main_of(page), "nobody is expected today"
    assert f'action="{sent}/trekk"' in page
    fetch(app)
    assert "Du er syk i dag Kommunen vet det." in amal.says("/")
    amal.post(f"{sent}/trekk")
    assert "Du er syk i dag" not in amal.says("/")
    assert "Nå 09:00–11:00" in amal.says("/"), "one is expected today again"


@pytest.mark.one_database
def test_home_and_timetable_know_of_leave_and_of_hours(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY))
    hours = amal.sent("doctor", "2026-10-19", extent="hours", hours="2")
    sent = amal.sent("wedding", "2026-10-19")
    for address in ("/", "/timeplan"):
        page = amal.says(address)
        assert "Venter på svar 2 timer, mandag 19.10.2026" in page, address
        assert "Venter på svar mandag 19.10.2026" in page, address
        assert f'href="{hours}"' in amal.html(address), address
    assert "Nå 09:00–11:00" in amal.says("/"), "nobody has answered"
    decide(app, sent, DecisionOutcome.GRANTED)
    for address in ("/", "/timeplan"):
        assert "Du har fått fri mandag 19.10.2026." in amal.says(address), address
    assert "Nå 09:00–11:00" not in amal.says("/")
    assert "Ingenting på timeplanen" not in amal.says("/"), "that is no news to who is away"
