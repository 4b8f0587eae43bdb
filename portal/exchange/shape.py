"""The small types that the municipality's document is made of."""

import hashlib
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from portal.i18n.languages import match
from portal.pid import is_pid
from portal.tables.texts import IN_NORWEGIAN, Norwegian, Origin

ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
MANY_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a pattern of Braille that show nothing
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class DocumentPart(BaseModel):
    """A part of the document: unknown names are refused, and nothing is converted from one type to another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def rules(self) -> None:
        """Rules between fields, asked of the part with what it left out as it is stored. Raises what `broken` does."""


class Clearable:
    """A field whose `null` clears it: it then holds `blank`, as where it never was said."""

    def __init__(self, blank: object) -> None:
        self.blank = blank

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """The field's own schema, or null."""
        either = core_schema.nullable_schema(handler(source))
        return core_schema.no_info_after_validator_function(self._filled, either)

    def _filled(self, value: object) -> object:
        return self.blank if value is None else value


def broken(expected: str, found: object) -> NoReturn:
    """Refuse a value that breaks a rule between fields."""
    raise PydanticCustomError("rule", "{expected}", {"expected": expected, "found": str(found)})


def _pid(value: str) -> str:
    if not is_pid(value):
        broken("a national identity number or d-number of 11 digits with right control digits", "something else")
    return value


def _org_number(value: str) -> str:
    weights = (3, 2, 7, 6, 5, 4, 3, 2, 1)
    digits = value if value.isascii() and value.isdigit() else ""
    if len(digits) != 9 or sum(w * int(digit) for w, digit in zip(weights, digits, strict=True)) % 11:
        broken("an organisation number of 9 digits with a right control digit", value)
    return value


def language_of(tag: str) -> str:
    """The portal's own id of the language that a tag means, so `uk` for `uk-UA`; any other tag as it stands."""
    return match(tag) or tag


def _unquoted(value: object) -> object:
    """Refuse a number in quotation marks, which JSON Schema does not take for one.

    Hours are not strict: what comes out of here is a value of Python, of which strictly only a Decimal would be taken.
    """
    if isinstance(value, str):
        broken("a number without quotation marks", repr(value))
    return value


def _number(maximum: int, **more: int) -> WithJsonSchema:
    """How a decimal is described: a number of JSON."""
    return WithJsonSchema({"type": "number", "maximum": maximum, **more})


def trimmed(text: str) -> str:
    """The text without what cannot be seen at its ends: spaces of every kind, marks of width nothing, fillers."""
    first, last = 0, len(text)
    while first < last and _is_blank(text[first]):
        first += 1
    while first < last and _is_blank(text[last - 1]):
        last -= 1
    return text[first:last]


def _is_blank(letter: str) -> bool:
    return letter.isspace() or letter in _FILLERS or unicodedata.category(letter) == "Cf"


def _trimmed(value: object) -> object:
    return trimmed(value) if isinstance(value, str) else value


def _seen(value: str) -> str:
    if not trimmed(value):
        broken("text that can be read", "nothing but spaces")
    return value


_UNQUOTED = BeforeValidator(_unquoted)
_TRIMMED = BeforeValidator(_trimmed)
Id = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=ONE_LINE)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ONE_LINE), _TRIMMED]
OptionalLine = Annotated[str, StringConstraints(max_length=200, pattern=ONE_LINE), _TRIMMED, Clearable("")]
Flag = Annotated[bool, Clearable(False)]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime.combine(EARLIEST, time(), UTC), le=datetime.combine(LATEST, time(), UTC)),
]
Month = Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")]
Pid = Annotated[str, AfterValidator(_pid), Field(json_schema_extra={"pattern": "^[0-9]{11}$"})]
OrgNumber = Annotated[str, AfterValidator(_org_number), Field(json_schema_extra={"pattern": "^[0-9]{9}$"})]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Language = Annotated[LanguageTag, AfterValidator(language_of)]
Body = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=MANY_LINES), AfterValidator(_seen)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
DayHours = Annotated[
    Decimal,
    Field(gt=0, le=24, max_digits=4, decimal_places=2, strict=False),
    _UNQUOTED,
    _number(24, exclusiveMinimum=0),
]
WeekHours = Annotated[
    Decimal, Field(ge=0, le=168, max_digits=5, decimal_places=2, strict=False), _UNQUOTED, _number(168, minimum=0)
]
LineHours = Annotated[
    Decimal, Field(ge=0, le=9999, max_digits=6, decimal_places=2, strict=False), _UNQUOTED, _number(9999, minimum=0)
]
ManyHours = Annotated[
    Decimal, Field(ge=0, le=10_000, max_digits=7, decimal_places=2, strict=False), _UNQUOTED, _number(10_000, minimum=0)
]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Ore = Annotated[int, Field(ge=-100_000_000, le=100_000_000)]
SumOre = Annotated[int, Field(ge=0, le=100_000_000)]


class TextIn(DocumentPart):
    """A text in one language."""

    language: LanguageTag = Field(description="Language tag, e.g. nb, en, uk, ar, ti, so, fa-AF")
    text: Body = Field(description="The text itself; line breaks are kept")
    origin: Annotated[Origin, Clearable(Origin.WRITTEN)] = Field(
        default=Origin.WRITTEN,
        description="Who made it: written by the municipality, translated by a person, or a standard phrase",
    )
    translates: Digest | None = Field(
        default=None,
        description="Only for a human translation: SHA-256 (hex, of UTF-8) of the Norwegian text it was made from; "
        "left out, the text beside it when the translation first came in these words",
    )


def _whole(given: list[TextIn]) -> list[TextIn]:
    """The texts under the portal's own ids of their languages; what says what it translates is a translation."""
    texts = [text.model_copy(update={"language": language_of(text.language)} | _implied(text)) for text in given]
    languages = [text.language for text in texts]
    if len(set(languages)) != len(languages):
        tags = [tag.language for tag, name in zip(given, languages, strict=True) if languages.count(name) > 1]
        broken("each language once, under one tag", ", ".join(tags))
    if not IN_NORWEGIAN & set(languages):
        broken("a text in nb or nn, which is the one of legal weight", ", ".join(languages))
    if all(text.origin is Origin.HUMAN_TRANSLATION for text in texts if text.language in IN_NORWEGIAN):
        broken("a text in nb or nn that is no human_translation", ", ".join(languages))
    for text in texts:
        if text.translates is not None and text.origin is not Origin.HUMAN_TRANSLATION:
            broken("translates only on a human_translation", text.origin.value)
    return texts


def _implied(text: TextIn) -> dict[str, Origin]:
    is_implied = text.translates is not None and "origin" not in text.model_fields_set
    return {"origin": Origin.HUMAN_TRANSLATION} if is_implied else {}


SHORT, LONG = "short", "long"
Texts = Annotated[
    Annotated[Body, Field(description="Short form: the municipality's own Norwegian, written by it"), Tag(SHORT)]
    | Annotated[list[TextIn], Field(min_length=1, max_length=30), AfterValidator(_whole), Tag(LONG)],
    Discriminator(lambda value: SHORT if isinstance(value, str) else LONG),
]


class TextVersionValues(BaseModel):
    """One text as it is stored: language, body, digest, origin and the digest of what it translates.

    `unsaid` where the document does not say the origin, so that it is what it was.
    """

    model_config = ConfigDict(frozen=True)
    language: str
    body: str
    digest: str
    origin: Origin
    translates: str | None
    unsaid: bool


def versions(texts: str | list[TextIn], norwegian: Norwegian) -> list[TextVersionValues]:
    """A text as it is given, short (then in the municipality's own Norwegian) or long."""
    given = [TextIn(language=norwegian, text=texts, origin=Origin.WRITTEN)] if isinstance(texts, str) else texts
    return [
        TextVersionValues(
            language=text.language,
            body=text.text,
            digest=digest_of(text.text),
            origin=text.origin,
            translates=text.translates,
            unsaid="origin" not in text.model_fields_set,
        )
        for text in given
    ]


def digest_of(body: str) -> str:
    """SHA-256 of a text as hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


class Span(DocumentPart):
    """A part with a first and a last day, either of which may be missing."""

    def rules(self) -> None:
        """The last day is not before the first."""
        days: Any = self
        if days.first_day and days.last_day and days.last_day < days.first_day:
            broken(f"last_day on or after first_day ({days.first_day})", days.last_day)
