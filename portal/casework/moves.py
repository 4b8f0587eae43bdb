"""What a case may do next, as data: who makes the move, out of which states, and where it leads."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import CursorResult, Update
from sqlmodel import Session

from portal.casework.result import Refusal, Result
from portal.tables.log import Actor

Status = TypeVar("Status", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[Status]):
    """One row of a case's table of moves. `otherwise` is the reason where the case stands in another state."""

    actor: Actor
    out_of: Collection[Status]
    leads_to: Collection[Status]
    otherwise: Refusal = Refusal.NOT_WAITING


def refusal(move: Move[Status], actor: Actor, status: Status, to: Status | None = None) -> Result:
    """Why `actor` may not make this move out of `status`, and to `to` where the move leads to several states."""
    if actor is not move.actor or (to is not None and to not in move.leads_to):
        return Refusal.NOT_THEIRS_TO_DO
    return None if status in move.out_of else move.otherwise


def rows_changed(session: Session, statement: Update) -> int:
    """How many rows an UPDATE changed: none where somebody was first."""
    done: CursorResult[Any] = session.execute(statement)  # type: ignore[assignment]  # an UPDATE gives a cursor
    return done.rowcount
