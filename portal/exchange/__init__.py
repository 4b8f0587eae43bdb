"""Data in and out: the municipality's documents, timetables and attendance; and what participants have sent."""
