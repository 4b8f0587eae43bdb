"""Home: where am I going now, what waits for me, when does money come, whom do I call. And the page before sign-in."""

from portal.participant.home.routes import blueprint

__all__ = ["blueprint"]
