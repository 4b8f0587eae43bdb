"""The decisions of a participant, as every section shows them: what was decided, what it changes, how to appeal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from sqlalchemy import BindParameter, and_, bindparam, null, select
from sqlmodel import Session, col

from portal.casework.read_marks import mark_of
from portal.casework.texts import LocalizedText
from portal.law import appeal
from portal.law.appeal import Appeal
from portal.law.vocabulary import Authority, LeaveKind
from portal.store.prepared import Prepared
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.leave import LeaveRequest
from portal.tables.people import ReadMarker, ReadSubject
from portal.tables.rows import labelled


class DecisionRow(NamedTuple):
    """A decision as it is stored. `request` is the leave request that it answers, `leave` what that asks for.

    `changes` is the decision that it takes the place of, `changed_by` the one that has taken its place.
    """

    id: int
    public_id: str
    kind: DecisionKind
    outcome: DecisionOutcome
    section: str
    reasons_text_id: int | None
    effect_text_id: int | None
    effective_from: date | None
    decided_on: date
    decided_by: str
    authority: Authority
    received_on: date | None
    appeal_by: date | None
    appealable: bool
    replaces_id: int | None
    request: str | None
    leave: LeaveKind | None
    read: bool
    changes: "DecisionRow | None"
    changed_by: "DecisionRow | None"

    @property
    def is_decision(self) -> bool:
        """Whether it is an enkeltvedtak; the answer to a holiday is none (IF § 69)."""
        return appeal.is_decision(self.leave)

    def appeal(self, today: date) -> Appeal:
        """Whether, until when and to whom it can be appealed on `today`."""
        return appeal.appeal(
            self.decided_on,
            today,
            authority=self.authority,
            leave=self.leave,
            appealable=self.appealable,
            received_on=self.received_on,
            last_day=self.appeal_by,
        )


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision with its texts for one reader, and its appeal on the day that it is read."""

    known: DecisionRow
    reasons: LocalizedText | None
    told_effect: LocalizedText | None
    appeal: Appeal

    @classmethod
    def of(cls, known: DecisionRow, told: dict[int, LocalizedText], today: date) -> Self:
        """The decision with those of `told` that are its own."""
        reasons, effect = told.get(known.reasons_text_id or 0), told.get(known.effect_text_id or 0)
        return cls(known, reasons, effect, known.appeal(today))


_ME: BindParameter[int] = bindparam("participant_id")
_DECISIONS = Prepared(
    select(
        *labelled(
            DecisionRow,
            Decision,
            request=LeaveRequest.public_id,
            leave=LeaveRequest.kind,
            read=col(ReadMarker.id).is_not(None),
            changes=null(),
            changed_by=null(),
        )
    )
    .outerjoin(
        LeaveRequest,
        and_(col(LeaveRequest.decision_id) == col(Decision.id), col(LeaveRequest.participant_id) == _ME),
    )
    .outerjoin(ReadMarker, mark_of(ReadSubject.DECISION, Decision.public_id))
    .where(col(Decision.participant_id) == _ME)
    .order_by(col(Decision.decided_on).desc(), col(Decision.id).desc()),
    DecisionRow,
)


def decisions(session: Session, participant_id: int) -> list[DecisionRow]:
    """Every decision of the participant, newest first; one that was changed answers the request of the one after it."""
    rows = _DECISIONS.rows(session, participant_id=participant_id)
    by_id = {row.id: row for row in rows}
    later = {row.replaces_id: row for row in reversed(rows) if row.replaces_id}
    return [_linked(row, by_id, later) for row in rows]


def _linked(row: DecisionRow, by_id: dict[int, DecisionRow], later: dict[int, DecisionRow]) -> DecisionRow:
    last, seen = row, {row.id}
    while (after := later.get(last.id)) is not None and after.id not in seen:
        seen.add(after.id)
        last = after
    return row._replace(
        request=row.request or last.request,
        leave=row.leave or last.leave,
        changes=by_id.get(row.replaces_id or 0),
        changed_by=later.get(row.id),
    )


def decision(session: Session, participant_id: int, public_id: str | None) -> DecisionRow | None:
    """The participant's own decision; None for anybody else's."""
    return next((row for row in decisions(session, participant_id) if row.public_id == public_id), None)


def text_ids(known: Iterable[DecisionRow]) -> list[int | None]:
    """The texts of these decisions: of each its reasons and its effect."""
    return [text_id for row in known for text_id in (row.reasons_text_id, row.effect_text_id)]


def newest(known: Iterable[DecisionRow], kind: DecisionKind) -> DecisionRow | None:
    """The newest decision of a kind that holds."""
    return next((row for row in known if row.kind is kind and row.changed_by is None), None)
