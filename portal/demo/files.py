"""The demo municipality's files, made for a given day: documents (JSON), timetables (iCalendar) and attendance (CSV).

The templates lie in `municipality/`. In them `{{…}}` holds an expression of `dates`, with `|no` for 23.11.2026 and
`|ics` for iCalendar's form; or `{{ore MONTH FACTOR}}`, an amount, with `-3h` or `-2d` a deduction; `{{sum}}`, the sum
of a payment's lines; `{{request NAME}}`, the id of what was sent; `{{off FIRST LAST CLOCK}}`, all weekdays without
lessons. A text is given by language; those beside `nb` are translations made by a person.
`{"repeat": [FIRST, LAST], "item": …}` stands for one item a month, in which the month is `it`; a line with
`{{each EXPRESSION FROM TO}}` for one line a day.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from portal.demo.dates import Calendar, DayOff, is_weekend, shifted
from portal.demo.numbers import synthetic_pid

TEMPLATES = Path(__file__).parent / "municipality"
TOKEN = re.compile(r"\{\{([^{}]+)\}\}")
EACH = re.compile(r"\{\{each (\S+) ([+-]\d+)\w? ([+-]\d+)(\w?)\}\}")
FOLD_AT = 74

#: Øre for a month (`2026-10`), a factor (`1`, `5/6` …) and nothing, or what is deducted (`3h`, `2d`; then negative).
Amount = Callable[[str, str, str], int]


class DemoPerson(NamedTuple):
    """Somebody to sign in as. `id` is the municipality's id of them."""

    pid: str
    name: str
    language: str
    worth_seeing: str
    id: str


def people(today: date) -> list[DemoPerson]:
    """Everybody who can sign in on this day, in the order they are worth meeting."""
    calendar = Calendar(today)
    return [_person(calendar, person) for person in _people()]


def _person(calendar: Calendar, template: dict[str, Any]) -> DemoPerson:
    name = f"{template['given_name']} {template['family_name']}"
    told = template["demo"]
    return DemoPerson(_pid(calendar, template), name, template["language"], told["worth_seeing"], template["id"])


def _people() -> list[dict[str, Any]]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (TEMPLATES / "people").glob("*.json")]
    return sorted(found, key=lambda person: int(person["demo"]["order"]))


def _pid(calendar: Calendar, template: dict[str, Any]) -> str:
    born = _Writer(calendar).value(template["born"])
    return synthetic_pid(date.fromisoformat(born), template["demo"]["female"])


def render(today: date, folder: Path, amount: Amount, is_day_off: DayOff = is_weekend) -> list[Path]:
    """Writes the whole set for the day into `folder`, and gives the files in the order they are to be taken in."""
    writer = _Writer(Calendar(today, is_day_off), amount)
    made = {"solvik.json": _document(writer)}
    for path in sorted((TEMPLATES / "timetables").glob("*.ics")):
        made[path.name] = _calendar_text(writer, path.read_text(encoding="utf-8"))
    for path in sorted(TEMPLATES.glob("*.csv")):
        made[path.name] = _table(writer, path.read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    return [folder / name for name in made]


def sent(today: date, is_day_off: DayOff = is_weekend) -> dict[str, list[dict[str, Any]]]:
    """What participants have done in the portal already: `requests`, `contests` and `questions`, each with the `id`
    that it is to get, and the plans they have `read`.
    """
    done = _Writer(Calendar(today, is_day_off)).value(_read("sent.json"))
    for item in done["requests"] + done["contests"] + done["questions"]:
        item["id"] = _request(item["name"])
    return dict(done)


def render_answers(today: date, folder: Path, is_day_off: DayOff = is_weekend) -> Path:
    """Writes the document by which the municipality answers what was `sent`."""
    writer = _Writer(Calendar(today, is_day_off))
    answers = _read("svar.json")
    people = [{**_core(_participant(writer.calendar, person)), **answers.get(person["id"], {})} for person in _people()]
    document = {**_read("solvik.json"), "participants": [person for person in people if person["id"] in answers]}
    path = folder / "svar.json"
    path.write_text(_json(writer.value(document)), encoding="utf-8")
    return path


def _core(participant: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in participant.items() if not isinstance(value, list)}


def _request(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://solvik.example/{name}"))


def _read(name: str) -> Any:
    return json.loads((TEMPLATES / name).read_text(encoding="utf-8"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _document(writer: "_Writer") -> str:
    people = [_participant(writer.calendar, person) for person in _people()]
    return _json(writer.value({**_read("solvik.json"), "participants": people}))


def _participant(calendar: Calendar, template: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in template.items() if name != "demo"}
    return {"id": template["id"], "pid": _pid(calendar, template), **known}


def _calendar_text(writer: "_Writer", text: str) -> str:
    lines = (part for line in writer.text(text).splitlines() for part in _folded(line))
    return "".join(f"{line}\r\n" for line in lines)


def _table(writer: "_Writer", text: str) -> str:
    """The lines written out; of two for the same lesson of the same person, the later stands."""
    lines = {tuple(line.split(";")[:3]): line for template in text.splitlines() for line in writer.lines(template)}
    return "".join(f"{line}\n" for line in lines.values())


def _folded(line: str) -> Iterator[str]:
    part = ""
    for sign in line:
        if len((part + sign).encode()) > FOLD_AT:
            yield part
            part = " "
        part += sign
    yield part


@dataclass(frozen=True)
class _Writer:
    """Puts values where templates have expressions."""

    calendar: Calendar
    amount: Amount = lambda _month, _factor, _deducted: 0

    def value(self, template: Any) -> Any:
        """The template with every expression, text and repetition in it written out."""
        match template:
            case str():
                return self._string(template)
            case list():
                return [done for item in template for done in self._items(item)]
            case {"nb": _}:
                return [self._version(language, body) for language, body in template.items()]
            case dict():
                done = {name: self.value(item) for name, item in template.items()}
                return {name: _total(done) if item == "{{sum}}" else item for name, item in done.items()}
            case _:
                return template

    def text(self, template: str) -> str:
        """The text with every expression written out."""
        return TOKEN.sub(lambda found: str(self._token(found[1])), template)

    def lines(self, template: str) -> Iterator[str]:
        """The line written out, once for each day where it has `{{each EXPRESSION FROM TO}}`; the day is then `it`."""
        found = EACH.search(template)
        if found is None:
            yield self.text(template)
            return
        expression, first, last, unit = found.groups()
        for number in range(int(first), int(last) + 1):
            day = self.calendar.day(f"{expression}{number:+}{unit}")
            writer = replace(self, calendar=replace(self.calendar, names={"it": day}))
            yield writer.text(template.replace(found[0], "{{it}}"))

    def _string(self, template: str) -> Any:
        whole = TOKEN.fullmatch(template)
        return self._token(whole[1]) if whole else self.text(template)

    def _items(self, item: Any) -> list[Any]:
        if not (isinstance(item, dict) and "repeat" in item):
            return [self.value(item)]
        month, last = (str(self.calendar.read(end)) for end in item["repeat"])
        done = []
        while month <= last:
            calendar = replace(self.calendar, names={"it": month})
            done.append(replace(self, calendar=calendar).value(item["item"]))
            month = shifted(month, 1)
        return done

    def _version(self, language: str, body: str) -> dict[str, Any]:
        origin = "written" if language == "nb" else "human_translation"
        return {"language": language, "text": self.text(body), "origin": origin}

    def _token(self, token: str) -> Any:
        verb, _, rest = token.partition(" ")
        match verb:
            case "sum":
                return "{{sum}}"
            case "ore":
                return self._ore(rest)
            case "off":
                return self._off(rest)
            case "request":
                return _request(rest)
            case _:
                expression, _, form = token.partition("|")
                return _written(self.calendar.read(expression), form)

    def _ore(self, rest: str) -> int:
        month, factor, *deducted = rest.split(" ")
        return self.amount(str(self.calendar.read(month)), factor, deducted[0].removeprefix("-") if deducted else "")

    def _off(self, rest: str) -> str:
        first, last, clock = rest.split(" ")
        days = self.calendar.off(self.calendar.day(first), self.calendar.day(last))
        return ",".join(f"{day:%Y%m%d}T{clock.replace(':', '')}00" for day in days)


def _total(payment: dict[str, Any]) -> int:
    return sum(int(line["amount_ore"]) for line in payment["lines"])


def _written(value: date | datetime | str, form: str) -> str:
    if isinstance(value, str):
        return value
    if form == "no":
        return f"{value.day}.{value.month}.{value.year}"
    if form == "ics":
        return f"{value:%Y%m%dT%H%M%S}" if isinstance(value, datetime) else f"{value:%Y%m%d}"
    return value.isoformat()
