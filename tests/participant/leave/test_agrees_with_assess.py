"""What a participant is told and what is stored with the request: what `portal assess` answers to the same facts."""

import json
from typing import Any

import pytest
from flask import Flask

from portal.assess import assess_bytes
from portal.tables.leave import LeaveRequest
from tests.participant.leave.making import AMAL, TODAY, Journey, absence, add, rows_of

pytestmark = pytest.mark.one_database

ASKED = [
    ("ill", {"first": "2026-10-19", "last": "2026-10-23"}, {"kind": "own_illness"}),
    ("child_ill", {"first": "2026-10-19", "last": "2026-10-21"}, {"kind": "child_illness"}),
    ("wedding", {"first": "2026-11-16", "last": "2026-11-18"}, {"kind": "welfare", "reason": "wedding"}),
    ("other", {"first": "2026-11-02", "last": "2026-11-20"}, {"kind": "welfare", "reason": "other"}),
    ("religious", {"first": "2026-11-16", "last": "2026-11-16"}, {"kind": "religious_day"}),
    ("holiday", {"first": "2026-12-21", "last": "2027-01-08"}, {"kind": "holiday"}),
    ("long_illness", {"first": "2026-11-02", "last": "2026-12-18"}, {"kind": "long_illness"}),
    ("peace_work", {"first": "2026-11-16", "last": "2026-11-17"}, {"kind": "peace_work"}),
]
SAME = ("outcome", "section", "reasons", "working_days", "covered_days", "beyond_days", "allowance")


def assessed(request: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The answer of the command."""
    history = [{"kind": "own_illness", "from": "2026-10-06", "to": "2026-10-07", "documentation": "self_certified"}]
    case = {"today": f"{TODAY}", "participant": AMAL, "policy": {}, "history": history, "request": request}
    capsys.readouterr()
    assert assess_bytes(json.dumps(case).encode()) == 0, capsys.readouterr()
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["request"]
    return found


@pytest.mark.parametrize(("what", "typed", "facts"), ASKED, ids=[asked[0] for asked in ASKED])
def test_the_page_and_the_command_agree(
    app: Flask,
    amal: Journey,
    capsys: pytest.CaptureFixture[str],
    what: str,
    typed: dict[str, str],
    facts: dict[str, str],
) -> None:
    add(app, absence(1, TODAY.replace(day=6), TODAY.replace(day=7)))
    amal.sent(what, typed["first"], typed["last"], message="Familien bor langt unna.")
    (row,) = rows_of(app, LeaveRequest)
    request = {**facts, "from": typed["first"], "to": typed["last"], "documentation": "none", "notice": f"{TODAY}"}
    answer = assessed(request, capsys)
    assert {name: row.seen[name] for name in SAME} == {name: answer[name] for name in SAME}
    assert row.seen["statement_from"] == answer["medical_from"]
    if answer["quota"] is None:
        assert row.seen["quota"] is None
    else:
        counted = ("limit", "used", "pending", "after", "left")
        assert {name: row.seen["quota"][name] for name in counted} == {name: answer["quota"][name] for name in counted}
