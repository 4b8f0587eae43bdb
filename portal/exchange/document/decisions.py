"""Storing decisions, steps on the way to one, and answers to questions."""

from dataclasses import replace
from datetime import datetime

from portal import clock
from portal.casework import deciding, questions
from portal.casework import requests as casework
from portal.casework.deciding import DecisionFacts, Recorded, StoredDecision
from portal.casework.questions import StoredQuestion
from portal.casework.request_records import StoredEvent, StoredRequest
from portal.casework.requests import TEXT, RequestAnswer
from portal.casework.result import Refusal
from portal.exchange.document.absences import Ids
from portal.exchange.document.columns import values
from portal.exchange.document.people import Chunk, ParticipantEntry
from portal.exchange.document.records import DecisionIn, RequestAnswerIn
from portal.exchange.document.requests import Requests, tell
from portal.exchange.problems import SourceLocation, Verbatim
from portal.exchange.row_sync import PendingId, resolved
from portal.law.extent import Extent
from portal.store.rows import slices
from portal.tables.decision import Decision, DecisionOutcome
from portal.tables.leave import LeaveEventKind
from portal.tables.log import Actor, Updated


def decisions(chunk: Chunk, requests: Requests) -> dict[int, Ids]:
    """Store decisions and let them answer requests; gives their ids by participant and the municipality's own id."""
    known = deciding.recorded(chunk.session, [item.id for item in chunk.items])
    before = dict(known)
    told = [
        (item, decision, _texts(chunk, item, decision, known))
        for item in chunk.items
        for decision in item.given.decisions
    ]
    chunk.texts.flush()
    facts = [_facts(item, decision, texts) for item, decision, texts in told]
    deciding.record(chunk.session, Actor.MUNICIPALITY, known, facts)
    _link(chunk, known)
    chunk.note(Updated.DECISIONS, {key[0] for key, stored in known.items() if stored != before.get(key)})
    _answer_requests(chunk, requests, known)
    chunk.note(Updated.DECISIONS, ())
    chunk.texts.drop()
    return _ids(known)


def _texts(
    chunk: Chunk, item: ParticipantEntry, decision: DecisionIn, known: Recorded
) -> tuple[PendingId | int | None, ...]:
    """Its reasons and its effect."""
    stored = known.get((item.id, decision.id))
    reasons, effect = (stored.reasons_text_id, stored.effect_text_id) if stored else (None, None)
    put = chunk.texts.put
    return put(item.id, reasons, decision.reasons), put(item.id, effect, decision.effect)


def _facts(item: ParticipantEntry, decision: DecisionIn, texts: tuple[PendingId | int | None, ...]) -> DecisionFacts:
    reasons, effect = map(resolved, texts)
    own = values(decision, Decision)
    return DecisionFacts(participant_id=item.id, reasons_text_id=reasons, effect_text_id=effect, **own)


def _link(chunk: Chunk, known: Recorded) -> None:
    """Let decisions point at those that they change: all have their ids now."""
    for item in chunk.items:
        for index, decision in enumerate(item.given.decisions):
            if "replaces" not in decision.model_fields_set:
                continue
            earlier = None if decision.replaces is None else (item.id, decision.replaces)
            if deciding.replace(chunk.session, Actor.MUNICIPALITY, known, (item.id, decision.id), earlier):
                place = item.place.at("decisions", index, "replaces")
                place.problem(decision.replaces, "the id of a decision of this participant")


def _ids(known: Recorded) -> dict[int, Ids]:
    found: dict[int, Ids] = {}
    for (participant, name), stored in known.items():
        found.setdefault(participant, {})[name] = stored.id
    return found


def _answer_requests(chunk: Chunk, requests: Requests, known: Recorded) -> None:
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
                if request:
                    _decide(requests, request, decision, known[item.id, decision.id], place)


def _take_steps(
    chunk: Chunk, requests: Requests, found: list[tuple[RequestAnswerIn, StoredRequest, SourceLocation, int]]
) -> None:
    new: list[tuple[RequestAnswerIn, StoredRequest, SourceLocation, PendingId | int | None]] = []
    for step, request, place, participant in found:
        same = requests.event(participant, step)
        if same:
            _say_again(chunk, same, step, participant, place)
        elif casework.may_take(LeaveEventKind(step.status), request) is Refusal.MOVED_ON:
            continue
        else:
            new.append((step, request, place, chunk.texts.put(participant, None, step.text)))
    chunk.texts.flush()
    for step, request, place, text in new:
        take = casework.receive if step.status == "received" else casework.ask_for_more
        version = request.version
        refused = take(chunk.session, Actor.MUNICIPALITY, request, resolved(text), step.at)
        requests.note(request, version)
        if refused and refused is not Refusal.MOVED_ON:
            tell(refused, request, None, place)


def _say_again(
    chunk: Chunk, event: StoredEvent, step: RequestAnswerIn, participant: int, place: SourceLocation
) -> None:
    """A step that was told before may say its text in other words; whether it has one is history."""
    stored = event.params.get(TEXT)
    if (stored is None) is not (step.text is None):
        has, had = ("no text", "with one") if step.text is None else ("a text", "without one")
        place.problem(Verbatim(f"{has} on a step that was told {had}"), "the same, or a new step at its own time")
    else:
        chunk.texts.put(participant, stored, step.text)


def _in_order(item: ParticipantEntry) -> list[tuple[int, DecisionIn]]:
    """Decisions as they were made; one that replaces another on the same day comes after it."""
    return sorted(
        enumerate(item.given.decisions), key=lambda numbered: (numbered[1].decided_on, numbered[1].replaces is not None)
    )


def _decide(
    requests: Requests, request: StoredRequest, decision: DecisionIn, stored: StoredDecision, place: SourceLocation
) -> None:
    granted = _granted(request.asked, decision) if decision.outcome is not DecisionOutcome.REFUSED else None
    answer = RequestAnswer(
        decision_id=stored.id,
        decision=stored.public_id,
        outcome=decision.outcome,
        granted=granted,
        replaces_id=stored.replaces_id,
        hours_said=decision.granted_hours is not None,
    )
    version = request.version
    refused = casework.decide(requests.chunk.session, Actor.MUNICIPALITY, request, answer, clock.now())
    requests.note(request, version)
    if refused:
        tell(refused, request, granted, place)


def _granted(asked: Extent, decision: DecisionIn) -> Extent:
    """What a decision grants; what it leaves out is as asked for."""
    first, last = decision.granted_from or asked.first_day, decision.granted_to or asked.last_day
    hours = decision.hours_told if decision.hours_told is not None else asked.hours
    return Extent(first, last, hours, *(decision.granted_times or ()))


def answers(chunk: Chunk) -> None:
    """Store answers to questions that were asked in the portal."""
    owners = [item.id for item in chunk.items if item.given.answers]
    found = [each for some in slices(owners) for each in questions.asked_by(chunk.session, some)]
    asked = {(each.participant_id, each.public_id): each for each in found}
    new: list[tuple[StoredQuestion, PendingId | int | None, datetime]] = []
    for item in chunk.items:
        for index, answer in enumerate(item.given.answers):
            question = asked.get((item.id, answer.question))
            if question is None:
                place = item.place.at("answers", index, "question")
                place.problem(answer.question, "the id of a question that this participant has asked")
                continue
            new.append((question, chunk.texts.put(item.id, question.answer_text_id, answer.text), answer.answered_at))
    chunk.texts.flush()
    for question, text, answered_at in new:
        before = replace(question)
        questions.answer(chunk.session, Actor.MUNICIPALITY, question, resolved(text), answered_at)
        if question != before:
            chunk.note(Updated.ANSWERS, [question.participant_id])
    chunk.note(Updated.ANSWERS, ())
