"""What differs between the regimes, as values (IL §§ 51, 52, chapter 6A; IF § 72).

Chapter 6A has no rules of its own on absence and allowance since 2026-01-01. Of the 2003 regulation under the old Act
only some topics are known here; what is not known goes to the municipality (`vocabulary.EarlierRules`).
"""

from dataclasses import dataclass

from portal.law.vocabulary import Regime

OLD_REGULATION = "FOR-2003-07-18-973"


@dataclass(frozen=True, slots=True)
class Terms:
    """A regime's figures. `legal_basis` stands in place of that of IF where the regime has another regulation."""

    welfare_days: int = 10
    welfare_examples_limit: bool = True
    child_self_certified_from_day_one: bool = False
    pregnancy_notice_days: int = 0
    reserves_parental_days: bool = True
    legal_basis: str | None = None


ORDINARY = Terms()
OLD_ACT = Terms(
    welfare_days=12,
    welfare_examples_limit=False,
    child_self_certified_from_day_one=True,
    pregnancy_notice_days=7,
    reserves_parental_days=False,
    legal_basis=OLD_REGULATION,
)

TERMS: dict[Regime, Terms] = {
    Regime.INTEGRATION_ACT: ORDINARY,
    Regime.COLLECTIVE_PROTECTION: ORDINARY,
    Regime.INTRODUCTION_ACT: OLD_ACT,
}
