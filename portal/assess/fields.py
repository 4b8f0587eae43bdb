"""The small types that a case is made of. What is none of them is refused by one of the codes of docs/law.md."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, NoReturn

from pydantic import BeforeValidator, Field, PlainValidator, StrictBool, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from portal.law.calendar import Month
from portal.law.vocabulary import LeaveKind, Unexcused

YEARS = range(1900, 2200)
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"
HOURS = r"[0-9]{1,3}(\.[0-9]{1,2})?"
KRONER = r"[0-9]{1,9}(\.[0-9]{1,2})?"


def reject(code: str) -> NoReturn:
    """Refuse the value of a field by one of the codes of docs/law.md."""
    raise PydanticCustomError(code, code)


def _text(value: object, pattern: str, code: str) -> str:
    if not isinstance(value, str):
        reject("not_text")
    if not re.fullmatch(pattern, value):
        reject(code)
    return value


def _day(value: object) -> date:
    text = _text(value, DATE, "not_a_date")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        reject("no_such_date")
    if day.year not in YEARS:
        reject("out_of_range")
    return day


def _month(value: object) -> Month:
    year, month = _text(value, MONTH, "not_a_month").split("-")
    if int(year) not in YEARS:
        reject("out_of_range")
    return Month(int(year), int(month))


def _hours(most: int) -> Callable[[object], Decimal]:
    def read(value: object) -> Decimal:
        hours = Decimal(_text(value, HOURS, "not_hours"))
        if not 0 < hours <= most:
            reject("not_hours")
        return hours

    return read


def _kroner(value: object) -> Decimal:
    return Decimal(_text(value, KRONER, "not_kroner"))


def _past_kind(value: object) -> LeaveKind | Unexcused:
    kinds: tuple[LeaveKind | Unexcused, ...] = (*LeaveKind, *Unexcused)
    for kind in kinds:
        if kind == value:
            return kind
    reject("unknown_value")


def _schema(kind: str, pattern: str, meaning: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "format": kind, "pattern": f"^{pattern}$", "description": meaning})


Day = Annotated[date, PlainValidator(_day), _schema("date", DATE, "A date of the years 1900 to 2199")]
PayMonth = Annotated[Month, PlainValidator(_month), _schema("month", MONTH, "A month of the years 1900 to 2199")]
DayHours = Annotated[Decimal, PlainValidator(_hours(24)), _schema("hours", HOURS, "Above 0, up to 24")]
MonthHours = Annotated[Decimal, PlainValidator(_hours(31 * 24)), _schema("hours", HOURS, "Above 0, up to 744")]
Kroner = Annotated[Decimal, PlainValidator(_kroner), _schema("kroner", KRONER, "Kroner, from 0")]
Days = Annotated[StrictInt, Field(ge=0, le=366)]
PastKind = Annotated[LeaveKind | Unexcused, BeforeValidator(_past_kind)]
Flag = StrictBool
