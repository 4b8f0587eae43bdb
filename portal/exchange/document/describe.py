"""The document's fields as tables of Markdown, made from the models so that the documentation cannot lag behind."""

from collections.abc import Iterator
from typing import Any

Shape = dict[str, Any]


def tables(schema: Shape) -> str:
    """One heading and table for each part of the document, in the order one meets them."""
    return "\n".join(line for name, part in _parts(schema) for line in _table(name, part, schema["$defs"]))


def _parts(schema: Shape) -> Iterator[tuple[str, Shape]]:
    seen: list[str] = []
    waiting = [("DocumentIn", schema)]
    while waiting:
        name, part = waiting.pop(0)
        yield name, part
        found = [inner for field in part["properties"].values() for inner in _references(field)]
        new = [inner for inner in dict.fromkeys(found) if inner not in seen and _is_part(schema["$defs"][inner])]
        seen += new
        waiting += [(inner, schema["$defs"][inner]) for inner in new]


def _is_part(shape: Shape) -> bool:
    return shape.get("type") == "object"


def _references(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        if "$ref" in shape:
            yield _name(shape["$ref"])
        for inner in shape.values():
            yield from _references(inner)
    elif isinstance(shape, list):
        for inner in shape:
            yield from _references(inner)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _title(name: str) -> str:
    """`LanguageGoalIn` as `Language goal`."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name.removesuffix("In"))
    return words.strip().capitalize()


def _table(name: str, part: Shape, known: Shape) -> Iterator[str]:
    yield f"### {_title(name)}\n"
    yield " ".join(part.get("description", "").split()) + "\n"
    yield "| name | | value | meaning |"
    yield "|---|---|---|---|"
    for field, shape in part["properties"].items():
        needed = "needed" if field in part.get("required", []) else ""
        yield f"| `{field}` | {needed} | {_value(shape, known)} | {shape.get('description', '')} |"
    yield ""


def _value(shape: Shape, known: Shape) -> str:  # one return for each kind of value
    if "$ref" in shape:
        name = _name(shape["$ref"])
        return _title(name) if _is_part(known[name]) else _value(known[name], known)
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return " · ".join(f"`{word}`" for word in shape["enum"])
    for several in ("anyOf", "oneOf"):
        if several in shape:
            arms = [_value(arm, known) for arm in shape[several] if arm.get("type") != "null"]
            return " or ".join(dict.fromkeys(arms))
    if shape.get("type") == "array":
        return f"list of {_value(shape['items'], known)}"
    return _simple(shape)


def _simple(shape: Shape) -> str:
    known = {
        "date": "date",
        "date-time": "time with zone",
        "integer": "whole number",
        "number": "number",
        "boolean": "`true` or `false`",
        "object": "object",
    }
    kind = shape.get("format", shape.get("type", ""))
    if kind in known:
        return known[kind]
    longest = shape.get("maxLength")
    return f"text, at most {longest}" if longest else "text"
