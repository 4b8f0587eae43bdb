"""Answers to what participants said is wrong with an absence, handed to casework."""

from portal.casework import objections
from portal.casework.objections import ObjectionAnswer, StoredObjection
from portal.exchange.document.people import Chunk
from portal.exchange.document.records import ObjectionAnswerIn
from portal.exchange.row_sync import PendingId, resolved
from portal.store.rows import slices
from portal.tables.absence import ObjectionStatus
from portal.tables.log import Actor, Updated


def contest_answers(chunk: Chunk) -> None:
    """Take the answers. What was taken back stays so, and an answer is never undone by an older step."""
    sent = _objections(chunk)
    new: list[tuple[StoredObjection, ObjectionAnswerIn, PendingId | int | None]] = []
    for item in chunk.items:
        for index, answer in enumerate(item.given.contest_answers):
            objection = sent.get((item.id, answer.contest))
            if objection is None:
                place = item.place.at("contest_answers", index, "contest")
                place.problem(answer.contest, "the id of a contest that this participant has sent")
            elif not _is_late(objection, answer):
                new.append((objection, answer, chunk.texts.put(item.id, objection.answer_text_id, answer.text)))
    chunk.texts.flush()
    for objection, answer, text in new:
        before = (objection.status, objection.answered_on, objection.answer_text_id)
        _take(chunk, objection, answer, resolved(text))
        if before != (objection.status, objection.answered_on, objection.answer_text_id):
            chunk.note(Updated.ANSWERS, [objection.participant_id])
    chunk.note(Updated.ANSWERS, ())
    chunk.texts.drop()


def _take(chunk: Chunk, objection: StoredObjection, answer: ObjectionAnswerIn, text_id: int | None) -> None:
    if answer.answered_on is None:
        objections.receive(chunk.session, Actor.MUNICIPALITY, objection)
    else:
        said = ObjectionAnswer(ObjectionStatus(answer.outcome), answer.answered_on, text_id)
        objections.answer(chunk.session, Actor.MUNICIPALITY, objection, said)


def _is_late(objection: StoredObjection, answer: ObjectionAnswerIn) -> bool:
    received = answer.outcome == ObjectionStatus.RECEIVED.value
    return objection.status is ObjectionStatus.WITHDRAWN or (received and objection.answered_on is not None)


def _objections(chunk: Chunk) -> dict[tuple[int, str], StoredObjection]:
    owners = [item.id for item in chunk.items if item.given.contest_answers]
    found = [each for some in slices(owners) for each in objections.sent_by(chunk.session, some)]
    return {(each.participant_id, each.public_id): each for each in found}
