"""Introportalen: a participant's window into the introduction programme."""
