"""Decisions of whatever kind, with what they change (IL § 46)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from portal.law.vocabulary import Authority
from portal.tables.columns import NumberedTable, check, deferred_foreign_key, enum_column, foreign_key, new_public_id


class DecisionKind(StrEnum):
    """What a decision is about (IL § 46)."""

    LEAVE = "leave"
    PROGRAMME = "programme"
    PLAN = "plan"
    ALLOWANCE = "allowance"
    DEDUCTION = "deduction"
    STOP = "stop"
    EXTENSION = "extension"
    OTHER = "other"


class DecisionOutcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    DECIDED = "decided"


class Decision(NumberedTable, table=True):
    """A decision with its reasons, its section, what it does from when, and how long one may appeal.

    `replaces_id` is the decision that it changes, as after an appeal.
    """

    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=36)
    participant_id: int = foreign_key("participant.id")
    external_id: str
    kind: DecisionKind = enum_column(DecisionKind)
    outcome: DecisionOutcome = enum_column(DecisionOutcome)
    section: str
    reasons_text_id: int | None = deferred_foreign_key("text.id")
    effect_text_id: int | None = deferred_foreign_key("text.id")
    effective_from: date | None = None
    decided_on: date
    decided_by: str = ""
    authority: Authority = enum_column(Authority, default=Authority.MUNICIPALITY)
    received_on: date | None = None
    appeal_by: date | None = None
    appealable: bool = True
    replaces_id: int | None = deferred_foreign_key("decision.id")

    __table_args__ = (
        UniqueConstraint("participant_id", "external_id"),
        check("deadline_only_where_appealable", "appeal_by IS NULL OR (appealable AND authority = 'municipality')"),
        check("refusal_has_reasons", "outcome NOT IN ('refused', 'partly_granted') OR reasons_text_id IS NOT NULL"),
    )
