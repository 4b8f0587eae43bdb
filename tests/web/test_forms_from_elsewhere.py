"""Forms that a page of ours never sent: told by the browser's own headers, by fields that cannot be, and by the log."""

import logging
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.tables.log import Question
from tests.settings import BASE_URL
from tests.strict import StrictClient, token_of

pytestmark = pytest.mark.one_database

MULTIPART = "multipart/form-data; boundary=X"
NAMELESS = b"--X\r\nContent-Disposition: form-data\r\n\r\nv\r\n--X--\r\n"
OTHER_SITE = "https://evil.example"


@pytest.fixture
def amal(signed_in: Callable[..., StrictClient]) -> StrictClient:
    return signed_in("amal")


def ask(client: StrictClient, **headers: str) -> int:
    """Send a question with a right token; the status."""
    typed = {
        "csrf_token": token_of(client.get("/meg").text),
        "idempotency_key": str(uuid4()),
        "message": "Når begynner kurset?",
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/meg", data=typed, headers=named).status_code


def questions(app: Flask) -> int:
    with app.extensions["store"].read_session() as session:
        return session.scalar(select(func.count()).select_from(Question)) or 0


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Sec_Fetch_Site": "cross-site"}, "sec-fetch-site cross-site"),
        ({"Sec_Fetch_Site": "same-site"}, "sec-fetch-site same-site"),
        ({"Sec_Fetch_Site": "tull"}, "sec-fetch-site unknown"),
        ({"Origin": OTHER_SITE}, "origin"),
        ({"Origin": "null"}, "origin"),
        ({"Origin": "https://localhost"}, "origin"),
        ({"Sec_Fetch_Site": "same-origin", "Origin": OTHER_SITE}, "origin"),
    ],
)
def test_a_right_token_from_another_site_is_refused(
    demo_app: Flask, amal: StrictClient, caplog: pytest.LogCaptureFixture, headers: dict[str, str], reason: str
) -> None:
    before = questions(demo_app)
    caplog.set_level(logging.INFO)
    assert ask(amal, **headers) == 400
    assert f"denied 400 POST /meg: {reason}, login 1, participant 1" in caplog.messages
    assert questions(demo_app) == before
    assert ask(amal) == 303  # the control: the same without the header


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "same-origin", "Origin": BASE_URL},
        {"Sec_Fetch_Site": "none"},
        {"Origin": BASE_URL},
        {"Origin": "http://localhost"},
        {},
    ],
)
def test_our_own_pages_and_old_browsers_pass_on_the_token(amal: StrictClient, headers: dict[str, str]) -> None:
    assert ask(amal, **headers) == 303


def test_idporten_speaks_to_the_back_channel_from_where_it_likes(client: StrictClient) -> None:
    answer = client.post("/logg-ut/bakkanal", data={"logout_token": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json) == (400, {"error": "invalid_request"})


def test_a_form_without_its_token_is_logged_by_route_and_nothing_that_was_sent(
    amal: StrictClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert amal.post("/meg", data={"message": "hemmelig"}).status_code == 400
    assert "denied 400 POST /meg: form token, login 1, participant 1" in caplog.messages
    assert "hemmelig" not in caplog.text


def test_what_is_not_theirs_and_a_stranger_leave_a_line_without_the_address(
    amal: StrictClient, client: StrictClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    name = str(uuid4())
    assert amal.get(f"/fravaer/{name}").status_code == 404
    assert (
        "denied 404 GET /fravaer/<uuid:public_id>: not theirs or not there, login 1, participant 1" in caplog.messages
    )
    assert client.get(f"/fravaer/{name}").status_code == 303
    assert "denied 303 GET /fravaer/<uuid:public_id>: not signed in, login -, participant -" in caplog.messages
    assert name not in caplog.text
    amal.get("/meg")
    assert "/meg" not in caplog.text


def test_a_field_without_a_name_is_no_form_of_ours(demo_app: Flask, amal: StrictClient) -> None:
    demo_app.testing = False  # as served: an unexpected error would be a page with 500
    for path in ("/sprak", "/meg", "/logg-ut/bakkanal"):
        assert amal.post(path, data=NAMELESS, content_type=MULTIPART).status_code == 400
    token = token_of(amal.get("/meg").text)
    proved = NAMELESS.replace(b"--X--", b'--X\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n')
    proved += token.encode() + b"\r\n--X--\r\n"
    assert amal.post("/sprak", data=proved, content_type=MULTIPART).status_code == 400
    named = proved.replace(b"form-data\r\n", b'form-data; name="sprak"\r\n', 1)
    assert amal.post("/sprak", data=named, content_type=MULTIPART).status_code == 303


@pytest.mark.parametrize("field", ["idempotency_key", "message"])
def test_a_file_where_words_belong_is_nothing_written(demo_app: Flask, amal: StrictClient, field: str) -> None:
    demo_app.testing = False
    before = questions(demo_app)
    fields = {"idempotency_key": str(uuid4()), "message": "Når begynner kurset?"}
    parts = [("csrf_token", "", token_of(amal.get("/meg").text))]
    parts += [(name, '; filename="f.txt"' if name == field else "", value) for name, value in fields.items()]
    body = "".join(f'--X\r\nContent-Disposition: form-data; name="{n}"{f}\r\n\r\n{v}\r\n' for n, f, v in parts)
    assert amal.post("/meg", data=f"{body}--X--\r\n", content_type=MULTIPART).status_code == 422
    assert questions(demo_app) == before
    whole = body.replace('; filename="f.txt"', "")
    assert amal.post("/meg", data=f"{whole}--X--\r\n", content_type=MULTIPART).status_code == 303


def test_json_is_no_form(demo_app: Flask, amal: StrictClient) -> None:
    demo_app.testing = False
    token = token_of(amal.get("/meg").text)
    for body in ({"idempotency_key": 5, "message": "x"}, [1]):
        assert amal.post("/meg", json=body, headers={"X-CSRFToken": token}).status_code == 400
