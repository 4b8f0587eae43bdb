"""A participant of the demo municipality who has been there for three years, made through the doors that all use:
documents, timetable and attendance of the municipality, and what was sent in the portal and then answered.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bench.history import TEXT, TEXTS, Years, attendance, participant, pids_from, timetable
from portal.demo import filling, sending
from portal.law.calendar import is_working_day
from portal.store.db import Store

WEEKS = 156
ID, GROUP, LANGUAGE = "p0", "g0", "ar"
#: What is asked for in turn, once a month: what has happened, its kind, its reason, hours, and whether it is decided.
ASKED = (
    ("doctor", "welfare", "doctor_or_dentist", "2", True),
    ("child_ill", "child_illness", None, None, False),
    ("ill", "own_illness", None, None, False),
    ("interview", "welfare", "interview_or_admission", None, True),
)
RESULTS = [(examination, level) for level in ("A1", "A2") for examination in ("listening", "reading", "speaking")]


def add(store: Store, today: date, folder: Path) -> None:
    """Takes the participant into a store that has the demo municipality, whose files lie in `folder`.

    Raises DemoFilesRefused.
    """
    years = Years(today - timedelta(weeks=WEEKS, days=today.weekday()), WEEKS)
    head = json.loads((folder / "solvik.json").read_text(encoding="utf-8")) | {"source": "bench"}
    head |= {"advisers": [], "breaks": [], "groups": [{"id": GROUP, "name": "Norsk B1"}]}
    person = _person(years)
    lessons = replace(years, first=years.first + timedelta(weeks=26))  # half a year of them is still to come
    made = {
        "years.json": json.dumps(head | {"participants": [person]}, ensure_ascii=False),
        "years.ics": timetable(1, 0, lessons),
        "years.csv": "".join(attendance(1, 0, replace(lessons, weeks=WEEKS - 26))),
    }
    filling.take(store, [_written(folder / name, text) for name, text in made.items()])
    sent = _sent(years)
    with store.write_session() as session:
        sending.send(session, sent)
        session.commit()
    answered = {name: value for name, value in person.items() if not isinstance(value, list)} | _answers(sent)
    text = json.dumps(head | {"participants": [answered]}, ensure_ascii=False)
    filling.take(store, [_written(folder / "answers.json", text)])


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def _person(years: Years) -> dict[str, Any]:
    born, pid = next(pids_from(date(2010, 1, 1)))
    person = participant(0, born, pid, years)
    person["children"].append({"id": "b2", "born": str(years.first)})
    due = person["payments"][-1]  # not paid yet
    del due["paid_on"]
    due |= {"status": "planned", "due_on": str(years.day(1) + timedelta(weeks=2))}
    return person | {
        "adviser": "kari",
        "language": LANGUAGE,
        "training_hours": [
            {"id": f"t{number}", "subject": "norwegian", "hours": 100, "completed_on": str(day)}
            for number, day in enumerate(years.days(12))
        ],
        "test_results": [
            {"id": f"r{number}", "examination": examination, "result": level, "taken_on": str(day)}
            for (number, (examination, level)), day in zip(enumerate(RESULTS), years.days(len(RESULTS)), strict=True)
        ],
    }


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://bench.example/{name}"))


def _sent(years: Years) -> dict[str, list[dict[str, Any]]]:
    """A request a month, two absences a year said to be wrong, four questions, and all plans but the last read."""
    own: dict[str, Any] = {"participant": ID, "language": LANGUAGE}
    days = [_school_day(day) for day in years.days(36)]
    return {
        "requests": [
            own | {"id": _id(f"request {number}"), **_request(number, day)} for number, day in enumerate(days)
        ],
        "contests": [
            own | {"id": _id(f"objection {number}"), "absence": f"a{10 * number}", "message": TEXT, "paper": True,
                   "sent_at": f"{day}T18:00:00+01:00"}
            for number, day in enumerate(years.days(6))
        ],
        "questions": [own | {"id": _id(f"question {number}"), "message": TEXT} for number in range(4)],
        "read": [
            own | {"version": version, "at": f"{years.first}T20:00:00+01:00"} for version in range(1, WEEKS // 34)
        ],
    }  # fmt: skip


def _school_day(day: date) -> date:
    return next(found for found in (day + timedelta(days=number) for number in range(14)) if is_working_day(found))


def _request(number: int, day: date) -> dict[str, object]:
    what, kind, reason, hours, _ = ASKED[number % len(ASKED)]
    return {
        "what": what, "kind": kind, "reason": reason, "hours": hours, "first_day": str(day), "last_day": str(day),
        "message": TEXT, "sent_at": f"{day - timedelta(days=1)}T18:00:00+01:00",
    }  # fmt: skip


def _answers(sent: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    decided = [item for number, item in enumerate(sent["requests"]) if ASKED[number % len(ASKED)][-1]]
    day = max(item["first_day"] for item in sent["requests"])
    return {
        "requests": [
            {"request": item["id"], "status": "received", "at": item["sent_at"]} for item in sent["requests"]
        ],
        "decisions": [
            {"id": f"d{number}", "kind": "leave", "outcome": "granted", "section": "integreringsforskriften § 14",
             "reasons": TEXTS, "decided_on": item["sent_at"][:10], "received_on": item["sent_at"][:10],
             "request": item["id"]}
            for number, item in enumerate(decided)
        ],
        "answers": [
            {"question": item["id"], "text": TEXTS, "answered_at": f"{day}T09:00:00+01:00"}
            for item in sent["questions"]
        ],
        "contest_answers": [
            {"contest": item["id"], "outcome": "stands", "text": TEXTS, "answered_on": day}
            for item in sent["contests"]
        ],
    }  # fmt: skip
