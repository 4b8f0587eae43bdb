"""What cannot be is a problem, what seldom is a warning that is taken; what the database refuses has a place."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from portal.exchange import commands
from portal.exchange.document.records import DecisionIn
from portal.pid import is_pid
from portal.store.db import Store
from portal.tables.people import Participant
from tests.exchange.files import changed, example, refused, rows, take, taken
from tests.settings import settings_for

pytestmark = pytest.mark.one_database

ABSENCE = {"id": "a-9", "registered_by": "teacher", "registered_at": "2026-09-15T12:00:00+02:00"}
DECISION = {"id": "v-9", "kind": "other", "outcome": "decided", "section": "§ 1", "decided_on": "2026-09-28"}
PAYMENT = {"id": "u-9", "month": "2026-09", "status": "planned", "due_on": "2026-10-12", "before_tax_ore": 1}
LINES = [{"kind": "base", "amount_ore": 1}]
PAID = {"status": "paid", "lines": LINES}
TEST = {"id": "n-9", "examination": "speaking", "result": "A2", "taken_on": "2026-09-15"}
SOCIAL = {"id": "n-8", "examination": "social_studies", "result": "passed", "taken_on": "2026-09-15"}
PLAN = {"version": 9, "kind": "integration_plan", "decided_on": "2026-09-28", "end_goal": "work"}


@pytest.mark.parametrize(
    ("change", "told", "right"),
    [
        ({"born": "2030-01-01"}, ".born: found 2030-01-01, expected a day before the document was made", {}),
        ({"given_name": " \u00a0\u200b\ufeff"}, ".given_name: found something else, expected text of at least", {}),
        ({"decisions": [DECISION | {"reasons": "\u200b\u00a0\n"}]},
         ".decisions[0].reasons: found nothing but spaces, expected text that can be read",
         {"decisions": [DECISION | {"reasons": "Fordi"}]}),
        ({"children": [{"id": "b-1", "born": "1990-05-03"}]}, ".children[0].born: found 1990-05-03, expected a day",
         {"children": [{"id": "b-1", "born": "2026-10-03"}]}),
        ({"test_results": [TEST | {"result": "passed"}]},
         ".test_results[0]: found passed, expected a level, or not_passed, where examination is speaking",
         {"test_results": [TEST | {"result": "not_passed"}, SOCIAL]}),
        ({"absences": [ABSENCE | {"first_day": "2026-10-04", "last_day": "2026-10-04", "verdict": "invalid"}]},
         ".absences[0].first_day: found 2026-10-04, expected a day before the document was made where the absence is",
         {"absences": [ABSENCE | {"first_day": "2026-10-03", "last_day": "2026-10-03", "verdict": "invalid"}]}),
        ({"payments": [PAYMENT | PAID | {"paid_on": "2026-11-04"}]},
         ".payments[0].paid_on: found 2026-11-04, expected a day before the document was made, where it is paid",
         {"payments": [PAYMENT | PAID | {"paid_on": "2026-10-03"}]}),
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
        ({"absences": [ABSENCE | {"first_day": "2026-10-04", "last_day": "2026-10-04"}]},
         ".absences[0].first_day: found 2026-10-04, expected a day that has come, or a reason"),
        ({"payments": [PAYMENT | PAID | {"paid_on": "2026-11-03"}]}, ".payments[0].paid_on: found 2026-11-03"),
        ({"training_hours": [{"id": "t-9", "subject": "norwegian", "hours": 1, "completed_on": "2026-10-04"}]},
         ".training_hours[0].completed_on: found 2026-10-04"),
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


def dated(day: str) -> dict[str, Any]:
    """The example with everything that has been on a day, each in a part of its own."""
    told_at = dict.fromkeys(("registered_at", "corrected_at"), f"{day}T12:00:00+02:00")
    return changed(
        ended_on="2026-09-30", end_reason="completed", certificate_on=day,
        children=[{"id": "b-1", "born": day}],
        plans=[PLAN | {"version": 2, "decided_on": day, "received_on": day}],
        contracts=[{"id": "k-1", "kind": "contract", "signed_on": day}],
        test_results=[TEST | {"taken_on": day}],
        exemptions=[{"id": "f-1", "subject": "parental_guidance", "decided_on": day}],
        absences=[ABSENCE | {"first_day": "2026-09-15", "last_day": "2026-09-15"} | told_at],
        decisions=[DECISION | {"decided_on": day, "received_on": day}],
    )  # fmt: skip


def test_what_has_been_has_been_before_the_document(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    problems = refused(store, tmp_path, dated("2026-10-04"))
    told = {re.sub(r".*\$\.participants\[0\]\.(\S+): .*", r"\1", problem) for problem in problems}
    assert told == {
        "certificate_on", "children[0].born", "plans[0].decided_on", "plans[0].received_on", "contracts[0].signed_on",
        "test_results[0].taken_on", "exemptions[0].decided_on", "absences[0].registered_at",
        "absences[0].corrected_at", "decisions[0].decided_on", "decisions[0].received_on",
    }  # fmt: skip
    assert all("before the document was made" in problem for problem in problems)
    assert taken(store, tmp_path, dated("2026-10-03")).warnings == []


def test_what_cannot_be_seen_around_a_name_is_taken_off(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, changed(given_name="\ufeff\u00a0Nour\u200c al-Din\u200b ", family_name="\u2060Ali\u3164"))
    [stored] = rows(store, Participant)
    assert (stored.given_name, stored.family_name) == ("Nour\u200c al-Din", "Ali")


def nobodys_number() -> str:
    """A number without anything added to it, of a person who is born on the last day of 2039."""
    numbers = (f"311239{end}" for end in range(50_000, 99_999))
    return next(number for number in numbers if is_pid(number))


@pytest.mark.parametrize("is_real", [False, True])
def test_where_made_up_people_sign_in_nobody_real_is_taken(
    store: Store, database_url: str, tmp_path: Path, is_real: bool
) -> None:
    document = changed(pid=nobodys_number(), born="1939-12-31")
    if is_real:
        settings = settings_for(
            database_url, demo=False, base_url="https://portal.example", oidc_issuer="https://idporten.no"
        )
        with closing(Store(settings)) as real:
            assert taken(real, tmp_path, document).warnings == []
        return
    [problem] = refused(store, tmp_path, document)
    assert "$.participants[0].pid: found the number of somebody who may be real, expected that of a made-up" in problem
    assert nobodys_number() not in problem


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
