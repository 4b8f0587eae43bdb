"""Days are chosen as rows of the timetable, or as three fields; what is meant two ways is asked, never guessed."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.tables.leave import LeaveDraft, LeaveRequest
from portal.tables.people import Participant
from portal.tables.schedule import OccurrenceStatus, SchoolBreak
from portal.web.date_fields import parts, typed
from tests.participant.absences.test_absences import lesson
from tests.participant.leave.making import TODAY, Journey, add, main_of, rows_of

pytestmark = pytest.mark.one_database

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (TODAY + timedelta(days=number) for number in range(5))
NEXT_MONDAY = TODAY + timedelta(days=7)


@pytest.fixture
def timetable(app: Flask) -> None:
    """Lessons this week but on Wednesday (none) and Friday (cancelled), and next Monday; nothing known after that."""
    add(
        app,
        lesson(1, MONDAY),
        lesson(2, TUESDAY, title="Samfunnskunnskap"),
        lesson(3, THURSDAY),
        lesson(4, FRIDAY, status=OccurrenceStatus.CANCELLED),
        lesson(5, NEXT_MONDAY),
    )


def choose(amal: Journey, draft: str, *days: date, **more: Any) -> Any:
    """Tick rows of the page as it stands, and go on."""
    page = amal.html(f"{draft}/dager")
    offered = re.search(r'name="offered" value="([^"]*)"', page)
    assert offered
    for day in days:
        assert f'name="day" value="{day}"' in page, day
    fields = {"csrf_token": amal.token, "offered": offered[1], "day": [f"{day}" for day in days], "extent": "whole"}
    return amal.client.post(f"{draft}/dager", data=fields | more)


def says(answer: Any) -> str:
    return main_of(answer.get_data(as_text=True))


@pytest.mark.usefixtures("timetable")
def test_rows_are_the_programmes_days(amal: Journey) -> None:
    page = amal.html(f"{amal.begin('wedding')}/dager")
    words = main_of(page)
    assert "Denne uka mandag 19.10. Norsk tirsdag 20.10. Norsk onsdag 21.10. Ingen timer." in words
    assert "fredag 23.10. Avlyst Neste uke" in words
    assert re.findall(r'name="day" value="([^"]+)"', page) == [
        f"{day}"
        for day in (
            MONDAY,
            TUESDAY,
            THURSDAY,
            NEXT_MONDAY,
            *(TODAY + timedelta(days=number) for number in range(14, 19)),
        )
    ], "days with lessons, and those of a week that nobody has planned yet"
    assert "checked" not in re.findall(r'<input type="checkbox"[^>]*>', page)[0]


@pytest.mark.usefixtures("timetable")
def test_days_one_after_another_are_first_and_last(app: Flask, amal: Journey) -> None:
    draft = amal.begin("wedding")
    assert choose(amal, draft, TUESDAY, THURSDAY).location == f"{draft}/betyr", "nobody could choose Wednesday"
    assert "tirsdag 20.10. – torsdag 22.10.2026" in amal.says(f"{draft}/betyr")
    again = amal.html(f"{draft}/dager")
    assert [tag for tag in re.findall(r'<input type="checkbox"[^>]*>', again) if "checked" in tag] == [
        f'<input type="checkbox" name="day" value="{day}" checked>' for day in (TUESDAY, THURSDAY)
    ]


@pytest.mark.usefixtures("timetable")
def test_a_day_left_out_between_is_asked_for(amal: Journey) -> None:
    draft = amal.begin("wedding")
    answer = choose(amal, draft, MONDAY, THURSDAY)
    assert answer.status_code == 422
    assert says(answer).count("Dagene må henge sammen. Velg dagene imellom også") == 2, "in the summary and at the rows"
    assert answer.get_data(as_text=True).count(" checked>") == 2, "what was ticked stays"
    assert amal.client.get(f"{draft}/betyr").location == f"{draft}/dager", "nor is it sent some other way"
    assert choose(amal, draft, MONDAY, TUESDAY, THURSDAY).status_code == 303, "the control"


@pytest.mark.usefixtures("timetable")
def test_no_day_and_days_chosen_twice_are_asked_about(amal: Journey) -> None:
    draft = amal.begin("wedding")
    nothing = choose(amal, draft)
    assert (nothing.status_code, says(nothing).count("Velg minst én dag.")) == (422, 2)
    typed = {"first-day": "6", "first-month": "11", "first-year": "2026"}
    twice = choose(amal, draft, MONDAY, **typed)
    assert twice.status_code == 422
    assert "Du har valgt dager på to måter. Bruk bare én av dem." in says(twice)
    assert 'name="first-month" value="11"' in twice.get_data(as_text=True)
    assert choose(amal, draft, **typed).location == f"{draft}/betyr"
    assert "fredag 06.11.2026" in amal.says(f"{draft}/betyr")


def test_a_break_is_one_row_and_no_day_of_it_can_be_chosen_but_for_a_holiday(app: Flask, amal: Journey) -> None:
    add(
        app,
        SchoolBreak(municipality_id=1, external_id="h", name="Høstferie", first_day=THURSDAY, last_day=NEXT_MONDAY),
        lesson(1, MONDAY),
        lesson(2, TODAY + timedelta(days=8)),
    )
    page = amal.html(f"{amal.begin('wedding')}/dager")
    assert "torsdag 22.10. – mandag 26.10. Ingen skole: Høstferie" in main_of(page)
    assert main_of(page).count("Høstferie") == 1
    assert f'value="{FRIDAY}"' not in page
    holiday = amal.html(f"{amal.begin('holiday')}/dager")
    assert f'name="day" value="{FRIDAY}"' in holiday, "holiday counts in a break (IF § 18)"


def test_an_illness_of_last_week_can_be_told(app: Flask, amal: Journey) -> None:
    past = TODAY - timedelta(days=3)
    add(app, lesson(1, past))
    draft = amal.begin("ill")
    assert "Forrige uke" in amal.says(f"{draft}/dager")
    assert choose(amal, draft, past).status_code == 303
    amal.post(f"{draft}/betyr", message="")
    assert rows_of(app, LeaveRequest)[0].first_day == past
    assert "Forrige uke" not in amal.says(f"{amal.begin('wedding')}/dager")


def test_before_the_start_only_the_meeting_can_be_chosen(app: Flask, amal: Journey) -> None:
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).where(Participant.id == 1).values(start=date(2027, 1, 15), end=None))
        session.commit()
    add(app, lesson(1, THURSDAY, title="Møte med tolk"))
    draft = amal.begin("ill")
    assert re.findall(r'name="day" value="([^"]+)"', amal.html(f"{draft}/dager")) == [f"{THURSDAY}"]
    choose(amal, draft, THURSDAY)
    assert "Det er ikke fravær fra programmet" in amal.says(f"{draft}/betyr")
    assert amal.post(f"{draft}/betyr", message="").location.endswith("/kvittering")


def test_hours_are_never_dropped(app: Flask, amal: Journey) -> None:
    draft = amal.begin("doctor")
    both = choose(amal, draft, MONDAY, extent="whole", hours="2")
    assert both.status_code == 422
    assert "Du har skrevet timer. Velg «Noen timer på én dag», eller fjern timene." in says(both)
    two = choose(amal, draft, MONDAY, TUESDAY, extent="hours", hours="2")
    assert "Timer gjelder bare én dag. Velg bare én av dagene." in says(two)
    assert choose(amal, draft, MONDAY, extent="hours", hours="2").status_code == 303
    amal.post(f"{draft}/betyr", message="")
    assert rows_of(app, LeaveRequest)[0].hours == 2


def test_a_date_of_a_paper_is_never_dropped(amal: Journey) -> None:
    draft = amal.begin("ill")
    dated = {"paper_from-day": "20", "paper_from-month": "10", "paper_from-year": "2026"}
    both = choose(amal, draft, MONDAY, TUESDAY, paper="no", **dated)
    assert both.status_code == 422
    assert "Du har skrevet en dato. Velg «Ja», eller fjern datoen." in says(both)
    assert choose(amal, draft, MONDAY, TUESDAY, paper="yes", **dated).status_code == 303


def test_long_leave_asks_for_dates_alone(amal: Journey) -> None:
    draft = amal.begin("parental")
    page = amal.html(f"{draft}/dager")
    assert 'type="checkbox"' not in page
    assert 'type="date"' not in page
    fields = {
        f"{name}-{part}": value
        for name, whole in (("event", "1.10.2026"), ("first", "2.11.2026"), ("last", "٣١.٣.٢٠٢٧"))
        for part, value in zip(("day", "month", "year"), whole.split("."), strict=True)
    }
    assert amal.post(f"{draft}/dager", **fields).location == f"{draft}/betyr"
    wrong = amal.post(f"{draft}/dager", **fields | {"last-day": "31", "last-month": "juni"})
    assert wrong.status_code == 422
    assert 'name="last-month" value="juni"' in wrong.get_data(as_text=True)
    assert 'href="#last"' in wrong.get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "text", "shown"),
    [
        ({"a-day": "6", "a-month": "11", "a-year": "2026"}, "6/11/2026", ("6", "11", "2026")),
        ({"a-day": "06", "a-month": "11", "a-year": "26"}, "06/11/2026", ("6", "11", "2026")),
        ({"a-day": "23.11.2026", "a-month": "", "a-year": ""}, "23.11.2026", ("23", "11", "2026")),
        ({"a-day": "i morgen", "a-month": "", "a-year": " "}, "i morgen", ("i morgen", "", "")),
        ({"a-day": "31", "a-month": "2", "a-year": "2026"}, "31/2/2026", ("31", "2", "2026")),
        ({"a-day": "", "a-month": "2", "a-year": ""}, "/2", ("", "2", "")),
        ({"a-day": "", "a-month": "", "a-year": ""}, "", ("", "", "")),
        ({}, None, ("", "", "")),
    ],
)
def test_three_fields_are_one_text(fields: dict[str, str], text: str | None, shown: tuple[str, str, str]) -> None:
    assert typed(fields, "a") == text
    assert parts(text) == shown


@pytest.mark.usefixtures("timetable")
def test_the_count_follows_what_is_ticked(app: Flask, amal: Journey) -> None:
    draft = amal.begin("wedding")
    fields = {"csrf_token": amal.token, "offered": f"{MONDAY} {TUESDAY}", "day": [f"{MONDAY}", f"{TUESDAY}"]}
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    part = amal.client.post(f"{draft}/dager/anslag", data=fields, headers=htmx).get_data(as_text=True)
    assert main_of(f"<main>{part}</main>") == "2 dager mandag 19.10. – tirsdag 20.10.2026"
    (kept,) = rows_of(app, LeaveDraft)
    assert kept.answers
