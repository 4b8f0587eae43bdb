"""What pydantic finds is told in the door's own words: found this, expected that."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from portal.exchange.document.models import DocumentIn
from portal.exchange.problems import Report, SourceLocation
from tests.exchange.files import example

pytestmark = pytest.mark.one_database

PAY_DAY = ("municipality", "pay_day")
PERSON = ("participants", 0)
HOURS = (*PERSON, "absences", 1, "hours")
REGISTERED = (*PERSON, "absences", 1, "registered_at")


def told(path: tuple[str | int, ...], value: Any) -> list[str]:
    """The problems of the example with `value` at `path`; a value of type bytes is JSON as it stands."""
    document = example()
    inside: Any = document
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = "IN HERE" if isinstance(value, bytes) else value
    text = json.dumps(document)
    report = Report()
    try:
        DocumentIn.model_validate_json(text.replace('"IN HERE"', value.decode()) if isinstance(value, bytes) else text)
    except ValidationError as error:
        SourceLocation(report, Path("x.json"), where="$").invalid(error)
    return [str(problem).partition(": ")[2] for problem in report.problems]


@pytest.mark.parametrize(
    ("path", "wrong", "said", "right"),
    [
        (PAY_DAY, 31, "found 31, expected a number up to 28", 28),
        (PAY_DAY, 0, "found 0, expected a number from 1", 1),
        (PAY_DAY, 1.5, "found 1.5, expected a whole number", 2),
        (PAY_DAY, "1", "found '1', expected a whole number", 1),
        (PAY_DAY, True, "found true, expected a whole number", 1),
        (HOURS, 25, "found 25, expected a number up to 24", 24),
        (HOURS, 0, "found 0, expected a number above 0", 0.5),
        (HOURS, 2.125, "found 2.125, expected a number with at most 2 decimals", 2.25),
        (HOURS, 12345, "found 12345, expected a number of at most 4 digits", 12),
        (HOURS, 1e300, "found 1e+300, expected a number of at most 4 digits", 12),
        (HOURS, b"1e400", "found inf, expected a number", b"1e1"),
        (HOURS, True, "found true, expected a number", 1),
        (HOURS, [], "found a list of 0, expected a number", None),
        ((*PERSON, "born"), "1899-12-31", "found '1899-12-31', expected a date from 1900-01-01", "1900-01-01"),
        ((*PERSON, "born"), "2101-01-01", "found '2101-01-01', expected a date up to 2100-12-31", "2100-12-31"),
        (
            REGISTERED,
            "2101-01-01T00:00:00Z",
            "found '2101-01-01T00:00:00Z', expected a time up to 2100-12-31T00:00:00",
            "2100-01-01T00:00:00Z",
        ),
        ((*PERSON, "payments", 0, "lines"), [], "found a list of 0, expected a list of at least 1", None),
        ((*PERSON, "children"), [{}] * 31, "found a list of 31, expected a list of at most 30", []),
        ((*PERSON, "children"), {}, "found an object, expected a list", []),
        ((*PERSON, "children"), [1], "found 1, expected an object", []),
    ],
    ids=str,
)
def test_in_plain_words(path: tuple[str | int, ...], wrong: Any, said: str, right: Any) -> None:
    problems = told(path, wrong)
    assert any(said in problem for problem in problems), problems
    assert "should" not in str(problems)
    if right is not None:
        assert told(path, right) == []
