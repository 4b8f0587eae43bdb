"""Leave requests that a document answers: found by id or number, moved by casework, refused in the importer's words."""

from portal.casework import request_records
from portal.casework.request_records import StoredEvent, StoredRequest
from portal.casework.result import Refusal
from portal.exchange.document.people import Chunk
from portal.exchange.document.records import RequestAnswerIn
from portal.exchange.problems import SourceLocation, Verbatim
from portal.law.extent import Extent
from portal.store.rows import slices
from portal.tables.leave import LeaveEventKind
from portal.tables.log import Updated


class Requests:
    """The requests of some participants."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self._by_name: dict[tuple[int, str], StoredRequest] = {}
        owners = [item.id for item in chunk.items if item.given.requests or item.given.decisions]
        for some in slices(owners):
            for request in request_records.sent_by(chunk.session, some):
                for name in (request.public_id, request.number):
                    self._by_name[request.participant_id, name] = request

    def find(self, participant: int, name: str, place: SourceLocation) -> StoredRequest | None:
        """The participant's request of this id or number; a problem where there is none."""
        found = self._by_name.get((participant, name))
        if found is None:
            place.problem(name, "the id or number of a request that this participant has sent")
        return found

    def event(self, participant: int, step: RequestAnswerIn) -> StoredEvent | None:
        """The event that a step of the document is already."""
        request = self._by_name.get((participant, step.request))
        kind = LeaveEventKind(step.status)
        events = request.events if request else []
        return next((event for event in events if event.kind is kind and event.at == step.at), None)

    def answered_by(self, decision_id: int) -> StoredRequest | None:
        """The request whose answer this decision is."""
        return next((each for each in self._by_name.values() if each.decision_id == decision_id), None)

    def note(self, request: StoredRequest, version: int) -> None:
        """Note whose record changed, where the request has moved since it had this version."""
        if request.version != version:
            self.chunk.note(Updated.DECISIONS, [request.participant_id])


def tell(refused: Refusal, request: StoredRequest, granted: Extent | None, place: SourceLocation) -> None:
    """A problem: why casework did not take the answer."""
    match refused:
        case Refusal.NEVER_DECIDED:
            place.problem(Verbatim("a report, which nobody decides"), "a request that waits for an answer")
        case Refusal.GRANTED_BACKWARDS:
            place.problem(_granted(granted), "the last day granted on or after the first")
        case Refusal.TIMES_OF_SEVERAL_DAYS:
            place.problem(_granted(granted), "granted_start and granted_end on one day")
        case Refusal.HOURS_NOT_SAID:
            expected = "granted_hours, where hours of one day were asked for and several days are granted"
            place.problem(_granted(granted), expected)
        case Refusal.LESS_IS_PARTLY:
            place.problem(_granted(granted), f"outcome partly_granted where {_said(request.asked)} was asked for")
        case Refusal.PARTLY_IS_LESS:
            expected = f"less than {_said(request.asked)} where a request is partly granted"
            place.problem(_granted(granted), expected)
        case _:
            place.problem(Verbatim(f"a request that is {request.status.value}"), "a request that waits for an answer")


def _granted(extent: Extent | None) -> Verbatim:
    return Verbatim(f"{_said(extent)} granted" if extent else "nothing granted")


def _said(extent: Extent) -> str:
    hours = "" if extent.hours is None else f"{extent.hours.normalize():f} hours, "
    return f"{hours}{extent.first_day} to {extent.last_day}"
