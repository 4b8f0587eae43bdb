"""Storing decisions, steps on the way to one, and answers to questions."""

from typing import Any

from sqlalchemy import select, update

from portal.exchange.absences import Ids, ids_of
from portal.exchange.people import Chunk, Item
from portal.exchange.problems import Place, Said
from portal.exchange.records import DecisionIn, RequestAnswerIn
from portal.exchange.requests import TEXT, Answer, Request, Requests, is_decidable, tell_not_waiting
from portal.exchange.shelf import Later, Row, Shelf, slices, table_of
from portal.law.appeal import appeal_by
from portal.law.extent import Extent, Share
from portal.tables.leave import Decision, DecisionOutcome, LeaveEventKind, RequestStatus
from portal.tables.log import Question, Updated

_QUESTION = table_of(Question)
_PART = DecisionOutcome.PARTLY_GRANTED


def decisions(chunk: Chunk, requests: Requests) -> dict[int, Ids]:
    """Store decisions and let them answer requests; gives their ids by participant and the municipality's own id."""
    shelf = chunk.shelf(Decision, "external_id")
    for item in chunk.items:
        for decision in item.given.decisions:
            stored = shelf.stored.get((item.id, decision.id), {})
            texts = {
                f"{name}_text_id": chunk.texts.put(item.id, stored.get(f"{name}_text_id"), getattr(decision, name))
                for name in ("reasons", "effect")
            }
            shelf.put(participant_id=item.id, external_id=decision.id, **texts, **_columns(decision))
    chunk.texts.flush()
    shelf.flush()
    _link(chunk, shelf)
    chunk.note(Updated.DECISIONS, shelf.changed)
    _answer_requests(chunk, requests, shelf)
    chunk.note(Updated.DECISIONS, ())
    chunk.texts.drop()
    return ids_of(shelf)


def _columns(decision: DecisionIn) -> dict[str, Any]:
    same = (
        "kind", "outcome", "section", "effective_from", "decided_on", "decided_by", "authority", "received_on",
        "appealable",
    )  # fmt: skip
    counted = decision.received_on is not None and decision.can_be_appealed
    deadline = appeal_by(decision.received_on) if decision.received_on and counted else None
    return {**{name: getattr(decision, name) for name in same}, "appeal_by": decision.appeal_by or deadline}


def _link(chunk: Chunk, shelf: Shelf) -> None:
    """Let decisions point at those that they change: all have their ids now."""
    for item in chunk.items:
        for index, decision in enumerate(item.given.decisions):
            if "replaces" not in decision.model_fields_set:
                continue
            earlier = shelf.stored.get((item.id, decision.replaces))
            if decision.replaces is not None and earlier is None:
                place = item.place.at("decisions", index, "replaces")
                place.problem(decision.replaces, "the id of a decision of this participant")
                continue
            replaces = earlier["id"] if earlier else None
            shelf.put(participant_id=item.id, external_id=decision.id, replaces_id=replaces)
    shelf.flush()


def _answer_requests(chunk: Chunk, requests: Requests, shelf: Shelf) -> None:
    steps = [
        (item, index, step)
        for item in chunk.items
        for index, step in sorted(enumerate(item.given.requests), key=lambda numbered: numbered[1].at)
    ]
    found = [
        (step, request, item.place.at("requests", index, "request"), item.id)
        for item, index, step in steps
        if (request := requests.find(item.id, step.request, item.place.at("requests", index, "request")))
    ]
    _take_steps(chunk, requests, found)
    for item in chunk.items:
        for index, decision in _in_order(item):
            if decision.request is not None:
                place = item.place.at("decisions", index, "request")
                request = requests.find(item.id, decision.request, place)
                if request and is_decidable(request, place):
                    _decide(requests, request, decision, shelf.stored[item.id, decision.id], place)


def _take_steps(chunk: Chunk, requests: Requests, found: list[tuple[RequestAnswerIn, Request, Place, int]]) -> None:
    new: list[tuple[RequestAnswerIn, Request, Place, Later | int | None]] = []
    for step, request, place, participant in found:
        kind = LeaveEventKind(step.status)
        known = [event for event in request.events if event["kind"] is kind]
        same = requests.event(participant, step)
        if same:
            _say_again(chunk, same, step, participant, place)
        elif kind is LeaveEventKind.RECEIVED and (known or request.row["status"] is not RequestStatus.SENT):
            if request.row["status"] is RequestStatus.WITHDRAWN and not known:
                tell_not_waiting(request, place)
        else:
            new.append((step, request, place, chunk.texts.put(participant, None, step.text)))
    chunk.texts.flush()
    for step, request, place, text in new:
        params = {TEXT: text.id} if isinstance(text, Later) else {}
        requests.step(request, LeaveEventKind(step.status), step.at, params, place)


def _say_again(chunk: Chunk, event: Row, step: RequestAnswerIn, participant: int, place: Place) -> None:
    """A step that was told before may say its text in other words; whether it has one is history."""
    stored = event["params"].get(TEXT)
    if (stored is None) is not (step.text is None):
        has, had = ("no text", "with one") if step.text is None else ("a text", "without one")
        place.problem(Said(f"{has} on a step that was told {had}"), "the same, or a new step at its own time")
    else:
        chunk.texts.put(participant, stored, step.text)


def _in_order(item: Item) -> list[tuple[int, DecisionIn]]:
    """Decisions as they were made; one that replaces another on the same day comes after it."""
    return sorted(
        enumerate(item.given.decisions), key=lambda numbered: (numbered[1].decided_on, numbered[1].replaces is not None)
    )


def _decide(requests: Requests, request: Request, decision: DecisionIn, stored: Row, place: Place) -> None:
    status = RequestStatus(decision.outcome.value)
    granted = _granted(request.asked, decision) if decision.outcome is not DecisionOutcome.REFUSED else None
    row = request.row
    if granted and (wrong := _contradiction(request.asked, granted, decision)):
        place.problem(Said(f"{_told(granted)} granted"), wrong)
        return
    answer = Answer(stored["id"], stored["public_id"], status, granted)
    if request.waits:
        requests.decide(request, answer, place)
    elif row["decision_id"] == stored["id"]:
        if any(row[name] != value for name, value in answer.columns.items()):
            requests.decide(request, answer, place)
    elif request.known("decision", stored["public_id"]) is None:
        _replace(requests, request, decision, answer, place)


def _granted(asked: Extent, decision: DecisionIn) -> Extent:
    """What a decision grants; what it leaves out is as asked for."""
    first, last = decision.granted_from or asked.first_day, decision.granted_to or asked.last_day
    hours = decision.hours_told if decision.hours_told is not None else asked.hours
    return Extent(first, last, hours, *(decision.granted_times or ()))


def _contradiction(asked: Extent, granted: Extent, decision: DecisionIn) -> str | None:
    """What was expected, where a decision does not agree with itself or with what was asked for."""
    if granted.last_day < granted.first_day:
        return "the last day granted on or after the first"
    if granted.starts and granted.share is not Share.HOURS:
        return "granted_start and granted_end on one day"
    if asked.share is Share.HOURS and granted.share is Share.HOURS_A_DAY and decision.granted_hours is None:
        return "granted_hours, where hours of one day were asked for and several days are granted"
    fewer = granted.has_fewer_hours(asked)
    if fewer and decision.outcome is DecisionOutcome.GRANTED:
        return f"outcome partly_granted where {_told(asked)} was asked for"
    if asked.hours is not None and not (fewer or granted.leaves_days_out(asked)) and decision.outcome is _PART:
        return f"less than {_told(asked)} where a request is partly granted"
    return None


def _told(extent: Extent) -> str:
    hours = "" if extent.hours is None else f"{extent.hours.normalize():f} hours, "
    return f"{hours}{extent.first_day} to {extent.last_day}"


def _replace(requests: Requests, request: Request, decision: DecisionIn, answer: Answer, place: Place) -> None:
    """Let a decision take the place of the one that holds, where it says so; otherwise the request waits no more."""
    table = table_of(Decision)
    holds = requests.chunk.session.scalar(select(table.c.external_id).where(table.c.id == request.row["decision_id"]))
    if holds is not None and decision.replaces == holds:
        requests.decide(request, answer, place)
    else:
        tell_not_waiting(request, place)


def answers(chunk: Chunk) -> None:
    """Store answers to questions that were asked in the portal."""
    asked = _questions(chunk)
    new: list[tuple[Row, dict[str, Any]]] = []
    for item in chunk.items:
        for index, answer in enumerate(item.given.answers):
            question = asked.get((item.id, answer.question))
            if question is None:
                place = item.place.at("answers", index, "question")
                place.problem(answer.question, "the id of a question that this participant has asked")
                continue
            text = chunk.texts.put(item.id, question["answer_text_id"], answer.text)
            new.append((question, {"answer_text_id": text, "answered_at": answer.answered_at}))
    chunk.texts.flush()
    for question, values in new:
        text = values["answer_text_id"]
        settled = {**values, "answer_text_id": text.id if isinstance(text, Later) else text}
        if any(question[name] != value for name, value in settled.items()):
            chunk.session.execute(update(_QUESTION).where(_QUESTION.c.id == question["id"]).values(settled))
            chunk.note(Updated.ANSWERS, [question["participant_id"]])
    chunk.note(Updated.ANSWERS, ())


def _questions(chunk: Chunk) -> dict[tuple[int, str], Row]:
    owners = [item.id for item in chunk.items if item.given.answers]
    columns = [_QUESTION.c[name] for name in ("id", "public_id", "participant_id", "answer_text_id", "answered_at")]
    return {
        (row["participant_id"], row["public_id"]): dict(row)
        for some in slices(owners)
        for row in chunk.session.execute(select(*columns).where(_QUESTION.c.participant_id.in_(some))).mappings()
    }
