"""Every decision is shown: what it means, why, since when, by whom, and how and until when to appeal."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal import clock
from portal.i18n.decided import title
from portal.i18n.translators import translator_of
from portal.tables.decision import DecisionKind
from portal.tables.people import ReadMarker
from tests.participant.decisions.conftest import NOW
from tests.participant.leave.making import main_of, rows_of
from tests.strict import StrictClient, token_of

Told = Callable[..., StrictClient]
STOP = {
    "id": "v-9", "kind": "stop", "outcome": "decided", "section": "integreringsloven § 18",
    "reasons": "Du har vært borte i fire uker.", "effective_from": "2026-10-05", "decided_on": "2026-10-05",
    "decided_by": "Kari Eksempel", "received_on": "2026-10-06",
}  # fmt: skip
STOPPED = {"ended_on": "2026-10-05", "end_reason": "stopped"}
HEADING = "Kommunen har stanset programmet ditt"
DEADLINE = "Siste dag for å klage er tirsdag 27.10.2026."


def decision(**values: Any) -> dict[str, Any]:
    return STOP | {"id": "v-10", "kind": "other", "reasons": "Fordi det er slik."} | values


def says(client: StrictClient, address: str) -> str:
    """The words of a page."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return main_of(answer.get_data(as_text=True))


def addresses(client: StrictClient, listed: str = "/vedtak") -> list[str]:
    """The addresses of the decisions, in the order of the list."""
    found = re.findall(r'href="(/vedtak/[0-9a-f-]{36})"', client.get(listed).get_data(as_text=True))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("kind", [kind for kind in DecisionKind if kind is not DecisionKind.LEAVE])
def test_every_kind_is_listed_and_shown(told: Told, kind: DecisionKind) -> None:
    outcome = "granted" if kind is DecisionKind.EXTENSION else "decided"
    effect = "Programmet varer til 30. juni 2028."
    olena = told(decisions=[decision(kind=kind.value, outcome=outcome, effect=effect)])
    page = says(olena, addresses(olena)[0])
    for words in (
        "Fordi det er slik.", effect, "integreringsloven § 18", "Kari Eksempel", "mandag 05.10.2026", DEADLINE,
        "Statsforvalteren i Eksempelfylket", "fra mandag 05.10.2026",
    ):  # fmt: skip
        assert words in page, words


def test_one_decision_is_called_otherwise_than_the_list() -> None:
    english = translator_of("en").plain
    assert english("Vedtak") == "Decisions"
    assert english("Vedtak") not in {title(kind, None, english) for kind in DecisionKind}


@pytest.mark.one_database
def test_leave_on_paper_is_shown(told: Told) -> None:
    olena = told(decisions=[decision(kind="leave", outcome="refused", section="integreringsforskriften § 14")])
    page = says(olena, addresses(olena)[0])
    assert "Vedtak om fravær eller permisjon" in page
    assert "Du fikk nei." in page


@pytest.mark.one_database
def test_the_list_has_the_newest_first(told: Told) -> None:
    olena = told(decisions=[STOP, decision(id="v-11", decided_on="2026-10-08", received_on="2026-10-08")])
    page = says(olena, "/vedtak")
    assert page.index("torsdag 08.10.2026") < page.index("mandag 05.10.2026") < page.index("mandag 28.09.2026")


@pytest.mark.one_database
def test_without_a_decision_the_list_says_so(told: Told) -> None:
    assert "Ingen vedtak" in says(told(decisions=[], payments=[]), "/vedtak")


def read(client: StrictClient, address: str) -> TestResponse:
    return client.post(f"{address}/lest", data={"csrf_token": token_of(client.get(address).text)})


def test_a_decision_waits_on_home_until_it_is_read(portal: Flask, told: Told) -> None:
    olena = told(decisions=[decision()])
    new, *others = addresses(olena)
    for other in others:
        read(olena, other)
    home = olena.get("/venter").get_data(as_text=True)
    assert f'href="{new}"' in home
    assert "Les vedtaket" in home
    before = len(rows_of(portal, ReadMarker))
    olena.get(new)
    assert len(rows_of(portal, ReadMarker)) == before, "reading a page writes nothing"
    answer = read(olena, new)
    assert (answer.status_code, answer.location) == (303, new)
    assert "Jeg har lest dette" not in says(olena, new)
    assert f'href="{new}"' not in olena.get("/venter").get_data(as_text=True)


@pytest.mark.one_database
def test_many_unread_decisions_are_one_line_on_home(told: Told) -> None:
    olena = told(decisions=[decision(id=f"v-1{number}") for number in range(4)])
    assert "2 ting venter på deg" in says(olena, "/")
    home = says(olena, "/venter")
    assert "Du har 5 vedtak du ikke har lest" in home
    assert "Les vedtaket" not in home


class TestStopped:
    @pytest.mark.one_database
    def test_home_says_since_when_and_until_when_one_may_appeal(self, told: Told) -> None:
        olena = told(decisions=[STOP], **STOPPED)
        home = says(olena, "/")
        for words in (
            "Kommunen har stanset programmet ditt",
            "Siste dag var mandag 05.10.",
            DEADLINE.replace(".2026.", "."),
            "Du har vært borte i fire uker.",
            "Les vedtaket",
        ):
            assert words in home, words
        for wrong in ("Programmet ditt er slutt", "bevis"):
            assert wrong not in home, wrong
        finished = told(decisions=[], ended_on="2026-10-05", end_reason="completed")
        assert "Du har rett til et deltakerbevis." in says(finished, "/")

    @pytest.mark.one_database
    @pytest.mark.parametrize("reason", ["broken_off", "moved"])
    def test_who_left_is_not_told_that_it_is_completed(self, told: Told, reason: str) -> None:
        home = says(told(ended_on="2026-10-05", end_reason=reason), "/")
        assert "Programmet ditt er slutt" not in home
        assert "bevis" not in home

    @pytest.mark.one_database
    def test_the_plan_gives_the_reason_and_no_way_ahead(self, told: Told) -> None:
        plan = says(told(decisions=[STOP], **STOPPED), "/plan")
        for words in (
            "Kommunen har stanset programmet ditt",
            "Du har vært borte i fire uker.",
            DEADLINE,
            "Les vedtaket",
        ):
            assert words in plan, words
        for wrong in ("Veien til målet", "Kommer senere 01.02.2028", "deltakerbevis", "Når programmet er slutt"):
            assert wrong not in plan, wrong
        assert "Veien til målet" in says(told(ended_on=None, end_reason=None), "/plan")

    @pytest.mark.one_database
    def test_a_stopped_payment_is_not_what_one_gets(self, told: Told) -> None:
        payment = {
            "id": "u-2026-09", "month": "2026-09", "status": "stopped", "due_on": "2026-10-12",
            "before_tax_ore": 1896514, "decision": "v-9", "lines": [{"kind": "base", "amount_ore": 1896514}],
        }  # fmt: skip
        olena = told(decisions=[STOP], payments=[payment], **STOPPED)
        for address in ("/", "/stonad", "/stonad/2026-09"):
            text = olena.get(address).get_data(as_text=True)
            assert bool(re.search(r"<s>.*18\s965,14", text)) is (address != "/"), address
            assert "Stanset" in text
            assert len(re.findall(r"18\s965,14", re.sub(r"<s>.*?</s>", "", text.split("<main")[1]))) <= 1, address
            assert "Neste utbetaling" not in text
        allowance = says(olena, "/stonad")
        assert HEADING in allowance
        assert "Stønaden er slutt" not in allowance
        assert "Les vedtaket" in allowance

    @pytest.mark.one_database
    def test_a_stop_that_is_read_stands_on_home_while_one_may_appeal(
        self, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        olena = told(decisions=[STOP])
        for address in addresses(olena):
            read(olena, address)
        assert DEADLINE in says(olena, "/venter")
        assert "Første frist: tirsdag 27.10." in says(olena, "/")
        monkeypatch.setattr(clock, "now", lambda: NOW.replace(month=11))
        late = told()
        for address in ("/", "/venter"):
            assert "Siste dag for å klage" not in late.get(address, follow_redirects=True).get_data(as_text=True)


class TestAppeal:
    @pytest.mark.one_database
    def test_after_the_deadline_it_is_over_but_for_good_reasons(self, told: Told) -> None:
        olena = told(decisions=[decision(decided_on="2026-09-01", received_on="2026-09-02")])
        page = says(olena, addresses(olena)[-1])
        assert "Siste dag for å klage var onsdag 23.09.2026." in page
        assert "Du kan likevel klage hvis du har en god grunn til forsinkelsen." in page
        assert "forvaltningsloven § 31" in page
        assert "Siste dag for å klage er" not in page

    @pytest.mark.one_database
    def test_after_a_year_nobody_can_take_it(self, told: Told) -> None:
        olena = told(decisions=[decision(decided_on="2025-09-01", received_on="2025-09-02")])
        page = says(olena, addresses(olena, "/vedtak?alle=1")[-1])
        assert "Da kan du ikke klage lenger." in page
        assert "Du kan likevel sende" not in page

    @pytest.mark.one_database
    def test_the_county_governor_has_the_last_word(self, told: Told) -> None:
        last = decision(kind="stop", replaces="v-9", authority="county_governor", decided_on="2026-10-09")
        del last["received_on"]
        olena = told(decisions=[STOP, last])
        new, old, _ = addresses(olena)
        page = says(olena, new)
        assert "Statsforvalteren i Eksempelfylket har avgjort klagen." in page
        assert "Dette endrer svaret fra mandag 05.10.2026." in page
        assert "Siste dag for å klage" not in page
        before = says(olena, old)
        assert "Du har vært borte i fire uker." in before
        assert "Det ble endret fredag 09.10.2026." in before
        assert "Er du uenig?" not in before

    @pytest.mark.one_database
    def test_what_cannot_be_appealed_says_so(self, told: Told) -> None:
        olena = told(decisions=[decision(appealable=False, received_on="2026-10-06")])
        page = says(olena, addresses(olena)[0])
        assert "Du kan ikke klage på dette vedtaket." in page
        assert "Siste dag for å klage" not in page

    @pytest.mark.one_database
    def test_what_is_granted_keeps_its_appeal_folded(self, told: Told) -> None:
        olena = told(decisions=[decision(kind="extension", outcome="granted")])
        page = olena.get(addresses(olena)[0]).get_data(as_text=True)
        assert re.search(r'<details class="fold"><summary>.*?Er du uenig\?', page, re.DOTALL)
