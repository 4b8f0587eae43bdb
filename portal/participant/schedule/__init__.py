"""The timetable: today and this week as a list."""

from portal.participant.schedule.routes import blueprint

__all__ = ["blueprint"]
