"""What the pages of the plan read: at most five statements, every one of them for one participant."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    String,
    and_,
    bindparam,
    cast,
    false,
    literal,
    null,
    select,
    union_all,
)
from sqlmodel import Session, col

from portal.casework import texts
from portal.law.vocabulary import Skill
from portal.participant.plan.rows import Element, Exempt, Goal, Hours, OnRecord, Signed, Test, Version, Whole
from portal.tables.people import Readable, ReadMarker
from portal.tables.plan import (
    Contract,
    ContractKind,
    LanguageGoal,
    Plan,
    PlanElement,
)
from portal.tables.training import Examination, Exemption, Result, Subject, TestResult, TrainingHours

_ME: BindParameter[int] = bindparam("participant_id")
_PLANS: BindParameter[list[int]] = bindparam("plan_ids", expanding=True)

_VERSIONS = (
    select(
        col(Plan.id),
        col(Plan.version),
        col(Plan.kind),
        col(Plan.decided_on),
        col(Plan.end_goal),
        col(Plan.goal_text_id),
        col(Plan.long_term_goal_text_id),
        col(Plan.reasons_text_id),
        col(Plan.change_text_id),
        col(Plan.programme_end),
        col(Plan.norwegian_hours_per_week),
        col(Plan.social_studies_hours),
        col(Plan.received_on),
        col(ReadMarker.read_at),
    )
    .outerjoin(
        ReadMarker,
        and_(
            col(ReadMarker.participant_id) == col(Plan.participant_id),
            col(ReadMarker.subject) == literal(Readable.PLAN.value, String) + cast(col(Plan.version), String),
        ),
    )
    .where(col(Plan.participant_id) == _ME)
    .order_by(col(Plan.version).desc())
)
_GOALS = (
    select(col(LanguageGoal.plan_id), col(LanguageGoal.skill), col(LanguageGoal.goal), col(LanguageGoal.reached))
    .join(Plan, col(Plan.id) == col(LanguageGoal.plan_id))
    .where(col(Plan.participant_id) == _ME, col(Plan.id).in_(_PLANS))
)
_ELEMENTS = (
    select(
        col(PlanElement.plan_id),
        col(PlanElement.external_id),
        col(PlanElement.position),
        col(PlanElement.code),
        col(PlanElement.title),
        col(PlanElement.status),
        col(PlanElement.hours_per_week),
        col(PlanElement.first_day),
        col(PlanElement.last_day),
        col(PlanElement.place),
        col(PlanElement.agreed_on),
        col(PlanElement.reasons_text_id),
    )
    .join(Plan, col(Plan.id) == col(PlanElement.plan_id))
    .where(col(Plan.participant_id) == _ME, col(Plan.id).in_(_PLANS))
    .order_by(col(PlanElement.position), col(PlanElement.id))
)
_NOTHING = cast(null(), String)
_ON_RECORD: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(
        literal("hours", String).label("what"),
        cast(col(TrainingHours.subject), String).label("code"),
        cast(col(TrainingHours.hours), String).label("figure"),
        col(TrainingHours.module).label("module"),
        col(TrainingHours.reception_centre).label("centre"),
        col(TrainingHours.completed_on).label("day"),
    ).where(col(TrainingHours.participant_id) == _ME),
    select(
        literal("test", String),
        cast(col(TestResult.examination), String),
        cast(col(TestResult.result), String),
        _NOTHING,
        false(),
        col(TestResult.taken_on),
    ).where(col(TestResult.participant_id) == _ME),
    select(
        literal("exempt", String),
        cast(col(Exemption.subject), String),
        _NOTHING,
        _NOTHING,
        false(),
        col(Exemption.decided_on),
    ).where(col(Exemption.participant_id) == _ME),
    select(
        literal("signed", String),
        cast(col(Contract.kind), String),
        _NOTHING,
        _NOTHING,
        false(),
        col(Contract.signed_on),
    ).where(col(Contract.participant_id) == _ME),
).order_by("day", "what", "code")


def versions(session: Session, participant_id: int) -> list[Version]:
    """Every version of the plan, the one that holds first; empty where there is no plan yet."""
    return [Version._make(row) for row in session.execute(_VERSIONS, {"participant_id": participant_id})]


def whole(session: Session, participant_id: int, plans: Iterable[Version], language: str) -> list[Whole]:
    """The given versions with all that hangs on them, in the given order."""
    wanted = list(plans)
    values = {"participant_id": participant_id, "plan_ids": [plan.id for plan in wanted]}
    goals = [Goal._make(row) for row in session.execute(_GOALS, values)]
    elements = [Element._make(row) for row in session.execute(_ELEMENTS, values)]
    ids = [text for plan in wanted for text in plan.text_ids] + [element.reasons_text_id for element in elements]
    told = texts.read(session, participant_id, ids, language)
    order = list(Skill)
    return [
        Whole(
            plan,
            tuple(sorted((g for g in goals if g.plan_id == plan.id), key=lambda goal: order.index(goal.skill))),
            _in_order(element for element in elements if element.plan_id == plan.id),
            told,
        )
        for plan in wanted
    ]


def _in_order(elements: Iterable[Element]) -> tuple[Element, ...]:
    return tuple(element._replace(position=place) for place, element in enumerate(elements, start=1))


def on_record(session: Session, participant_id: int) -> OnRecord:
    """Hours, tests, exemptions and signatures, oldest first."""
    rows = session.execute(_ON_RECORD, {"participant_id": participant_id}).all()
    return OnRecord(
        tuple(Hours(Subject(r.code), r.figure, r.module, r.centre, r.day) for r in rows if r.what == "hours"),
        tuple(Test(Examination(r.code), Result(r.figure), r.day) for r in rows if r.what == "test"),
        tuple(Exempt(Subject(r.code), r.day) for r in rows if r.what == "exempt"),
        tuple(Signed(ContractKind(r.code), r.day) for r in rows if r.what == "signed"),
    )
