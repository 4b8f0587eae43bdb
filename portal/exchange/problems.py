"""What is wrong with a file: where, what was found, what was expected. All of it is told at once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal.exchange.shape import LONG, SHORT
from portal.exchange.stream import TOO_DEEP
from portal.tables.log import Updated

MOST = 10_000
SECRET = ("pid", "given_name", "family_name", "text", SHORT)  # what a log of imports may not hold
_PID = re.compile(r"\d{11}")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `where` is a JSON path, a column or a property; `line` counts from 1."""

    file: str
    line: int | None
    where: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        where = f"{self.where}: " if self.where else ""
        return f"{place}: {where}found {self.found}, expected {self.expected}"


@dataclass(slots=True)
class Report:
    """Everything to tell of one command: problems (nothing was taken), warnings, notices, and what was counted."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    beyond: int = 0
    left_out: int = 0
    updated: dict[int, set[Updated]] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a count that is told at the end."""
        self.counts[what] = self.counts.get(what, 0) + number

    def update(self, changed: Mapping[int, set[Updated]]) -> None:
        """Remember what was changed of some participants, for their logs."""
        for participant, kinds in changed.items():
            self.updated.setdefault(participant, set()).update(kinds)

    def add(self, problem: Problem) -> None:
        """Keep a problem; past ten thousand only their number."""
        if len(self.problems) < MOST:
            self.problems.append(problem)
        else:
            self.beyond += 1


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A place in a file that problems can be told from."""

    report: Report
    path: Path
    line: int | None = None
    where: str = ""

    def problem(self, found: object, expected: str, *inside: str | int) -> None:
        """Tell that something here, or `inside` it, is not as expected."""
        where = (self.where + json_path(inside)).lstrip(".")
        self.report.add(Problem(str(self.path), self.line, where, short(found), expected))

    def warning(self, found: object, expected: str, *inside: str | int) -> None:
        """Tell that something here may be right, but seldom is: it is taken."""
        where = (self.where + json_path(inside)).lstrip(".")
        if len(self.report.warnings) < MOST:
            self.report.warnings.append(Problem(str(self.path), self.line, where, short(found), expected))

    def note(self, text: str, *inside: str | int) -> None:
        """Tell something that is no problem of what stands here, or `inside` it."""
        line = "" if self.line is None else f":{self.line}"
        self.report.notices.append(f"{self.path}{line}: {self.where + json_path(inside)}: {text}")

    def left_out(self, what: str, issued: datetime, before: datetime) -> None:
        """Tell that what stands here is older than what was taken of it before."""
        self.report.left_out += 1
        self.note(
            f"{what} is left out: this document was issued {issued.isoformat()}, the newest taken {before.isoformat()}"
        )

    def reporting_to(self, report: Report) -> "SourceLocation":
        """The same place, of which another report is told."""
        return SourceLocation(report, self.path, self.line, self.where)

    def at(self, *inside: str | int) -> "SourceLocation":
        """A place inside this one."""
        return SourceLocation(self.report, self.path, self.line, self.where + json_path(inside))

    def invalid(self, error: ValidationError) -> None:
        """Tell everything that pydantic found."""
        for detail in error.errors(include_url=False):
            inside = [part for part in detail["loc"] if part not in (SHORT, LONG)]
            self.problem(Verbatim(_found(detail)), _expected(detail), *inside)


class Verbatim(str):
    """Words that are told as they are, not as a quoted value."""

    __slots__ = ()


def short(found: object) -> str:
    """A value as it is told: never longer than a line, and never an identity number that stands in a wrong place."""
    text = str(found) if isinstance(found, Verbatim) or not isinstance(found, str) else repr(found)
    text = _PID.sub("…", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def json_path(parts: Iterable[str | int]) -> str:
    """The parts as they are written in a JSON path."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)


def _found(detail: ErrorDetails) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "rule":
        return str(context["found"])
    if detail["type"] == "missing":
        return "nothing"
    if detail["type"] == "extra_forbidden":
        return "an unknown name"
    if detail["type"] == "json_invalid":
        return TOO_DEEP[0] if _is_too_deep(context) else "broken JSON"
    if detail["loc"] and detail["loc"][-1] in SECRET:
        return "something else"
    return _value(detail["input"])


def _value(value: object) -> str:
    match value:
        case str():
            return repr(value)
        case dict():
            return "an object"
        case list():
            return f"a list of {len(value)}"
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _expected(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    known = {
        "rule": "{expected}",
        "missing": "a value",
        "extra_forbidden": "only names that the schema knows",
        "string_type": "text",
        "bool_type": "true or false",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "int_parsing": "a whole number",
        "int_parsing_size": "a smaller whole number",
        "decimal_type": "a number",
        "decimal_parsing": "a number",
        "finite_number": "a number",
        "decimal_max_digits": "a number of at most {max_digits} digits",
        "decimal_max_places": "a number with at most {decimal_places} decimals",
        "decimal_whole_digits": "a number of at most {whole_digits} digits before the point",
        "less_than_equal": "{what} up to {le}",
        "greater_than_equal": "{what} from {ge}",
        "greater_than": "{what} above {gt}",
        "too_short": "a list of at least {min_length}",
        "too_long": "a list of at most {max_length}",
        "list_type": "a list",
        "model_type": "an object",
        "model_attributes_type": "an object",
        "dict_type": "an object",
        "date_type": "a date, YYYY-MM-DD",
        "date_parsing": "a date, YYYY-MM-DD",
        "date_from_datetime_parsing": "a date, YYYY-MM-DD",
        "date_from_datetime_inexact": "a date, YYYY-MM-DD",
        "datetime_type": "a time with zone, e.g. 2026-10-01T08:30:00+02:00",
        "datetime_parsing": "a time with zone, e.g. 2026-10-01T08:30:00+02:00",
        "datetime_object_invalid": "a time with zone, e.g. 2026-10-01T08:30:00+02:00",
        "datetime_from_date_parsing": "a time with zone, e.g. 2026-10-01T08:30:00+02:00",
        "timezone_aware": "a time with zone, e.g. 2026-10-01T08:30:00+02:00",
        "enum": "one of {expected}",
        "literal_error": "{expected}",
        "string_too_short": "text of at least {min_length} characters",
        "string_too_long": "text of at most {max_length} characters",
        "string_pattern_mismatch": "text that matches {pattern}",
        "json_invalid": "JSON: {error}",
    }
    if kind == "json_invalid" and _is_too_deep(context):
        return TOO_DEEP[1]
    if kind not in known:
        return f"what the schema allows ({detail['msg']})"
    return known[kind].format(**context, what=_bounded(context))


def _is_too_deep(context: dict[str, Any]) -> bool:
    return "recursion" in str(context.get("error", ""))


def _bounded(context: dict[str, Any]) -> str:
    """What a limit is a limit of; pydantic gives those of days and times as text."""
    limits = [context[name] for name in ("le", "ge", "gt") if isinstance(context.get(name), str)]
    if not limits:
        return "a number"
    return "a time" if "T" in limits[0] else "a date"
