"""A document in which every field says something that no other field says, so that each can be told from the others."""

from datetime import date
from typing import Any

from sqlmodel import Session

from portal.casework import objections, questions
from portal.law.vocabulary import LeaveKind
from portal.tables.absence import AbsenceObjection
from portal.tables.leave import LeaveRequest, RequestForm
from portal.tables.log import Question

NAMES = iter(range(1_000))
REQUEST, QUESTION, CONTEST = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))


def text(norwegian: str) -> list[dict[str, Any]]:
    """A text that is written in nynorsk and translated."""
    return [
        {"language": "nn", "text": norwegian, "origin": "standard_phrase"},
        {"language": "uk", "text": f"Переклад {next(NAMES)}", "origin": "human_translation", "translates": "a" * 64},
    ]


MUNICIPALITY = {
    "org_number": "310000019", "name": "Fjordvik kommune", "office": "Innvandrerkontoret", "phone": "22 11 00 01",
    "address": "Bryggegata 7, 0007 Fjordvik", "opening_hours": "Tirsdag kl. 10–14",
    "county_governor": "Statsforvalteren i Fjordland", "pay_day": 13, "answer_days": 21, "norwegian": "nn",
    "policy": {"holiday_year": "calendar", "pay_day_off": "before"},
}  # fmt: skip
PLAN = {
    "version": 3, "kind": "integration_plan", "decided_on": "2026-01-21", "end_goal": "work",
    "goal": text("Bli helsefagarbeidar"), "long_term_goal": text("Arbeide med eldre"),
    "reasons": text("Ho var hjelpepleiar"), "change": text("Praksisen er lengre"), "programme_end": "2028-01-23",
    "norwegian_hours_per_week": 16.5, "social_studies_hours": 76, "received_on": "2026-01-24",
    "goals": [{"skill": "writing", "goal": "B2", "reached": "A2"}],
    "elements": [
        {"id": "e-1", "code": "other", "title": "Symjing for alle", "status": "ongoing", "hours_per_week": 11.5,
         "first_day": "2026-02-03", "last_day": "2027-06-17", "place": "Symjehallen", "agreed_on": "2026-01-22",
         "reasons": text("Sjøen er nær")},
    ],
}  # fmt: skip
DECISIONS = [
    {"id": "v-1", "kind": "deduction", "outcome": "decided", "section": "integreringsloven § 21 første ledd",
     "reasons": text("Du var borte i tre timar"), "effect": text("Du får mindre stønad"),
     "effective_from": "2026-09-22", "decided_on": "2026-09-23", "decided_by": "Tone Tillitsvald",
     "received_on": "2026-09-24", "appeal_by": "2026-11-05"},
    {"id": "v-2", "kind": "other", "outcome": "decided", "section": "forvaltningsloven § 34",
     "reasons": text("Klagen førte ikkje fram"), "decided_on": "2026-08-25", "decided_by": "Stein Statsforvaltar",
     "authority": "county_governor", "appealable": False},
    {"id": "v-9", "kind": "leave", "outcome": "refused", "section": "integreringsforskriften § 12",
     "reasons": text("Du har brukt opp dagane"), "decided_on": "2026-09-26", "decided_by": "Liv Leiar"},
    {"id": "v-10", "kind": "leave", "outcome": "partly_granted", "section": "integreringsforskriften § 14",
     "reasons": text("Éin dag held"), "decided_on": "2026-10-02", "decided_by": "Ola Omgjerar",
     "received_on": "2026-10-03", "request": "P-2026-1", "granted_from": "2026-11-17", "granted_to": "2026-11-17",
     "granted_hours": 1.5, "granted_start": "09:10", "granted_end": "10:40", "replaces": "v-9"},
]  # fmt: skip
LATER = {
    "requests": [{"request": "P-2026-1", "status": "more_information", "at": "2026-09-30T10:00:00+02:00",
                  "text": text("Kva skal du?")}],
    "decisions": DECISIONS,
    "payments": [
        {"id": "u-1", "month": "2026-09", "status": "paid", "due_on": "2026-10-08", "paid_on": "2026-10-07",
         "before_tax_ore": 2000600, "decision": "v-1",
         "lines": [
             {"kind": "base", "amount_ore": 2100000},
             {"kind": "invalid_absence", "amount_ore": -100000, "hours": 4.5, "days": 2, "first_day": "2026-09-14",
              "last_day": "2026-09-16", "absence": "a-2"},
             {"kind": "correction", "amount_ore": 600, "corrects_month": "2026-07"},
         ]},
    ],
    "answers": [{"question": QUESTION, "text": text("Kurset startar snart"),
                 "answered_at": "2026-10-01T10:10:00+02:00"}],
    "contest_answers": [{"contest": CONTEST, "outcome": "stands", "text": text("Læraren var der"),
                         "answered_on": "2026-09-29"}],
}  # fmt: skip
OLENA: dict[str, Any] = {
    "id": "p-1", "pid": "04859010089", "given_name": "Olena", "family_name": "Sjevtsjenko", "born": "1990-05-04",
    "adviser": "r-7", "language": "uk", "regime": "integreringsloven", "programme": "introduction",
    "settled_on": "2026-01-05", "start_by": "2026-04-06", "start": "2026-02-02", "end": "2028-02-01",
    "lives_with_parent": True, "partner_in_programme": True, "sole_carer": True, "self_certification_withdrawn": True,
    "children": [{"id": "b-1", "born": "2019-03-09", "chronic": True}],
    "groups": [{"group": "norsk-a2", "first_day": "2026-08-17", "last_day": "2026-12-18"}],
    "plans": [PLAN],
    "contracts": [{"id": "k-1", "kind": "declaration", "signed_on": "2026-01-28"}],
    "training_hours": [{"id": "t-1", "subject": "norwegian", "hours": 213, "module": "Modul fire",
                        "reception_centre": True, "completed_on": "2026-06-19"}],
    "test_results": [{"id": "n-1", "examination": "listening", "result": "A1", "taken_on": "2026-06-10"}],
    "exemptions": [{"id": "f-1", "subject": "parental_guidance", "decided_on": "2026-01-26"}],
    "absences": [
        {"id": "a-1", "kind": "own_illness", "first_day": "2026-09-07", "last_day": "2026-09-10",
         "documentation": "medical", "medical_from": "2026-09-09", "document_by": "2026-10-20", "verdict": "valid",
         "registered_by": "teacher", "registered_name": "Per Lærar", "registered_at": "2026-09-11T09:15:00+02:00",
         "corrected_at": "2026-09-21T10:20:00+02:00", "corrected_by": "Rita Rettar"},
        {"id": "a-2", "first_day": "2026-09-15", "last_day": "2026-09-15", "hours": 3.5, "verdict": "invalid",
         "registered_by": "workplace", "registered_name": "Siv Sjef", "registered_at": "2026-09-17T12:25:00+02:00"},
    ],
    **LATER,
}  # fmt: skip
AMIR: dict[str, Any] = {
    "id": "p-2", "pid": "05869110029", "given_name": "Amir", "family_name": "Haidari", "born": "1991-06-05",
    "regime": "integreringsloven", "programme": "introduction", "start": "2025-02-03", "end": "2027-02-04",
    "ended_on": "2026-09-27", "end_reason": "completed", "certificate_on": "2026-09-28", "protected_address": True,
}  # fmt: skip


def document() -> dict[str, Any]:
    """The document of both."""
    return {
        "format": "introportalen/1", "issued_at": "2026-10-11T06:00:00+02:00", "source": "payroll",
        "municipality": MUNICIPALITY,
        "advisers": [{"id": "r-7", "name": "Kari Rådgjevar", "phone": "22 11 00 02", "email": "kari@fjordvik.example",
                      "hours": "Onsdag etter lunsj"}],
        "groups": [{"id": "norsk-a2", "name": "Norsk på kvelden"}],
        "breaks": [{"id": "host", "name": "Haustferie", "first_day": "2026-10-14", "last_day": "2026-10-15",
                    "group": "norsk-a2"}],
        "participants": [OLENA, AMIR],
    }  # fmt: skip


def before() -> dict[str, Any]:
    """The document of ten days earlier: nothing is decided or paid yet, and an absence is judged otherwise."""
    first, second = OLENA["absences"]
    olena = {name: value for name, value in OLENA.items() if name not in LATER}
    plain = {name: value for name, value in first.items() if not name.startswith("corrected")} | {"verdict": "invalid"}
    return document() | {
        "issued_at": "2026-10-01T06:00:00+02:00", "participants": [olena | {"absences": [plain, second]}, AMIR],
    }  # fmt: skip


def ask(session: Session, participant_id: int, absence_id: int) -> None:
    """What the document answers: a request for leave, a question, and that an absence is wrong."""
    vault = session.info["vault"]
    asked = {"participant_id": participant_id, "language": "nb"}
    session.add(LeaveRequest(
        public_id=REQUEST, number="P-2026-1", form=RequestForm.APPLICATION, kind=LeaveKind.WELFARE,
        first_day=date(2026, 11, 16), last_day=date(2026, 11, 18), text_version="1", **asked,
    ))  # fmt: skip
    session.add(Question(public_id=QUESTION, message=vault.seal("Når?", questions.PLACE, QUESTION), **asked))
    words = vault.seal("Eg var der", objections.PLACE, CONTEST)
    session.add(AbsenceObjection(public_id=CONTEST, absence_id=absence_id, message=words, has_paper=False, **asked))
