"""What hangs on absences: how they were corrected, and what was said against them."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    DateTime,
    Executable,
    bindparam,
    cast,
    func,
    null,
    select,
    union_all,
)
from sqlmodel import Session, col

from portal.tables.absence import Absence, AbsenceContest, AbsenceCorrection, AbsenceVerdict, ContestStatus
from portal.tables.columns import Word
from portal.tables.rows import labelled


class Trace(NamedTuple):
    """A correction of an absence, or what became of the last thing that was said against it."""

    absence_id: int
    corrected_at: datetime | None
    contested: ContestStatus | None


class Correction(NamedTuple):
    """A change of what was registered."""

    corrected_at: datetime
    corrected_by: str
    verdict_before: AbsenceVerdict
    verdict_after: AbsenceVerdict
    hours_before: Decimal | None
    hours_after: Decimal | None


_ME: BindParameter[int] = bindparam("participant_id")
_LAST_CONTESTS = (
    select(func.max(col(AbsenceContest.id)))
    .where(col(AbsenceContest.participant_id) == _ME)
    .group_by(col(AbsenceContest.absence_id))
)
_TRACES: Executable = union_all(
    select(*labelled(Trace, AbsenceCorrection, contested=cast(null(), Word(ContestStatus))))
    .join(Absence, col(Absence.id) == col(AbsenceCorrection.absence_id))
    .where(col(Absence.participant_id) == _ME),
    select(
        *labelled(
            Trace, AbsenceContest, corrected_at=cast(null(), DateTime(timezone=True)), contested=AbsenceContest.status
        )
    ).where(col(AbsenceContest.id).in_(_LAST_CONTESTS)),
)
_CORRECTIONS = (
    select(*labelled(Correction, AbsenceCorrection))
    .join(Absence, col(Absence.id) == col(AbsenceCorrection.absence_id))
    .where(col(Absence.participant_id) == _ME, col(Absence.id) == bindparam("absence_id"))
    .order_by(col(AbsenceCorrection.corrected_at).desc(), col(AbsenceCorrection.id).desc())
)


def traces(session: Session, participant_id: int) -> dict[int, list[Trace]]:
    """Corrections and last contests of all the participant's absences, by absence."""
    found: dict[int, list[Trace]] = {}
    for row in session.execute(_TRACES, {"participant_id": participant_id}):
        trace = Trace._make(row)
        found.setdefault(trace.absence_id, []).append(trace)
    return found


def corrections(session: Session, participant_id: int, absence_id: int) -> list[Correction]:
    """How one absence was corrected, newest first."""
    rows = session.execute(_CORRECTIONS, {"participant_id": participant_id, "absence_id": absence_id})
    return [Correction._make(row) for row in rows]
