"""Storing plans with goals and elements, contracts, and the training on record."""

from typing import Any

from portal.exchange.document.columns import texts_of, values
from portal.exchange.document.people import Chunk
from portal.exchange.row_sync import Key, RowSync, Values
from portal.tables.log import Updated
from portal.tables.plan import Contract, LanguageGoal, Plan, PlanElement
from portal.tables.training import Exemption, TestResult, TrainingHours


def plans(chunk: Chunk) -> None:
    """Store versions of plans with what is in them. What is no longer in a version goes from it."""
    sync = chunk.sync(Plan, "version")
    old = _elements(chunk, [row["id"] for row in sync.stored.values()])
    kept: dict[Key, list[Values]] = {}
    for item in chunk.items:
        for plan in item.given.plans:
            key = (item.id, plan.version)
            stored = sync.stored.get(key, {})
            sync.put(participant_id=item.id, **chunk.values(item.id, plan, stored, Plan))
            kept[key] = [
                chunk.values(item.id, element, old.stored.get((stored.get("id"), element.id)), PlanElement)
                for element in plan.elements
            ]
    chunk.texts.flush()
    sync.flush()
    chunk.note(Updated.PLAN, sync.changed)
    owners = {sync.stored[key]["id"]: key[0] for key in kept}
    elements, goals = _elements(chunk, owners), RowSync(chunk.session, LanguageGoal, "plan_id", owners, key=["skill"])
    for item in chunk.items:
        for plan in item.given.plans:
            plan_id = sync.id_of(item.id, plan.version)
            for goal in plan.goals:
                goals.put(plan_id=plan_id, **values(goal, LanguageGoal))
            for position, element in enumerate(kept[item.id, plan.version]):
                elements.put(plan_id=plan_id, position=position, **element)
    unused = [text for row in elements.remove(elements.wanted, owners) for text in texts_of(row)]
    goals.remove(goals.wanted, owners)
    for part in (goals, elements):
        part.flush()
        chunk.note(Updated.PLAN, {owners[plan_id] for plan_id in part.changed})
    chunk.texts.drop(unused)


def _elements(chunk: Chunk, owners: Any) -> RowSync:
    return RowSync(chunk.session, PlanElement, "plan_id", list(owners), key=["external_id"])


def training(chunk: Chunk) -> None:
    """Store contracts, training, tests and exemptions."""
    for model, name in (
        (Contract, "contracts"),
        (TrainingHours, "training_hours"),
        (TestResult, "test_results"),
        (Exemption, "exemptions"),
    ):
        sync = chunk.sync(model, "external_id")
        for item in chunk.items:
            for part in getattr(item.given, name):
                sync.put(participant_id=item.id, **values(part, model))
        sync.flush()
        chunk.note(Updated.TRAINING, sync.changed)
