"""Whether absence and leave are added to programme time (IF §§ 10, 19)."""

from collections.abc import Collection, Iterable
from datetime import date

from portal.law.breaks import NO_BREAKS, Breaks
from portal.law.case import Case, ParticipantFacts, PastAbsence
from portal.law.vocabulary import LeaveKind

DAYS_WITHOUT_ADDITION = 10
COUNTED = frozenset(kind for kind in LeaveKind if kind.law.lengthens)


def days_counted(
    participant: ParticipantFacts, history: Iterable[PastAbsence], until: date, breaks: Breaks = NO_BREAKS
) -> set[date]:
    """Working days of registered absence, time off and leave in the programme, each once. Religious days, holiday and
    invalid absence never count; nor does breastfeeding, which is parts of days.
    """
    last_day = until if participant.end is None else min(until, participant.end)
    counted: set[date] = set()
    for row in history:
        if row.is_registered and row.kind in COUNTED:
            counted.update(
                breaks.working_days(row.kind, max(row.first_day, participant.start), min(row.last_day, last_day))
            )
    return counted


def adds_to_programme_time(case: Case, covered: Collection[date]) -> bool:
    """Whether the covered days, with what is registered, come over ten working days over the programme."""
    until = max([case.request.last_day, *(row.last_day for row in case.history)])
    registered = days_counted(case.participant, case.history, until, case.breaks)
    return bool(covered) and len(registered.union(covered)) > DAYS_WITHOUT_ADDITION
