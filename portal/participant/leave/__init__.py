"""Leave: tell, ask, see what it means, follow what was sent."""

from portal.participant.leave.routes import blueprint

__all__ = ["blueprint"]
