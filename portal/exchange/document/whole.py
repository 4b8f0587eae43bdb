"""The participants of a document made whole: every part with what it leaves out as it is stored."""

from collections.abc import Mapping
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlmodel import SQLModel

from portal.casework.request_records import StoredRequest
from portal.casework.requests import TEXT
from portal.exchange.document.columns import said
from portal.exchange.document.completion import completed
from portal.exchange.document.models import ParticipantIn
from portal.exchange.document.people import Chunk, ParticipantEntry
from portal.exchange.document.records import (
    DecisionIn,
    ElementIn,
    LanguageGoalIn,
    ObjectionAnswerIn,
    PaymentIn,
    PlanIn,
    RequestAnswerIn,
)
from portal.exchange.document.requests import Requests
from portal.exchange.problems import SourceLocation
from portal.exchange.row_sync import Row, RowSync
from portal.exchange.shape import DocumentPart
from portal.law.appeal import appeal_by
from portal.tables.absence import Absence, AbsenceObjection
from portal.tables.allowance import Payment
from portal.tables.decision import Decision
from portal.tables.people import Child, Membership
from portal.tables.plan import Contract, LanguageGoal, Plan, PlanElement
from portal.tables.training import Exemption, TestResult, TrainingHours

_DAYS, _HOURS = ("granted_from", "granted_to"), ("granted_hours", "granted_start", "granted_end")


class _Known(NamedTuple):
    """Where the parts of a list stand: `by` names them in the document, `column` in the table; `pointers` as in
    `said`.
    """

    model: type[SQLModel]
    by: str = "id"
    column: str = "external_id"
    pointers: Mapping[str, str] = MappingProxyType({})


_LISTS = {
    "children": _Known(Child),
    "groups": _Known(Membership, "group", "group_id"),
    "plans": _Known(Plan, "version", "version"),
    "contracts": _Known(Contract),
    "training_hours": _Known(TrainingHours),
    "test_results": _Known(TestResult),
    "exemptions": _Known(Exemption),
    "absences": _Known(Absence),
    "decisions": _Known(Decision),
    "payments": _Known(Payment, pointers={"decision": "decision_id"}),
    "contest_answers": _Known(AbsenceObjection, "contest", "public_id", {"text": "answer_text_id"}),
}


def make_whole(chunk: Chunk, requests: Requests) -> None:
    """Complete the parts of every participant; whoever breaks a rule is told, and leaves the chunk."""
    stored = _Stored(chunk, requests)
    whole: list[ParticipantEntry] = []
    for item in chunk.items:
        given = stored.complete(item)
        if given is not None:
            item.given = given
            whole.append(item)
    chunk.items = whole


class _Stored:
    """What is stored of the participants of a chunk, under the names of the document."""

    def __init__(self, chunk: Chunk, requests: Requests) -> None:
        self.chunk, self.requests = chunk, requests
        self.syncs = {name: chunk.sync(known.model, known.column) for name, known in _LISTS.items()}
        plans = [row["id"] for row in self.syncs["plans"].stored.values()]
        goals = RowSync(chunk.session, LanguageGoal, "plan_id", plans, key=["skill"])
        self.goals = _by_plan(goals, "skill", LanguageGoalIn)
        elements = RowSync(chunk.session, PlanElement, "plan_id", plans, key=["external_id"])
        self.elements = _by_plan(elements, "external_id", ElementIn)

    def complete(self, item: ParticipantEntry) -> ParticipantIn | None:
        """The participant with every part whole; None where one breaks a rule."""
        lists: dict[str, list[DocumentPart | None]] = {
            name: [self._part(item, name, index, part) for index, part in enumerate(getattr(item.given, name))]
            for name in (*_LISTS, "requests")
            if getattr(item.given, name)
        }
        if any(None in parts for parts in lists.values()):
            return None
        return item.given.model_copy(update=lists)

    def _part(self, item: ParticipantEntry, name: str, index: int, part: DocumentPart) -> DocumentPart | None:
        place = item.place.at(name, index)
        match part:
            case RequestAnswerIn():
                return completed(part, self._step(item, part), place)
            case PlanIn():
                return self._plan(part, self._row(item, name, part), place)
            case PaymentIn():
                lines = [completed(line, None, place.at("lines", number)) for number, line in enumerate(part.lines)]
                return None if None in lines else completed(part, self._row(item, name, part), place)
            case DecisionIn():
                return completed(part, self._decision(part, self._row(item, name, part)), place)
            case ObjectionAnswerIn():
                row = self._row(item, name, part)
                return completed(part, row if row and row["status"] == part.outcome else None, place)
            case _:
                return completed(part, self._row(item, name, part), place)

    def _row(self, item: ParticipantEntry, name: str, part: DocumentPart) -> Row | None:
        known = _LISTS[name]
        key: object = getattr(part, known.by)
        if name == "groups":
            key = self.chunk.known.groups.get(str(key))
        row = self.syncs[name].stored.get((item.id, key))
        return None if row is None else said(row, type(part), **known.pointers)

    def _step(self, item: ParticipantEntry, step: RequestAnswerIn) -> Row | None:
        event = self.requests.event(item.id, step)
        return None if event is None else said({"text_id": event.params.get(TEXT)}, RequestAnswerIn, text="text_id")

    def _decision(self, given: DecisionIn, row: Row | None) -> Row | None:
        """A decision also says which request it answers. Reasons, effect and days are those of its outcome."""
        if row is None:
            return None
        if row["received_on"] and row["appeal_by"] == appeal_by(row["received_on"]):
            row["appeal_by"] = None  # it follows from received_on, and goes on doing so
        request = self.requests.answered_by(row["id"])
        if request is not None:
            row |= {"request": request.public_id, **_granted(request)}
        anew = {"reasons", "effect", *_DAYS, *_HOURS} if given.outcome is not row["outcome"] else set()
        return {name: value for name, value in row.items() if name not in anew}

    def _plan(self, given: PlanIn, row: Row | None, place: SourceLocation) -> PlanIn | None:
        goals, elements = (self.goals.get(row["id"], {}), self.elements.get(row["id"], {})) if row else ({}, {})
        parts: list[DocumentPart | None] = [
            completed(goal, goals.get(goal.skill), place.at("goals", index)) for index, goal in enumerate(given.goals)
        ]
        parts += [
            completed(element, elements.get(element.id), place.at("elements", index))
            for index, element in enumerate(given.elements)
        ]
        if None in parts:
            return None
        number = len(given.goals)
        whole = given.model_copy(
            update={
                name: part
                for name, part in (("goals", parts[:number]), ("elements", parts[number:]))
                if name in given.model_fields_set
            }
        )
        kept_lists = {
            "goals": [LanguageGoalIn.model_construct(**goal) for goal in goals.values()],
            "elements": [ElementIn.model_construct(**element) for element in elements.values()],
        }
        return completed(whole, {**row, **kept_lists} if row else None, place)


def _granted(request: StoredRequest) -> Row:
    """What a request was granted, under the names of a decision."""
    moments = {name: getattr(request, name) for name in _HOURS[1:]}
    times = {name: None if moment is None else f"{moment:%H:%M}" for name, moment in moments.items()}
    return {name: getattr(request, name) for name in (*_DAYS, _HOURS[0])} | times


def _by_plan(sync: RowSync, name: str, part: type[DocumentPart]) -> dict[int, dict[Any, Row]]:
    """The rows by plan and name, in order of position, under the names of the document."""
    found: dict[int, dict[Any, Row]] = {}
    for row in sorted(sync.stored.values(), key=itemgetter("position" if part is ElementIn else "id")):
        found.setdefault(row["plan_id"], {})[row[name]] = {**said(row, part), "id": row.get("external_id")}
    return found
