"""What cannot be is a problem, what seldom is a warning that is taken; what the database refuses has a place."""

import json
from pathlib import Path
from typing import Any

import pytest

from portal.db import Store
from portal.exchange import commands
from portal.exchange.records import DecisionIn
from tests.exchange.files import changed, example, refused, take, taken

ABSENCE = {"id": "a-9", "registered_by": "teacher", "registered_at": "2026-09-15T12:00:00+02:00"}
DECISION = {"id": "v-9", "kind": "other", "outcome": "decided", "section": "§ 1", "decided_on": "2026-09-28"}
PAYMENT = {"id": "u-9", "month": "2026-09", "status": "planned", "due_on": "2026-10-12", "before_tax_ore": 1}
LINES = [{"kind": "base", "amount_ore": 1}]
PLAN = {"version": 9, "kind": "integration_plan", "decided_on": "2026-09-28", "end_goal": "work"}


@pytest.mark.parametrize(
    ("change", "told", "right"),
    [
        ({"born": "2030-01-01"}, ".born: found 2030-01-01, expected a day before the document was made", {}),
        ({"given_name": "  "}, ".given_name: found something else, expected text of at least 1 characters", {}),
        ({"absences": [ABSENCE | {"first_day": "1980-01-01", "last_day": "1980-01-01"}]},
         ".absences[0].first_day: found 1980-01-01, expected a day after the participant was born (1990-05-04)",
         {"absences": [ABSENCE | {"first_day": "2026-09-15", "last_day": "2026-09-15"}]}),
        ({"decisions": [DECISION | {"decided_on": "2030-01-01"}]}, ".decisions[0].decided_on: found 2030-01-01",
         {"decisions": [DECISION | {"decided_on": "2026-10-03"}]}),
        ({"decisions": [DECISION | {"received_on": "2026-09-29", "appeal_by": "2026-09-28"}]},
         ".decisions[0].appeal_by: found 2026-09-28, expected a day after the participant got the decision (2026-",
         {"decisions": [DECISION | {"received_on": "2026-09-29", "appeal_by": "2026-10-20"}]}),
        ({"payments": [PAYMENT | {"before_tax_ore": -1, "lines": LINES}]},
         ".payments[0].before_tax_ore: found -1, expected a number from 0", {"payments": [PAYMENT | {"lines": LINES}]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_problem(
    store: Store, tmp_path: Path, change: dict[str, Any], told: str, right: dict[str, Any]
) -> None:
    taken(store, tmp_path, example())
    problems = refused(store, tmp_path, changed(**change))
    assert any(f"0.json:1: $.participants[0]{told}" in problem for problem in problems), problems
    assert taken(store, tmp_path, changed(**right)).warnings == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"born": "1990-05-05"}, ".born: found another day than the number tells"),
        ({"absences": [ABSENCE | {"first_day": "2016-01-01", "last_day": "2026-01-01"}]}, ".absences[0]: found 2016"),
        ({"absences": [ABSENCE | {"first_day": "2030-01-01", "last_day": "2030-01-01"}]}, ".absences[0].first_day"),
        ({"decisions": [DECISION | {"appeal_by": "2026-10-18"}]},
         ".decisions[0].appeal_by: found 2026-10-18, expected a working day, such as 2026-10-19"),
        ({"payments": [PAYMENT | {"due_on": "2026-08-12", "lines": LINES}]}, ".payments[0].due_on: found 2026-08-12"),
        ({"programme": "training_only", "payments": [PAYMENT | {"lines": LINES}]}, ".payments[0]: found a payment"),
        ({"plans": [PLAN]}, ".plans[0]: found 9, expected the version after 1"),
    ],
)  # fmt: skip
def test_what_seldom_is_is_told_and_taken(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], told: str
) -> None:
    assert taken(store, tmp_path, example()).warnings == []
    report = taken(store, tmp_path, changed(**change))
    assert f"$.participants[0]{told}" in str(report.warnings[0])
    assert commands.tell(report) == 0
    assert capsys.readouterr().err.startswith("warning: ")


def test_a_warning_is_told_once_and_takes_no_lock_again(store: Store, tmp_path: Path) -> None:
    assert len(taken(store, tmp_path, changed(born="1990-05-05")).warnings) == 1
    again = changed(born="1990-05-05") | {"issued_at": "2026-10-03T06:00:00+02:00"}
    report = taken(store, tmp_path, again)
    assert (report.warnings, report.counts["participants changed"]) == ([], 0)
    again["participants"][0]["family_name"] = "Ny"
    assert len(taken(store, tmp_path, again | {"issued_at": "2026-10-04T06:00:00+02:00"}).warnings) == 1


def test_what_the_database_refuses_has_a_place(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = changed()
    other = document["participants"][0] | {"id": "p-2", "pid": "02838810120", "payments": [], "absences": []}
    other["decisions"] = [DECISION | {"outcome": "refused"}]
    document["participants"].append(other | {"born": "1988-03-02"})
    text = json.loads(json.dumps(document))
    monkeypatch.setattr(DecisionIn, "rules", lambda _self: None)
    report = take(store, tmp_path, text)
    [problem] = report.problems
    assert problem.where == "$.participants[1]"
    assert problem.line == 1
    assert "refusal_has_reasons" in problem.expected
