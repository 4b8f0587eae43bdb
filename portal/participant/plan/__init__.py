"""The plan: goal, way, elements, language goals, training on record, and earlier versions (IL §§ 15, 34)."""

from portal.participant.plan.routes import blueprint

__all__ = ["blueprint"]
