"""Where a participant whose address is protected goes stands on no page, in either language, and in no event."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal import clock
from portal.bilingual.page import ASKS, BOTH
from portal.exchange.export import events
from portal.store.db import Store
from tests.exchange.files import example, taken
from tests.house.crawling import crawl
from tests.participant.leave.making import Journey, main_of
from tests.settings import settings_for
from tests.strict import opened, sign_in

PLACES = ("Markør-timested", "Markør-møtested", "Markør-elementsted", "Markør-nytt-elementsted", "Markør-flyttested")
WHY = "Vi viser ikke stedet her. Rådgiveren kan si det."


def event(day: date, number: int, owner: str, place: str, *more: str) -> str:
    """One event of a timetable at ten."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:u{number}",
        "DTSTAMP:20260801T080000Z",
        f"DTSTART;TZID=Europe/Oslo:{day:%Y%m%d}T100000",
        f"DTEND;TZID=Europe/Oslo:{day:%Y%m%d}T110000",
        "CATEGORIES:meeting",
        f"LOCATION:{place}",
        "X-INTRO-ROOM:204",
        owner,
        *more,
        "END:VEVENT",
    ]
    return "\r\n".join(lines)


def timetable(today: date) -> str:
    """Lessons of the group and meetings of one's own: coming, over, and moved."""
    mine, group = "X-INTRO-PARTICIPANT:p-1001", "X-INTRO-GROUP:norsk-a2"
    tomorrow = today + timedelta(days=1)
    moved = f"RECURRENCE-ID;TZID=Europe/Oslo:{tomorrow + timedelta(days=1):%Y%m%d}T100000"
    events = [
        event(tomorrow, 1, mine, PLACES[1]),
        event(tomorrow, 2, group, PLACES[0]),
        event(today - timedelta(days=1), 3, group, PLACES[0]),
        event(tomorrow + timedelta(days=1), 4, group, PLACES[0]),
        event(tomorrow, 4, group, PLACES[4], moved),
    ]
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//NO\r\nX-INTRO-MUNICIPALITY:310000019\r\n"
    return head + "\r\n".join(events) + "\r\nEND:VCALENDAR\r\n"


@pytest.fixture(params=[True, False], ids=["protected", "not protected"])
def served(
    request: pytest.FixtureRequest, store: Store, database_url: str, tmp_path: Path
) -> Iterator[tuple[Flask, bool]]:
    """The portal with one participant who has a place wherever there may be one."""
    document = example()
    person = document["participants"][0]
    person |= {"protected_address": request.param, "start": "2026-02-02", "end": "2099-02-01"}
    first = person["plans"][0]
    for element in first["elements"]:
        element["place"] = PLACES[2]
    second = json.loads(json.dumps(first)) | {"version": 2, "decided_on": "2026-03-02", "change": "Nytt sted"}
    for element in second["elements"]:
        element["place"] = PLACES[3]
    person["plans"].append(second)
    taken(store, tmp_path, document, timetable(clock.today()))
    with opened(settings_for(database_url)) as app:
        yield app, request.param


@pytest.mark.one_database
def test_no_place_stands_anywhere(served: tuple[Flask, bool], store: Store) -> None:
    app, protected = served
    client = sign_in(app, "p-1001", "uk")
    journey = Journey(client)
    tomorrow = clock.today() + timedelta(days=1)
    draft = journey.asked("doctor", f"{tomorrow}", extent="whole")
    sent = journey.sent("ill", f"{tomorrow}")
    pages = crawl(client, beside=False)
    near = [(clock.today() + timedelta(days=days)).isocalendar() for days in (-1, 1, 2)]
    weeks = ["/timeplan?uke={}-{:02}".format(*day) for day in near]
    beside = [f"{address}{'&' if '?' in address else '?'}{ASKS}={BOTH}" for address in pages]
    for address in (*weeks, *beside, f"{draft}/betyr", f"{sent}/kvittering"):
        pages[address] = client.get(address).text
    with store.write_session() as session:
        pages["the events"] = json.dumps(events.waiting(session), ensure_ascii=False)
    found = {place: [address for address, page in pages.items() if place in page] for place in PLACES}
    assert "Markør" not in "".join(pages.values()) or not protected, found
    assert not any(found.values()) if protected else all(found.values()), found


@pytest.mark.one_database
def test_the_page_says_why_no_place_is_shown(served: tuple[Flask, bool]) -> None:
    app, protected = served
    client = sign_in(app, "p-1001")
    tomorrow = clock.today() + timedelta(days=1)
    for address in ("/", f"/timeplan?dag={tomorrow}", "/plan"):
        words = re.sub(r"\s+", " ", main_of(client.get(address).text))
        assert (WHY in words) is protected, address
        if address != "/plan":
            assert "204" in words, "a room tells nobody where the house is"
