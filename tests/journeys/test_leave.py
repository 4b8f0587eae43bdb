"""A day of a participant: sign in on a phone, read everything, ask for leave, and read the municipality's answer."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal import clock
from portal.demo.filling import take
from portal.tables.people import Participant
from portal.tables.plan import ElementCode
from portal.tables.schedule import Occurrence, OccurrenceStatus
from tests.journeys.conftest import sign_in, type_date
from tests.journeys.reading import read
from tests.journeys.serving import Served

REASON = "Du får fri til bryllupet."
PAGES = ("/", "/plan", "/timeplan", "/fravaer", "/permisjon", "/permisjon/ny", "/stonad", "/meg")
WITHOUT_SCRIPTS, WITH_SCRIPTS = False, True


@pytest.mark.parametrize(
    ("person", "language", "javascript"),
    [
        ("amal", "nb", WITH_SCRIPTS),
        ("amal", "ar", WITH_SCRIPTS),
        ("danylo", "uk", WITH_SCRIPTS),
        ("hana", "ti", WITH_SCRIPTS),
        ("amal", "nb", WITHOUT_SCRIPTS),
    ],
    ids=["nb", "ar", "uk", "ti", "without-scripts"],
)
def test_read_everything(
    phone: Callable[..., Page], portal: Served, person: str, language: str, javascript: bool
) -> None:
    page = phone(javascript=javascript)
    page.context.add_cookies([{"name": "sprak", "value": language, "url": portal.address}])
    sign_in(page, portal, person)
    for path in PAGES:
        if javascript:
            read(page, path)
        else:
            page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    for week in ("rel=next", "rel=prev"):
        page.goto("/timeplan")
        page.locator(f".week a[{week}]").click()
        page.wait_for_url("**uke=**")
        expect(page.locator(".week h1")).to_be_in_viewport()


def ask_for_a_wedding_day(page: Page, javascript: bool, weeks: int) -> str:
    """Ask for leave to marry in some weeks; gives the address of the receipt."""
    day = clock.today() + timedelta(weeks=weeks)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    page.goto("/permisjon/ny")
    page.locator("button[value=wedding]").click()
    page.wait_for_url("**/dager")
    page.locator("#days summary").first.click()
    type_date(page, "first", day)
    type_date(page, "last", day - timedelta(days=1))
    page.locator(".actions button").click()
    expect(page.locator("#last-error")).to_be_visible()
    type_date(page, "last", day)
    if javascript:
        page.locator("[name=last-year]").blur()
        expect(page.locator("#preview strong")).to_be_visible()
        read(page)
    page.locator(".actions button").click()
    page.wait_for_url("**/betyr")
    if javascript:
        read(page)
    page.locator("#meaning-form summary").first.click()
    page.locator("textarea").fill("أريد يوم إجازة لعرسي")
    if javascript:
        read(page)
    page.locator(".actions button").click()
    page.wait_for_url("**/kvittering")
    return page.url


@pytest.mark.parametrize(
    ("language", "javascript"),
    [("nb", WITH_SCRIPTS), ("ar", WITH_SCRIPTS), ("nb", WITHOUT_SCRIPTS)],
    ids=["nb", "ar", "without-scripts"],
)
def test_ask_and_read_the_answer(
    phone: Callable[..., Page], portal: Served, tmp_path: Path, language: str, javascript: bool
) -> None:
    page = phone(javascript=javascript)
    page.context.add_cookies([{"name": "sprak", "value": language, "url": portal.address}])
    sign_in(page, portal, "amal")
    receipt = ask_for_a_wedding_day(page, javascript, 2 + javascript + (language == "ar"))
    public_id = receipt.split("/")[-2]
    assert "P-" in page.locator("main").inner_text()
    answer(portal, tmp_path, public_id)
    page.goto("/")
    page.locator("main a[href='/venter']").click()
    page.locator(f"main a[href*='{public_id}']").first.click()
    if javascript:
        read(page)
    for words in (REASON, "§ 14"):  # folded after a full yes
        expect(page.locator("main")).to_contain_text(words)


def meeting_today(portal: Served, person: str) -> None:
    """A meeting late today, so that one is expected on any day of the week."""
    ends = clock.now() + timedelta(minutes=1)
    with portal.app.extensions["store"].write_session() as session:
        row = session.execute(select(Participant).where(Participant.external_id == person)).scalar_one()
        values = {"code": ElementCode.MEETING, "title": "Møte", "day": clock.today(), "starts_at": clock.now()}
        names = {"owner": person, "uid": "today", "recurrence": "", "status": OccurrenceStatus.PLANNED}
        ids = {"municipality_id": row.municipality_id, "participant_id": row.id}
        session.add(Occurrence(**ids, **names, **values, ends_at=ends))
        session.commit()


@pytest.mark.parametrize("javascript", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "without-scripts"])
def test_ill_today_is_three_taps_without_scrolling(
    phone: Callable[..., Page], portal: Served, javascript: bool
) -> None:
    """On a phone each thing to tap is in view as the page comes; what is pressed without network says so and stays."""
    person = "salama" if javascript else "danylo"
    meeting_today(portal, person)
    page = phone(javascript=javascript)
    sign_in(page, portal, person)
    for what in ("main a[href='/permisjon/ny']", "button[value=ill]", ".actions button"):
        target = page.locator(what).first
        expect(target).to_be_in_viewport(ratio=0.9)
        if javascript and what.startswith(".actions"):
            read(page)
            page.context.set_offline(True)
            target.click()
            expect(page.locator(".announce")).to_have_text(
                page.locator(".announce").get_attribute("data-offline") or ""
            )
            page.context.set_offline(False)
        target.click()
    page.wait_for_url("**/kvittering")


def answer(portal: Served, folder: Path, public_id: str) -> None:
    """The municipality grants the request through its own door: the same document as before, with one more decision."""
    document = json.loads((portal.files / "solvik.json").read_text(encoding="utf-8"))
    document["issued_at"] = clock.now().isoformat()
    amal = next(person for person in document["participants"] if person["id"] == "amal")
    amal.setdefault("decisions", []).append(
        {
            "id": f"svar-{public_id}",
            "kind": "leave",
            "outcome": "granted",
            "section": "integreringsforskriften § 14",
            "reasons": REASON,
            "decided_on": clock.today().isoformat(),
            "received_on": clock.today().isoformat(),
            "request": public_id,
        }
    )
    path = folder / "svar.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    take(portal.app.extensions["store"], [path])
