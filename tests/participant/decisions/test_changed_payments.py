"""A paid payment that is changed shows what it was before."""

from pathlib import Path

import pytest
from flask import Flask

from portal.tables.allowance import PaymentChange
from tests.exchange.files import changed, taken
from tests.participant.decisions.test_decisions import Told, says
from tests.participant.leave.making import rows_of
from tests.strict import token_of

BASE = {"kind": "base", "amount_ore": 2275817}
LESS = {"kind": "correction", "amount_ore": -100000, "corrects_month": "2026-07"}
PAID = {
    "id": "u-8", "month": "2026-08", "status": "paid", "due_on": "2026-09-12", "paid_on": "2026-09-11",
    "before_tax_ore": 2275817, "lines": [BASE],
}  # fmt: skip


def test_a_paid_payment_that_changes_keeps_what_it_was(portal: Flask, told: Told) -> None:
    olena = told(payments=[PAID])
    assert "Utbetalingen er endret" not in says(olena, "/stonad/2026-08")
    told(payments=[PAID])
    assert rows_of(portal, PaymentChange) == [], "the same again changes nothing"
    told(payments=[PAID | {"before_tax_ore": 2175817, "lines": [BASE, LESS]}])
    page = says(olena, "/stonad/2026-08")
    assert "Før var summen 22\xa0758,17\xa0kr" in page.replace("22 758,17 kr", "22\xa0758,17\xa0kr")
    assert len(rows_of(portal, PaymentChange)) == 1


def test_it_is_marked_in_the_list_and_waits_on_home_until_it_is_read(portal: Flask, told: Told) -> None:
    other = PAID | {"id": "u-7", "month": "2026-07", "due_on": "2026-08-12", "paid_on": "2026-08-12"}
    olena = told(payments=[PAID, other])
    assert "Utbetalingen er endret" not in says(olena, "/venter") + says(olena, "/stonad")
    for amount in (-100000, -50000):
        line = LESS | {"amount_ore": amount}
        told(payments=[PAID | {"before_tax_ore": 2275817 + amount, "lines": [BASE, line]}])
    assert says(olena, "/stonad").count("Utbetalingen er endret") == 1, "not the one that stayed"
    home = olena.get("/venter").get_data(as_text=True)
    assert home.count('href="/stonad/2026-08"') == 1, "changed twice, said once"
    assert "Utbetalingen er endret" in home
    month = olena.get("/stonad/2026-08").get_data(as_text=True)
    assert "Utbetalingen er endret" in says(olena, "/venter"), "reading a page writes nothing"
    answer = olena.post("/stonad/2026-08/lest", data={"csrf_token": token_of(month)})
    assert (answer.status_code, answer.location) == (303, "/stonad/2026-08")
    assert "Jeg har lest dette" not in says(olena, "/stonad/2026-08")
    assert "Utbetalingen er endret" in says(olena, "/stonad/2026-08")
    assert "Utbetalingen er endret" not in says(olena, "/venter")
    told(payments=[PAID])
    assert "Utbetalingen er endret" in says(olena, "/venter"), "a further change waits anew"


@pytest.mark.one_database
def test_the_last_payment_itself_leads_to_what_changed(told: Told) -> None:
    last = PAID | {"id": "u-2026-09", "month": "2026-09", "due_on": "2026-10-12", "paid_on": "2026-10-12"}
    told(payments=[last])
    olena = told(payments=[last | {"before_tax_ore": 2175817, "lines": [BASE, LESS]}])
    page = olena.get("/stonad").get_data(as_text=True)
    assert "Utbetalingen er endret" in page
    assert 'href="/stonad/2026-09">Se hvorfor' in page


def test_a_month_of_nobody_can_not_be_read(told: Told) -> None:
    olena = told(payments=[PAID])
    token = token_of(olena.get("/meg").text)
    assert olena.post("/stonad/2026-01/lest", data={"csrf_token": token}).status_code == 404
    assert olena.post("/stonad/2026-08/lest", data={"csrf_token": token}).status_code == 303


@pytest.mark.one_database
def test_the_sender_is_warned(portal: Flask, told: Told, tmp_path: Path) -> None:
    told(payments=[PAID])
    store = portal.extensions["store"]
    sent = changed(payments=[PAID | {"before_tax_ore": 2175817, "lines": [BASE, LESS]}])
    sent["issued_at"] = "2026-10-11T22:00:00+02:00"
    report = taken(store, tmp_path, sent)
    [warning] = report.warnings
    assert warning.where == "$.participants[0].payments[0]"
    assert (warning.found, warning.expected) == (
        "a paid payment that becomes another one",
        "a correction in a later payment",
    )
    assert taken(store, tmp_path, sent | {"issued_at": "2026-10-11T22:30:00+02:00"}).warnings == []


def test_a_planned_payment_may_change_without_a_word(portal: Flask, told: Told) -> None:
    planned = {name: value for name, value in PAID.items() if name != "paid_on"} | {"status": "planned"}
    told(payments=[planned])
    olena = told(payments=[planned | {"before_tax_ore": 2175817, "lines": [BASE, LESS]}])
    assert "Utbetalingen er endret" not in says(olena, "/stonad/2026-08")
    assert rows_of(portal, PaymentChange) == []
