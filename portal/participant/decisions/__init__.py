"""Decisions: all that were taken of a participant, each with its reasons, its effect and how to appeal."""

from portal.participant.decisions.routes import blueprint

__all__ = ["blueprint"]
