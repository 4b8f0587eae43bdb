"""What nobody types by mistake, in every field: told kindly, never a broken page (run as served, not as tested)."""

from uuid import uuid4

import pytest
from flask import Flask
from markupsafe import escape

from portal.i18n.field_errors import FieldError
from portal.i18n.format import readable
from portal.participant.leave.forms import DATES
from portal.participant.leave.leave_input import LeaveInput, parse
from portal.tables.log import Question
from portal.web.date_fields import parts
from tests.participant.leave.making import TODAY, Journey, rows_of
from tests.participant.leave.portal_of_three import amal, app, as_person, small_database  # noqa: F401  # fixtures

pytestmark = pytest.mark.one_database

ODD = [
    "", " ", "\0", "\x1b[31m", "\u202e23.10.2026", "0001-01-01", "9999-12-31", "30.02.2026", "NaN", "1e999",
    "-1e999", "-1", "0000" + "9" * 4_400, "9" * 30, "x" * 5_000, "<script>", "%s%(x)s", "{{7*7}}", "९", "1_0",
]  # fmt: skip
ASKING = {"first": "2026-10-26", "last": "2026-10-26", "event": "2026-09-01", "paper": "yes"}
NOWHERE = ["//[", "/\\[", "http://[", "//\u2100", "//evil.example", "/\\evil.example", "/\t/evil.example"]


@pytest.fixture(autouse=True)
def as_served(app: Flask) -> None:  # noqa: F811
    """Unexpected errors become pages, as for a participant, so that a 500 is seen."""
    app.testing = False


@pytest.mark.parametrize(
    ("what", "field"),
    [("ill", "first"), ("ill", "hours"), ("ill", "paper_from"), ("bereavement", "travel"), ("parental", "event")],
)
def test_the_days_of_a_request(amal: Journey, what: str, field: str) -> None:  # noqa: F811
    draft = amal.begin(what)
    for value in ODD:
        asked = f"{field}-day" if field in DATES else field
        typed = ASKING | {"extent": "hours" if field == "hours" else "whole", asked: value}
        typed.pop(field if asked != field else "", None)
        answer = amal.post(f"{draft}/dager", **typed)
        assert answer.status_code in (303, 422), value[:20]
        if answer.status_code == 422:
            shown = parts(value) if asked != field else (value,)
            assert all(escape(readable(piece)) in answer.text for piece in shown), "what was typed still stands there"
        assert amal.client.get(f"{draft}/betyr").status_code == (200 if answer.status_code == 303 else 303)


@pytest.mark.parametrize("hours", ["-1e999", "-1e40", "NaN", "-1", "1e-999"])
def test_hours_that_are_no_number_of_hours(hours: str) -> None:
    typed = {"what": "ill", "extent": "hours", "first": "2026-10-19", "last": "2026-10-19"}
    assert parse(typed | {"hours": hours}, TODAY) == {"hours": FieldError.HOURS_NOT_A_NUMBER}
    assert isinstance(parse(typed | {"hours": "1,5"}, TODAY), LeaveInput)


@pytest.mark.parametrize("travel", ["0000" + "9" * 4_400, "00009999", "15", "-1"])
def test_days_of_travel_that_nobody_travels(travel: str) -> None:
    typed = {"what": "bereavement", "first": "2026-10-19", "last": "2026-10-19"}
    assert parse(typed | {"travel": travel}, TODAY) == {"travel": FieldError.TRAVEL_NOT_A_NUMBER}
    assert isinstance(parse(typed | {"travel": "014"}, TODAY), LeaveInput)


@pytest.mark.parametrize("spelt", ["urn:uuid:{}", "{{{}}}", "------{}"])
def test_a_question_is_one_however_its_id_is_spelt(app: Flask, amal: Journey, spelt: str) -> None:  # noqa: F811
    once = str(uuid4())
    for name in (once, spelt.format(once)):
        assert amal.post("/meg", idempotency_key=name, message="Når begynner kurset?").status_code == 303
    assert [row.public_id for row in rows_of(app, Question)] == [once]
    assert amal.post("/meg", idempotency_key="tull", message="Når?").status_code == 422


def test_characters_that_no_page_can_hold_are_not_kept(amal: Journey) -> None:  # noqa: F811
    amal.post("/meg", idempotency_key=str(uuid4()), message="Når\0 begynner\x1b kurset\u200f?\n\ufdd0Hilsen")
    assert "Når begynner kurset\u200f?\nHilsen" in amal.html("/meg")
    assert amal.post("/meg", idempotency_key=str(uuid4()), message="\0\x01").status_code == 422


@pytest.mark.parametrize("goal", NOWHERE)
def test_an_address_that_nobody_can_read_leads_home(app: Flask, amal: Journey, goal: str) -> None:  # noqa: F811
    assert amal.post("/sprak", sprak="nb", next=goal).location == "/"
    assert app.test_client().get("/logg-inn", query_string={"next": goal}).status_code == 200
    shown = {"HX-Request": "true", "HX-Current-URL": goal.encode().decode("latin-1").replace("\t", " ")}
    assert app.test_client().get("/meg", headers=shown).headers["HX-Redirect"] == "/logg-inn"
    assert amal.post("/sprak", sprak="nb", next="/plan?x=1").location == "/plan?x=1"


@pytest.mark.parametrize("path", ["/timeplan?uke=", "/stonad/", "/plan/versjon/", "/permisjon/", "/fravaer/", "/x"])
def test_addresses_that_lead_nowhere(amal: Journey, path: str) -> None:  # noqa: F811
    for value in ("%00", "%1b", "%ff", "2026-99", "9999-52", "0-0", "9" * 30, "%D9%A1", str(uuid4())):
        assert amal.client.get(f"{path}{value}").status_code in (200, 404), value


def test_bodies_that_are_no_forms(amal: Journey) -> None:  # noqa: F811
    kinds = ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"]
    for kind in [*kinds, "application/x-www-form-urlencoded"]:
        for body in (b"\xff\xfe\0", b"--x\r\n\r\n", b"a" * 600_000, b"&" * 2_000):
            assert amal.client.post("/meg", data=body, content_type=kind).status_code in (400, 413), kind
    assert amal.client.post("/meg", data=b"a" * 10_100_000).status_code in (400, 413)


@pytest.mark.parametrize("base", ["http://localhost", "https://localhost"])
@pytest.mark.parametrize("before", ["http://[x", "https://localhost:x/plan", "https://localhost:99999999/plan"])
def test_a_page_before_this_that_has_no_address(amal: Journey, base: str, before: str) -> None:  # noqa: F811
    typed = {"csrf_token": amal.token, "sprak": "nb", "next": "/plan"}
    answer = amal.client.post("/sprak", data=typed, headers={"Referer": before}, base_url=base)
    assert (answer.status_code, answer.location) == ((303, "/plan") if base.startswith("http:") else (303, "/"))
