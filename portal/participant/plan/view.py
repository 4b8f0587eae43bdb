"""What the pages of the plan print, made in Python so that the templates only write it down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from portal.casework.decisions import ShownDecision
from portal.casework.situation import Situation
from portal.casework.texts import LocalizedText
from portal.clock import local
from portal.i18n import bilingual, translator
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n.decided import ended
from portal.i18n.terms import end_goal, skill, skill_picture
from portal.law.appeal import Appeal, appeal
from portal.law.vocabulary import Level
from portal.participant.plan import changes
from portal.participant.plan.elements import Card, Station, cards, stations
from portal.participant.plan.labels import ChangeText, change, contract, goal_about, weekly
from portal.participant.plan.longer import Longer
from portal.participant.plan.period import ProgrammePeriod, period
from portal.participant.plan.rows import FullPlanVersion, OnRecord, PlanVersion, Test
from portal.participant.plan.training import Training, training
from portal.tables.people import EndReason
from portal.tables.plan import PlanKind

LARGE = 36  # letters of a goal that still stand large on a phone


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A skill with the level reached and the level to reach, as the `level_grid` component shows it. `failed`: a test
    was taken, and none showed a level; without it nothing is known where `reached` is None.
    """

    label: str
    picture: str
    reached: str | None
    goal: str
    failed: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What changed of one thing: an element, a skill, or (None) the plan as a whole."""

    picture: str
    about: Markup | None
    sentences: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class News:
    """A version that is not yet read: what differs from the one read last, and the municipality's words."""

    version: int
    first: bool
    changes: tuple[ChangeRow, ...]
    told: LocalizedText | None


@dataclass(frozen=True, slots=True)
class EndGoalView:
    """The end goal: in words where there are any, else its category. `long_term` is the person's own."""

    told: LocalizedText | None
    category: str | None
    about: Markup | None
    long_term: LocalizedText | None

    @property
    def short(self) -> bool:
        """Whether it can stand in large letters."""
        return self.told is None or len(self.told.body) <= LARGE


@dataclass(frozen=True, slots=True)
class StopView(ShownDecision):
    """The decision that stopped the programme. The page says in its heading what it means."""

    @property
    def meaning(self) -> tuple[Markup, ...]:
        """Nothing more."""
        return ()

    effects = meaning


@dataclass(frozen=True, slots=True)
class Over:
    """A programme that is over, or was stopped; `stop` is the decision that stopped it."""

    reason: EndReason
    heading: Markup
    sentence: Markup
    on: date
    certificate_on: date | None
    stop: StopView | None

    @property
    def completed(self) -> bool:
        """Whether it was completed."""
        return self.reason is EndReason.COMPLETED

    @property
    def stopped(self) -> bool:
        """Whether the municipality stopped it: then it is not finished, and nothing of it is ahead."""
        return self.reason is EndReason.STOPPED

    @property
    def goes_on(self) -> bool:
        """Whether there still is a way to the goal; not where the programme was stopped or broken off."""
        return self.reason not in (EndReason.STOPPED, EndReason.BROKEN_OFF)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed paper."""

    name: Markup
    signed_on: date


@dataclass(frozen=True, slots=True)
class PlanVersionView:
    """A version of the plan: `/plan` for the one that holds, `/plan/versjon/<n>` for any."""

    plan: PlanVersion
    newest: int
    training_only: bool
    goal: EndGoalView
    levels: tuple[LevelRow, ...]
    stations: tuple[Station, ...]
    cards: tuple[Card, ...]
    extent: tuple[tuple[str, str], ...]
    reasons: LocalizedText | None
    change_told: LocalizedText | None
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All of `/plan` beside the version itself."""

    page: PlanVersionView
    situation: Situation
    period: ProgrammePeriod | None
    longer: Longer | None
    over: Over | None
    news: News | None
    training: Training
    signatures: tuple[Signature, ...]
    appeal: Appeal
    earlier: tuple[PlanVersion, ...]
    more: bool
    read_on: date | None


def base_of(versions: list[PlanVersion]) -> PlanVersion | None:
    """The version to compare the newest with: the one read last, else the one before; None for a first plan."""
    earlier = versions[1:]
    read = next((version for version in earlier if version.read_at is not None), None)
    return read or (earlier[0] if earlier else None)


def page(
    version: FullPlanVersion,
    before: FullPlanVersion | None,
    newest: int,
    situation: Situation,
    tests: Sequence[Test] = (),
) -> PlanVersionView:
    """One version, and what differs from `before`. `tests` that were taken show what is reached today."""
    plan = version.plan
    goal = _goal(version)
    end = situation.end or plan.programme_end if plan.version == newest else plan.programme_end
    return PlanVersionView(
        plan=plan,
        newest=newest,
        training_only=plan.kind is PlanKind.TRAINING_PLAN,
        goal=goal,
        levels=tuple(_level(version, tests)),
        stations=stations(version, _target(goal), end),
        cards=cards(version, situation.protected_address),
        extent=tuple(_extent(plan)),
        reasons=_told(version, plan.reasons_text_id),
        change_told=_told(version, plan.change_text_id),
        changes=_changes(changes.between(before, version)) if before else (),
    )


def index(
    versions: list[PlanVersion],
    current: FullPlanVersion,
    base: FullPlanVersion | None,
    *,
    record: OnRecord,
    situation: Situation,
    longer: Longer | None,
    over: Over | None,
    today: date,
    since: date,
) -> PlanPage:
    """The plan that holds, and all around it, as of `today`; of the earlier ones those since a day."""
    plan = current.plan
    earlier = tuple(version for version in versions[1:] if version.decided_on >= since)
    shown = page(current, base, plan.version, situation, record.tests)
    if over:  # nothing of it comes later
        shown = replace(shown, stations=tuple(stop for stop in shown.stations if stop.state == "done"))
    return PlanPage(
        page=shown,
        situation=situation,
        period=None if over else period(situation.start, situation.end or plan.programme_end, today),
        longer=longer,
        over=over,
        news=News(plan.version, base is None, shown.changes, shown.change_told) if plan.read_at is None else None,
        training=training(record),
        signatures=tuple(Signature(contract(row.kind), row.signed_on) for row in record.signed),
        appeal=appeal(plan.decided_on, today, received_on=plan.received_on),
        earlier=earlier,
        more=len(earlier) < len(versions) - 1,
        read_on=local(plan.read_at).date() if plan.read_at else None,
    )


def _changes(facts: Iterable[changes.Change]) -> tuple[ChangeRow, ...]:
    """One row for each thing, in the order they come; what is about the plan as a whole stands alone."""
    said = [change(fact) for fact in facts]
    rows: dict[Markup, list[ChangeText]] = {}
    for item in said:
        rows.setdefault(item.about or item.sentence, []).append(item)
    return tuple(ChangeRow(row[0].picture, row[0].about, tuple(i.sentence for i in row)) for row in rows.values())


def _told(version: FullPlanVersion, text_id: int | None) -> LocalizedText | None:
    return version.told.get(text_id) if text_id is not None else None


def _goal(version: FullPlanVersion) -> EndGoalView:
    plan = version.plan
    return EndGoalView(
        _told(version, plan.goal_text_id),
        end_goal(plan.end_goal) if plan.end_goal else None,
        goal_about(plan.end_goal) if plan.end_goal else None,
        _told(version, plan.long_term_goal_text_id),
    )


def _target(goal: EndGoalView) -> Markup | str:
    """The goal as the last stop of the way. A stale translation gives way to the original: no note has room there."""
    told = goal.told
    if told is None:
        return goal.category or bilingual("Målet ditt")
    if told.stale and told.original:
        return formats.norwegian(told.original, told.norwegian)
    if told.language == translator().language.id:
        return formats.bdi(told.body)
    return formats.norwegian(told.body, told.language)


def _level(version: FullPlanVersion, tests: Sequence[Test]) -> Iterable[LevelRow]:
    for goal in version.goals:
        results = [test.result.value for test in tests if test.examination.value == goal.skill.value]
        shown = [level for level in Level if level.value in results or level is goal.reached]
        reached = shown[-1].value if shown else None
        failed = bool(results) and reached is None
        yield LevelRow(skill(goal.skill), skill_picture(goal.skill), reached, goal.goal.value, failed)


def _extent(plan: PlanVersion) -> Iterable[tuple[str, str]]:
    if plan.norwegian_hours_per_week is not None:
        yield bilingual("Norsk"), weekly(plan.norwegian_hours_per_week)
    if plan.social_studies_hours is not None:
        hours = translator().hours(plan.social_studies_hours)
        yield bilingual("Samfunnskunnskap"), _("%(hours)s i alt", hours=hours)


def over(situation: Situation, stop: StopView | None, today: date) -> Over | None:
    """Why and since when the programme is over on `today`; None while it goes on."""
    reason = situation.ended(today)
    if reason is None or situation.ended_on is None:
        return None
    return Over(reason, *ended(reason), situation.ended_on, situation.certificate_on, stop)
