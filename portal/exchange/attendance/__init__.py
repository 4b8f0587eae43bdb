"""Attendance (CSV): read line by line, held against the timetable, and stored."""
