"""A request from the first tap to the receipt, with everything that may go wrong on the way."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.leave import LeaveDraft, LeaveEvent, LeaveEventKind, LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import OutgoingEvent, OutgoingKind
from portal.tables.people import ReadMarker
from tests.participant.leave.making import NOW, TODAY, Journey, add, main_of, rows_of

DAYS = ("2026-10-19", "2026-10-20")
STEPS = ("dager", "betyr")


def test_from_the_first_tap_to_the_receipt(app: Flask, amal: Journey) -> None:
    draft = amal.begin("child_ill")
    assert 'value="2026-10-19"' in amal.html(draft + "/dager")
    assert amal.post(f"{draft}/dager", first=DAYS[0], last=DAYS[1]).location == f"{draft}/betyr"
    assert f"{draft}/betyr" in amal.html(draft + "/betyr")
    assert "mandag 19.10. – tirsdag 20.10.2026" in amal.says(draft + "/betyr")
    answer = amal.post(f"{draft}/betyr", message="ابني مريض")
    (request,) = rows_of(app, LeaveRequest)
    assert answer.location == f"/permisjon/{request.public_id}/kvittering"
    assert draft.endswith(request.public_id)
    receipt = amal.says(answer.location)
    assert request.number in receipt
    assert "Du trenger ikke vente på svar" in receipt
    assert "ابني مريض" in amal.says(f"/permisjon/{request.public_id}")
    assert "Du har sagt fra" in amal.says("/permisjon")


def test_what_is_stored_of_a_sent_request(app: Flask, as_person: Callable[..., Journey]) -> None:
    as_person("amal", "ar").sent("wedding", "2026-11-06", message="Vi gifter oss")
    (request,), (event,), (outgoing,) = (rows_of(app, table) for table in (LeaveRequest, LeaveEvent, OutgoingEvent))
    assert (request.form, request.status, request.language) == (RequestForm.APPLICATION, RequestStatus.SENT, "ar")
    assert request.text_version
    assert request.number.startswith("P-2026-")
    assert request.seen["outcome"] == "discretion"
    assert request.seen["quota"] == {
        "limit": 10,
        "used": 0,
        "pending": 0,
        "after": 1,
        "left": 9,
        "period": "calendar_year",
    }
    assert (event.seq, event.kind, event.actor) == (1, LeaveEventKind.SENT, "participant")
    assert outgoing.kind is OutgoingKind.LEAVE_SENT
    vault = app.extensions["store"].vault
    assert vault.open(request.message, "leave_request.message", request.public_id) == "Vi gifter oss"
    assert "Vi gifter oss" in vault.open(outgoing.payload, "outgoing_event.payload", outgoing.public_id)
    assert rows_of(app, LeaveDraft) == []


def test_sending_twice_is_one_request(app: Flask, amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    first, second = (amal.post(f"{draft}/betyr", message="") for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(rows_of(app, LeaveRequest)) == len(rows_of(app, OutgoingEvent)) == 1


def test_going_back_after_sending_leads_to_the_receipt(amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    receipt = amal.post(f"{draft}/betyr", message="").location
    for step in STEPS:
        assert amal.client.get(f"{draft}/{step}").location == receipt
    assert amal.post(f"{draft}/dager", first="2026-11-07").location == receipt


@pytest.mark.one_database
def test_wrong_days_keep_what_was_typed(app: Flask, amal: Journey) -> None:
    draft = amal.begin("doctor")
    answer = amal.post(f"{draft}/dager", first="i morgen", last="", extent="hours", hours="to timer")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="i morgen"' in page
    assert 'value="to timer"' in page
    assert page.count("Datoen finnes ikke. Skriv den som 23.11.2026.") == 2  # in the summary and beside the field
    assert 'href="#first"' in page
    assert 'id="first"' in page
    again = amal.html(draft + "/dager")
    assert 'value="i morgen"' in again
    assert 'value="to timer"' in again
    assert amal.client.get(draft + "/betyr").location == f"{draft}/dager"
    assert rows_of(app, LeaveRequest) == []


@pytest.mark.one_database
def test_native_digits_are_read(as_person: Callable[..., Journey]) -> None:
    amal = as_person("amal", "ar")
    draft = amal.asked("wedding", "٠٦.١١.٢٠٢٦")
    assert 'value="2026-11-06"' in amal.html(draft + "/dager")


@pytest.mark.one_database
def test_changing_language_keeps_what_was_typed_and_judges_nothing(amal: Journey) -> None:
    draft = amal.begin("child_ill")
    answer = amal.post(f"{draft}/dager", sprak="ar", first="tull", last="2026-10-20", paper="yes")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page
    assert 'value="tull"' in page
    assert 'id="errors-heading"' not in page
    draft = amal.asked("wedding", "2026-11-06")
    answer = amal.post(f"{draft}/betyr", sprak="nb", message="Vi gifter oss")
    assert answer.status_code == 200
    assert "Vi gifter oss" in answer.get_data(as_text=True)
    assert amal.says("/permisjon").count("Sendt") == 0


@pytest.mark.one_database
def test_going_to_change_the_days_keeps_the_words(amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    assert amal.post(f"{draft}/betyr", message="Vi gifter oss", then="change").location == f"{draft}/dager"
    amal.post(f"{draft}/dager", first="2026-11-09", last="2026-11-09")
    assert "Vi gifter oss" in amal.html(draft + "/betyr")


@pytest.mark.one_database
def test_too_many_words_are_kept_and_not_sent(app: Flask, amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    answer = amal.post(f"{draft}/betyr", message="a" * 2001)
    assert answer.status_code == 422
    assert "a" * 2001 in answer.get_data(as_text=True)
    assert rows_of(app, LeaveRequest) == []


@pytest.mark.one_database
def test_the_part_is_the_pages_part(amal: Journey) -> None:
    draft = amal.begin("child_ill")
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    typed = {"csrf_token": amal.token, "first": "2026-10-19", "last": "2026-10-23"}
    part = amal.client.post(f"{draft}/dager/anslag", data=typed, headers=htmx)
    page = amal.client.post(f"{draft}/dager/anslag", data=typed)
    assert (part.status_code, page.status_code) == (200, 200)
    assert part.get_data(as_text=True).strip() in page.get_data(as_text=True)
    assert part.get_data(as_text=True).strip() in amal.html(draft + "/dager")
    assert 'id="preview"' in part.get_data(as_text=True)
    assert "5 dager" in main_of(f"<main>{part.get_data(as_text=True)}</main>")


@pytest.mark.one_database
@pytest.mark.parametrize("what", ["", "nonsense"])
def test_no_choice_is_asked_again(app: Flask, amal: Journey, what: str) -> None:
    answer = amal.post("/permisjon/ny", what=what)
    assert answer.status_code == 422
    assert "Velg det som passer best." in main_of(answer.get_data(as_text=True))
    assert rows_of(app, LeaveDraft) == []


@pytest.mark.one_database
def test_a_group_that_does_not_exist_is_not_found(amal: Journey) -> None:
    assert amal.client.get("/permisjon/ny/noe-annet").status_code == 200
    assert amal.client.get("/permisjon/ny/tull").status_code == 404


def test_another_persons_draft_request_and_decision_are_not_found(
    app: Flask, as_person: Callable[..., Journey]
) -> None:
    decision = Decision(
        participant_id=1, external_id="v-1", kind=DecisionKind.OTHER, outcome=DecisionOutcome.DECIDED, section="§ 1",
        decided_on=TODAY,
    )  # fmt: skip
    add(app, decision)
    amal, danylo = as_person("amal"), as_person("danylo")
    draft, sent = amal.asked("wedding", "2026-11-06"), amal.sent("ill", *DAYS)
    pages = [f"{draft}/{step}" for step in STEPS] + [sent, f"{sent}/kvittering", f"{sent}/trekk"]
    forms = [f"{draft}/dager", f"{draft}/dager/anslag", f"{draft}/betyr", f"{sent}/trekk"]
    forms.append(f"/vedtak/{decision.public_id}/lest")
    for page in pages:
        assert danylo.client.get(page).status_code == 404, page
        assert amal.client.get(page).status_code == 200, page
    typed = {"first": "2026-11-09", "last": "2026-11-09", "version": "1"}
    for form in forms:
        assert danylo.post(form, **typed).status_code == 404, form
    assert rows_of(app, ReadMarker) == []
    answers = [amal.post(form, **typed).status_code for form in forms]
    assert answers == [303, 200, 303, 303, 303], "she who owns them may"


def test_old_drafts_go_when_a_new_one_is_made(app: Flask, amal: Journey) -> None:
    old, fresh = amal.begin("wedding"), amal.begin("ill")
    with app.extensions["store"].write_session() as session:
        long_ago = NOW.replace(month=10, day=4)
        session.execute(
            update(LeaveDraft).where(LeaveDraft.public_id == old.split("/")[-1]).values(updated_at=long_ago)
        )
        session.commit()
    amal.begin("holiday")
    assert amal.client.get(old + "/dager").status_code == 404
    assert amal.client.get(fresh + "/dager").status_code == 200


def test_the_drafts_answers_are_sealed(app: Flask, amal: Journey) -> None:
    amal.asked("wedding", "2026-11-06")
    (draft,) = rows_of(app, LeaveDraft)
    assert b"2026-11-06" not in draft.answers


@pytest.mark.one_database
def test_the_enter_key_goes_on_and_changes_no_language(amal: Journey) -> None:
    page = amal.html(amal.begin("doctor") + "/dager")
    buttons = re.findall(r'<button[^>]*form="days"[^>]*>', page)
    assert "sprak" not in buttons[0]
    assert any("sprak" in button for button in buttons[1:])


@pytest.mark.one_database
def test_a_page_that_is_written_on_does_not_turn_by_itself(amal: Journey) -> None:
    draft = amal.asked("wedding", "2026-11-06")
    for address in (f"{draft}/dager", f"{draft}/betyr", "/meg"):
        assert "http-equiv" not in amal.html(address), address
    assert "http-equiv" in amal.html("/fravaer")
