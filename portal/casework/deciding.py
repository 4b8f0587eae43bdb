"""Decisions as the municipality takes them; what a decision makes of a request is `requests.decide`.

| verb | who | when |
|---|---|---|
| record | municipality | always; told anew, a decision says what was told last |
| replace | municipality | by a decision of the same participant; a later answer takes the place of the earlier one |
"""

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from portal.casework.result import Refusal, Result
from portal.law import appeal
from portal.law.vocabulary import Authority
from portal.store.rows import slices
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.log import Actor

#: A participant, and the municipality's own id of a decision of theirs.
Key = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What was decided, `external_id` by the municipality's own id. `appeal_by`: None where it follows from the law."""

    participant_id: int
    external_id: str
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

    @property
    def key(self) -> Key:
        """Whose it is, and which."""
        return self.participant_id, self.external_id

    @property
    def deadline(self) -> date | None:
        """The last day to appeal: three weeks from the day that the notice arrived (fvl § 29), or the one told.

        None where it cannot be appealed, and where nobody knows yet when it arrived.
        """
        can_be_appealed = self.appealable and self.authority is Authority.MUNICIPALITY
        if self.appeal_by is not None or self.received_on is None or not can_be_appealed:
            return self.appeal_by
        return appeal.appeal_by(self.received_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision(DecisionFacts):
    """A decision as it stands; `replaces_id` is the one whose place it takes."""

    id: int
    public_id: str
    replaces_id: int | None


Recorded = dict[Key, StoredDecision]

_TOLD = [field.name for field in fields(DecisionFacts)]
_COLUMNS = [getattr(Decision, field.name) for field in fields(StoredDecision)]


def recorded(session: Session, participants: Collection[int]) -> Recorded:
    """Every decision of these participants."""
    found: Recorded = {}
    for some in slices(sorted(participants)):
        rows = session.execute(select(*_COLUMNS).where(col(Decision.participant_id).in_(some))).mappings()
        found |= {stored.key: stored for stored in (StoredDecision(**row) for row in rows)}
    return found


def record(session: Session, actor: Actor, known: Recorded, told: Iterable[DecisionFacts]) -> Result:
    """Store decisions of participants whose decisions are all `known`, which learns what it did not hold."""
    if actor is not Actor.MUNICIPALITY:
        return Refusal.NOT_THEIRS_TO_DO
    new, other = [], []
    for facts in {facts.key: facts for facts in told}.values():
        row = {name: getattr(facts, name) for name in _TOLD} | {"appeal_by": facts.deadline}
        stored = known.get(facts.key)
        if stored is None:
            new.append(row)
        elif any(getattr(stored, name) != value for name, value in row.items()):
            other.append({"id": stored.id, **row})
    for some in slices(new):
        session.execute(insert(Decision), some)
    for some in slices(other):
        session.execute(update(Decision), some)
    known |= recorded(session, {row["participant_id"] for row in (*new, *other)})
    return None


def replace(session: Session, actor: Actor, known: Recorded, later: Key, earlier: Key | None) -> Result:
    """Let a decision take the place of an earlier one of the same participant, or of none any more."""
    if actor is not Actor.MUNICIPALITY:
        return Refusal.NOT_THEIRS_TO_DO
    if later not in known or (earlier is not None and (earlier not in known or earlier[0] != later[0])):
        return Refusal.NOT_FOUND
    number = known[earlier].id if earlier else None
    if known[later].replaces_id != number:
        session.execute(update(Decision).where(col(Decision.id) == known[later].id).values(replaces_id=number))
        known[later] = dataclasses.replace(known[later], replaces_id=number)
    return None
