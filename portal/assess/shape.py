"""Whether a JSON value has the shape of a schema: every fault with its path and a code, never an exception.

Knows the part of JSON Schema that `schema.py` uses. `format` is checked here too: date, month, hours, kroner.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

YEARS = range(1900, 2200)
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
HOURS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
KRONER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `request.to`, `history[2].kind`."""

    path: str
    code: str


def faults(schema: dict[str, Any], value: object, path: str = "") -> Iterator[Fault]:
    """Every fault of a value, from the outside in."""
    if "enum" in schema:
        yield from _choice(schema, value, path)
        return
    kind, *more = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if value is not None or "null" not in more:
        yield from CHECKS[kind](schema, value, path)


def inside(path: str, name: str) -> str:
    """The path of a field of what stands at a path."""
    return f"{path}.{name}" if path else name


def _choice(schema: dict[str, Any], value: object, path: str) -> Iterator[Fault]:
    if not (value is None or isinstance(value, str)) or value not in schema["enum"]:
        yield Fault(path, "unknown_value")


def _flag(_schema: dict[str, Any], value: object, path: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(path, "not_true_or_false")


def _number(schema: dict[str, Any], value: object, path: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield Fault(path, "not_a_whole_number")
    elif not schema["minimum"] <= value <= schema["maximum"]:
        yield Fault(path, "out_of_range")


def _object(schema: dict[str, Any], value: object, path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, "not_an_object")
        return
    properties = schema["properties"]
    for name in value:
        if name not in properties:
            yield Fault(inside(path, name), "unknown_field")
    for name in schema.get("required", ()):
        if name not in value:
            yield Fault(inside(path, name), "missing")
    for name, part in properties.items():
        if name in value:
            yield from faults(part, value[name], inside(path, name))


def _array(schema: dict[str, Any], value: object, path: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(path, "not_a_list")
        return
    for number, item in enumerate(value):
        yield from faults(schema["items"], item, f"{path}[{number}]")


def _text(schema: dict[str, Any], value: object, path: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(path, "not_text")
        return
    match schema.get("format"):
        case "date":
            code = _date(value)
        case "month":
            code = _month(value)
        case "hours":
            code = None if HOURS.fullmatch(value) and 0 < Decimal(value) <= schema["x-most"] else "not_hours"
        case _:
            code = None if KRONER.fullmatch(value) else "not_kroner"
    if code:
        yield Fault(path, code)


def _date(value: str) -> str | None:
    parts = DATE.fullmatch(value)
    if not parts:
        return "not_a_date"
    try:
        day = date(*(int(part) for part in parts.groups()))
    except ValueError:
        return "no_such_date"
    return None if day.year in YEARS else "out_of_range"


def _month(value: str) -> str | None:
    parts = MONTH.fullmatch(value)
    if not parts:
        return "not_a_month"
    return None if int(parts[1]) in YEARS else "out_of_range"


CHECKS: dict[str, Callable[[dict[str, Any], object, str], Iterator[Fault]]] = {
    "object": _object,
    "array": _array,
    "string": _text,
    "boolean": _flag,
    "integer": _number,
}
