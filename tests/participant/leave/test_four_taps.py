"""From the front door to the receipt by tapping what the pages show, and counting the taps."""

import re
from datetime import date

from flask import Flask

from portal.tables.leave import LeaveRequest, RequestForm
from tests.participant.absences.test_absences import lesson
from tests.participant.leave.making import TODAY, Journey, add, main_of, rows_of

BUTTON = re.compile(r"<button\b[^>]*>")
MOST_TAPS = 4


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
        button = next(found for found in BUTTON.findall(form) if not value or _attribute(found, "value") == value)
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
    chosen = [tag for tag in inputs if _attribute(tag, "type") != "radio" or " checked" in tag]
    return {_attribute(tag, "name"): _attribute(tag, "value") for tag in chosen}


def test_i_am_ill_today(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, date(2026, 10, 19)))
    person = Tapping(amal)
    person.tap_link("/permisjon/ny")
    person.tap_button("/permisjon/ny", "ill")
    person.tap_button("/dager")
    assert "Du sier bare fra" in main_of(person.page)
    person.tap_button("/se-over")
    assert person.taps <= MOST_TAPS
    assert person.at.endswith("/kvittering")
    [sent] = rows_of(app, LeaveRequest)
    assert (sent.form, sent.first_day, sent.last_day) == (RequestForm.REPORT, TODAY, TODAY)
    assert sent.seen["outcome"] == "right"
    assert "Du har sagt fra. Det er ikke registrert ennå." in amal.says("/fravaer")


def test_what_is_asked_for_is_looked_over_before_it_is_sent(amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    page = amal.html(draft + "/betyr")
    assert f'action="{draft}/se-over"' not in page
    assert f'href="{draft}/se-over"' in page
