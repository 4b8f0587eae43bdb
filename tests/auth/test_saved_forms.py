"""Nothing typed is lost when a login ends, and nothing typed by one person is written or shown as another's."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.tables.absence import AbsenceObjection, AbsenceValidity
from portal.tables.leave import LeaveRequest
from portal.tables.log import Question
from portal.tables.login import SavedForm
from portal.tables.people import Participant
from tests.auth.harness import ANNA, OMAR, Browser, Op, portal_settings, query_of
from tests.databases import Embedded
from tests.participant.leave.making import absence, add
from tests.strict import opened, token_of

Turn = Callable[..., None]
TYPED = "Når kan jeg begynne på norsk trinn to? متى؟"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def whole(op: Op, filled: tuple[Embedded, str]) -> Iterator[Flask]:
    """The whole portal."""
    databases, like = filled
    with opened(portal_settings(databases.new(like), op)) as app:
        yield app


@pytest.fixture
def anna(whole: Flask, op: Op) -> Browser:
    """Anna's browser, signed in."""
    browser = Browser(whole, op)
    browser.sign_in()
    return browser


def form_of(browser: Browser, path: str = "/meg") -> dict[str, str]:
    """The token and the question of a page that stands open in a tab."""
    return {"csrf_token": token_of(browser.get(path).text), "idempotency_key": str(uuid4())}


def send(browser: Browser, form: dict[str, str], path: str = "/meg", **headers: str):
    """Send a form as it stood in the tab."""
    return browser.portal.post(
        path, base_url=browser.base, data=form, headers={"Referer": f"{browser.base}{path}", **headers}
    )


def rows(app: Flask, table: type) -> list[object]:
    with app.extensions["store"].read_session() as opened:
        return list(opened.scalars(select(table)).all())


def test_a_question_sent_too_late_comes_back_after_sign_in(whole: Flask, anna: Browser, turn: Turn) -> None:
    form = form_of(anna) | {"message": TYPED}
    turn(minutes=31)
    away = send(anna, form)
    assert (away.status_code, away.location) == (303, "/logg-inn?next=%2Fmeg%3Figjen%3D1&utlopt=1")
    assert not rows(whole, Question)
    back = anna.sign_in(next="/meg?igjen=1")
    page = anna.get(back.location).text
    assert TYPED in page
    assert TYPED not in anna.get("/meg").text, "only where it is asked for"
    assert (
        send(
            anna, form_of(anna, back.location) | {"message": TYPED, "idempotency_key": form["idempotency_key"]}
        ).status_code
        == 303
    )
    assert len(rows(whole, Question)) == 1


def test_it_stays_sealed_and_is_gone_after_an_hour_and_after_signing_out(
    whole: Flask, anna: Browser, turn: Turn
) -> None:
    form = form_of(anna) | {"message": TYPED}
    turn(minutes=31)
    send(anna, form)
    (kept,) = rows(whole, SavedForm)
    assert TYPED.encode() not in kept.fields
    assert b"idempotency_key" not in kept.fields
    anna.sign_in()
    turn(minutes=61)
    anna.sign_in()
    assert TYPED not in anna.get("/meg?igjen=1").text
    anna.post("/logg-ut")
    assert not rows(whole, SavedForm)


def test_it_is_shown_to_nobody_else_and_in_no_other_browser(whole: Flask, op: Op, anna: Browser, turn: Turn) -> None:
    form = form_of(anna) | {"message": TYPED}
    turn(minutes=31)
    send(anna, form)
    anna.sign_in(OMAR, ny=1)
    assert TYPED not in anna.get("/meg?igjen=1").text
    other = Browser(whole, op)
    other.sign_in(ANNA)
    assert TYPED not in other.get("/meg?igjen=1").text
    anna.sign_in(ANNA, ny=1)
    assert TYPED in anna.get("/meg?igjen=1").text


def test_a_request_for_leave_comes_back_to_the_same_step(anna: Browser, turn: Turn) -> None:
    draft = anna.post("/permisjon/ny", data={"what": "wedding"}).location
    form = {"csrf_token": form_of(anna, draft)["csrf_token"], "first": "2027-03-01", "last": "2027-03-02"}
    turn(minutes=31)
    anna.sign_in(next=send(anna, form, draft).location.partition("next=")[2].replace("%2F", "/").partition("%3F")[0])
    page = anna.get(f"{draft}?igjen=1").text
    for field, value in (("first-day", 1), ("last-day", 2), ("first-month", 3), ("last-year", 2027)):
        assert f'name="{field}" value="{value}"' in page


def test_what_one_says_against_an_absence_comes_back_to_the_same_step(whole: Flask, anna: Browser, turn: Turn) -> None:
    row = absence(1, date(2026, 10, 14), date(2026, 10, 14), verdict=AbsenceValidity.INVALID, kind=None)
    add(whole, row)
    step = f"/fravaer/{row.public_id}/feil"
    assert TYPED not in anna.get(step).text
    form = form_of(anna, step) | {"message": TYPED, "paper": "yes"}
    turn(minutes=31)
    away = send(anna, form, step)
    asked = query_of(away.location)
    assert (away.status_code, asked) == (303, {"next": f"{step}?igjen=1", "utlopt": "1"})
    assert "Du ble logget ut" in anna.get(away.location).text
    assert not rows(whole, AbsenceObjection)
    back = anna.sign_in(next=asked["next"])
    assert back.location == f"{step}?igjen=1"
    page = anna.get(back.location).text
    assert TYPED in page
    assert 'value="yes" checked' in page
    assert f'name="idempotency_key" type="hidden" value="{form["idempotency_key"]}"' in page, (
        "so that it is sent once, whatever happens"
    )
    again = form_of(anna, back.location) | {
        "message": TYPED,
        "paper": "yes",
        "idempotency_key": form["idempotency_key"],
    }
    assert [send(anna, again, step).location for _ in range(2)] == [f"/fravaer/{row.public_id}#contest"] * 2
    (sent,) = rows(whole, AbsenceObjection)
    assert (sent.participant_id, sent.absence_id, sent.has_paper) == (1, row.id, True)
    assert TYPED in anna.get(f"/fravaer/{row.public_id}").text


def test_the_words_of_a_request_come_back_to_the_step_before_it_is_sent(
    whole: Flask, anna: Browser, turn: Turn
) -> None:
    with whole.extensions["store"].write_session() as opened:
        opened.execute(update(Participant).where(Participant.id == 1).values(start=date(2026, 2, 2)))
        opened.commit()
    days = anna.post("/permisjon/ny", data={"what": "wedding"}).location
    draft = days.removesuffix("/dager")
    anna.post(days, data={"first": "2027-03-01", "last": "2027-03-01"})
    form = form_of(anna, f"{draft}/betyr") | {"message": TYPED}
    turn(minutes=31)
    away = send(anna, form, f"{draft}/betyr")
    back = anna.sign_in(next=query_of(away.location)["next"])
    assert back.location == f"{draft}/betyr?igjen=1"
    assert TYPED in anna.get(back.location).text
    assert not rows(whole, LeaveRequest)
    sent = send(anna, form_of(anna, back.location) | {"message": TYPED}, f"{draft}/betyr")
    assert sent.location.endswith("/kvittering")
    assert len(rows(whole, LeaveRequest)) == 1


def test_a_part_sent_by_htmx_too_late_is_kept_as_well(anna: Browser, turn: Turn) -> None:
    draft = anna.post("/permisjon/ny", data={"what": "wedding"}).location
    form = {"csrf_token": form_of(anna, draft)["csrf_token"], "first": "2027-03-01", "last": "2027-03-01"}
    turn(minutes=31)
    shown = {**HTMX, "HX-Current-URL": f"{anna.base}{draft}"}
    answer = send(anna, form, f"{draft}/anslag", **shown)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith(f"/logg-inn?next={draft.replace('/', '%2F')}%3Figjen%3D1")
    anna.sign_in()
    assert 'name="first-year" value="2027"' in anna.get(f"{draft}?igjen=1").text


def test_a_tab_of_another_person_writes_nothing_and_shows_nothing(whole: Flask, anna: Browser) -> None:
    form = form_of(anna) | {"message": TYPED}
    anna.sign_in(OMAR, ny=1)
    answer = send(anna, form)
    assert (answer.status_code, answer.location) == (303, "/annen")
    page = anna.get("/annen").text
    assert "En annen er logget inn nå" in page
    assert TYPED not in page
    assert not rows(whole, Question)
    assert not rows(whole, SavedForm)
    assert send(anna, form, **HTMX).headers["HX-Redirect"] == "/annen"
    assert send(anna, form_of(anna) | {"message": "Omars spørsmål"}).location.startswith("/meg?sendt=1")


def test_the_mark_is_looked_at_even_where_the_token_is_right(whole: Flask, anna: Browser) -> None:
    """A browser may set an old form cookie again in a race; the mark alone then tells whose page it was."""
    hers = form_of(anna)["csrf_token"].partition("~")[2]
    anna.sign_in(OMAR, ny=1)
    his = form_of(anna)
    token = his["csrf_token"].partition("~")[0]
    mixed = his | {"csrf_token": f"{token}~{hers}", "message": TYPED}
    assert send(anna, mixed).location == "/annen"
    assert not rows(whole, Question)
    assert send(anna, his | {"message": "Mitt eget"}).location.startswith("/meg?sendt=1")


def test_a_tab_of_the_same_person_loses_nothing_after_a_new_sign_in(whole: Flask, anna: Browser) -> None:
    form = form_of(anna) | {"message": TYPED}
    anna.sign_in(ny=1)
    answer = send(anna, form)
    assert (answer.status_code, answer.location) == (303, "/meg?igjen=1")
    assert not rows(whole, Question)
    assert TYPED in anna.get(answer.location).text


@pytest.mark.parametrize("mark", ["", "~", "~x", "~AAAA", "~" + "A" * 60])
def test_a_form_that_is_not_ours_keeps_nothing(whole: Flask, anna: Browser, turn: Turn, mark: str) -> None:
    form = form_of(anna) | {"message": TYPED}
    assert send(anna, form | {"csrf_token": f"forged{mark}"}).status_code == 400
    turn(minutes=31)
    assert send(anna, form | {"csrf_token": f"forged{mark}"}).status_code == 400
    assert not rows(whole, SavedForm)
    assert send(anna, form).status_code == 303
    assert len(rows(whole, SavedForm)) == 1
