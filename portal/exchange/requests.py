"""Leave requests as the municipality's answers move them: steps, decisions, days in the ledger."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, insert, select, update

from portal import clock
from portal.exchange.people import Chunk
from portal.exchange.problems import Place, Said
from portal.exchange.records import RequestAnswerIn
from portal.exchange.shelf import Row, slices, table_of
from portal.law.calendar import working_days
from portal.law.extent import Extent, asked_for
from portal.tables.leave import (
    WAITING,
    LeaveEvent,
    LeaveEventKind,
    LeaveLedger,
    LeaveRequest,
    RequestForm,
    RequestStatus,
)
from portal.tables.log import Actor, Updated

TEXT = "text_id"  # of an event: the text that says more
_REQUEST, _EVENT, _LEDGER = table_of(LeaveRequest), table_of(LeaveEvent), table_of(LeaveLedger)


@dataclass(slots=True)
class Request:
    """A request as stored, with what has happened to it."""

    row: Row
    events: list[Row] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether it still can be answered."""
        return self.row["status"] in WAITING

    @property
    def asked(self) -> Extent:
        """How much was asked for."""
        return asked_for(*(self.row[name] for name in ("kind", "first_day", "last_day", "hours")))

    def known(self, name: str, value: object) -> Row | None:
        """The event whose parameter `name` is `value`."""
        return next((event for event in self.events if event["params"].get(name) == value), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a decision makes of a request."""

    decision_id: int
    decision: str
    status: RequestStatus
    granted: Extent | None

    @property
    def columns(self) -> dict[str, Any]:
        """What the request says of it."""
        given = self.granted
        return {
            "status": self.status,
            "decision_id": self.decision_id,
            "granted_from": given and given.first_day,
            "granted_to": given and given.last_day,
            "granted_hours": given and given.hours,
            "granted_start": given and given.starts,
            "granted_end": given and given.ends,
        }

    @property
    def params(self) -> dict[str, str]:
        """What the event says of it."""
        given = self.granted
        if given is None:
            return {"decision": self.decision}
        params = {"decision": self.decision, "from": given.first_day.isoformat(), "to": given.last_day.isoformat()}
        if given.hours is not None:
            params["hours"] = f"{given.hours.normalize():f}"
        if given.starts and given.ends:
            params |= {"start": f"{given.starts:%H:%M}", "end": f"{given.ends:%H:%M}"}
        return params


class Requests:
    """The requests of some participants, found by id or number."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self._by_name: dict[tuple[int, str], Request] = {}
        owners = [item.id for item in chunk.items if item.given.requests or item.given.decisions]
        for some in slices(owners):
            self._load(some)

    def _load(self, owners: list[int]) -> None:
        by_id: dict[int, Request] = {}
        mine = _REQUEST.c.participant_id.in_(owners)
        for row in self.chunk.session.execute(select(_REQUEST).where(mine)).mappings():
            request = by_id[row["id"]] = Request(dict(row))
            for name in (row["public_id"], row["number"]):
                self._by_name[row["participant_id"], name] = request
        events = select(_EVENT).join(_REQUEST, _REQUEST.c.id == _EVENT.c.request_id).where(mine)
        for row in self.chunk.session.execute(events.order_by(_EVENT.c.request_id, _EVENT.c.seq)).mappings():
            by_id[row["request_id"]].events.append(dict(row))

    def find(self, participant: int, name: str, place: Place) -> Request | None:
        """The participant's request of this id or number; a problem where there is none."""
        found = self._by_name.get((participant, name))
        if found is None:
            place.problem(name, "the id or number of a request that this participant has sent")
        return found

    def event(self, participant: int, step: RequestAnswerIn) -> Row | None:
        """The event that a step of the document is already."""
        request = self._by_name.get((participant, step.request))
        kind = LeaveEventKind(step.status)
        events = request.events if request else []
        return next((event for event in events if event["kind"] is kind and event["at"] == step.at), None)

    def answered_by(self, decision_id: int) -> Row | None:
        """The request whose answer this decision is."""
        found = (request.row for request in self._by_name.values() if request.row["decision_id"] == decision_id)
        return next(found, None)

    def step(self, request: Request, kind: LeaveEventKind, at: datetime, params: dict[str, Any], place: Place) -> None:
        """Move a waiting request one step on its way."""
        status = RequestStatus(kind.value)
        if self._move(request, {"status": status}, WAITING):
            self._happened(request, kind, at, params)
        else:
            tell_not_waiting(request, place)

    def decide(self, request: Request, answer: Answer, place: Place) -> None:
        """Answer a request, or answer it anew where a decision was changed or replaced."""
        again, moment = not request.waits, clock.now()
        if not self._move(request, {**answer.columns, "decided_at": moment}, (request.row["status"],)):
            tell_not_waiting(request, place)
            return
        self._happened(request, LeaveEventKind(answer.status.value), moment, answer.params)
        if again:
            self._take_back(request)
        self._give(request)

    def _move(self, request: Request, values: dict[str, Any], out_of: tuple[RequestStatus, ...]) -> bool:
        row = request.row
        new = {**values, "version": row["version"] + 1}
        done: CursorResult[Any] = self.chunk.session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor
            update(_REQUEST)
            .where(_REQUEST.c.id == row["id"], _REQUEST.c.version == row["version"], _REQUEST.c.status.in_(out_of))
            .values(new)
        )
        if done.rowcount != 1:
            return False
        row.update(new)
        self.chunk.note(Updated.DECISIONS, [row["participant_id"]])
        return True

    def _happened(self, request: Request, kind: LeaveEventKind, at: datetime, params: dict[str, Any]) -> None:
        event = {
            "request_id": request.row["id"],
            "seq": max((row["seq"] for row in request.events), default=0) + 1,
            "kind": kind,
            "actor": Actor.MUNICIPALITY.value,
            "at": at,
            "params": params,
        }
        self.chunk.session.execute(insert(_EVENT), event)
        request.events.append(event)

    def _give(self, request: Request) -> None:
        row = request.row
        if row["granted_from"] is None:
            return
        first, last = row["granted_from"], row["granted_to"]
        number = len(working_days(first, last))
        if number:
            self._ledger(row, days=number, hours=row["granted_hours"], first_day=first, last_day=last)

    def _take_back(self, request: Request) -> None:
        row = request.row
        mine = _LEDGER.c.request_id == row["id"]
        reversed_ids = select(_LEDGER.c.reverses_id).where(mine, _LEDGER.c.reverses_id.is_not(None))
        open_rows = select(_LEDGER).where(mine, _LEDGER.c.days > 0, _LEDGER.c.id.not_in(reversed_ids))
        for given in self.chunk.session.execute(open_rows).mappings().all():
            same = {name: given[name] for name in ("hours", "first_day", "last_day")}
            self._ledger(row, days=-given["days"], reverses_id=given["id"], **same)

    def _ledger(self, row: Row, **values: Any) -> None:
        owner = {"participant_id": row["participant_id"], "request_id": row["id"], "kind": row["kind"]}
        self.chunk.session.execute(insert(_LEDGER), {**owner, **values})


def tell_not_waiting(request: Request, place: Place) -> None:
    """A problem: the answer comes to a request that no longer waits for one."""
    status = request.row["status"].value
    place.problem(Said(f"a request that is {status}"), "a request that waits for an answer")


def is_decidable(request: Request, place: Place) -> bool:
    """Whether anyone decides a request of this form; a problem where nobody does."""
    if request.row["form"] is RequestForm.REPORT:
        place.problem(Said("a report, which nobody decides"), "a request that waits for an answer")
    return request.row["form"] is RequestForm.APPLICATION
