"""Rates of introduksjonsstønad: basic amount, factor, and what a month, a day and an hour are worth (IL § 20)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portal.law.calendar import Month, add_years, turns
from portal.law.case import STANDARD_POLICY, ParticipantFacts, Policy
from portal.law.vocabulary import RateChange, Regime

FULL_RATE_AT = 25
COUPLES_FROM = Month(2024, 7)  # LOV-2024-06-25-54
CENT = Fraction(1, 100)
DAYS_A_MONTH = 30
HOURS_A_YEAR = 1850


@dataclass(frozen=True, slots=True)
class BasicAmount:
    """Grunnbeløpet (G) in kroner a year, from a day, and where it stands."""

    valid_from: date
    amount: int
    source: str


BASIC_AMOUNTS = (
    BasicAmount(date(2023, 5, 1), 118_620, "navikt/g grunnbeløp.json"),
    BasicAmount(date(2024, 5, 1), 124_028, "navikt/g; FOR-2024-05-24-815"),
    BasicAmount(date(2025, 5, 1), 130_160, "FOR-2025-05-23-837 § 1"),
    BasicAmount(date(2026, 5, 1), 136_549, "navikt/g, May 2026; the regulation itself not checked"),
)


@dataclass(frozen=True, slots=True)
class Rates:
    """Exact kroner for one person: a year is 2 G × factor, a month 1/12, a day 1/30 of that, an hour 1/1850 of the
    year (IL § 20 (2)).
    """

    basic_amount: int
    factor: Fraction

    @property
    def year(self) -> Fraction:
        """Twice the basic amount, times the factor."""
        return 2 * self.basic_amount * self.factor

    @property
    def month(self) -> Fraction:
        """1/12 of the year."""
        return self.year / 12

    @property
    def day(self) -> Fraction:
        """1/30 of the month."""
        return self.month / DAYS_A_MONTH

    @property
    def hour(self) -> Fraction:
        """1/1850 of the year."""
        return self.year / HOURS_A_YEAR


def basic_amount(month: Month) -> BasicAmount | None:
    """The basic amount of a month, which changes on 1 May; None before the first one known here."""
    known = [amount for amount in BASIC_AMOUNTS if amount.valid_from <= month.first_day]
    return known[-1] if known else None


def is_provisional(amount: BasicAmount, month: Month) -> bool:
    """Whether a newer basic amount must be expected for the month: it lies a year or more after the last one known."""
    return month.first_day >= add_years(amount.valid_from, 1)


def rates(participant: ParticipantFacts, month: Month, policy: Policy = STANDARD_POLICY) -> Rates | None:
    """The person's own rates in a month; None where the basic amount is not known."""
    amount = basic_amount(month)
    return Rates(amount.amount, factor(participant, month, policy)) if amount else None


def factor(participant: ParticipantFacts, month: Month, policy: Policy = STANDARD_POLICY) -> Fraction:
    """The share of full allowance by age, home and couple (IL § 20 (3), (4)). The couple's 5/6 is taken of what the
    person would otherwise get (Prop. 101 L (2023–2024) chapter 9).
    """
    return _by_age_and_home(participant, month, policy) * _by_couple(participant, month)


def is_under_25(born: date, month: Month, change: RateChange) -> bool:
    """Whether the rate of those under 25 applies in the month; the Act does not say when the new rate begins."""
    birthday = turns(born, FULL_RATE_AT)
    match change:
        case RateChange.NEXT_MONTH:
            return birthday > month.first_day
        case RateChange.SAME_MONTH:
            return birthday > month.last_day


def ore(amount: Fraction) -> Decimal:
    """Kroner rounded half up to øre, away from zero."""
    rounded = int(abs(amount) / CENT + Fraction(1, 2))
    return Decimal(-rounded if amount < 0 else rounded).scaleb(-2)


def _by_age_and_home(participant: ParticipantFacts, month: Month, policy: Policy) -> Fraction:
    if not is_under_25(participant.born, month, policy.rate_change_at_25):
        return Fraction(1)
    # The old Act gave two thirds to all under 25.
    at_home = participant.lives_with_parent and participant.regime is not Regime.INTRODUCTION_ACT
    return Fraction(1, 3) if at_home else Fraction(2, 3)


def _by_couple(participant: ParticipantFacts, month: Month) -> Fraction:
    childless = not any(child.born <= month.last_day for child in participant.children)
    knows_couples = participant.regime is not Regime.INTRODUCTION_ACT and month >= COUPLES_FROM
    return Fraction(5, 6) if participant.partner_in_programme and childless and knows_couples else Fraction(1)
