"""Days on which the demo must be right: an ordinary Monday, a weekend, holidays, a change of G, a leap day, summer."""

from datetime import date

MONDAY = date(2026, 11, 23)
DAYS = (
    MONDAY,
    date(2026, 11, 28),
    date(2027, 1, 1),
    date(2027, 4, 30),
    date(2027, 5, 1),
    date(2027, 7, 22),
    date(2028, 2, 29),
)
