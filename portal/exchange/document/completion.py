"""What a document leaves out stays as it is stored: the one place that says so, for every part of it.

A part is known by its name: an id, a version, a group, a skill. It is completed from the row of that name before its
rules are asked and before anything is stored. So the rules see the whole, and a row changes only where the document
says something. Where the name is new there is no row: what the part leaves out it does not have.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from portal.exchange.problems import SourceLocation, Verbatim
from portal.exchange.shape import DocumentPart

P = TypeVar("P", bound=DocumentPart)


def completed(given: P, stored: Mapping[str, Any] | None, place: SourceLocation) -> P | None:
    """The part with what it leaves out as it is `stored` under the names of its fields; None, and a problem is told,
    where it then breaks a rule.
    """
    left = type(given).model_fields.keys() - given.model_fields_set
    whole = given.model_copy(update={name: stored[name] for name in left if name in stored}) if stored else given
    try:
        whole.rules()
    except PydanticCustomError as wrong:
        context = wrong.context or {}
        place.problem(Verbatim(context["found"]), context["expected"])
        return None
    return whole
