"""The portal with a small municipality, on a fixed day."""

from tests.participant.leave.portal_of_three import amal, app, as_person, small_database, small_store

__all__ = ["amal", "app", "as_person", "small_database", "small_store"]
