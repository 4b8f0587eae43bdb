"""Leave: tell, ask, see what it means, follow what was sent."""

from portal.leave.routes import blueprint

__all__ = ["blueprint"]
