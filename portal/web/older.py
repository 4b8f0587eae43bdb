"""Lists that grow with a person's years show the last twelve months; all of them where the address says `?alle=1`.

What waits for somebody's answer, or has a day that is not over, is shown however old it is.
"""

from datetime import date

from flask import request

from portal.law.calendar import add_months

ASKS = "alle"
MONTHS = 12
BEGINNING = date(2000, 1, 1)  # nothing here is older: the introduction programme is not


def since(today: date) -> date:
    """The first day that lists show."""
    return BEGINNING if wants_all() else add_months(today, -MONTHS)


def wants_all() -> bool:
    """Whether the reader asked for everything."""
    return ASKS in request.args
