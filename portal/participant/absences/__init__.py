"""Absence: what is registered, what it means for the money, and what is left of each quota."""

from portal.participant.absences.routes import blueprint

__all__ = ["blueprint"]
