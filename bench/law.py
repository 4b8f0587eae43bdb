"""`python -m bench.law`: how fast the rules answer. (What the preview of leave costs: `make bench`.)"""

import time
from datetime import date, timedelta

from rich.console import Console
from rich.table import Table

from portal.law.case import Case, ChildFacts, ParticipantFacts, PastAbsence, Request
from portal.law.rules import assess
from portal.law.vocabulary import LeaveKind

SECONDS = 2.0


def main() -> None:
    """Measures, and prints a table."""
    table = Table("what", "figure", title="The rules")
    for name, rows in (("no history", 0), ("40 rows of history", 40)):
        table.add_row(f"assessments a second, {name}", f"{assessments_per_second(rows):,.0f}".replace(",", " "))
    Console().print(table)


def assessments_per_second(rows: int) -> float:
    """How many requests of every kind are read a second, one after another."""
    cases = [_case(kind, rows) for kind in LeaveKind]
    done, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < SECONDS:
        for case in cases:
            assess(case)
        done += len(cases)
    return done / elapsed


def _case(kind: LeaveKind, rows: int) -> Case:
    today = date(2026, 11, 23)
    person = ParticipantFacts(born=date(1990, 5, 4), start=date(2026, 1, 5), children=(ChildFacts(date(2017, 3, 9)),))
    days = [today - timedelta(days=7 * (number + 1)) for number in range(rows)]
    history = tuple(PastAbsence(LeaveKind.CHILD_ILLNESS, day, day) for day in days)
    request = Request(kind, today, today + timedelta(days=4), notice=today, event_date=today)
    return Case(today, person, request, history)


if __name__ == "__main__":
    main()
