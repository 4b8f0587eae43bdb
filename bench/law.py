"""`python -m bench.law`: how fast the rules answer, and what the preview of days adds to the page of leave."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlmodel import col

from bench import stage
from bench.client import HOST
from portal import clock
from portal.app import create_app
from portal.law.case import Case, Child, Participant, PastAbsence, Request
from portal.law.rules import assess
from portal.law.vocabulary import LeaveKind
from portal.leave import actions
from portal.leave.asked import Answers
from portal.settings import Settings
from portal.tables.people import Participant as Person

SECONDS = 2.0
LOOKS = 200
PORT = 8000


def main() -> None:
    """Measures, and prints a table."""
    table = Table("what", "figure", title="The rules and the preview")
    for name, rows in (("no history", 0), ("40 rows of history", 40)):
        table.add_row(f"assessments a second, {name}", f"{assessments_per_second(rows):,.0f}".replace(",", " "))
    with tempfile.TemporaryDirectory() as folder:
        without, counted = leave_page(Path(folder))
    table.add_row("page of days without the preview, median ms", f"{without:.2f}")
    table.add_row("page of days with the preview, median ms", f"{counted:.2f}")
    table.add_row("the preview adds, ms", f"{counted - without:.2f}")
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
    person = Participant(born=date(1990, 5, 4), start=date(2026, 1, 5), children=(Child(date(2017, 3, 9)),))
    days = [today - timedelta(days=7 * (number + 1)) for number in range(rows)]
    history = tuple(PastAbsence(LeaveKind.CHILD_ILLNESS, day, day) for day in days)
    request = Request(kind, today, today + timedelta(days=4), notice=today, event_date=today)
    return Case(today, person, request, history)


def leave_page(folder: Path) -> tuple[float, float]:
    """Median milliseconds of the page of days: as it is before days are chosen, and with the days counted."""
    ready = stage.prepare(folder, PORT)
    settings = {name.removeprefix("PORTAL_").lower(): value for name, value in ready.environment.items()}
    app = create_app(Settings(**settings))  # type: ignore[arg-type]  # text, as from the environment
    client = app.test_client()
    name, _, value = ready.cookie.partition("=")
    client.set_cookie(name, value, domain=HOST)
    day = clock.today().isoformat()
    answers: dict[str, Answers] = {"none": {"what": "ill"}, "days": {"what": "ill", "first": day, "last": day}}
    with app.extensions["store"].writing() as session:
        person = session.scalars(select(col(Person.id)).order_by(col(Person.id))).first()
        drafts = {key: actions.begin(session, person, typed, clock.now()) for key, typed in answers.items()}
        session.commit()
    looks = {key: _look(client, UUID(draft)) for key, draft in drafts.items()}
    times: dict[str, list[float]] = {key: [] for key in looks}
    for _ in range(LOOKS):
        for key, look in looks.items():  # they take turns, so that whatever else the machine does disturbs both alike
            start = time.perf_counter()
            look()
            times[key].append(1000 * (time.perf_counter() - start))
    return statistics.median(times["none"]), statistics.median(times["days"])


def _look(client: FlaskClient, draft: UUID) -> Callable[[], None]:
    def look() -> None:
        answer = client.get(f"/permisjon/ny/{draft}/dager", base_url=f"http://{HOST}:{PORT}")
        assert answer.status_code == 200, answer.status

    return look


if __name__ == "__main__":
    main()
