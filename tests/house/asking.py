"""Going where only a form leads: every kind of leave, wrong and right, what one says is wrong, and the error pages."""

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.auth import failures
from portal.auth.reasons import RefusalReason, Refused
from portal.i18n import Language
from portal.law.calendar import is_working_day
from portal.participant.allowance.what_if import Ground
from portal.participant.leave.choices import Occasion
from portal.tables.decision import DecisionOutcome
from portal.web import errors
from portal.web.free_text import LONGEST_MESSAGE
from portal.web.limits import FIELDS
from tests.participant.leave.test_sent import decide
from tests.strict import sign_in, token_of

Answer = tuple[str, int, str]  # what was asked, the status, the page
Fields = dict[str, str | list[str]]
SENT = (Occasion.ILL, Occasion.WEDDING, Occasion.HOLIDAY, Occasion.OTHER)
ERRORS = (400, 403, 404, 405, 413, 418, 429, 500, 503)
_WEEKS = itertools.count(4)  # one day is told and granted once, so each walk has a week of its own
OFFERED = re.compile(r'name="offered" value="([^"]*)"')
ABSENCE = re.compile(r'href="(/fravaer/[0-9a-f-]{36})"')
TOO_LONG = "x" * (LONGEST_MESSAGE + 1)
UNREADABLE = {
    "first": "31.02.2026", "last": "01.01.2001", "extent": "hours", "hours": "mange", "event": "", "travel": "99",
    "paper": "yes", "paper_from": "i går",
}  # fmt: skip


class Writer:
    """A participant whose browser keeps every page that it gets."""

    def __init__(self, app: Flask, person: str, language: Language, today: date) -> None:
        self.client: FlaskClient = sign_in(app, person, language.id)
        self.app, self.today, self.answers = app, today, list[Answer]()
        self.token = token_of(self.get("/permisjon/ny"))

    def get(self, address: str, status: int = 200) -> str:
        """The page at an address."""
        return self._keep(f"GET {address}", self.client.get(address), status)

    def post(self, address: str, status: int = 303, fields: Fields | None = None, **typed: str) -> str:
        """Send a form; gives where it leads, or the page where it leads nowhere."""
        typed |= fields or {}
        answer = self.client.post(address, data={"csrf_token": self.token, **typed})
        return self._keep(f"POST {address} {typed}", answer, status)

    def _keep(self, asked: str, answer: TestResponse, status: int) -> str:
        assert answer.status_code == status, f"{asked} answers {answer.status_code}"
        if status == 303:
            return str(answer.location).partition("#")[0]
        self.answers.append((asked, status, answer.text))
        return answer.text

    def leave(self) -> None:
        """Every kind of leave: what cannot be read, one day, and more days than any rule gives."""
        self.post("/permisjon/ny", 422, what="")
        monday = self.today - timedelta(days=self.today.weekday())
        ahead = (monday + timedelta(weeks=week) for week in _WEEKS)
        near = next(day for day in ahead if is_working_day(day))
        for what in Occasion:
            draft = self.post("/permisjon/ny", what=what).rpartition("/")[0]
            offered = OFFERED.search(self.get(f"{draft}/dager"))
            for typed in _wrong(what, near, offered[1].split() if offered else []):
                self.post(f"{draft}/dager", 422, typed)
            event = (near - timedelta(days=30)).isoformat()
            day = {"first": near.isoformat(), "last": near.isoformat(), "extent": "whole", "event": event}
            day |= {"travel": "", "hours": "", "paper": "", "paper_from": ""}
            self.post(f"{draft}/dager", fields=day | {"last": (near + timedelta(days=400)).isoformat()})
            self.get(f"{draft}/betyr")
            if what is Occasion.WEDDING:
                self.post(f"{draft}/betyr", 422, message="")  # so much more has to have a reason
            self.post(f"{draft}/dager/anslag", 200, day | {"extent": "hours", "hours": "1,5"})
            self.post(f"{draft}/dager", fields=day)
            self.get(f"{draft}/betyr")
            if what.choice.asks.starts_today:
                self.get(f"{draft}/i-dag")
            if what in SENT:
                sent = self.send(draft)
                if what is Occasion.OTHER:
                    decide(self.app, sent, DecisionOutcome.GRANTED)
                    self.post(f"{sent}/trekk", 409)
                else:
                    self.post(f"{sent}/trekk")
                self.get(sent)

    def send(self, draft: str) -> str:
        """Send what is asked, and look at all that comes of it; gives its address."""
        self.post(f"{draft}/betyr", 422, message=TOO_LONG)
        sent = self.post(f"{draft}/betyr", message="Жду ответа").removesuffix("/kvittering")
        for step in ("/kvittering", "", "/trekk"):
            self.get(f"{sent}{step}")
        return sent

    def objection(self) -> None:
        """Say that an absence is wrong, first with nothing and with too much, and take it back."""
        absence = ABSENCE.findall(self.get("/fravaer"))[0]
        self.get(f"{absence}/feil")
        for words in ("", TOO_LONG):
            self.post(f"{absence}/feil", 422, message=words, idempotency_key=str(uuid4()))
        self.post(f"{absence}/feil", message="Я был у врача", paper="yes", idempotency_key=str(uuid4()))
        self.get(absence)
        self.post(f"{absence}/feil/trekk")
        self.get(absence)

    def ask(self) -> None:
        """Questions to the adviser, and what a payment would become."""
        for words in ("", TOO_LONG):
            self.post("/meg", 422, message=words, idempotency_key=str(uuid4()))
        self.get(self.post("/meg", message="Когда курс?", idempotency_key=str(uuid4())))
        first, last = self.today + timedelta(days=1), self.today + timedelta(days=9)
        for ground in Ground:
            self.get(f"/stonad/hva-hvis?grunn={ground}&first={first}&last={last}&extent=whole")
        self.get(f"/stonad/hva-hvis?first={first}&last={first}&extent=hours&hours=2,5")
        self.get("/stonad/hva-hvis?first=31.02.2026&last=x&extent=hours&hours=99", 422)

    def fail(self) -> None:
        """What is refused before any section sees it."""
        self._keep("POST /meg without its token", self.client.post("/meg", data={"message": "x"}), 400)
        self._keep("POST /meg with too much", self.client.post("/meg", data={"message": "x" * FIELDS}), 413)
        self.post("/plan", 405)
        self.get("/finnes-ikke", 404)
        self.get(f"/permisjon/{uuid4()}", 404)


def _wrong(what: Occasion, near: date, rows: list[str]) -> Iterator[Fields]:
    """What cannot be read; for illness, which asks most, also all else that may be wrong. `rows`: the days offered."""
    yield UNREADABLE
    if what is Occasion.ILL:
        yield {"first": "", "last": "", "extent": "hours", "hours": ""}
        day, before = near.isoformat(), (near - timedelta(days=3)).isoformat()
        yield {"first": day, "last": "", "extent": "whole"}
        yield {"first": day, "last": before, "extent": "whole", "paper": "yes", "paper_from": "2026-02-31"}
        after = (near + timedelta(days=3)).isoformat()
        yield {"first": day, "last": after, "extent": "hours", "hours": "99"}
        yield {"first": day, "last": day, "extent": "whole", "paper": "yes", "paper_from": after}
        yield {"first": day, "last": day, "extent": "whole", "paper": "no", "paper_from": day}
        yield {"first": day, "last": day, "extent": "whole", "hours": "2"}
        offered = {"offered": " ".join(rows), "extent": "whole", "first": "", "last": "", "paper_from": "", "hours": ""}
        yield offered
        yield offered | {"day": rows[:1], "first": day, "last": day}
        yield offered | {"day": [rows[0], rows[2]]}
        yield offered | {"day": rows[:2], "extent": "hours", "hours": "2"}


def error_pages(app: Flask, language: Language) -> Iterator[Answer]:
    """Every error page and every page of a sign-in that did not work, as a stranger with this language sees them."""
    for code in ERRORS:
        with app.test_request_context("/", headers={"Accept-Language": language.id}):
            app.preprocess_request()
            answer = errors.answer(code)
        yield f"error {code}", answer.status_code, answer.get_data(as_text=True)
    for reason in _one_of_each(app):
        with app.test_request_context("/", headers={"Accept-Language": language.id}):
            app.preprocess_request()
            answer = failures.failed(Refused(reason), "/plan")
        yield f"sign-in {reason}", answer.status_code, answer.get_data(as_text=True)


def _one_of_each(app: Flask) -> list[RefusalReason]:
    """One reason for each thing that is said."""
    with app.test_request_context("/"):
        app.preprocess_request()
        said = {str(failures.explain(reason)): reason for reason in RefusalReason}
    return list(said.values())
