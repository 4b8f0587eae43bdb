"""Where a participant stands in the programme on a day, and what follows from it: one answer for every page."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from portal.tables.people import EndReason


class Standing(StrEnum):
    """Where a participant stands. A programme that is stopped may go on later (IL § 18): nobody calls it finished."""

    NOT_STARTED = "not_started"
    TAKES_PART = "takes_part"
    ON_LEAVE = "on_leave"
    STOPPED = "stopped"
    BROKEN_OFF = "broken_off"
    MOVED = "moved"
    FINISHED = "finished"

    @property
    def is_over(self) -> bool:
        """Whether the programme does not go on: there is nothing to be away from, and no quota."""
        return self in _OVER

    @property
    def has_quotas(self) -> bool:
        """Whether days of leave are counted."""
        return self in (Standing.TAKES_PART, Standing.ON_LEAVE)


class Dated(Protocol):
    """A person as far as their programme has dates."""

    @property
    def start(self) -> date | None:
        """The first day."""

    @property
    def ended_on(self) -> date | None:
        """The day it was over."""

    @property
    def end_reason(self) -> EndReason | None:
        """Why."""


_ENDED = {
    EndReason.COMPLETED: Standing.FINISHED,
    EndReason.BROKEN_OFF: Standing.BROKEN_OFF,
    EndReason.STOPPED: Standing.STOPPED,
    EndReason.MOVED: Standing.MOVED,
}
_OVER = frozenset(_ENDED.values())


def end_reason(person: Dated, today: date) -> EndReason | None:
    """Why the programme does not go on, on `today`; None while it does."""
    return person.end_reason if person.ended_on is not None and person.ended_on <= today else None


def standing(person: Dated, today: date, away_until: date | None = None) -> Standing:
    """Where `person` stands on `today`; `away_until`: the last day of a parental leave that covers it."""
    if reason := end_reason(person, today):
        return _ENDED[reason]
    if person.start is None or person.start > today:
        return Standing.NOT_STARTED
    return Standing.ON_LEAVE if away_until else Standing.TAKES_PART
