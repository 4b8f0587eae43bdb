"""Signing in and out in a real browser: the warning, a login that ends half-way, and the back button."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from portal import clock
from portal.tables.login import Login
from tests.journeys.conftest import sign_in, type_date
from tests.journeys.reading import read
from tests.journeys.serving import Served

QUESTION = "متى يبدأ الدرس؟"
WITHOUT_SCRIPTS, WITH_SCRIPTS = False, True


def change_logins(portal: Served, **values: datetime) -> None:
    """Let every login have been used, or end, at another moment."""
    with portal.app.extensions["store"].login_session() as session:
        session.execute(update(Login).values(values))
        session.commit()


@pytest.fixture
def idle_out(portal: Served) -> Callable[[], None]:
    """Let every login stand unused for an hour."""

    def end() -> None:
        change_logins(portal, last_seen_at=datetime(2026, 1, 1, tzinfo=UTC))

    return end


def sign_in_again(page: Page, portal: Served, person: str) -> None:
    """From the page that asks for it, back to where one was."""
    page.locator("a[href*='/logg-inn/start']").first.click()
    if page.locator("input[name=pid]").count():
        page.locator("input[name=pid]").fill(portal.pids[person])
        page.locator("button.main").click()
    page.wait_for_url(f"{portal.address}/**")


@pytest.mark.parametrize("javascript", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["scripts", "without-scripts"])
def test_a_half_written_request_survives_the_end_of_the_login(
    phone: Callable[..., Page], portal: Served, idle_out: Callable[[], None], javascript: bool
) -> None:
    page = phone(javascript=javascript)
    sign_in(page, portal, "amal")
    page.goto("/permisjon/ny")
    page.locator("button[value=wedding]").click()
    page.wait_for_url("**/dager")
    step = page.url
    weeks = 2 + javascript  # one day is asked for once
    day = clock.today() + timedelta(days=7 * weeks - clock.today().weekday())  # a Monday
    page.locator("#days summary").first.click()
    type_date(page, "first", day)
    type_date(page, "last", day)
    idle_out()
    page.locator(".actions button").click()
    page.wait_for_url("**/logg-inn?**")
    if javascript:
        read(page)
    sign_in_again(page, portal, "amal")
    if weeks < 3:  # among the rows it is ticked
        expect(page.locator(f"input[name=day][value='{day}']")).to_be_checked()
    else:
        expect(page.locator("[name=first-month]")).to_have_value(str(day.month))
    assert page.url.partition("?")[0] == step
    page.locator(".actions button").click()
    page.wait_for_url("**/betyr")
    page.locator("#meaning-form summary").first.click()
    page.locator("textarea").fill(QUESTION)
    idle_out()
    page.locator(".actions button").click()
    page.wait_for_url("**/logg-inn?**")
    sign_in_again(page, portal, "amal")
    expect(page.locator("main .act.card").first).to_contain_text("Det er ikke sendt ennå")
    expect(page.locator("textarea")).to_have_value(QUESTION)
    page.locator(".actions button").click()
    page.wait_for_url("**/kvittering")
    page.goto(page.url.removesuffix("/kvittering"))
    expect(page.locator("main")).to_contain_text(QUESTION)


def test_what_is_said_against_an_absence_survives_the_end_of_the_login(
    phone: Callable[..., Page], portal: Served, idle_out: Callable[[], None]
) -> None:
    page = phone(javascript=False)
    sign_in(page, portal, "amal")
    page.goto("/fravaer")
    page.locator("main .card a[href^='/fravaer/']").first.click()
    page.locator("main a[href$='/feil']").click()
    step = page.url
    page.locator("textarea").fill(QUESTION)
    page.locator("input[value=yes]").check()
    idle_out()
    page.locator("#contest button").click()
    page.wait_for_url("**/logg-inn?**")
    sign_in_again(page, portal, "amal")
    assert page.url.partition("?")[0] == step
    expect(page.locator("textarea")).to_have_value(QUESTION)
    expect(page.locator("input[value=yes]")).to_be_checked()
    page.locator("#contest button").click()
    page.wait_for_url("**#contest")
    assert QUESTION in page.locator("main").inner_text()
    page.goto("/fravaer")
    page.locator("main a[href$='#contest']").click()
    assert page.url == f"{step.removesuffix('/feil')}#contest"


def test_the_back_button_shows_nothing_after_signing_out(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    sign_in(page, portal, "amal")
    page.goto("/meg")
    mine = page.locator("main").inner_text()
    page.locator(".self summary").click()
    page.locator(".self button").click()
    page.wait_for_url("**/logg-ut/ferdig**")
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("main").inner_text() != mine
    assert page.locator(".self").count() == 0
    page.goto("/meg")
    assert "/logg-inn" in page.url


@pytest.mark.parametrize("language", ["nb", "ar"])
def test_one_is_warned_and_stays_with_one_tap(phone: Callable[..., Page], portal: Served, language: str) -> None:
    page = phone()
    page.context.add_cookies([{"name": "sprak", "value": language, "url": portal.address}])
    page.clock.install()
    sign_in(page, portal, "amal")
    page.goto("/meg")
    change_logins(portal, last_seen_at=clock.now() - timedelta(minutes=28, seconds=30))
    page.clock.fast_forward("28:00")
    expect(page.locator("dialog#stay")).to_be_visible()
    read(page)
    page.locator("dialog#stay button").click()
    expect(page.locator("dialog#stay")).to_have_count(0)
    page.goto("/meg")
    assert page.locator(".self").count() == 1


def questions(portal: Served) -> object:
    """How many questions have been sent."""
    with portal.app.extensions["store"].read_session() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM question").scalar()


def fall_asleep(page: Page, minutes: int) -> None:
    """The phone sleeps, so that no timer runs, and is taken up again."""
    page.clock.set_system_time(clock.now() + timedelta(minutes=minutes))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("asleep", [False, True], ids=["awake", "asleep"])
def test_the_end_of_the_login_clears_the_screen(
    phone: Callable[..., Page], portal: Served, idle_out: Callable[[], None], asleep: bool
) -> None:
    page = phone()
    page.clock.install()
    sign_in(page, portal, "amal")
    page.goto("/stonad")
    assert "kr" in page.locator("main").inner_text()
    idle_out()
    if asleep:
        fall_asleep(page, 40)
    else:
        page.clock.fast_forward("31:00")
    page.wait_for_url("**/logg-inn?utlopt=1&next=%2Fstonad")
    assert "kr" not in page.locator("main").inner_text()
    read(page)
    page.go_back()
    page.wait_for_load_state()
    assert page.locator(".self").count() == 0
    page.goto("/logg-inn?utlopt=1&next=%2Fstonad")
    sign_in_again(page, portal, "amal")
    assert page.url.endswith("/stonad")


def test_without_an_answer_the_screen_is_cleared_all_the_same(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    page.clock.install()
    sign_in(page, portal, "amal")
    page.goto("/stonad")
    page.context.set_offline(True)
    fall_asleep(page, 40)
    expect(page.locator("main")).to_have_count(0)


def test_a_login_that_another_tab_keeps_alive_goes_on(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    page.clock.install()
    sign_in(page, portal, "amal")
    page.goto("/stonad")
    with page.expect_response("**/bli"):
        fall_asleep(page, 40)
    expect(page.locator("main")).to_be_visible()
    assert page.url.endswith("/stonad")


def test_what_is_half_written_is_kept_and_not_sent(
    phone: Callable[..., Page], portal: Served, idle_out: Callable[[], None]
) -> None:
    page = phone()
    page.clock.install()
    sign_in(page, portal, "danylo")
    page.goto("/meg")
    before = questions(portal)
    page.locator("textarea").fill(QUESTION)
    idle_out()
    page.clock.fast_forward("31:00")
    page.wait_for_url("**/logg-inn?**")
    sign_in_again(page, portal, "danylo")
    expect(page.locator("textarea")).to_have_value(QUESTION)
    assert questions(portal) == before


def test_without_scripts_the_page_turns_itself(phone: Callable[..., Page], portal: Served) -> None:
    page = phone(javascript=False)
    sign_in(page, portal, "amal")
    change_logins(portal, expires_at=clock.now() + timedelta(seconds=4))
    page.goto("/stonad")
    page.wait_for_url("**/logg-inn?**", timeout=15_000)
    assert "kr" not in page.locator("main").inner_text()
