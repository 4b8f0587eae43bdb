"""Dates and hours as people type them, on keyboards of several scripts."""

from datetime import date
from decimal import Decimal

import pytest

from portal.i18n.parsing import day, number


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-07", "07.12.2026", "7.12.2026.", "7/12/2026", "7 12 2026", "07-12-2026", "7, 12, 2026", "7,12,2026",
        "٠٧٫١٢٫٢٠٢٦", "٠٧،١٢،٢٠٢٦", "٧، ١٢، ٢٠٢٦", "۷؍۱۲؍۲۰۲۶", "٠٧/١٢/٢٠٢٦", "۰۷.۱۲.۲۰۲۶", "٢٠٢٦-١٢-٠٧",
        "\u200f٠٧\u200f/١٢\u200f/٢٠٢٦", "\u061c7.12.2026 ",
    ],
)  # fmt: skip
def test_a_date(typed: str) -> None:
    assert day(typed) == date(2026, 12, 7)


@pytest.mark.parametrize("typed", ["", "32.1.2026", "٣٢٫١٫٢٠٢٦", "7.12.26", "7.12", "٠٧٬١٢٬٢٠٢٦", "i dag", "07122026"])
def test_no_date(typed: str) -> None:
    assert day(typed) is None


@pytest.mark.parametrize("typed", ["1.5", "1,5", " 1,50 ", "١٫٥", "١،٥", "۱٫۵", "۱،۵۰", "١,٥", "١.٥", "\u200f١٫٥"])
def test_a_number(typed: str) -> None:
    assert number(typed) == Decimal("1.5")


@pytest.mark.parametrize("typed", ["", "to", "1،5،2", "NaN", "1000", "،"])
def test_no_number(typed: str) -> None:
    assert number(typed) is None
