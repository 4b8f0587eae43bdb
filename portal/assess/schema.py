"""What `portal assess --schema` prints: the JSON Schema of the case, the answer, and the errors."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from portal.assess.answers import AnswerOutput
from portal.assess.cases import CaseInput
from portal.assess.reading import ErrorsOutput


def both() -> dict[str, Any]:
    """The schema of the case, of the answer, and of what a case that cannot be read gives; each whole by itself."""
    case = {"$ref": "#/$defs/case"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {
            "case": _whole("case", CaseInput, "validation"),
            "answer": _whole("answer", AnswerOutput, "serialization"),
            "errors": _whole("errors", ErrorsOutput, "serialization"),
        },
        "description": "Standard input or the file is a case or a list of cases; the answer is one or a list alike.",
        "anyOf": [case, {"type": "array", "items": case}],
    }


def _whole(name: str, model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
    return {"$id": f"urn:introportalen:assess:{name}", **model.model_json_schema(mode=mode)}
