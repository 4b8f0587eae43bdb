"""Every route, as a stranger and as another participant."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.auth.guard import OPEN
from portal.tables.people import Participant
from tests.house.crawling import crawl
from tests.strict import StrictClient, sign_in, token_of

METHODS = {"GET", "POST"}
SAMPLES = {"public_id": str(uuid4()), "number": 1, "group": "noe-annet", "month": "2026-01"}


def rules(app: Flask) -> list[Rule]:
    """Every route of the portal."""
    return list(app.url_map.iter_rules())


def address(app: Flask, rule: Rule) -> str:
    """An address that the rule matches, with made-up values."""
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, {name: SAMPLES[name] for name in rule.arguments}))


@pytest.mark.one_database
def test_no_route_is_open_but_those_in_the_one_list(shown_app: Flask) -> None:
    stranger: StrictClient = shown_app.test_client()  # type: ignore[assignment]  # the portal's own class
    shown_app.config["WTF_CSRF_ENABLED"] = False
    try:
        for rule in rules(shown_app):
            if rule.endpoint in OPEN:
                continue
            for method in METHODS & (rule.methods or set()):
                answer = stranger.open(address(shown_app, rule), method=method, base_url="http://localhost:8000")
                assert answer.status_code == 303, f"{method} {rule} is open"
                assert answer.headers["Location"].startswith("/logg-inn"), f"{method} {rule} leads elsewhere"
    finally:
        shown_app.config["WTF_CSRF_ENABLED"] = True


@pytest.mark.one_database
def test_the_open_list_holds_only_routes_that_exist(shown_app: Flask) -> None:
    assert {rule.endpoint for rule in rules(shown_app)} >= OPEN


@pytest.fixture(scope="module")
def own(shown_app: Flask) -> dict[str, set[str]]:
    """The addresses of everybody's own rows: those with a random name in them; each opens for that person."""
    with shown_app.extensions["store"].read_session() as session:
        people = session.execute(select(Participant.external_id)).scalars().all()
    return {
        person: {page for page in crawl(sign_in(shown_app, person)) if any(len(part) == 36 for part in page.split("/"))}
        for person in people
    }


@pytest.mark.one_database
@pytest.mark.parametrize("method", sorted(METHODS))
def test_another_persons_row_answers_as_a_missing_one(demo_app: Flask, own: dict[str, set[str]], method: str) -> None:
    demo_app.config["WTF_CSRF_ENABLED"] = False
    demo_app.test_client_class = FlaskClient
    assert sum(len(rows) for rows in own.values()) >= 10, "the demo has rows to try"
    for person in own:
        client = sign_in(demo_app, person)
        for other, rows in own.items():
            for row in rows - own[person]:
                assert client.open(row, method=method).status_code in (404, 405), f"{person} reads {row} of {other}"


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/timeplan", "/stonad"])
def test_an_expired_login_tells_htmx_to_go_and_sign_in(shown_app: Flask, path: str) -> None:
    stranger: StrictClient = shown_app.test_client()  # type: ignore[assignment]  # the portal's own class
    answer = stranger.get(path, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/logg-inn")


def test_a_form_without_its_token_is_refused_and_with_it_is_taken(
    signed_in: Callable[..., StrictClient],
) -> None:
    client = signed_in("amal")
    assert client.post("/sprak", data={"sprak": "uk", "next": "/plan"}).status_code == 400
    token = token_of(client.get("/").text)
    answer = client.post("/sprak", data={"sprak": "uk", "next": "/plan", "csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/plan")
    assert '<html lang="uk"' in client.get("/plan").get_data(as_text=True)
