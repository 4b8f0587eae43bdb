"""Me: my language, my adviser, what the municipality has registered, my questions, who has looked."""

from portal.participant.me.routes import blueprint

__all__ = ["blueprint"]
