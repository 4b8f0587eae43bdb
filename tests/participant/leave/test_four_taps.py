"""From the front door to the receipt by tapping what the pages show, and counting the taps."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.tables.leave import LeaveRequest, RequestForm
from portal.tables.schedule import Occurrence
from tests.participant.absences.test_absences import lesson
from tests.participant.leave.making import NOW, TODAY, Journey, absence, add, main_of, rows_of

BUTTON = re.compile(r"<button\b[^>]*>")
MOST_TAPS = 3
pytestmark = pytest.mark.one_database


class Tapping:
    """A person who only taps: a link, or a button of a form with what the form is filled in with already."""

    def __init__(self, person: Journey) -> None:
        self.person, self.taps, self.page, self.at = person, 0, person.html("/"), "/"

    def tap_link(self, address: str) -> None:
        """Follow a link of the page."""
        assert re.search(rf'<a\b[^>]*href="{address}"', self.page), f"no link to {address} on {self.at}"
        self._goes(address)

    def tap_button(self, action: str, value: str = "") -> None:
        """Send the form that goes to an address ending in `action`, by its first button or the one with `value`."""
        form = next(found for found in self.page.split("<form")[1:] if _attribute(found, "action").endswith(action))
        form = form.split("</form")[0]
        outside = [found for found in BUTTON.findall(self.page) if _attribute(found, "form") == _attribute(form, "id")]
        seen = [found for found in (*outside, *BUTTON.findall(form)) if _attribute(found, "class") != "vh"]
        button = next(found for found in seen if not value or _attribute(found, "value") == value)
        pressed = {_attribute(button, "name"): value} if value else {}
        answer = self.person.post(_attribute(form, "action"), **_filled_in(form), **pressed)
        assert answer.status_code == 303, main_of(answer.get_data(as_text=True))
        self._goes(answer.location)

    def _goes(self, address: str) -> None:
        self.taps, self.at, self.page = self.taps + 1, address, self.person.html(address)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _filled_in(form: str) -> dict[str, str]:
    inputs = [tag for tag in re.findall(r"<input\b[^>]*>", form) if _attribute(tag, "name") != "csrf_token"]
    chosen = [tag for tag in inputs if _attribute(tag, "type") not in ("radio", "checkbox") or " checked" in tag]
    return {_attribute(tag, "name"): _attribute(tag, "value") for tag in chosen}


@pytest.mark.parametrize(
    ("what", "says"), [("ill", "Meld at jeg er syk i dag"), ("child_ill", "Meld at barnet er sykt i dag")]
)
def test_an_illness_of_today_is_three_taps(app: Flask, amal: Journey, what: str, says: str) -> None:
    add(app, lesson(1, TODAY), lesson(2, date(2026, 10, 20)))
    person = Tapping(amal)
    person.tap_link("/permisjon/ny")
    person.tap_button("/permisjon/ny", what)
    words = main_of(person.page)
    assert "mandag 19.10.2026" in words
    assert "09:00 Norsk B1" in words
    assert "Dag 1 av 3" in words
    assert "torsdag 22.10., må du ha legeerklæring." in words, "the same counting as on the page of absences"
    assert says in words
    for field in ("hours", "paper", "first"):
        assert f'name="{field}"' not in person.page, "nothing but the button is asked for"
    person.tap_button("/i-dag")
    assert person.taps == MOST_TAPS
    assert person.at.endswith("/kvittering")
    [sent] = rows_of(app, LeaveRequest)
    assert (sent.form, sent.first_day, sent.last_day) == (RequestForm.REPORT, TODAY, TODAY)
    assert sent.seen["outcome"] == "right"
    assert "Ikke registrert ennå" in amal.says("/fravaer")


def test_the_days_with_self_certification_are_counted_on(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY), absence(1, date(2026, 10, 12), date(2026, 10, 13)))
    words = amal.says(f"{amal.begin('ill')}/i-dag")
    assert "Dag 3 av 3" in words
    assert "Er du fortsatt syk tirsdag 20.10., må du ha legeerklæring." in words
    add(app, absence(1, date(2026, 10, 14), date(2026, 10, 14)))
    words = amal.says(f"{amal.begin('ill')}/i-dag")
    assert "av 3" not in words, "none is left"
    assert "legeerklæring fra første dag" in words


def test_looking_at_today_changes_no_days_and_other_days_lead_back(amal: Journey) -> None:
    draft = amal.asked("ill", "2026-10-21", "2026-10-22")
    assert "Meld at jeg er syk i dag" in amal.says(f"{draft}/i-dag")
    assert "onsdag 21.10. – torsdag 22.10.2026" in amal.says(f"{draft}/betyr")
    assert f'href="{draft}/i-dag"' in amal.html(f"{draft}/dager")
    assert amal.client.get(f"{amal.begin('wedding')}/i-dag").status_code == 404, "that is no thing of today"


def test_nothing_can_be_told_of_a_day_without_lessons(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, date(2026, 10, 20)))
    draft = amal.begin("ill")
    page = amal.html(f"{draft}/i-dag")
    assert "Du har ingen timer i dag." in main_of(page)
    assert "Meld at jeg er syk i dag" not in page
    add(app, lesson(2, TODAY))
    assert "Meld at jeg er syk i dag" in amal.html(f"{draft}/i-dag"), "the control"


def test_to_call_as_well_is_said_in_the_last_hour_only(app: Flask, amal: Journey) -> None:
    starts = NOW + timedelta(minutes=59)
    add(app, lesson(1, TODAY, starts_at=starts, ends_at=starts + timedelta(hours=2)))
    draft = amal.begin("ill")
    assert "Timen begynner snart" in amal.says(f"{draft}/i-dag")
    with app.extensions["store"].write_session() as session:
        session.execute(update(Occurrence).values(starts_at=NOW + timedelta(minutes=61)))
        session.commit()
    assert "Timen begynner snart" not in amal.says(f"{draft}/i-dag")


def test_an_illness_of_today_sent_twice_is_told_once_and_once_more_is_not_possible(app: Flask, amal: Journey) -> None:
    draft = amal.begin("ill")
    first, second = (amal.post(f"{draft}/i-dag") for _ in range(2))
    assert first.location == second.location
    other = amal.begin("ill")
    assert "Du har allerede sagt fra om dette" in amal.says(f"{other}/i-dag")
    assert amal.post(f"{other}/i-dag").location == f"{other}/i-dag"
    assert len(rows_of(app, LeaveRequest)) == 1


def test_what_is_applied_for_is_sent_where_its_meaning_stands(app: Flask, amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    page = amal.html(draft + "/betyr")
    assert "Steg 2 av 2" in main_of(page)
    assert f'action="{draft}/betyr"' in page
    assert "Det er ikke sendt ennå" not in page
    assert "Det er ikke sendt ennå" in amal.says(draft + "/betyr?igjen=1")


def test_why_is_asked_where_more_time_is_wanted(app: Flask, amal: Journey) -> None:
    short, long = amal.asked("wedding", "2026-11-06"), amal.asked("wedding", "2026-11-06", "2026-11-13")
    assert "Hvorfor trenger du mer tid?" not in amal.says(short + "/betyr")
    assert "Hvorfor trenger du mer tid?" in amal.says(long + "/betyr")
    answer = amal.post(f"{long}/betyr", message=" ")
    assert answer.status_code == 422
    assert "Skriv hvorfor du trenger mer tid." in main_of(answer.get_data(as_text=True))
    assert rows_of(app, LeaveRequest) == []
    assert amal.post(f"{long}/betyr", message="Familien bor langt unna.").status_code == 303
