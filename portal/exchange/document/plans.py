"""Storing plans with goals and elements, contracts, and the training on record."""

from decimal import Decimal
from typing import Any

from portal.exchange.document.people import Chunk
from portal.exchange.document.records import ElementIn, PlanIn
from portal.exchange.shelf import Key, Row, Shelf, Values
from portal.tables.log import Updated
from portal.tables.plan import Contract, LanguageGoal, Plan, PlanElement
from portal.tables.training import Exemption, TestResult, TrainingHours

_TEXTS = {"goal_text_id": "goal", "long_term_goal_text_id": "long_term_goal", "reasons_text_id": "reasons"}
_PLAN_TEXTS = {**_TEXTS, "change_text_id": "change"}


def plans(chunk: Chunk) -> None:
    """Store versions of plans with what is in them. What is no longer in a version goes from it."""
    shelf = chunk.shelf(Plan, "version")
    old = _elements(chunk, [row["id"] for row in shelf.stored.values()])
    kept: dict[Key, list[tuple[ElementIn, Any]]] = {}
    for item in chunk.items:
        for plan in item.given.plans:
            key = (item.id, plan.version)
            stored = shelf.stored.get(key, {})
            shelf.put(**_plan(chunk, item.id, plan, stored))
            kept[key] = [
                (element, _reasons(chunk, item.id, element, old.stored.get((stored.get("id"), element.id))))
                for element in plan.elements
            ]
    chunk.texts.flush()
    shelf.flush()
    chunk.note(Updated.PLAN, shelf.changed)
    owners = {shelf.stored[key]["id"]: key[0] for key in kept}
    elements, goals = _elements(chunk, owners), Shelf(chunk.session, LanguageGoal, "plan_id", owners, key=["skill"])
    for item in chunk.items:
        for plan in item.given.plans:
            plan_id = shelf.id_of(item.id, plan.version)
            _put_goals(goals, plan_id, plan)
            _put_elements(elements, plan_id, kept[item.id, plan.version])
    unused = [row["reasons_text_id"] for row in elements.remove(elements.wanted, owners)]
    goals.remove(goals.wanted, owners)
    for part in (goals, elements):
        part.flush()
        chunk.note(Updated.PLAN, {owners[plan_id] for plan_id in part.changed})
    chunk.texts.drop(unused)


def _elements(chunk: Chunk, owners: Any) -> Shelf:
    return Shelf(chunk.session, PlanElement, "plan_id", list(owners), key=["external_id"])


def _plan(chunk: Chunk, participant: int, plan: PlanIn, stored: Row) -> Values:
    same = ("version", "kind", "decided_on", "end_goal", "programme_end", "received_on")
    return {
        "participant_id": participant,
        **{name: getattr(plan, name) for name in same},
        "norwegian_hours_per_week": plain(plan.norwegian_hours_per_week),
        "social_studies_hours": plain(plan.social_studies_hours),
        **{
            column: chunk.texts.put(participant, stored.get(column), getattr(plan, name))
            for column, name in _PLAN_TEXTS.items()
        },
    }


def _reasons(chunk: Chunk, participant: int, element: ElementIn, stored: Row | None) -> Any:
    return chunk.texts.put(participant, stored["reasons_text_id"] if stored else None, element.reasons)


def _put_goals(goals: Shelf, plan_id: int, plan: PlanIn) -> None:
    for goal in plan.goals:
        goals.put(plan_id=plan_id, skill=goal.skill, goal=goal.goal, reached=goal.reached)


def _put_elements(elements: Shelf, plan_id: int, given: list[tuple[ElementIn, Any]]) -> None:
    same = ("code", "title", "status", "first_day", "last_day", "place", "agreed_on")
    for position, (element, reasons) in enumerate(given):
        elements.put(
            plan_id=plan_id,
            external_id=element.id,
            position=position,
            hours_per_week=plain(element.hours_per_week),
            reasons_text_id=reasons,
            **{name: getattr(element, name) for name in same},
        )


def plain(number: Decimal | None) -> str | None:
    """A decimal as the tables keep it: `12.5`, never `12.50` or `1E+1`."""
    return None if number is None else format(number.normalize(), "f")


def training(chunk: Chunk) -> None:
    """Store contracts, training, tests and exemptions."""
    for model, name in (
        (Contract, "contracts"),
        (TrainingHours, "training_hours"),
        (TestResult, "test_results"),
        (Exemption, "exemptions"),
    ):
        shelf = chunk.shelf(model, "external_id")
        for item in chunk.items:
            for part in getattr(item.given, name):
                values = part.model_dump(exclude={"id"})
                if isinstance(values.get("hours"), Decimal):
                    values["hours"] = plain(values["hours"])
                shelf.put(participant_id=item.id, external_id=part.id, **values)
        shelf.flush()
        chunk.note(Updated.TRAINING, shelf.changed)
