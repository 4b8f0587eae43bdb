"""Tell of a wrong word: what stands wrong, and what one would say instead."""

from portal.participant.words.routes import blueprint

__all__ = ["blueprint"]
