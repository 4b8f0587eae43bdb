"""Storing answers to what participants said is wrong with an absence."""

from typing import Any

from sqlalchemy import select, update

from portal.exchange.people import Chunk
from portal.exchange.records import ContestAnswerIn
from portal.exchange.shelf import Later, Row, slices, table_of
from portal.tables.absence import AbsenceContest, ContestStatus
from portal.tables.log import Updated

_CONTEST = table_of(AbsenceContest)
_COMPARED = ("status", "answered_on", "answer_text_id")


def contest_answers(chunk: Chunk) -> None:
    """Store the answers. What was taken back stays so, and an answer is never undone by an older step."""
    contests = _contests(chunk)
    new: list[tuple[Row, ContestAnswerIn, Later | int | None]] = []
    for item in chunk.items:
        for index, answer in enumerate(item.given.contest_answers):
            contest = contests.get((item.id, answer.contest))
            if contest is None:
                place = item.place.at("contest_answers", index, "contest")
                place.problem(answer.contest, "the id of a contest that this participant has sent")
            elif not _is_late(contest, answer):
                new.append((contest, answer, chunk.texts.put(item.id, contest["answer_text_id"], answer.text)))
    chunk.texts.flush()
    for contest, answer, text in new:
        values: dict[str, Any] = {
            "status": ContestStatus(answer.outcome),
            "answered_on": answer.answered_on,
            "answer_text_id": text.id if isinstance(text, Later) else text,
        }
        if any(contest[name] != values[name] for name in _COMPARED):
            chunk.session.execute(update(_CONTEST).where(_CONTEST.c.id == contest["id"]).values(values))
            chunk.note(Updated.ANSWERS, [contest["participant_id"]])
    chunk.note(Updated.ANSWERS, ())
    chunk.texts.drop()


def _is_late(contest: Row, answer: ContestAnswerIn) -> bool:
    received = answer.outcome == ContestStatus.RECEIVED.value
    return contest["status"] is ContestStatus.WITHDRAWN or (received and contest["answered_on"] is not None)


def _contests(chunk: Chunk) -> dict[tuple[int, str], Row]:
    owners = [item.id for item in chunk.items if item.given.contest_answers]
    columns = [_CONTEST.c[name] for name in ("id", "public_id", "participant_id", *_COMPARED)]
    return {
        (row["participant_id"], row["public_id"]): dict(row)
        for some in slices(owners)
        for row in chunk.session.execute(select(*columns).where(_CONTEST.c.participant_id.in_(some))).mappings()
    }
