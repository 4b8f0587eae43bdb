"""The pages that a request leads through, as text: every kind of leave, how long, what became of it, and who asks.

Each case begins with the demo municipality of the day and goes in by the front doors: a participant's forms, and the
municipality's document with the answer. So what is read is what a reader meets, never a sentence made for it.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.app import create_app
from portal.demo import filling
from portal.exchange import importer
from portal.law.calendar import is_working_day
from portal.participant.leave.choices import Occasion
from portal.tables.leave import LeaveRequest, RequestForm
from tests.databases import Embedded, make
from tests.settings import settings_for
from tests.strict import sign_in, token_of

WHY = "Jeg må være hjemme disse dagene."
_BLOCK = re.compile(r"</?(?:p|h\d|li|dt|dd|div|section|summary|details|tr|th|legend|label|button|form|ul|ol|a)\b[^>]*>")
_HEADING = re.compile(r"<h(\d)\b[^>]*>")
_NOT_READ = re.compile(r"<(svg|script|template)\b.*?</\1>|<input\b[^>]*>", re.DOTALL)
_ABSENCE = re.compile(r'href="(/fravaer/[0-9a-f-]{36})"')


class Length(StrEnum):
    """How much is asked for."""

    DAY = "én dag"
    HOURS = "2 timer"
    WEEKS = "tre uker"
    TODAY = "i dag"


class Outcome(StrEnum):
    """What becomes of it."""

    SENT = "sendt"
    FETCHED = "hentet av kommunen"
    MORE_INFORMATION = "kommunen spør"
    GRANTED = "innvilget"
    PARTLY_GRANTED = "delvis innvilget"
    REFUSED = "avslått"
    WITHDRAWN = "trukket tilbake"


DECIDED = {Outcome.GRANTED: "granted", Outcome.PARTLY_GRANTED: "partly_granted", Outcome.REFUSED: "refused"}


@dataclass(frozen=True, slots=True)
class Case:
    """One request: who asks, what has happened, for how long, and what becomes of it."""

    person: str
    what: Occasion
    length: Length
    outcome: Outcome

    def __str__(self) -> str:
        return f"{self.person} · {self.what.choice.says} · {self.length}"


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, a line for each paragraph; which page, and in which case."""

    case: str
    name: str
    language: str
    lines: tuple[str, ...]
    source: str

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)


def cases(people: Sequence[str]) -> list[Case]:
    """Every person with every kind of leave; lengths and outcomes in turn, so that every pair of them meets."""
    found, outcomes = [], tuple(Outcome)
    for number, what in enumerate(Occasion):
        lengths = _lengths(what)
        for at, person in enumerate(people):
            for more in range(2 if what.choice.asks.starts_today else 1):
                turn = number + at + more
                found.append(Case(person, what, lengths[turn % len(lengths)], outcomes[(turn + at) % len(outcomes)]))
    return found


def _lengths(what: Occasion) -> tuple[Length, ...]:
    asks = what.choice.asks
    return (
        *((Length.TODAY,) if asks.starts_today else ()),
        *((Length.HOURS,) if asks.hours else ()),
        Length.DAY,
        Length.WEEKS,
    )


class Reader:
    """The demo municipality of today, made anew for each case."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.today = folder, clock.today()
        self.files = folder / "files"
        self.databases = Embedded(folder)
        self.demo = make(self.databases, lambda store: filling.fill(store, self.today, self.files))
        self.document: dict[str, Any] = json.loads((self.files / "solvik.json").read_text(encoding="utf-8"))
        self.people = [person["id"] for person in self.document["participants"]]

    def read(self, case: Case, languages: Sequence[str]) -> Iterator[Page]:
        """The pages of a case in each language: what it means before sending, what was sent, home and absence."""
        with self._portal() as app:
            client = sign_in(app, case.person)
            draft = self._asked(client, case)
            means = f"{draft}/{'i-dag' if case.length is Length.TODAY else 'betyr'}"
            yield from self._pages(app, case.person, str(case), {"betyr": means}, languages)
            if f'action="{means}"' not in client.get(means).text:
                return  # it cannot be sent, and the page says why
            answer = client.post(means, data={"csrf_token": self.token, "message": WHY})
            assert answer.status_code == 303, f"{case}: {' '.join(lines_of(answer.text))}"
            if not str(answer.location).endswith("/kvittering"):
                return  # likewise
            sent = str(answer.location).removesuffix("/kvittering")
            yield from self._pages(app, case.person, str(case), {"kvittering": f"{sent}/kvittering"}, languages)
            became = self._becomes(app, client, case, sent)
            after = {f"svaret: {became}": sent, "hjem": "/", "fravær": "/fravaer"}
            yield from self._pages(app, case.person, str(case), after, languages)

    def objection(self, person: str, languages: Sequence[str]) -> Iterator[Page]:
        """Saying that the newest absence is wrong; nothing where the person has none."""
        with self._portal() as app:
            client = sign_in(app, person)
            found = _ABSENCE.search(client.get("/fravaer").text)
            if found is None:
                return
            token = token_of(client.get("/permisjon/ny").text)
            case = f"{person} · Dette er feil"
            yield from self._pages(app, person, case, {"fraværet": found[1], "feil": f"{found[1]}/feil"}, languages)
            typed = {"csrf_token": token, "message": WHY, "paper": "yes", "idempotency_key": str(uuid4())}
            client.post(f"{found[1]}/feil", data=typed)
            yield from self._pages(app, person, case, {"fraværet etterpå": found[1], "hjem": "/"}, languages)

    def stands(self, person: str, languages: Sequence[str]) -> Iterator[Page]:
        """Home, absence and allowance as they stand before anything is asked."""
        addresses = {"hjem": "/", "fravær": "/fravaer", "stønad": "/stonad", "vedtak": "/vedtak"}
        with self._portal() as app:
            yield from self._pages(app, person, f"{person} · uten noe nytt", addresses, languages)

    @contextmanager
    def _portal(self) -> Iterator[Flask]:
        url = self.databases.new(self.demo)
        app = create_app(settings_for(url))
        app.testing = True
        try:
            yield app
        finally:
            app.extensions["store"].close()
            self.databases.drop(url)

    def _pages(
        self, app: Flask, person: str, case: str, addresses: dict[str, str], languages: Sequence[str]
    ) -> Iterator[Page]:
        for language in languages:
            client = sign_in(app, person, language)
            for name, address in addresses.items():
                answer = client.get(address, follow_redirects=True)
                assert answer.status_code == 200, f"{address} answers {answer.status_code}"
                yield Page(case, name, language, tuple(lines_of(answer.text)), answer.text)

    def _asked(self, client: FlaskClient, case: Case) -> str:
        """A draft with its days; gives its address."""
        self.token = token_of(client.get("/permisjon/ny").text)
        begun = client.post("/permisjon/ny", data={"csrf_token": self.token, "what": case.what})
        draft = str(begun.location).rpartition("/")[0]
        if case.length is not Length.TODAY:
            answer = client.post(f"{draft}/dager", data={"csrf_token": self.token, **self._days(case)})
            assert answer.status_code == 303, f"{case}: {' '.join(lines_of(answer.text))}"
        return draft

    def _days(self, case: Case) -> dict[str, str]:
        first = _working_day(self.today + timedelta(days=9))
        last = first + timedelta(days=20) if case.length is Length.WEEKS else first
        hours = {"extent": "hours", "hours": "2"} if case.length is Length.HOURS else {"extent": "whole"}
        event = (first - timedelta(days=30)).isoformat()
        return {"first": first.isoformat(), "last": last.isoformat(), "event": event, "paper": "no", **hours}

    def _becomes(self, app: Flask, client: FlaskClient, case: Case, sent: str) -> Outcome:
        """What is done with the request: a report is fetched, where an application would be decided."""
        public_id = sent.rpartition("/")[2]
        with app.extensions["store"].read_session() as session:
            form = session.scalars(select(LeaveRequest.form).where(LeaveRequest.public_id == public_id)).one()
        decided = case.outcome in DECIDED and form is RequestForm.REPORT
        case = replace(case, outcome=Outcome.FETCHED) if decided else case
        if case.outcome is Outcome.WITHDRAWN:
            client.post(f"{sent}/trekk", data={"csrf_token": self.token})
        elif case.outcome is not Outcome.SENT:
            self._answer(app, case, public_id)
        return case.outcome

    def _answer(self, app: Flask, case: Case, public_id: str) -> None:
        """The municipality's document with its answer."""
        person = next(each for each in self.document["participants"] if each["id"] == case.person)
        known = {name: value for name, value in person.items() if not isinstance(value, list)}
        document = self.document | {
            "issued_at": clock.local(clock.now()).isoformat(),
            "participants": [known | self._said(case, public_id)],
        }
        path = self.folder / "svar.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        report = importer.take(app.extensions["store"], [path])
        assert not report.problems, report.problems

    def _said(self, case: Case, public_id: str) -> dict[str, Any]:
        at = clock.local(clock.now()).isoformat()
        if case.outcome in (Outcome.FETCHED, Outcome.MORE_INFORMATION):
            status = {"request": public_id, "at": at, "status": "received"}
            asks = {"status": "more_information", "text": "Hvilken dag gjelder det?"}
            return {"requests": [status | (asks if case.outcome is Outcome.MORE_INFORMATION else {})]}
        decided = {
            "id": f"v-{public_id}",
            "kind": "leave",
            "outcome": DECIDED[case.outcome],
            "section": "integreringsforskriften § 14",
            "reasons": "Kommunen har sett på det du skrev.",
            "decided_on": self.today.isoformat(),
            "decided_by": "Kari Nordli",
            "received_on": self.today.isoformat(),
            "request": public_id,
        }
        return {"decisions": [decided | self._granted(case)]}

    def _granted(self, case: Case) -> dict[str, Any]:
        days = self._days(case)
        if case.length is Length.TODAY:
            days |= {"first": self.today.isoformat(), "last": self.today.isoformat()}
        match case.outcome, case.length:
            case Outcome.REFUSED, _:
                return {}
            case Outcome.PARTLY_GRANTED, Length.WEEKS:
                return {"granted_from": days["first"], "granted_to": _after(days["first"], 4)}
            case Outcome.PARTLY_GRANTED, Length.DAY | Length.TODAY:
                is_daily = case.what.choice.kind.law.is_daily  # an hour a day is asked for, so less is granted
                clocks = {"granted_start": "09:00", "granted_end": "09:30" if is_daily else "11:00"}
                return {"granted_from": days["first"], "granted_to": days["first"], **clocks}
            case Outcome.PARTLY_GRANTED, Length.HOURS:
                clocks = {"granted_start": "09:00", "granted_end": "10:00"}
                return {"granted_from": days["first"], "granted_to": days["first"], **clocks}
            case _:
                return {"granted_from": days["first"], "granted_to": days["last"]}


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def lines_of(page: str) -> list[str]:
    """The words of a page's main part: a line for each paragraph, row and button, and headings marked by `#`."""
    main = page.split("<main", 1)[1].split("</main", 1)[0].split(">", 1)[1]
    marked = _HEADING.sub(lambda found: f"\n{'#' * int(found[1])} ", _NOT_READ.sub("", main))
    words = re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi[^>]*>", "", _BLOCK.sub("\n", marked)))
    lines = (re.sub(r"\s+", " ", html.unescape(line)).strip() for line in words.split("\n"))
    return [line for line in lines if line]
