"""Newer documents update, older ones do not, history is kept, and what refers to nothing is told."""

import copy
from pathlib import Path
from typing import Any

import pytest

from portal.exchange import importer
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceCorrection, AbsenceValidity
from portal.tables.allowance import PaymentLine
from portal.tables.decision import Decision
from portal.tables.log import AccessLog
from portal.tables.people import Adviser, Child, Membership, Municipality, Participant
from portal.tables.plan import LanguageGoal, Plan, PlanElement
from portal.tables.texts import Text, TextVersion
from tests.exchange.files import changed, dump, example, refused, rows, taken, texts

PID, OTHER_PID = "04859010089", "02838810120"


def part(name: str) -> Any:
    return copy.deepcopy(example()["participants"][0][name])


def test_number_is_sealed_and_found_again(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    [person] = rows(store, Participant)
    assert PID.encode() not in person.pid
    assert store.vault.open(person.pid, "participant.pid", person.public_id) == PID
    assert person.pid_index == store.vault.blind_index(PID)


def test_a_new_number_takes_the_place_of_the_old(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    taken(store, tmp_path, changed(pid=OTHER_PID))
    [person] = rows(store, Participant)
    assert store.vault.open(person.pid, "participant.pid", person.public_id) == OTHER_PID
    assert person.pid_index == store.vault.blind_index(OTHER_PID)


def test_an_older_document_changes_nothing_and_says_so(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, changed(family_name="Ny"))
    before = dump(store)
    report = taken(store, tmp_path, example())
    assert "the municipality is left out" in report.notices[0]
    assert dump(store) == before
    assert rows(store, Participant)[0].family_name == "Ny"


def test_documents_of_one_command_are_taken_in_the_order_they_were_issued(store: Store, tmp_path: Path) -> None:
    report = taken(store, tmp_path, changed(family_name="Ny"), example())
    assert report.notices == []
    assert rows(store, Participant)[0].family_name == "Ny"


def test_chosen_language_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    with store.write_session() as session:
        session.get_one(Participant, 1).chosen_language = "ar"
        session.commit()
    taken(store, tmp_path, changed(language="en"))
    [person] = rows(store, Participant)
    assert (person.language, person.chosen_language) == ("en", "ar")


def test_who_changed_is_logged_once(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    taken(store, tmp_path, changed(family_name="Ny"))
    assert [(line.actor, line.access, line.actor_name) for line in rows(store, AccessLog)] == [
        ("municipality", "imported", "Eksempel kommune")
    ] * 2


def test_children_and_groups_are_replaced_when_given(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    document = changed(children=[{"id": "b-2", "born": "2024-01-01"}])
    del document["participants"][0]["groups"]
    taken(store, tmp_path, document)
    assert [child.external_id for child in rows(store, Child)] == ["b-2"]
    assert len(rows(store, Membership)) == 1


def test_a_corrected_absence_keeps_what_it_was(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    absences = part("absences")
    absences[0]["registered_name"] = "En annen"
    absences[1] |= {"hours": 2, "verdict": "valid", "corrected_by": "Kari"}
    taken(store, tmp_path, changed(absences=absences, payments=[]))
    [correction] = rows(store, AbsenceCorrection)
    assert (correction.verdict_before, correction.verdict_after) == (AbsenceValidity.INVALID, AbsenceValidity.VALID)
    assert (correction.hours_before, correction.hours_after) == (3, 2)
    assert correction.corrected_by == "Kari"
    assert correction.corrected_at.isoformat() == "2026-10-02T04:00:00+00:00"
    assert rows(store, Absence)[1].hours == 2


def test_a_new_version_of_the_plan_is_added_and_the_old_stays(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    plan = part("plans")[0] | {"version": 2, "change": "Mer praksis"}
    taken(store, tmp_path, changed(plans=[plan]))
    assert [plan.version for plan in rows(store, Plan)] == [1, 2]
    assert len(rows(store, PlanElement)) == 4


def test_the_same_version_of_the_plan_is_updated_whole(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    plan = part("plans")[0]
    plan["elements"] = [{"id": "e-2", "code": "work_placement", "status": "ongoing"}]
    plan["goals"] = [{"skill": "speaking", "goal": "B2"}]
    plan["reasons"] = "Nye grunner"
    plan["goal"] = None
    plan["long_term_goal"] = [
        {"language": "nb", "text": "Jeg vil bli sykepleier."},
        {"language": "ar", "text": "أريد أن أصبح ممرضة.", "origin": "human_translation"},
    ]
    number = len(rows(store, Text))
    taken(store, tmp_path, changed(plans=[plan]))
    [stored] = rows(store, Plan)
    assert [(element.external_id, element.position, element.status) for element in rows(store, PlanElement)] == [
        ("e-2", 0, "ongoing")
    ]
    assert [(goal.skill, goal.goal) for goal in rows(store, LanguageGoal)] == [("speaking", "B2")]
    assert texts(store, stored.reasons_text_id) == {"nb": "Nye grunner"}
    assert set(texts(store, stored.long_term_goal_text_id)) == {"nb", "ar"}
    assert stored.goal_text_id is None
    assert len(rows(store, Text)) == number - 2  # the goal's, and the reasons of the element that went


def test_a_translation_names_the_original_it_was_made_from(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    translated = next(version for version in rows(store, TextVersion) if version.language == "uk")
    original = next(
        version
        for version in rows(store, TextVersion)
        if version.text_id == translated.text_id and version.language == "nb"
    )
    assert translated.translates == original.digest
    assert original.translates is None


def test_lines_of_a_payment_are_replaced(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    payment = part("payments")[0] | {"before_tax_ore": 5, "lines": [{"kind": "base", "amount_ore": 5}]}
    taken(store, tmp_path, changed(payments=[payment]))
    assert [(line.kind, line.amount) for line in rows(store, PaymentLine)] == [("base", 5)]


def test_last_day_to_appeal_is_three_weeks_from_the_notice(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    assert str(rows(store, Decision)[0].appeal_by) == "2026-10-20"


def test_two_municipalities_may_use_the_same_ids(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    other = example()
    other["municipality"]["org_number"] = "310000027"
    taken(store, tmp_path, other)
    assert len(rows(store, Municipality)) == len(rows(store, Participant)) == len(rows(store, Adviser)) == 2


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"adviser": "nobody"}, "$.participants[0].adviser: found 'nobody', expected the id of an adviser"),
        ({"groups": [{"group": "x"}]}, "$.participants[0].groups[0].group: found 'x', expected the id of a group"),
        ({"pid": "04859010088"}, "$.participants[0].pid: found something else, expected a national identity number"),
        ({"end": "2026-01-01"}, "$.participants[0]: found 2026-01-01, expected end on or after start (2026-02-02)"),
        ({"language": "Norwegian!"}, "$.participants[0].language: found 'Norwegian!', expected text that matches"),
        ({"regime": "x"}, "$.participants[0].regime: found 'x', expected one of 'integreringsloven', "),
        ({"born": "01.02.1990"}, "$.participants[0].born: found '01.02.1990', expected a date, YYYY-MM-DD"),
        ({"children": [{"id": "b", "born": "2020-01-01"}] * 2}, "found b, expected each id once in children"),
        ({"plans": [{"version": 2, "kind": "integration_plan", "decided_on": "2026-01-01"}]}, "expected an end_goal"),
        (
            {"answers": [{"question": "q", "text": "Ja", "answered_at": "2026-01-01T10:00:00Z"}]},
            "$.participants[0].answers[0].question: found 'q', expected the id of a question",
        ),
        (
            {"requests": [{"request": "q", "status": "received", "at": "2026-01-01T10:00:00Z"}]},
            "$.participants[0].requests[0].request: found 'q', expected the id or number of a request",
        ),
        (
            {"payments": [{
                "id": "u", "month": "2026-09", "status": "planned", "due_on": "2026-10-12", "before_tax_ore": 2,
                "lines": [{"kind": "base", "amount_ore": 1}],
            }]},
            "$.participants[0].payments[0]: found a sum of 1, expected lines that make up before_tax_ore (2)",
        ),
        (
            {"payments": [{
                "id": "u", "month": "2026-09", "status": "planned", "due_on": "2026-10-12", "before_tax_ore": 1,
                "decision": "v", "lines": [
                    {"kind": "base", "amount_ore": 2}, {"kind": "invalid_absence", "amount_ore": -1, "absence": "a"}
                ],
            }]},
            "$.participants[0].payments[0].lines[1].absence: found 'a', expected the id of an absence",
        ),
        (
            {"contracts": [], "absences": [{
                "id": "a", "first_day": "2026-09-15", "last_day": "2026-09-16", "hours": 2, "registered_by": "teacher",
                "registered_at": "2026-09-15T12:00:00",
            }]},
            "absences[0].registered_at: found '2026-09-15T12:00:00', expected a time with zone",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(store: Store, tmp_path: Path, change: dict[str, Any], told: str) -> None:
    taken(store, tmp_path, example())
    problems = refused(store, tmp_path, changed(**change))
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("0.json:1: $") for problem in problems)
    assert PID not in str(problems)


@pytest.mark.one_database
def test_everything_wrong_is_told_at_once(store: Store, tmp_path: Path) -> None:
    document = changed(adviser="nobody", groups=[{"group": "x"}])
    document["breaks"][0]["group"] = "y"
    document["participants"].append({**document["participants"][0], "id": "p-2", "pid": OTHER_PID, "born": "x"})
    document["participants"].append({**document["participants"][0], "id": "p-3"})
    problems = refused(store, tmp_path, document, "participant;date\n", "BEGIN:VCALENDAR")
    wheres = ["$.breaks[0].group", "[0].adviser", "[0].groups[0].group", "[1].born", "[2].pid", "1.csv:1", "2.ics:1"]
    for where in wheres:
        assert any(where in problem for problem in problems), (where, problems)


def test_a_head_that_is_wrong_does_not_hide_the_participants(store: Store, tmp_path: Path) -> None:
    document = changed(born="x")
    document["municipality"]["policy"] = {"unknown_choice": True}
    problems = refused(store, tmp_path, document)
    assert any("unknown choices: unknown_choice" in problem for problem in problems)
    assert any("$.participants[0].born" in problem for problem in problems)


def test_one_bad_file_stops_the_good_one(store: Store, tmp_path: Path) -> None:
    assert refused(store, tmp_path, example(), "nonsense")
    assert rows(store, Participant) == []


def test_a_number_that_another_has_is_refused(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    [problem] = refused(store, tmp_path, changed(id="p-2"))
    assert (
        "$.participants[0].pid: found the number of participant 'p-1001', expected a number that nobody else has"
        in problem
    )


@pytest.mark.one_database
@pytest.mark.parametrize("stored", [False, True])
def test_a_number_that_another_has_does_not_hide_what_else_is_wrong(store: Store, tmp_path: Path, stored: bool) -> None:
    document = changed()
    answer = {"question": "q", "text": "Ja", "answered_at": "2026-01-01T10:00:00Z"}
    second = {**document["participants"][0], "id": "p-2", "adviser": "nobody", "answers": [answer]}
    if stored:
        taken(store, tmp_path, example())
        document["participants"] = [second]
    else:
        document["participants"].append(second)
    problems = refused(store, tmp_path, document)
    wheres = [problem.partition("]")[2].partition(":")[0] for problem in problems]
    assert wheres == [".pid", ".adviser", ".answers[0].question"]
    second |= {"pid": OTHER_PID, "adviser": document["advisers"][0]["id"], "answers": []}
    taken(store, tmp_path, document)


@pytest.mark.one_database
def test_every_wrong_choice_is_told(store: Store, tmp_path: Path) -> None:
    document = example()
    document["municipality"]["policy"] = {"holiday_year": "foo", "bar": 1, "weekend_in_invalid_absence": "x"}
    [problem] = refused(store, tmp_path, document)
    assert "found unknown choices: bar; holiday_year 'foo'; weekend_in_" in problem
    document["municipality"]["policy"] = {"holiday_year": "calendar", "weekend_in_invalid_absence": True}
    taken(store, tmp_path, document)


@pytest.mark.one_database
def test_unknown_and_missing_files_are_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    report = importer.take(store, [tmp_path / "a.pdf", tmp_path / "b.json"])
    assert [problem.expected for problem in report.problems] == ["one of .json, .ics, .csv", "a file that can be read"]
