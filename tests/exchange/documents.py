"""Made-up documents: any value that the schema of the models allows, then made to keep the rules between fields."""

import string
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from portal.exchange.commands import schema
from portal.exchange.shape import trimmed
from portal.pid import is_pid

Json = Any
NAMES = st.text(string.ascii_letters + "æøå —'\"é\u0301", min_size=1, max_size=12).filter(str.strip)
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "So"]), min_size=1, max_size=30).filter(
    trimmed
)
ORG_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)
ORG_NUMBERS = [
    number
    for number in map(str, range(310_000_000, 310_001_000))
    if sum(weight * int(digit) for weight, digit in zip(ORG_WEIGHTS, number, strict=True)) % 11 == 0
]
PIDS = [
    pid for head in ("018590", "028590", "418590") for end in range(10_000, 10_999) if is_pid(pid := f"{head}{end}")
]
PATTERNS = {
    "^[0-9]{11}$": st.sampled_from(PIDS),
    "^[0-9]{9}$": st.sampled_from(ORG_NUMBERS),
    "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$": st.dates(date(2000, 1, 1), date(2050, 1, 1)).map(lambda day: str(day)[:7]),
    "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": st.sampled_from(["nb", "nn", "uk", "ar", "ti", "fa-AF"]),
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": st.times().map(lambda clock: f"{clock:%H:%M}"),
    "^[0-9a-f]{64}$": st.just("a" * 64),
}
FORMATS = {
    "date": st.dates(date(1950, 1, 1), date(1999, 12, 31)).map(str),
    "date-time": st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 1)).map(lambda m: f"{m.isoformat()}+02:00"),  # noqa: DTZ001
}
HALVES = st.integers(1, 40).map(lambda half: half / 2)
SCHEMA = schema()
LISTS = ("children", "contracts", "training_hours", "test_results", "exemptions", "absences", "decisions", "payments")


def documents() -> st.SearchStrategy[Json]:
    """Documents that are right in themselves, of one participant or more."""
    return _of(SCHEMA).map(_document)


def _of(shape: Json) -> st.SearchStrategy[Json]:  # noqa: C901  # one case for each kind of schema
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return st.deferred(lambda: _of(SCHEMA["$defs"][name])).map(REPAIRS.get(name, _same))
    for several in ("anyOf", "oneOf"):
        if several in shape:
            return st.one_of([_of(arm) for arm in shape[several] if arm.get("type") != "null"])
    if "const" in shape:
        return st.just(shape["const"])
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    match shape.get("type"):
        case "object":
            return _object(shape)
        case "array":
            return st.lists(_of(shape["items"]), min_size=shape.get("minItems", 0), max_size=3)
        case "integer":
            return st.integers(max(shape.get("minimum", 0), -100_000), min(shape.get("maximum", 100), 100_000))
        case "number":
            return HALVES
        case "boolean":
            return st.booleans()
    return _text(shape)


def _object(shape: Json) -> st.SearchStrategy[Json]:
    if "properties" not in shape:
        return st.fixed_dictionaries({}, optional={"weekend_in_invalid_absence": st.booleans()})
    fields = {name: _of(field) for name, field in shape["properties"].items()}
    needed = {name: field for name, field in fields.items() if name in shape.get("required", [])}
    return st.fixed_dictionaries(needed, optional={name: fields[name] for name in fields if name not in needed})


def _text(shape: Json) -> st.SearchStrategy[Json]:
    pattern = shape.get("pattern", "")
    if "format" in shape:
        return FORMATS[shape["format"]]
    if pattern in PATTERNS:
        return PATTERNS[pattern]
    return TEXTS if shape.get("maxLength", 0) > 1000 else NAMES


def _same(value: Json) -> Json:
    return value


def _nothing_ahead(value: Json) -> Json:
    long_ago = "1999-12-31T12:00:00+01:00"
    return {**value, "registered_at": long_ago} | ({"corrected_at": long_ago} if "corrected_at" in value else {})


def _span(value: Json) -> Json:
    if value.get("first_day") and value.get("last_day"):
        value["first_day"], value["last_day"] = sorted([value["first_day"], value["last_day"]])
    return value


def _absence(value: Json) -> Json:
    if "hours" in value:
        value["last_day"] = value["first_day"]
    if "medical_from" in value:
        value["documentation"] = "medical"
    return _nothing_ahead(_span(value))


def _element(value: Json) -> Json:
    if value["code"] == "other":
        value["title"] = value.get("title") or "Annet"
    return _span(value)


def _plan(value: Json) -> Json:
    value.setdefault("end_goal", "work")
    _once(value, "goals", "skill")
    _once(value, "elements", "id")
    return value


def _decision(value: Json) -> Json:
    granted = ("granted_from", "granted_to", "granted_hours", "granted_start", "granted_end")
    for name in ("request", *granted, "replaces", "received_on"):
        value.pop(name, None)
    if value.get("authority") == "county_governor" or value.get("appealable") is False:
        value.pop("appeal_by", None)
    if "appeal_by" in value:
        value["appeal_by"] = max(value["appeal_by"], value["decided_on"])
    value.setdefault("reasons", "Fordi")
    if value.pop("appeal_by", None) and value.get("appealable", True) and value.get("authority") != "county_governor":
        value["appeal_by"] = "1999-12-31"
    return value


def _line(value: Json) -> Json:
    value.pop("absence", None)
    if value["kind"] == "correction":
        value.setdefault("corrects_month", "2026-01")
    else:
        value.pop("corrects_month", None)
        value["amount_ore"] = abs(value["amount_ore"]) * (1 if value["kind"] == "base" else -1)
    return _span(value)


def _payment(value: Json) -> Json:
    value.pop("decision", None)
    total = sum(line["amount_ore"] for line in value["lines"])
    if total < 0:
        value["lines"].append({"kind": "base", "amount_ore": -total})
    value["before_tax_ore"] = max(total, 0)
    if value["status"] == "paid":
        value.setdefault("paid_on", value["due_on"])
    else:
        value.pop("paid_on", None)
    return value


def _test_result(value: Json) -> Json:
    is_social = value["examination"] == "social_studies"
    return value | ({"result": "passed"} if is_social else {"result": "B1"})


def _texts(value: Json) -> Json:
    """A version of a text: only what a translation may say of its original."""
    if value.get("origin") != "human_translation":
        value.pop("translates", None)
    return value


def _participant(value: Json) -> Json:
    for name in ("adviser", "requests", "answers", "contest_answers", "ended_on", "end_reason", "certificate_on"):
        value.pop(name, None)
    if "end" in value:
        value["start"], value["end"] = sorted([value.get("start", value["end"]), value["end"]])
    value["born"] = "1949-12-31"
    for name in LISTS:
        _once(value, name, "id")
    _once(value, "plans", "version")
    return value


def _document(value: Json) -> Json:
    for name in ("advisers", "groups", "breaks", "participants"):
        _once(value, name, "id")
    _once(value, "participants", "pid")
    groups = [group["id"] for group in value.get("groups", [])]
    for part in value.get("breaks", []):
        part.pop("group", None)
    for person in value.get("participants", []):
        members = [member for member, group in zip(person.get("groups", []), groups, strict=False)]
        for member, group in zip(members, groups, strict=False):
            member["group"] = group
        if "groups" in person:
            person["groups"] = members
        if value.get("advisers"):
            person["adviser"] = value["advisers"][0]["id"]
    return _with_originals(value)


def _with_originals(value: Json) -> Json:
    """The same, with every list of texts in each language once and with an original in bokmål or nynorsk."""
    if isinstance(value, dict):
        return {name: _with_originals(inner) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], dict) and "language" in value[0] and "text" in value[0]:
        by_language = {text["language"]: text for text in value}
        norwegian = [by_language[form] for form in ("nb", "nn") if form in by_language]
        if all(text.get("origin") == "human_translation" for text in norwegian):
            by_language["nb"] = {"language": "nb", "text": "Norsk"}
        return list(by_language.values())
    return [_with_originals(inner) for inner in value]


def _once(value: Json, name: str, by: str) -> None:
    if name in value:
        value[name] = list({part[by]: part for part in value[name]}.values())


REPAIRS: dict[str, Callable[[Json], Json]] = {
    "AbsenceIn": _absence, "BreakIn": _span, "DecisionIn": _decision, "ElementIn": _element, "MembershipIn": _span,
    "ParticipantIn": _participant, "PaymentIn": _payment, "PaymentLineIn": _line, "PlanIn": _plan,
    "TestResultIn": _test_result, "TextIn": _texts,
}  # fmt: skip
