"""Every code that a page names has its word and its icon."""

import re

import pytest

from portal.i18n import terms
from portal.law.vocabulary import LeaveKind, WelfareReason
from portal.resources import folder
from portal.tables.plan import ElementCode

ICONS = set(re.findall(r'id="([a-z-]+)"', (folder("static") / "icons.svg").read_text(encoding="utf-8")))


LEAVE = [*((kind, None) for kind in LeaveKind), *((LeaveKind.WELFARE, reason) for reason in WelfareReason)]


@pytest.mark.parametrize(("kind", "reason"), LEAVE)
def test_leave_has_its_word_and_its_icon(kind: LeaveKind, reason: WelfareReason | None) -> None:
    assert terms.leave_kind(kind, reason, str)
    assert terms.leave_picture(kind, reason) in ICONS


@pytest.mark.parametrize("code", ElementCode)
def test_an_element_has_its_word_and_its_icon(code: ElementCode) -> None:
    assert terms.element(code, str)
    assert terms.element_picture(code) in ICONS
