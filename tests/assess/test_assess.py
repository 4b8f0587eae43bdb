"""`portal assess`: the command's own manners. The rules behind it are tested in `tests/law`."""

import argparse
import io
import json
import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import assess
from portal.assess import answers, cases
from portal.assess.schema import both
from portal.law import assessment, deductions
from portal.law import case as law
from tests.participant.leave.making import AMAL

CASE: dict[str, Any] = {
    "today": "2026-10-19",
    "participant": AMAL,
    "policy": {},
    "history": [
        {"kind": "own_illness", "from": "2026-10-06", "to": "2026-10-07", "documentation": "self_certified"},
        {"kind": "invalid", "from": "2026-10-14", "to": "2026-10-14", "hours": "3"},
        {"kind": "welfare", "reason": "wedding", "from": "2026-05-08", "to": "2026-05-08", "status": "granted"},
    ],
    "request": {
        "kind": "child_illness",
        "from": "2026-10-19",
        "to": "2026-10-23",
        "documentation": "none",
        "notice": "2026-10-19",
    },
    "month": "2026-10",
}
ANSWER = {
    "request": {
        "outcome": "right",
        "section": "IF § 7",
        "reasons": [],
        "working_days": 5,
        "covered_days": 5,
        "beyond_days": 0,
        "quota": {
            "limit": 20,
            "used": 0,
            "pending": 0,
            "after": 5,
            "left": 15,
            "period": {"kind": "rolling_12_months", "from": "2025-10-24", "to": "2026-10-23"},
        },
        "allowance": "kept",
        "self_certified_days": 3,
        "medical_from": "2026-10-22",
        "adds_to_programme_time": False,  # eight working days over the programme are not over ten (IF §§ 10, 19)
        "decision": "none",
    },
    "allowance": {
        "month": "2026-10",
        "basic_amount": 136549,
        "factor": "1",
        "gross": "22758.17",
        "lines": [
            {"reason": "monthly_rate", "amount": "22758.17"},
            {
                "reason": "invalid_absence",
                "hours": "3",
                "amount": "-442.86",
                "from": "2026-10-14",
                "to": "2026-10-14",
            },
        ],
        "before_tax": "22315.31",
        "deduction": "442.86",
        "deduction_is_decision": False,
    },
}


def run(*words: str) -> int:
    """The command as the command line starts it."""
    parser = argparse.ArgumentParser()
    assess.add(parser.add_subparsers(required=True))
    options = parser.parse_args(["assess", *words])
    return options.run(options)


@pytest.fixture
def told(capsys, monkeypatch):
    """Gives the exit code and the JSON that the command prints for some standard input."""

    def tell(raw: bytes) -> tuple[int, Any]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = run("-")
        return code, json.loads(capsys.readouterr().out)

    return tell


def told_json(told, value: object) -> tuple[int, Any]:
    return told(json.dumps(value).encode())


def changed(**fields: Any) -> Any:
    """The case with fields changed, `participant__end` for one inside; `...` takes a field away."""
    case: Any = json.loads(json.dumps(CASE))
    for name, value in fields.items():
        *way, last = [int(step) if step.isdigit() else step for step in name.split("__")]
        place = case
        for step in way:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return case


def test_a_case(told):
    assert told_json(told, CASE) == (0, ANSWER)


def test_a_file(tmp_path, capsys):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8-sig")
    assert run(str(file)) == 0
    assert json.loads(capsys.readouterr().out) == ANSWER


def test_cases_are_answered_in_order(told):
    other = changed(month=..., request__kind="holiday")
    code, answers = told_json(told, [CASE, other])
    assert code == 0
    assert answers[0] == ANSWER
    assert (answers[1]["request"]["section"], answers[1]["allowance"]) == ("IF § 18", None)
    assert told_json(told, []) == (0, [])


def test_only_a_month(told):
    assert told_json(told, changed(request=...)) == (0, {**ANSWER, "request": None})


def test_fields_that_may_be_left_out_and_fields_that_are_null(told):
    least = {"today": "2026-10-19", "participant": {"born": "1990-05-04", "start": "2026-02-02"}, "month": "2026-10"}
    nulls = {**least, "policy": None, "history": None, "request": None}
    nulls["participant"] = {**least["participant"], "end": None, "children": None, "regime": None}
    assert told_json(told, least) == told_json(told, nulls)
    assert told_json(told, least)[0] == 0


def test_months_without_a_breakdown(told):
    training = told_json(told, changed(participant__programme="training_only"))[1]
    assert training["allowance"] == {"month": "2026-10", "reasons": ["not_in_introduction_programme"]}
    assert training["request"]["allowance"] == "not_applicable"
    early = told_json(told, changed(month="2023-04"))[1]
    assert early["allowance"] == {"month": "2023-04", "reasons": ["basic_amount_unknown"]}


def test_a_later_basic_amount_is_to_be_expected(told):
    assert told_json(told, changed(month="2027-06"))[1]["allowance"]["basic_amount_provisional"] is True


def test_work_and_benefits(told):
    work = {"hours": "43", "wage": "9030", "from": "2026-10-01", "to": "2026-10-31"}
    benefit = {"kind": "overgangsstonad", "yearly": "200000"}
    answer = told_json(told, changed(history=[], paid_work=[work], benefits=[benefit]))[1]
    assert [(line["reason"], line["amount"]) for line in answer["allowance"]["lines"][1:]] == [
        ("paid_work", "-6347.68"),
        ("other_benefit", "-4390.85"),
    ]


def test_days_without_school_are_no_working_days(told):
    """IF chapters 3, 4; `policy.breaks_count`."""
    leave = {"kind": "welfare", "from": "2026-10-19", "to": "2026-10-23"}
    given = changed(request=leave, breaks=[{"from": "2026-10-21", "to": "2026-10-23"}])
    assert told_json(told, given)[1]["request"]["working_days"] == 2
    always = given | {"policy": {"breaks_count": "always"}}
    assert told_json(told, always)[1]["request"]["working_days"] == 5
    inside = given | {"request": leave | {"from": "2026-10-21"}}
    assert told_json(told, inside)[1]["request"]["reasons"] == ["not_working_days"]


def test_policy_is_read(told):
    before = told_json(told, changed(participant__start="2026-10-05"))[1]["request"]
    policy = {"self_certification_child_from_day_one": True}
    after = told_json(told, changed(participant__start="2026-10-05", policy=policy))[1]["request"]
    assert (before["outcome"], before["reasons"]) == ("discretion", ["under_eight_weeks_unclear"])
    assert (after["outcome"], after["self_certified_days"]) == ("right", 3)


FAULTS = [
    pytest.param({"request__to": "2026-10-18"}, "request.to", "ends_before_it_starts", id="end before start"),
    pytest.param({"history__0__to": "2026-10-05"}, "history[0].to", "ends_before_it_starts", id="in the history"),
    pytest.param({"participant__end": "2026-02-01"}, "participant.end", "ends_before_it_starts", id="programme"),
    pytest.param({"today": "2026-02-30"}, "today", "no_such_date", id="a date that does not exist"),
    pytest.param({"today": "19.10.2026"}, "today", "not_a_date", id="a date in another form"),
    pytest.param({"today": "20261019"}, "today", "not_a_date", id="a date without lines"),
    pytest.param({"today": "٢٠٢٦-١٠-١٩"}, "today", "not_a_date", id="a date in other digits"),
    pytest.param({"today": "2026-10-19T00:00"}, "today", "not_a_date", id="a time"),
    pytest.param({"today": "1792368000"}, "today", "not_a_date", id="a date as seconds"),
    pytest.param({"today": 20261019}, "today", "not_text", id="a date as a number"),
    pytest.param({"today": "0001-01-01"}, "today", "out_of_range", id="a year long ago"),
    pytest.param({"today": None}, "today", "not_text", id="null where a value is needed"),
    pytest.param({"today": ...}, "today", "missing", id="missing"),
    pytest.param({"participant": ...}, "participant", "missing", id="no participant"),
    pytest.param({"participant": []}, "participant", "not_an_object", id="not an object"),
    pytest.param({"history": {}}, "history", "not_a_list", id="not a list"),
    pytest.param({"history__0": 3}, "history[0]", "not_an_object", id="not an object in a list"),
    pytest.param({"participant__name": "x"}, "participant.name", "unknown_field", id="unknown field"),
    pytest.param({"request__kind": "moving"}, "request.kind", "unknown_value", id="unknown value"),
    pytest.param({"request__kind": "invalid"}, "request.kind", "unknown_value", id="invalid is never asked for"),
    pytest.param({"request__kind": None}, "request.kind", "unknown_value", id="null is no kind"),
    pytest.param({"request__kind": ["welfare"]}, "request.kind", "unknown_value", id="a list is no kind"),
    pytest.param({"history__0__kind": "x"}, "history[0].kind", "unknown_value", id="unknown value in the history"),
    pytest.param({"history__0__first_day": "2026-10-06"}, "history[0].first_day", "unknown_field",
                 id="a field by our own name"),
    pytest.param({"participant__sole_carer": "yes"}, "participant.sole_carer", "not_true_or_false", id="not a flag"),
    pytest.param({"participant__sole_carer": 1}, "participant.sole_carer", "not_true_or_false", id="1 is no flag"),
    pytest.param({"request__travel_days": True}, "request.travel_days", "not_a_whole_number", id="true is no number"),
    pytest.param({"request__travel_days": 1.0}, "request.travel_days", "not_a_whole_number", id="1.0 is no number"),
    pytest.param({"request__travel_days": 10**25}, "request.travel_days", "out_of_range", id="more than any"),
    pytest.param({"request__travel_days": -1}, "request.travel_days", "out_of_range", id="fewer than none"),
    pytest.param({"history__1__hours": "three"}, "history[1].hours", "not_hours", id="hours in letters"),
    pytest.param({"history__1__hours": "0"}, "history[1].hours", "not_hours", id="no hours"),
    pytest.param({"history__1__hours": "24.01"}, "history[1].hours", "not_hours", id="more than a day's hours"),
    pytest.param({"history__1__hours": "NaN"}, "history[1].hours", "not_hours", id="hours that are no number"),
    pytest.param({"history__1__hours": 3}, "history[1].hours", "not_text", id="hours are decimal text"),
    pytest.param({"history__0__hours": "3"}, "history[0].hours", "hours_need_one_day", id="hours of two days"),
    pytest.param({"request__to": "2037-10-19"}, "request.to", "lasts_too_long", id="longer than any programme"),
    pytest.param({"month": "2026-13"}, "month", "not_a_month", id="a month that does not exist"),
    pytest.param({"month": "2026-1"}, "month", "not_a_month", id="a month in another form"),
    pytest.param({"month": "9999-01"}, "month", "out_of_range", id="a month far away"),
    pytest.param({"policy__holiday_year": "lunar"}, "policy.holiday_year", "unknown_value", id="unknown policy value"),
    pytest.param({"policy__colour": "red"}, "policy.colour", "unknown_field", id="unknown policy"),
    pytest.param({"benefits": [{"kind": "dagpenger", "yearly": "-1"}]}, "benefits[0].yearly", "not_kroner",
                 id="less than no kroner"),
]  # fmt: skip


HOURS_OF_DAYS = {"from": "2026-10-05", "to": "2026-10-09", "hours": "1", "status": "granted"}


@pytest.mark.parametrize("kind", ["breastfeeding", "welfare", "parental"])
def test_leave_granted_for_some_hours_of_each_day_is_read(told, kind):
    """Illness is only told of, and invalid absence is registered day by day: they have hours of one day."""
    case = changed(history=[{"kind": kind, **HOURS_OF_DAYS}])
    assert told_json(told, case)[0] == 0
    for other in ("own_illness", "child_illness", "invalid"):
        fault = {"errors": [{"path": "history[0].hours", "code": "hours_need_one_day"}]}
        assert told_json(told, changed(history=[{"kind": other, **HOURS_OF_DAYS}])) == (2, fault)


@pytest.mark.parametrize(("change", "path", "code"), FAULTS)
def test_faults(told, change, path, code):
    """What cannot be read is told where it stands; the same case without the fault is answered."""
    assert told_json(told, changed(**change)) == (2, {"errors": [{"path": path, "code": code}]})
    assert told_json(told, CASE)[0] == 0


def test_nothing_is_asked(told):
    assert told_json(told, changed(request=..., month=...)) == (2, {"errors": [{"path": "request", "code": "missing"}]})


def test_every_fault_is_told_with_its_place_in_the_list(told):
    code, answer = told_json(told, [CASE, changed(today="x", request__to="y"), 7])
    assert code == 2
    assert answer["errors"] == [
        {"path": "[1].today", "code": "not_a_date"},
        {"path": "[1].request.to", "code": "not_a_date"},
        {"path": "[2]", "code": "not_an_object"},
    ]


def test_what_only_two_fields_show_is_told_beside_what_one_shows(told):
    """Whoever sends a case reads all of it at once, also where a field between is missing."""
    code, answer = told_json(told, changed(today=..., request__to="2026-10-18", participant__end="2026-01-01", x=1))
    assert (code, {(error["path"], error["code"]) for error in answer["errors"]}) == (2, {
        ("today", "missing"),
        ("x", "unknown_field"),
        ("request.to", "ends_before_it_starts"),
        ("participant.end", "ends_before_it_starts"),
    })  # fmt: skip
    wrong_month = told_json(told, changed(request=..., month="x"))[1]
    assert wrong_month == {"errors": [{"path": "month", "code": "not_a_month"}]}  # a request is not missing beside it


RAW = [
    pytest.param(b"", "not_json", id="nothing"),
    pytest.param(b"{", "not_json", id="half"),
    pytest.param(b"\xff\xfe", "not_utf8", id="other bytes"),
    pytest.param(b'{"today": NaN}', "not_json", id="not a number"),
    pytest.param(b"[" * 200_000, "nested_too_deep", id="deep"),
    pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested_too_deep", id="deep objects"),
    pytest.param(b"9" * 10_000, "not_json", id="a very long number"),
    pytest.param(b"7", "not_an_object", id="a number"),
    pytest.param(b"null", "not_an_object", id="null"),
]


@pytest.mark.parametrize(("raw", "code"), RAW)
def test_input_that_is_no_case(told, raw, code):
    assert told(raw) == (2, {"errors": [{"path": "", "code": code}]})


def test_a_field_twice(told):
    raw = json.dumps(CASE).replace('"today"', '"today": "2026-10-18", "today"', 1).encode()
    assert told(raw) == (2, {"errors": [{"path": "today", "code": "field_twice"}]})


def test_text_that_utf8_cannot_carry(told):
    """A name is told as JSON wrote it; a value is no word of the law."""
    raw = json.dumps(changed(request__kind="\ud800")).replace('"today"', '"\\ud800": 1, "today"', 1).encode()
    assert told(raw) == (2, {"errors": [
        {"path": "request.kind", "code": "unknown_value"}, {"path": "\\ud800", "code": "unknown_field"},
    ]})  # fmt: skip


PAIRS = [
    (cases.ChildInput, law.ChildFacts),
    (cases.ParticipantInput, law.ParticipantFacts),
    (cases.PolicyInput, law.Policy),
    (cases.PastAbsenceInput, law.PastAbsence),
    (cases.RequestInput, law.Request),
    (cases.PaidWorkInput, deductions.PaidWork),
    (cases.PublicBenefitInput, deductions.PublicBenefit),
    (answers.PeriodOutput, assessment.QuotaPeriod),
    (answers.QuotaOutput, assessment.Quota),
    (answers.AssessmentOutput, assessment.Assessment),
    (answers.LineOutput, assessment.BreakdownLine),
    (answers.BreakdownOutput, assessment.Breakdown),
]


@pytest.mark.parametrize(("model", "value"), PAIRS, ids=[model.__name__ for model, _ in PAIRS])
def test_no_field_of_the_law_is_left_out(model, value):
    """What the law knows of, a case can say and an answer tells."""
    assert set(model.model_fields) == {field.name for field in fields(value)}


@pytest.mark.parametrize("name", ["missing.json", ".", "nul\0"])
def test_a_file_that_cannot_be_read(name, tmp_path, capsys):
    assert run(str(tmp_path / name)) == 2
    assert json.loads(capsys.readouterr().out) == {"errors": [{"path": "", "code": "file_cannot_be_read"}]}


def test_no_file(capsys):
    assert run() == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["code"] == "file_missing"


def test_the_schema_is_a_schema_and_describes_what_is_read_and_answered(told, capsys):
    assert run("--schema") == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema == both()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(CASE, schema)
    jsonschema.validate([CASE], schema)
    jsonschema.validate(ANSWER, {**schema["$defs"]["answer"]})
    for change in ({}, {"participant__programme": "training_only"}, {"request": ...}, {"month": "2027-06"}):
        jsonschema.validate(told_json(told, changed(**change))[1], schema["$defs"]["answer"])
    jsonschema.validate(told_json(told, {})[1], schema["$defs"]["errors"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed(participant__name="x"), schema)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(
    ["2026-10-19", "2026-02-30", "welfare", "invalid", "3", "introduksjonsloven", "training_only", "2026-10"]
)  # fmt: skip
KEYS = st.text(max_size=4) | st.sampled_from(
    [*CASE, *AMAL, "kind", "from", "to", "hours", "reason", "status", "event_date", "born", "paid_work", "benefits"]
)
JSON = st.recursive(LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(KEYS, part, max_size=6))


PLACES = ["today", "participant", "policy", "history", "request", "month", "participant__born", "participant__start",
          "participant__end", "participant__children", "history__0", "history__1__hours", "request__kind",
          "request__from", "request__to", "request__event_date", "request__reason", "request__hours"]  # fmt: skip


def codes_told() -> set[str]:
    """The codes that `docs/law.md` tells a municipality."""
    table = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8").split("| Code |")[1]
    return {code for row in table.splitlines()[2:] for code in re.findall(r"`([a-z0-9_]+)`", row.split("|")[1])}


@given(st.none() | st.sampled_from(PLACES), JSON)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_in_any_place_is_answered_or_told_why_not(told, place, value):
    """Also where the whole input is the value: it has an answer, or codes that are documented."""
    code, found = told_json(told, changed(**{place: value}) if place else value)
    if code == 0:
        assert found == [] or "errors" not in found
    else:
        assert code == 2
        assert {error["code"] for error in found["errors"]} <= codes_told()


@given(st.binary(max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_told_why_not(told, raw):
    assert told(raw)[0] in {0, 2}


def test_every_code_is_told_in_the_map_of_the_law():
    """And these tests meet every code that is told there."""
    met = {row.values[-1] for row in [*FAULTS, *RAW]}
    assert met | {"field_twice", "file_cannot_be_read", "file_missing"} == codes_told()
