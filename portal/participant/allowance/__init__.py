"""The allowance: the next payment, each line with its reason, and earlier months (IL §§ 20–24)."""

from portal.participant.allowance.routes import blueprint

__all__ = ["blueprint"]
