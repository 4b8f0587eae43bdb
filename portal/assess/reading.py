"""From bytes to cases, or everything that is wrong with them by the codes of docs/law.md."""

import json
from typing import NoReturn

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from portal.assess.cases import CaseInput

CASES = TypeAdapter(list[CaseInput])
#: Our codes for pydantic's own; what `fields.reject` refuses has one of ours.
CODES = {
    "bool_type": "not_true_or_false",
    "enum": "unknown_value",
    "extra_forbidden": "unknown_field",
    "greater_than_equal": "out_of_range",
    "int_type": "not_a_whole_number",
    "less_than_equal": "out_of_range",
    "missing": "missing",
    "model_type": "not_an_object",
    "string_unicode": "unknown_value",  # half of a surrogate pair, where a word of the law stands
    "tuple_type": "not_a_list",
}


class CaseError(BaseModel):
    """What is wrong, and where: `request.to`, `history[2].kind`, `[4].today` in a list of cases."""

    path: str
    code: str


class ErrorsOutput(BaseModel):
    """The answer to what cannot be read."""

    errors: list[CaseError]


class Unreadable(Exception):
    """What was given is no case and no list of cases: `answer` has every error in it."""

    def __init__(self, *errors: CaseError) -> None:
        self.answer = ErrorsOutput(errors=list(errors))
        super().__init__(*errors)


def read(raw: bytes) -> CaseInput | list[CaseInput]:
    """The case, or the list of cases, that some bytes are. Raises Unreadable."""
    value = _parse(raw)
    try:
        return CASES.validate_python(value) if isinstance(value, list) else CaseInput.model_validate(value)
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_context=False, include_input=False)
        raise Unreadable(*(_field_error(error) for error in found)) from None


def unreadable(code: str, path: str = "") -> Unreadable:
    """One error, of the whole where no path is given."""
    return Unreadable(CaseError(path=path, code=code))


def _parse(raw: bytes) -> object:
    try:
        value: object = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_each_once, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise unreadable("not_utf8") from None
    except RecursionError:
        raise unreadable("nested_too_deep") from None
    except ValueError:
        raise unreadable("not_json") from None
    return value


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose names stand once: which of two is meant cannot be known."""
    fields: dict[str, object] = {}
    for given, value in pairs:
        name = given.encode(errors="backslashreplace").decode()  # JSON may write half a surrogate pair; UTF-8 may not
        if name in fields:
            raise unreadable("field_twice", name)
        fields[name] = value
    return fields


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _field_error(error: ErrorDetails) -> CaseError:
    path = ""
    for part in error["loc"]:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path = f"{path}.{part}" if path else part
    return CaseError(path=path, code=CODES.get(error["type"], error["type"]))
