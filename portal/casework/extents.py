"""What was asked for and what was granted in a request: the one answer that every page and every count goes by."""

from datetime import date, time
from decimal import Decimal
from typing import Protocol

from portal.law.extent import Extent, asked_for
from portal.law.vocabulary import LeaveKind


class Row(Protocol):
    """A request as any of the statements reads it."""

    @property
    def kind(self) -> LeaveKind:
        """What is asked for."""

    @property
    def first_day(self) -> date:
        """First day asked for."""

    @property
    def last_day(self) -> date:
        """Last day asked for."""

    @property
    def hours(self) -> Decimal | None:
        """Hours asked for, on one day."""

    @property
    def granted_from(self) -> date | None:
        """First day granted."""

    @property
    def granted_to(self) -> date | None:
        """Last day granted."""

    @property
    def granted_hours(self) -> Decimal | None:
        """Hours granted of the day, or of each day."""

    @property
    def granted_start(self) -> time | None:
        """Clock time that they begin."""

    @property
    def granted_end(self) -> time | None:
        """Clock time that they end."""


def asked(row: Row) -> Extent:
    """How much was asked for."""
    return asked_for(row.kind, row.first_day, row.last_day, row.hours)


def granted(row: Row) -> Extent | None:
    """How much was granted; None where nothing is."""
    if row.granted_from is None or row.granted_to is None:
        return None
    return Extent(row.granted_from, row.granted_to, row.granted_hours, row.granted_start, row.granted_end)
