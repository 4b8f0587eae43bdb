"""What the pages of the plan read: at most five statements, every one of them for one participant."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Label,
    String,
    bindparam,
    cast,
    false,
    literal,
    select,
    union_all,
)
from sqlmodel import Session, col

from portal.casework import texts
from portal.casework.read_marks import mark_of
from portal.law.vocabulary import Skill
from portal.participant.plan.rows import (
    Element,
    Exempt,
    FullPlanVersion,
    LanguageGoalRow,
    OnRecord,
    PlanVersion,
    Signed,
    Test,
    TrainingHoursRow,
)
from portal.store.prepared import Prepared
from portal.tables.people import ReadMarker, ReadSubject
from portal.tables.plan import (
    Contract,
    ContractKind,
    LanguageGoal,
    Plan,
    PlanElement,
)
from portal.tables.rows import labelled
from portal.tables.training import Examination, Exemption, Result, Subject, TestResult, TrainingHours

_ME: BindParameter[int] = bindparam("participant_id")
_PLANS: BindParameter[list[int]] = bindparam("plan_ids", expanding=True)

_VERSIONS = Prepared(
    select(*labelled(PlanVersion, Plan, read_at=ReadMarker.read_at))
    .outerjoin(ReadMarker, mark_of(ReadSubject.PLAN, Plan.version))
    .where(col(Plan.participant_id) == _ME)
    .order_by(col(Plan.version).desc()),
    PlanVersion,
)
_GOALS = (
    select(*labelled(LanguageGoalRow, LanguageGoal))
    .join(Plan, col(Plan.id) == col(LanguageGoal.plan_id))
    .where(col(Plan.participant_id) == _ME, col(Plan.id).in_(_PLANS))
)
_ELEMENTS = (
    select(*labelled(Element, PlanElement))
    .join(Plan, col(Plan.id) == col(PlanElement.plan_id))
    .where(col(Plan.participant_id) == _ME, col(Plan.id).in_(_PLANS))
    .order_by(col(PlanElement.position), col(PlanElement.id))
)


class _OnRecord(NamedTuple):
    what: str
    code: str
    day: date
    figure: str
    module: str
    centre: bool


def _of(what: str, code: Any, day: Any, **more: Any) -> tuple[Label[Any], ...]:
    blank = {"figure": literal("", String), "module": literal("", String), "centre": false()}
    return labelled(_OnRecord, what=literal(what, String), code=cast(code, String), day=day, **(blank | more))


_ON_RECORD_ROWS: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(
        *_of(
            "hours",
            TrainingHours.subject,
            TrainingHours.completed_on,
            figure=cast(col(TrainingHours.hours), String),
            module=TrainingHours.module,
            centre=TrainingHours.reception_centre,
        )
    ).where(col(TrainingHours.participant_id) == _ME),
    select(
        *_of("test", TestResult.examination, TestResult.taken_on, figure=cast(col(TestResult.result), String))
    ).where(col(TestResult.participant_id) == _ME),
    select(*_of("exempt", Exemption.subject, Exemption.decided_on)).where(col(Exemption.participant_id) == _ME),
    select(*_of("signed", Contract.kind, Contract.signed_on)).where(col(Contract.participant_id) == _ME),
).order_by("day", "what", "code")
_ON_RECORD = Prepared(_ON_RECORD_ROWS, _OnRecord)


def versions(session: Session, participant_id: int) -> list[PlanVersion]:
    """Every version of the plan, the one that holds first; empty where there is no plan yet."""
    return _VERSIONS.rows(session, participant_id=participant_id)


def whole(session: Session, participant_id: int, plans: Iterable[PlanVersion], language: str) -> list[FullPlanVersion]:
    """The given versions with all that hangs on them, in the given order."""
    wanted = list(plans)
    values = {"participant_id": participant_id, "plan_ids": [plan.id for plan in wanted]}
    goals = [LanguageGoalRow._make(row) for row in session.execute(_GOALS, values)]
    elements = [Element._make(row) for row in session.execute(_ELEMENTS, values)]
    ids = [text for plan in wanted for text in plan.text_ids] + [element.reasons_text_id for element in elements]
    told = texts.read(session, participant_id, ids, language)
    order = list(Skill)
    return [
        FullPlanVersion(
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
    rows = _ON_RECORD.rows(session, participant_id=participant_id)
    return OnRecord(
        tuple(
            TrainingHoursRow(Subject(r.code), r.figure, r.module, r.centre, r.day) for r in rows if r.what == "hours"
        ),
        tuple(Test(Examination(r.code), Result(r.figure), r.day) for r in rows if r.what == "test"),
        tuple(Exempt(Subject(r.code), r.day) for r in rows if r.what == "exempt"),
        tuple(Signed(ContractKind(r.code), r.day) for r in rows if r.what == "signed"),
    )
