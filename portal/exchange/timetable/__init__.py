"""Timetables (iCalendar): read as other programs write them, followed on their own clock, and stored."""
