"""Nothing is reset that was not said: what is left out stays, `null` clears, and protection ends only by false."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from portal.exchange.document.models import DocumentIn
from portal.exchange.shape import DocumentPart
from portal.law.vocabulary import LeaveKind
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceObjection, AbsenceValidity
from portal.tables.decision import Decision
from portal.tables.leave import LeaveEvent, LeaveEventKind, LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import Question
from portal.tables.people import Adviser, Membership, Municipality, Participant
from portal.tables.plan import LanguageGoal, Plan, PlanElement
from portal.tables.texts import Origin, TextVersion
from tests.exchange.documents import SCHEMA
from tests.exchange.files import changed, dump, example, refused, rows, taken, texts

pytestmark = pytest.mark.one_database

START = datetime(2026, 10, 2, 6, tzinfo=UTC)
LATER = iter(range(1, 1_000_000))
MUNICIPALITY, PERSON = SCHEMA["$defs"]["MunicipalityIn"], SCHEMA["$defs"]["ParticipantIn"]
LISTED_WHOLE = {"PaymentLineIn"}  # has no name: the lines of a payment are replaced as they stand
BOTH = [
    {"language": "nb", "text": "Grunnen", "origin": "standard_phrase"},
    {"language": "uk", "text": "Причина", "origin": "human_translation", "translates": "a" * 64},
]


def whole() -> dict[str, Any]:
    """A document with every field of every part, of somebody who asked for leave, asked a question and contested."""
    document = example() | {"source": "payroll"}
    document["municipality"] |= {
        "answer_days": 21,
        "norwegian": "nn",
        "policy": {"holiday_year": "calendar", "pay_day_off": "before"},
    }
    document["breaks"][0]["group"] = "norsk-a2"
    person = document["participants"][0]
    person |= {
        "ended_on": "2026-09-30", "end_reason": "moved", "certificate_on": "2026-09-30", "protected_address": True,
        "lives_with_parent": True, "partner_in_programme": True, "sole_carer": True,
        "self_certification_withdrawn": True,
    }  # fmt: skip
    person["children"][0]["chronic"] = True
    person["groups"][0]["last_day"] = "2026-12-18"
    plan = person["plans"][0]
    plan |= dict.fromkeys(("goal", "long_term_goal", "reasons", "change"), BOTH)
    plan["elements"][0] |= {"title": "Norsk", "last_day": "2027-06-18", "agreed_on": "2026-01-26", "reasons": BOTH}
    person["training_hours"][0] |= {"module": "Modul 1", "reception_centre": True}
    person["absences"][0] |= {
        "documentation": "medical", "medical_from": "2026-09-07", "document_by": "2026-09-21",
        "corrected_at": "2026-09-22T10:00:00+02:00", "corrected_by": "Kari",
    }  # fmt: skip
    person["payments"][0] |= {"status": "paid", "paid_on": "2026-10-01"}
    person["payments"][0]["lines"][1]["days"] = 0
    person["payments"][0]["before_tax_ore"] += 5
    person["payments"][0]["lines"].append({"kind": "correction", "amount_ore": 5, "corrects_month": "2026-08"})
    person["decisions"][0] |= {
        "effect": BOTH, "effective_from": "2026-10-01", "authority": "county_governor", "appealable": False,
    }  # fmt: skip
    person["decisions"] += [
        {"id": "v-9", "kind": "leave", "outcome": "refused", "section": "§ 14", "reasons": BOTH,
         "decided_on": "2026-10-01", "decided_by": "Kari", "received_on": "2026-10-01", "appeal_by": "2026-10-30",
         "request": "P-2026-1"},
        {"id": "v-10", "kind": "leave", "outcome": "partly_granted", "section": "§ 14", "reasons": BOTH,
         "decided_on": "2026-10-02", "decided_by": "Kari", "received_on": "2026-10-02", "request": "P-2026-1",
         "granted_from": "2026-10-12", "granted_to": "2026-10-12", "granted_hours": 2, "granted_start": "09:00",
         "granted_end": "11:00", "replaces": "v-9"},
    ]  # fmt: skip
    person["requests"] = [
        {"request": "P-2026-1", "status": "more_information", "at": "2026-09-30T10:00:00+02:00", "text": BOTH}
    ]
    person["answers"] = [{"question": "q-1", "text": BOTH, "answered_at": "2026-10-01T10:00:00+02:00"}]
    person["contest_answers"] = [{"contest": "c-1", "outcome": "stands", "text": BOTH, "answered_on": "2026-10-02"}]
    copied: dict[str, Any] = json.loads(json.dumps(document))  # so that no two places share a list
    return copied


def later(document: dict[str, Any]) -> dict[str, Any]:
    """The document, issued later than any before."""
    return {**document, "issued_at": (START + timedelta(seconds=next(LATER))).isoformat()}


def saying(**participant: Any) -> dict[str, Any]:
    """A document that says of the participant this and what is needed."""
    document = changed()
    document["participants"] = [{name: document["participants"][0][name] for name in PERSON["required"]} | participant]
    return document


def fill(store: Store, folder: Path) -> dict[str, list[Any]]:
    """Import the whole document; gives what is then stored."""
    taken(store, folder, example() | {"source": "payroll"})
    with store.write_session() as session:
        asked = {"participant_id": 1, "language": "nb"}
        session.add(LeaveRequest(
            public_id="r-1", number="P-2026-1", form=RequestForm.APPLICATION, kind=LeaveKind.WELFARE,
            first_day=date(2026, 10, 12), last_day=date(2026, 10, 16), text_version="1", **asked,
        ))  # fmt: skip
        session.add(Question(public_id="q-1", message=b"", **asked))
        session.add(AbsenceObjection(public_id="c-1", absence_id=1, message=b"", has_paper=False, **asked))
        session.commit()
    taken(store, folder, later(whole()))
    return facts(store)


def facts(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, but for when and what was imported."""
    found = dump(store)
    del found["imported_file"], found["received"]
    return found


def optional(document: Any) -> list[tuple[Any, str, str]]:
    """Every optional field that a document says: the object it stands in, its name, and the part's."""
    return [found for found in fields(document, SCHEMA, "DocumentIn") if found[1] not in _needed(found[2])]


def _needed(part: str) -> list[str]:
    shape = SCHEMA if part == "DocumentIn" else SCHEMA["$defs"][part]
    return shape.get("required", [])


def fields(value: Any, shape: Any, part: str) -> Iterator[tuple[Any, str, str]]:
    if "$ref" in shape:
        part = shape["$ref"].rpartition("/")[2]
        yield from fields(value, SCHEMA["$defs"][part], part)
    for arm in (*shape.get("anyOf", ()), *shape.get("oneOf", ())):
        yield from fields(value, arm, part)
    if isinstance(value, list) and "items" in shape:
        for item in value:
            yield from fields(item, shape["items"], part)
    if isinstance(value, dict):
        for name, field in shape.get("properties", {}).items():
            if name in value:
                yield value, name, part
                yield from fields(value[name], field, part)


def test_the_whole_document_says_every_field() -> None:
    said = {(part, name) for _, name, part in fields(whole(), SCHEMA, "DocumentIn")}
    parts = {"DocumentIn": SCHEMA} | {name: part for name, part in SCHEMA["$defs"].items() if "properties" in part}
    assert said == {(name, field) for name, part in parts.items() for field in part["properties"]}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(data=st.data())
def test_what_is_left_out_stays(store: Store, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        before = facts(store) if rows(store, Participant) else fill(store, Path(folder))
        document = whole()
        found = [field for field in optional(document) if field[2] not in LISTED_WHOLE]
        share = data.draw(st.sampled_from([1, 5, 20, len(found)]))
        for number in data.draw(st.sets(st.integers(0, len(found) - 1), min_size=1, max_size=share)):
            container, name, _ = found[number]
            container.pop(name, None)
        report = taken(store, Path(folder), later(document))
    assert facts(store) == before
    assert "participants changed" not in report.counts or report.counts["participants changed"] == 0
    assert not report.notices


def test_each_optional_field_alone_may_be_left_out(store: Store, tmp_path: Path) -> None:
    before = fill(store, tmp_path)
    for number, (_, name, part) in enumerate(optional(whole())):
        document = whole()
        container, _, _ = optional(document)[number]
        if part not in LISTED_WHOLE:
            del container[name]
            taken(store, tmp_path, later(document))
            assert facts(store) == before, (part, name)


def test_only_what_is_needed(store: Store, tmp_path: Path) -> None:
    before = fill(store, tmp_path)
    document = {name: whole()[name] for name in ("format", "municipality", "participants")}
    for shape, container in ((MUNICIPALITY, document["municipality"]), (PERSON, document["participants"][0])):
        for name in container.keys() - shape["required"]:
            del container[name]
    taken(store, tmp_path, later(document))
    assert facts(store) == before


ADDED = {
    "plans", "contracts", "training_hours", "test_results", "exemptions", "absences", "requests", "decisions",
    "payments", "answers", "contest_answers", "advisers", "breaks", "participants",
}  # fmt: skip


def parts(model: type[DocumentPart] = DocumentPart) -> Iterator[type[DocumentPart]]:
    """Every model of the document."""
    for found in model.__subclasses__():
        yield found
        yield from parts(found)


@pytest.mark.parametrize("model", [model for model in parts() if model.__name__.endswith("In")])
def test_null_is_as_if_it_never_was_said(model: type[DocumentPart]) -> None:
    for name, field in model.model_fields.items():
        if field.is_required() or name == "protected_address" or name in ADDED:
            continue
        if model is DocumentIn and name == "groups":
            continue  # added to, as the other lists of the head
        blank = [] if name in ("children", "groups") else field.get_default()
        found = TypeAdapter(field.rebuild_annotation()).validate_json("null")
        assert found == (None if name == "policy" else blank), name


@pytest.mark.parametrize("name", sorted(ADDED - {"breaks", "advisers", "participants"}))
def test_a_list_that_is_added_to_has_nothing_to_clear(store: Store, tmp_path: Path, name: str) -> None:
    [problem] = refused(store, tmp_path, changed(**{name: None}))
    assert f"$.participants[0].{name}: found null, expected a list" in problem


def test_null_clears(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    document = later(whole())
    document["municipality"] |= {"address": None, "answer_days": None, "policy": {"pay_day_off": None}}
    document["advisers"][0]["hours"] = None
    person = document["participants"][0]
    person |= dict.fromkeys(("ended_on", "end_reason", "certificate_on", "start_by", "sole_carer", "adviser"))
    person["plans"][0] |= {"goal": None, "received_on": None, "goals": None}
    person["plans"][0]["elements"][0] |= {"place": None, "reasons": None, "hours_per_week": None}
    person["absences"][0] |= {"kind": None, "verdict": None}
    person["groups"][0]["last_day"] = None
    taken(store, tmp_path, document)
    [office], [stored], [plan] = rows(store, Municipality), rows(store, Participant), rows(store, Plan)
    assert (office.address, office.answer_days, office.policy) == ("", 30, {"holiday_year": "calendar"})
    assert rows(store, Adviser)[0].hours == ""
    assert (stored.ended_on, stored.end_reason, stored.certificate_on, stored.start_by) == (None,) * 4
    assert (stored.sole_carer, stored.adviser_id, stored.lives_with_parent) == (False, None, True)
    assert (plan.goal_text_id, plan.received_on, rows(store, LanguageGoal)) == (None, None, [])
    assert plan.reasons_text_id is not None
    element = rows(store, PlanElement)[0]
    assert (element.place, element.reasons_text_id, element.hours_per_week) == ("", None, None)
    absence = rows(store, Absence)[0]
    assert (absence.kind, absence.verdict, absence.hours) == (None, AbsenceValidity.UNDECIDED, None)
    assert rows(store, Membership)[0].last_day is None


def test_protection_ends_only_by_false_and_that_is_told(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, changed(protected_address=True))
    [problem] = refused(store, tmp_path, later(changed(protected_address=None)))
    assert "$.participants[0].protected_address: found null, expected true or false" in problem
    assert not taken(store, tmp_path, later(changed())).notices
    assert rows(store, Participant)[0].protected_address
    [notice] = taken(store, tmp_path, later(changed(protected_address=False))).notices
    assert "$.participants[0].protected_address: the address of participant 'p-1001' is protected no longer" in notice
    assert not rows(store, Participant)[0].protected_address
    assert not taken(store, tmp_path, later(changed(protected_address=False))).notices


@pytest.mark.parametrize(
    ("change", "told", "right"),
    [
        ({"end": "2026-01-31"}, "$.participants[0]: found 2026-01-31, expected end on or after start (2026-02-02)",
         {"end": "2026-03-01"}),
        ({"start": None}, "$.participants[0]: found 2028-02-01, expected end on or after start (none)",
         {"start": None, "end": None}),
        ({"end_reason": "moved"}, "found ended_on none, end_reason moved, expected ended_on and end_reason together",
         {"end_reason": "moved", "ended_on": "2026-09-30"}),
        ({"absences": [{"id": "a-2", "first_day": "2026-09-15", "last_day": "2026-09-16", "registered_by": "teacher",
                        "registered_at": "2026-09-15T12:00:00+02:00"}]},
         "absences[0]: found 2026-09-15 to 2026-09-16, expected hours only on an absence of one day",
         {"absences": [{"id": "a-2", "first_day": "2026-09-15", "last_day": "2026-09-16", "registered_by": "teacher",
                        "registered_at": "2026-09-15T12:00:00+02:00", "hours": None}]}),
    ],
)  # fmt: skip
def test_rules_look_at_what_is_stored(
    store: Store, tmp_path: Path, change: dict[str, Any], told: str, right: dict[str, Any]
) -> None:
    taken(store, tmp_path, example())
    [problem] = refused(store, tmp_path, later(saying(**change)))
    assert told in problem
    taken(store, tmp_path, later(saying(**right)))


def test_a_new_version_of_a_plan_takes_nothing_over(store: Store, tmp_path: Path) -> None:
    before = fill(store, tmp_path)
    plan = {"version": 2, "kind": "integration_plan", "decided_on": "2026-10-02", "end_goal": "work"}
    taken(store, tmp_path, later(saying(plans=[plan])))
    first, second = rows(store, Plan)
    assert (second.goal_text_id, second.received_on, second.programme_end) == (None, None, None)
    assert {row.plan_id for row in rows(store, PlanElement)} == {first.id}
    assert [row for row in facts(store)["plan"] if row[2] == 1] == before["plan"]


def test_another_outcome_is_another_answer(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    decision = whole()["participants"][0]["decisions"][2]
    for name in ("reasons", "replaces", "request", *[name for name in decision if name.startswith("granted_")]):
        del decision[name]
    [problem] = refused(store, tmp_path, later(saying(decisions=[decision | {"outcome": "refused"}])))
    assert "decisions[0]: found none, expected reasons where outcome is refused" in problem
    taken(store, tmp_path, later(saying(decisions=[decision | {"outcome": "granted"}])))
    [request] = rows(store, LeaveRequest)
    assert (request.status, request.granted_from, request.granted_to) == (
        RequestStatus.GRANTED, request.first_day, request.last_day,
    )  # fmt: skip
    assert (request.granted_hours, request.granted_start) == (None, None)
    assert rows(store, Decision)[2].reasons_text_id is None


def test_other_hours_granted_want_other_clock_times_or_none(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    decision = whole()["participants"][0]["decisions"][2]
    for name in ("granted_from", "granted_to", "granted_start", "granted_end", "replaces"):
        del decision[name]
    decision["granted_hours"] = 3
    [problem] = refused(store, tmp_path, later(saying(decisions=[decision])))
    assert "decisions[0]: found 3, expected granted_hours that agree with 09:00 to 11:00" in problem
    taken(store, tmp_path, later(saying(decisions=[decision | {"granted_start": None, "granted_end": None}])))
    [request] = rows(store, LeaveRequest)
    assert (request.granted_hours, request.granted_start, request.granted_end) == (3, None, None)
    assert str(request.granted_to) == "2026-10-12"


def test_the_last_day_to_appeal_goes_on_following_the_notice(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    said, following = whole()["participants"][0]["decisions"][1:]
    for decision in (said, following):
        decision["received_on"] = "2026-10-03"
        decision.pop("appeal_by", None)
    taken(store, tmp_path, later(saying(decisions=[said, following])))
    assert [str(row.appeal_by) for row in rows(store, Decision)[1:]] == ["2026-10-30", "2026-10-26"]


def test_a_step_that_was_told_keeps_its_text_or_stays_without(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    at = {"request": "P-2026-1", "at": "2026-09-30T10:00:00+02:00"}
    with store.write_session() as session:
        event = {"request_id": 1, "seq": 9, "actor": "municipality", "at": datetime.fromisoformat(at["at"])}
        session.add(LeaveEvent(kind=LeaveEventKind.RECEIVED, params={}, **event))
        session.commit()
    received, more = at | {"status": "received"}, at | {"status": "more_information"}
    [problem] = refused(store, tmp_path, later(saying(requests=[received | {"text": "Fått"}])))
    assert "requests[0].request: found a text on a step that was told without one, expected the same" in problem
    [problem] = refused(store, tmp_path, later(saying(requests=[more | {"text": None}])))
    assert "requests[0]: found none, expected a text that says what is missing" in problem
    taken(store, tmp_path, later(saying(requests=[received, more | {"text": "Mer"}])))
    event = next(event for event in rows(store, LeaveEvent) if event.kind == "more_information")
    assert texts(store, event.params["text_id"]) == {"nn": "Mer"}


def test_nothing_new_is_said_only_where_nothing_changed(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    bare = {name: example()[name] for name in ("format", "municipality")}
    assert taken(store, tmp_path, later(bare)).counts == {}
    bare["municipality"]["policy"] = {"holiday_year": None}
    assert taken(store, tmp_path, later(bare)).counts == {"municipality changed": 1}
    bare["municipality"]["policy"] = {}
    assert taken(store, tmp_path, later(bare)).counts == {}
    heads = {name: example()[name] for name in ("advisers", "groups", "breaks")}
    for name, part in heads.items():
        part[0]["name"] += "!"
        report = taken(store, tmp_path, later({**bare, name: part}))
        assert report.counts == {f"{name} changed": 1}


def test_who_translated_stays_until_it_is_said(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    plan = whole()["participants"][0]["plans"][0]
    plan["goal"] = [{"language": "nb", "text": "Ny"}, {"language": "uk", "text": "Новий"}]
    taken(store, tmp_path, later(saying(plans=[plan])))
    goal = rows(store, Plan)[0].goal_text_id
    origins = {row.language: row.origin for row in rows(store, TextVersion) if row.text_id == goal}
    assert origins == {"nb": Origin.STANDARD_PHRASE, "uk": Origin.HUMAN_TRANSLATION}
