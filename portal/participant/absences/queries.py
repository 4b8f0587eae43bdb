"""What hangs on absences: how they were corrected, and what was said against them."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Date,
    DateTime,
    bindparam,
    cast,
    func,
    null,
    select,
    union_all,
)
from sqlmodel import Session, col

from portal.casework.objections import WAITING
from portal.clock import local
from portal.store.prepared import Prepared
from portal.tables.absence import Absence, AbsenceCorrection, AbsenceObjection, AbsenceValidity, ObjectionStatus
from portal.tables.columns import EnumText
from portal.tables.rows import Statement, labelled


class AbsenceTrace(NamedTuple):
    """A correction of an absence, or what became of the last thing that was said against it, and when."""

    absence_id: int
    corrected_at: datetime | None
    contested: ObjectionStatus | None
    answered_on: date | None

    def is_of_late(self, since: date) -> bool:
        """Whether it happened since a day, or the participant waits for an answer."""
        if self.corrected_at:
            return local(self.corrected_at).date() >= since
        return self.contested in WAITING or (self.answered_on is not None and self.answered_on >= since)


class CorrectionRow(NamedTuple):
    """A change of what was registered."""

    corrected_at: datetime
    corrected_by: str
    verdict_before: AbsenceValidity
    verdict_after: AbsenceValidity
    hours_before: Decimal | None
    hours_after: Decimal | None


_ME: BindParameter[int] = bindparam("participant_id")
_LAST_OBJECTIONS = (
    select(func.max(col(AbsenceObjection.id)))
    .where(col(AbsenceObjection.participant_id) == _ME)
    .group_by(col(AbsenceObjection.absence_id))
)
_OF_ALL: Statement = union_all(
    select(
        *labelled(
            AbsenceTrace,
            AbsenceCorrection,
            contested=cast(null(), EnumText(ObjectionStatus)),
            answered_on=cast(null(), Date),
        )
    )
    .join(Absence, col(Absence.id) == col(AbsenceCorrection.absence_id))
    .where(col(Absence.participant_id) == _ME),
    select(
        *labelled(
            AbsenceTrace,
            AbsenceObjection,
            corrected_at=cast(null(), DateTime(timezone=True)),
            contested=AbsenceObjection.status,
        )
    ).where(col(AbsenceObjection.id).in_(_LAST_OBJECTIONS)),
)
_TRACES = Prepared(_OF_ALL, AbsenceTrace)
_CORRECTIONS = (
    select(*labelled(CorrectionRow, AbsenceCorrection))
    .join(Absence, col(Absence.id) == col(AbsenceCorrection.absence_id))
    .where(col(Absence.participant_id) == _ME, col(Absence.id) == bindparam("absence_id"))
    .order_by(col(AbsenceCorrection.corrected_at).desc(), col(AbsenceCorrection.id).desc())
)


def traces(session: Session, participant_id: int) -> dict[int, list[AbsenceTrace]]:
    """Corrections and last objections of all the participant's absences, by absence."""
    found: dict[int, list[AbsenceTrace]] = {}
    for trace in _TRACES.rows(session, participant_id=participant_id):
        found.setdefault(trace.absence_id, []).append(trace)
    return found


def corrections(session: Session, participant_id: int, absence_id: int) -> list[CorrectionRow]:
    """How one absence was corrected, newest first."""
    rows = session.execute(_CORRECTIONS, {"participant_id": participant_id, "absence_id": absence_id})
    return [CorrectionRow._make(row) for row in rows]
