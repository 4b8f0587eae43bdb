"""What may make the programme longer."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from portal import clock
from portal.casework.facts import KnownAbsence, LegalFacts
from portal.law.case import STANDARD_POLICY, ParticipantFacts
from portal.law.vocabulary import Documentation, EndGoal, LeaveKind, Programme, Regime
from portal.participant.plan.longer import Longer, extension, longer
from portal.tables.absence import AbsenceValidity, RegisteredBy
from tests.strict import StrictClient

TODAY = date(2026, 11, 23)
START = date(2026, 2, 2)

EXTENSIONS = {
    "parts of upper secondary (IL § 14 (4))": (EndGoal.PARTS_OF_UPPER_SECONDARY, START, Regime.INTEGRATION_ACT, 12),
    "upper secondary (IL § 14 (4))": (EndGoal.UPPER_SECONDARY, START, Regime.INTEGRATION_ACT, 12),
    "work has none": (EndGoal.WORK, START, Regime.INTEGRATION_ACT, 0),
    "higher education has none": (EndGoal.HIGHER_EDUCATION, START, Regime.INTEGRATION_ACT, 0),
    "earlier rules (IF § 76 (1))": (EndGoal.UPPER_SECONDARY, date(2024, 9, 2), Regime.INTEGRATION_ACT, 0),
    "the old act": (EndGoal.UPPER_SECONDARY, START, Regime.INTRODUCTION_ACT, 0),
    "no goal yet": (None, START, Regime.INTEGRATION_ACT, 0),
}


@pytest.mark.parametrize(("goal", "start", "regime", "months"), EXTENSIONS.values(), ids=EXTENSIONS)
def test_extension(goal: EndGoal | None, start: date, regime: Regime, months: int) -> None:
    assert extension(goal, start, regime) == months


def known(number: int, kind: LeaveKind, first: date, last: date, verdict: AbsenceValidity) -> KnownAbsence:
    """A registered absence."""
    registered = clock.now()
    by = RegisteredBy.TEACHER
    return KnownAbsence(
        number, str(number), kind, first, last, None, Documentation.NONE, None, None, verdict, by, "", registered
    )


def record(*absences: KnownAbsence, programme: Programme = Programme.INTRODUCTION) -> LegalFacts:
    """A participant with absences and nothing sent."""
    person = ParticipantFacts(born=date(1990, 1, 1), start=START, programme=programme)
    return LegalFacts(person, STANDARD_POLICY, 15, 30, absences, ())


def test_days_away_count_but_for_holiday_religious_days_and_invalid_absence() -> None:
    monday = date(2026, 3, 2)
    ill = known(1, LeaveKind.OWN_ILLNESS, monday, monday + timedelta(days=11), AbsenceValidity.VALID)
    one_more = known(2, LeaveKind.WELFARE, date(2026, 4, 7), date(2026, 4, 7), AbsenceValidity.VALID)
    others = [
        known(3, LeaveKind.HOLIDAY, date(2026, 6, 1), date(2026, 6, 5), AbsenceValidity.VALID),
        known(4, LeaveKind.RELIGIOUS_DAY, date(2026, 6, 9), date(2026, 6, 9), AbsenceValidity.VALID),
        known(5, LeaveKind.WELFARE, date(2026, 6, 10), date(2026, 6, 10), AbsenceValidity.INVALID),
    ]
    found = longer(record(ill, *others), EndGoal.WORK, TODAY)
    assert found == Longer(days=10, extension=0)
    assert not found.over
    more = longer(record(ill, one_more, *others), EndGoal.WORK, TODAY)
    assert more is not None
    assert more.over
    assert longer(record(ill, programme=Programme.TRAINING_ONLY), None, TODAY) is None


def test_the_plan_says_it(signed_in: Callable[..., StrictClient]) -> None:
    page = signed_in("amal").get("/plan").get_data(as_text=True)
    assert "Programmet kan bli lengre" in page
    assert "integreringsforskriften §§" in page
    assert "Programmet kan bli lengre" not in signed_in("viktor").get("/plan").get_data(as_text=True)
