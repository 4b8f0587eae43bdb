"""The database: how it is reached, and what all that reads and writes in it has in common."""
