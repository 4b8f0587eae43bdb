"""What a participant without a plan reads: when the programme starts at the latest, and what happens before."""

from dataclasses import dataclass
from datetime import date

from portal.casework.situation import Situation
from portal.i18n import bilingual
from portal.i18n import gettext as _
from portal.i18n.terms import element
from portal.law.vocabulary import Programme
from portal.participant.plan.elements import Station
from portal.tables.plan import ElementCode


@dataclass(frozen=True, slots=True)
class NoPlanYet:
    """No plan yet. `starts` is a first day that is decided; `start_by` the last day to start (IL § 12 (2)); `begun` the
    first day where that has come, and then nothing waits for the start.
    """

    situation: Situation
    training_only: bool
    begun: date | None
    starts: date | None
    start_by: date | None
    late: bool
    stations: tuple[Station, ...]
    section: str


def waiting(situation: Situation, today: date) -> NoPlanYet:
    """The page as of `today`. The right to a plan stands in IL § 15, for those in training only in IL § 34."""
    training_only = situation.programme is Programme.TRAINING_ONLY
    starts = situation.start if situation.start and situation.start > today else None
    begun = situation.start if situation.start and situation.start <= today else None
    late = not training_only and situation.start is None and situation.start_by is not None
    return NoPlanYet(
        situation,
        training_only,
        begun,
        starts,
        None if begun else situation.start_by,
        late and situation.start_by is not None and situation.start_by < today,
        () if begun else _training_steps() if training_only else _programme_steps(),
        "34" if training_only else "15",
    )


def _programme_steps() -> tuple[Station, ...]:
    return (
        Station(element(ElementCode.MAPPING), "next", _("Dere snakker om skole, jobb og hva du kan."), "list"),
        Station(element(ElementCode.CAREER_GUIDANCE), "next", _("En veileder snakker med deg om yrker."), "way"),
        Station(bilingual("Planen"), "next", _("Du og rådgiveren lager planen sammen."), "paper"),
        Station(bilingual("Start"), "next", _("Du får timeplan, og stønaden begynner."), "flag"),
    )


def _training_steps() -> tuple[Station, ...]:
    return (
        Station(element(ElementCode.MAPPING), "next", _("Dere snakker om hvor mye norsk du kan."), "list"),
        Station(bilingual("Norskplan"), "next", _("Du og kommunen lager planen sammen."), "paper"),
        Station(bilingual("Start"), "next", _("Du får timeplan for norskkurset."), "flag"),
    )
