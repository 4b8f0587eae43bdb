"""What changes or decides something in a participant's record, and what every door reads of it. No words, no Flask."""
