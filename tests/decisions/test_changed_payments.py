"""A paid payment that is changed shows what it was before."""

from flask import Flask

from portal.tables.allowance import PaymentChange
from tests.decisions.test_decisions import Told, says
from tests.leave.making import rows_of

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


def test_a_planned_payment_may_change_without_a_word(portal: Flask, told: Told) -> None:
    planned = {name: value for name, value in PAID.items() if name != "paid_on"} | {"status": "planned"}
    told(payments=[planned])
    olena = told(payments=[planned | {"before_tax_ore": 2175817, "lines": [BASE, LESS]}])
    assert "Utbetalingen er endret" not in says(olena, "/stonad/2026-08")
    assert rows_of(portal, PaymentChange) == []
