"""The demo municipality's files: right on any day, made-up through and through, and every state is there."""

import json
import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest

from portal.demo import files
from portal.demo.dates import Calendar, NotADay, pay_day, pay_month
from portal.demo.filling import amount
from portal.exchange.commands import schema
from portal.exchange.document.models import DocumentIn
from portal.law.calendar import is_day_off, is_working_day
from portal.pid import is_pid, is_synthetic
from tests.demo.days import DAYS, MONDAY


@cache
def rendered(today: date) -> dict[str, bytes]:
    """The files of a day by name, the document first."""
    with TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in files.render(today, Path(folder), amount, is_day_off)}


def document(today: date) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(next(iter(rendered(today).values())))
    return made


@pytest.fixture(scope="module")
def by_id() -> dict[str, dict[str, Any]]:
    return {person["id"]: person for person in document(MONDAY)["participants"]}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_document_keeps_the_schema(today: date) -> None:
    made = document(today)
    DocumentIn.model_validate_json(json.dumps(made))
    jsonschema.validate(made, schema())
    assert "{{" not in json.dumps(made)


def test_the_answers_keep_the_schema(tmp_path: Path) -> None:
    made = json.loads(files.render_answers(MONDAY, tmp_path, is_day_off).read_text(encoding="utf-8"))
    DocumentIn.model_validate_json(json.dumps(made))
    jsonschema.validate(made, schema())


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_everybody_has_a_synthetic_number_of_their_own_birthday(today: date) -> None:
    made = document(today)["participants"]
    assert len({person["pid"] for person in made}) == len(made)
    for person in made:
        born, pid = date.fromisoformat(person["born"]), person["pid"]
        assert is_pid(pid)
        assert is_synthetic(pid)
        assert pid[:6] == f"{born.day:02}{born.month + 80:02}{born.year % 100:02}"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_people_to_sign_in_as_are_those_of_the_document(today: date) -> None:
    made = {person["id"]: person["pid"] for person in document(today)["participants"]}
    people = files.people(today)
    assert {person.id: person.pid for person in people} == made
    assert people[0].id == "amal"
    assert len(people) >= 11
    assert all(person.worth_seeing and person.name for person in people)
    assert {"uk", "ar", "ti", "en", "nb", "ru", "fa-AF", "sw", "fr"} == {person.language for person in people}


def test_no_number_can_be_called_and_no_address_exists() -> None:
    text = json.dumps(document(MONDAY), ensure_ascii=False)
    assert {phone[:3] for phone in re.findall(r'"phone": "([^"]+)"', text)} == {"12 "}  # no subscriber's begins with 1
    assert {mail.partition("@")[2] for mail in re.findall(r'"email": "([^"]+)"', text)} == {"solvik.example"}


def test_ids_stay_when_the_day_moves() -> None:
    def ids(today: date) -> set[tuple[str, str]]:
        people = document(today)["participants"]
        return {
            (person["id"], row["id"])
            for person in people
            for name in ("absences", "decisions", "contracts", "test_results", "training_hours", "children")
            for row in person.get(name) or []
        }

    assert ids(MONDAY) == ids(MONDAY + timedelta(days=40))


def test_the_same_day_gives_the_same_bytes() -> None:
    assert rendered(MONDAY) == rendered.__wrapped__(MONDAY)


def test_amal_is_as_the_pictures_show_her(by_id: dict[str, dict[str, Any]]) -> None:
    amal = by_id["amal"]
    waiting = next(row for row in amal["absences"] if "document_by" in row)
    assert (waiting["first_day"], waiting["last_day"]) == ("2026-10-19", "2026-10-23")
    assert waiting["document_by"] == "2026-11-27"
    assert [plan["version"] for plan in amal["plans"]] == [1, 2, 3]
    assert amal["end"] == "2028-02-01"
    payment = amal["payments"][-1]
    assert (payment["status"], payment["due_on"], payment["before_tax_ore"]) == ("planned", "2026-12-15", 22_315_31)
    assert [line["amount_ore"] for line in payment["lines"]] == [22_758_17, -442_86]


def test_every_state_is_there(by_id: dict[str, dict[str, Any]]) -> None:
    def lines(name: str) -> list[list[int]]:
        return [[line["amount_ore"] for line in payment["lines"]] for payment in by_id[name]["payments"]]

    def decided(name: str) -> set[tuple[str, str]]:
        return {(row["kind"], row["outcome"]) for row in by_id[name].get("decisions", [])}

    assert by_id["danylo"]["lives_with_parent"]
    assert by_id["danylo"]["regime"] == "kapittel_6a"
    assert [7_586_06, -505_74] in lines("danylo")
    assert by_id["hana"]["partner_in_programme"]
    assert by_id["yonas"]["partner_in_programme"]
    assert lines("hana")[-1] == lines("yonas")[-1] == [18_965_14]
    assert any(row["kind"] == "religious_day" for row in by_id["hana"]["absences"])
    assert len(by_id["salama"]["children"]) == 3
    assert by_id["salama"]["sole_carer"]
    assert "start" not in by_id["rahim"]
    assert "plans" not in by_id["rahim"]
    assert by_id["rahim"]["start_by"] > MONDAY.isoformat()
    assert by_id["viktor"]["programme"] == "training_only"
    assert "payments" not in by_id["viktor"]
    assert any(row.get("reception_centre") for row in by_id["viktor"]["training_hours"])
    assert by_id["grace"]["born"] == "2001-11-01"
    assert [lines("grace")[-2], lines("grace")[-1]] == [[15_172_11], [22_758_17]]
    assert by_id["mercy"]["payments"][-1]["before_tax_ore"] == 0
    assert ("leave", "granted") in decided("mercy")
    assert by_id["oksana"]["protected_address"]
    assert by_id["samira"]["end_reason"] == "completed"
    assert by_id["samira"]["certificate_on"] > by_id["samira"]["ended_on"]
    assert by_id["bilal"]["payments"][-1]["status"] == "stopped"
    assert {("stop", "decided"), ("deduction", "decided")} <= decided("bilal")
    assert [22_758_17, -3_793_03, -3_793_03, -3_793_03] in lines("bilal")


def test_plans_are_told_in_the_readers_own_words_or_only_in_norwegian(by_id: dict[str, dict[str, Any]]) -> None:
    def told(name: str) -> set[str]:
        return {text["language"] for text in by_id[name]["plans"][-1]["long_term_goal"]}

    assert told("amal") == {"nb", "ar"}
    assert told("danylo") == {"nb", "uk"}
    assert told("hana") == {"nb", "ti"}
    assert told("mercy") == {"nb", "en"}
    assert isinstance(by_id["salama"]["plans"][-1]["long_term_goal"], str)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_timetables_are_folded_and_end_their_lines_as_icalendar_does(today: date) -> None:
    timetables = [text for name, text in rendered(today).items() if name.endswith(".ics")]
    assert len(timetables) >= 2
    for timetable in timetables:
        lines = timetable.split(b"\r\n")
        assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_expressions_of_days() -> None:
    calendar = Calendar(MONDAY, is_day_off)
    said = {
        "day-12": "2026-11-11",
        "schoolday-1": "2026-11-20",
        "monday+1w+2d": "2026-12-02",
        "month-1": "2026-10",
        "pay:last": "2026-11-30",
        "pay-1:wd1": "2026-10-05",  # the week before is without school
        "pay-1:wk3+4d": "2026-10-23",
        "year-22:03-14": "2004-03-14",
        "host:first": "2026-09-28",
        "on:TU,TH+2": "2026-11-26",
        "on:TU-1": "2026-11-17",
    }
    assert {expression: str(calendar.read(expression)) for expression in said} == said
    assert calendar.read("day 08:30") == datetime.fromisoformat("2026-11-23T08:30:00+01:00")
    for nonsense in ("tomorrow", "month 08:30", "day:3"):
        with pytest.raises(NotADay):
            calendar.read(nonsense)


@pytest.mark.parametrize("offset", range(0, 400, 3))
def test_the_next_payment_is_always_still_to_come(offset: int) -> None:
    today = MONDAY + timedelta(days=offset)
    month = pay_month(today)
    paid_in = f"{date.fromisoformat(f'{month}-01') + timedelta(days=31):%Y-%m}"
    assert pay_day(month) <= today < pay_day(paid_in)


@pytest.mark.parametrize("offset", range(0, 400, 3))
def test_a_school_day_is_a_working_day(offset: int) -> None:
    today = MONDAY + timedelta(days=offset)
    day = Calendar(today, is_day_off).day("schoolday")
    assert day >= today
    assert is_working_day(day)
