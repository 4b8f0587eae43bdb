"""Norwegian beside, for a reader of another language: whole pages, and texts of legal weight."""
