"""What may make the programme longer: days away, and the extension that goes with the end goal."""

from dataclasses import dataclass
from datetime import date

from portal.casework.facts import LegalFacts
from portal.law.programme import Duration, longest_duration
from portal.law.programme_time import DAYS_WITHOUT_ADDITION, days_counted
from portal.law.vocabulary import EndGoal, Programme, Regime, Schooling


@dataclass(frozen=True, slots=True)
class Longer:
    """Working days of absence and leave so far that count (IF §§ 10, 19), and the months that the end goal may be given
    in addition (IL § 14 (4)); 0 where it has none, or where earlier rules hold.
    """

    days: int
    extension: int
    without_addition: int = DAYS_WITHOUT_ADDITION

    @property
    def over(self) -> bool:
        """Whether the days are so many that they are added."""
        return self.days > self.without_addition


def longer(record: LegalFacts, goal: EndGoal | None, today: date) -> Longer | None:
    """What may make it longer, as of `today`; None for training only, which has no programme."""
    if record.participant.programme is Programme.TRAINING_ONLY:
        return None
    days = days_counted(record.participant, record.history, today, record.breaks)
    return Longer(len(days), extension(goal, record.participant.start, record.participant.regime))


def extension(goal: EndGoal | None, start: date, regime: Regime) -> int:
    """Months of extension. The goals that have any are for those without upper secondary. The day of the start stands
    for the day it was offered, which is not known here.
    """
    if goal is None or regime is Regime.INTRODUCTION_ACT:
        return 0
    found = longest_duration(Schooling.PRIMARY, goal, start, regime)
    return found.extension if isinstance(found, Duration) else 0
