"""Every field of the document is stored where it belongs, and seen by whom it is about or by nobody with a reason."""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from portal import clock
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceCorrection, AbsenceObjection
from portal.tables.allowance import Payment, PaymentLine
from portal.tables.decision import Decision
from portal.tables.leave import LeaveEvent, LeaveRequest
from portal.tables.log import Question, Received
from portal.tables.people import Adviser, Child, ClassGroup, Membership, Municipality, Participant
from portal.tables.plan import Contract, LanguageGoal, Plan, PlanElement
from portal.tables.schedule import SchoolBreak
from portal.tables.texts import Text, TextVersion
from portal.tables.training import Exemption, TestResult, TrainingHours
from tests.databases import Embedded, make
from tests.exchange import carried
from tests.exchange.documents import SCHEMA
from tests.exchange.files import taken
from tests.exchange.test_left_out import fields
from tests.house.crawling import crawl
from tests.settings import settings_for
from tests.strict import opened, sign_in

pytestmark = pytest.mark.one_database

NOW = datetime.fromisoformat("2026-10-12T09:00:00+02:00")
DOCUMENT = carried.document()
SAID = [(part, name, value) for value, name, part in fields(DOCUMENT, SCHEMA, "DocumentIn")]


class Kept(NamedTuple):
    """Where a part is stored: its table, the field that tells it from its like, and columns of another name."""

    table: type[SQLModel]
    key: str = "id"
    columns: Mapping[str, str] = MappingProxyType({})


KEPT = {
    "DocumentIn": Kept(Received, "source"),
    "MunicipalityIn": Kept(Municipality, "org_number"),
    "AdviserIn": Kept(Adviser),
    "GroupIn": Kept(ClassGroup),
    "BreakIn": Kept(SchoolBreak),
    "ChildIn": Kept(Child),
    "MembershipIn": Kept(Membership, "first_day"),
    "ParticipantIn": Kept(Participant),
    "PlanIn": Kept(Plan, "version"),
    "LanguageGoalIn": Kept(LanguageGoal, "skill"),
    "ElementIn": Kept(PlanElement),
    "ContractIn": Kept(Contract),
    "TrainingHoursIn": Kept(TrainingHours),
    "TestResultIn": Kept(TestResult),
    "ExemptionIn": Kept(Exemption),
    "AbsenceIn": Kept(Absence),
    "DecisionIn": Kept(Decision),
    "RequestAnswerIn": Kept(LeaveEvent, "at", {"status": "kind"}),
    "PaymentIn": Kept(Payment, columns={"before_tax_ore": "before_tax"}),
    "PaymentLineIn": Kept(PaymentLine, "amount_ore", {"amount_ore": "amount"}),
    "AnswerIn": Kept(Question, "question", {"question": "public_id", "text": "answer_text_id"}),
    "ObjectionAnswerIn": Kept(
        AbsenceObjection, "contest", {"contest": "public_id", "outcome": "status", "text": "answer_text_id"}
    ),
}
#: What stands in a row that hangs on the part's own: how the one is found from the other, and its columns.
BESIDE: dict[str, tuple[type[SQLModel], str, tuple[str, ...]]] = {
    "AbsenceIn": (AbsenceCorrection, "absence_id", ("corrected_at", "corrected_by")),
    "DecisionIn": (
        LeaveRequest, "decision_id",
        ("request", "granted_from", "granted_to", "granted_hours", "granted_start", "granted_end"),
    ),
}  # fmt: skip
NAMED = {
    "adviser_id": Adviser, "group_id": ClassGroup, "replaces_id": Decision, "decision_id": Decision,
    "absence_id": Absence,
}  # fmt: skip
NOT_STORED = {("DocumentIn", "format"): "says how the document is to be read"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal on 12 October 2026 with what the document says."""
    folder = tmp_path_factory.mktemp("carried")
    with pytest.MonkeyPatch.context() as patch, opened(settings_for(make(Embedded(folder)))) as app:
        patch.setattr(clock, "now", lambda: NOW)
        store: Store = app.extensions["store"]
        taken(store, folder, carried.before())
        with store.write_session() as session:
            number = {row.external_id: row.id for row in session.scalars(select(Absence))}
            carried.ask(session, 1, number["a-2"])
            session.commit()
        taken(store, folder, DOCUMENT)
        yield app


@pytest.fixture(scope="module")
def pages(filled: Flask) -> dict[str, dict[str, str]]:
    """The pages of each in bokmål, by address, as they are read."""
    found = {person: crawl(sign_in(filled, person)) for person in ("p-1", "p-2")}
    return {person: {at: read(page) for at, page in crawled.items()} for person, crawled in found.items()}


def read(page: str) -> str:
    """The words of a page in one line."""
    body = page.partition("<main")[2].replace("\u2060", "")
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi[^>]*>", "", body))))


@pytest.fixture(scope="module")
def session(filled: Flask) -> Iterator[Session]:
    """What reads the filled store."""
    with filled.extensions["store"].read_session() as session:
        yield session


def column_of(table: type[SQLModel], field: str, columns: Mapping[str, str]) -> str:
    """The column that a field is stored in: one of its name, of its text or of what it names."""
    known = (columns.get(field), field, "external_id" if field == "id" else None, f"{field}_text_id", f"{field}_id")
    return next(name for name in known if name and name in table.model_fields and (field, name) != ("id", "id"))


def row_of(session: Session, part: str, value: dict[str, Any]) -> Any:
    """The row that a part of the document is stored in."""
    table, key, columns = KEPT[part]
    name = column_of(table, key, columns)
    return next(row for row in session.scalars(select(table)) if plain(getattr(row, name)) == plain(value[key]))


def stored(session: Session, part: str, value: dict[str, Any], field: str) -> Any:
    """What the database says of a field, in the words of a document."""
    row, (table, _, columns) = row_of(session, part, value), KEPT[part]
    if part in BESIDE and field in BESIDE[part][2]:
        table, hangs, _ = BESIDE[part]
        row = session.scalars(select(table).where(getattr(table, hangs) == row.id)).one()
        columns = {"request": "number"}
    if (part, field) == ("RequestAnswerIn", "request"):
        return session.get_one(LeaveRequest, row.request_id).number
    if (part, field) == ("RequestAnswerIn", "text"):
        return texts(session, row.params["text_id"])
    if (part, field) == ("ParticipantIn", "pid"):
        return session.info["vault"].open(row.pid, "participant.pid", row.public_id)
    name = column_of(table, field, columns)
    if name.endswith("text_id"):
        return texts(session, getattr(row, name))
    if name in NAMED:
        return session.get_one(NAMED[name], getattr(row, name)).external_id  # type: ignore[attr-defined]
    return getattr(row, name)


def texts(session: Session, text_id: int) -> dict[str, str]:
    """A text by language."""
    text = session.get_one(Text, text_id)
    found = session.scalars(select(TextVersion).where(TextVersion.text_id == text_id))  # type: ignore[arg-type]
    opened = session.info["vault"].open
    return {row.language: opened(row.body, "text_version.body", text.public_id, row.language) for row in found}


def plain(value: Any) -> Any:
    """A value of either side, as both would say it."""
    match value:
        case [{"language": _, "text": _}, *_]:
            return {version["language"]: version["text"] for version in value}
        case datetime():
            return value.timestamp()
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
            return datetime.fromisoformat(value).timestamp()
        case str() if re.fullmatch(r"\d+\.\d+|\d{2,3}", value):
            return float(value)
    return value


def is_list(value: Any) -> bool:
    """Whether a field holds other parts."""
    return isinstance(value, list) and not (value and "text" in value[0] and "language" in value[0])


def leaves() -> list[tuple[str, str, dict[str, Any]]]:
    """Every field that holds a value, not other parts, with the part it stands in."""
    found = [(part, name, holder) for part, name, holder in SAID if part in KEPT and not is_list(holder[name])]
    return [leaf for leaf in found if leaf[:2] != ("DocumentIn", "municipality")]


def test_the_document_says_every_field() -> None:
    parts = {"DocumentIn": SCHEMA} | {name: part for name, part in SCHEMA["$defs"].items() if "properties" in part}
    whole = {(name, field) for name, part in parts.items() for field in part["properties"]}
    assert {(part, name) for part, name, _ in SAID} == whole
    assert parts.keys() - KEPT.keys() == {"TextIn"}


def test_every_field_is_stored_by_its_name(session: Session) -> None:
    wrong = []
    for part, field, value in leaves():
        if (part, field) not in NOT_STORED:
            found, said = plain(stored(session, part, value, field)), plain(value[field])
            if found != said:
                wrong.append((part, field, said, found))
    assert not wrong


#: What a page says of each field, in its own place; of a field in several parts, what it says of each.
SEEN = {
    "MunicipalityIn": {
        "name": "Ring Fjordvik kommune.",
        "office": "Kontoret Innvandrerkontoret Bryggegata",
        "phone": "Ring 22 11 00 01 Hvem har vært her",
        "address": "Innvandrerkontoret Bryggegata 7, 0007 Fjordvik Tirsdag",
        "opening_hours": "Fjordvik Tirsdag kl. 10–14 Ring",
        "county_governor": "avgjør Statsforvalteren i Fjordland klagen",
        "pay_day": "Utbetalingen fredag 13.11.",
    },
    "AdviserIn": {
        "name": "Programrådgiveren din Kari Rådgjevar 22 11",
        "phone": "Kari Rådgjevar 22 11 00 02 ",
        "hours": "22 11 00 02 Onsdag etter lunsj kari@fjordvik.example Ring",
        "email": "kari@fjordvik.example Ring",
    },
    "BreakIn": {
        "name": "Ingen skole: Haustferie",
        "first_day": "onsdag 14.10. Ingen skole: Haustferie",
        "last_day": "ons. 14–15 Ingen skole: Haustferie fre. 16 Ingen timer",
        "group": "Ingen skole: Haustferie",
    },
    "ChildIn": {"born": "Du har 1 barn.", "chronic": "Du kan bruke 40 dager på 12 måneder"},
    "ParticipantIn": {
        "given_name": ("Navn Olena Sjevtsjenko", "Navn Amir Haidari"),
        "family_name": ("Navn Olena Sjevtsjenko", "Navn Amir Haidari"),
        "born": ("Født 04.05.1990", "Født 05.06.1991"),
        "adviser": "Programrådgiveren din Kari Rådgjevar",
        "language": "Språket mitt Norsk bokmål Norsk bokmål English Українська Alle språk",
        "programme": "Program Introduksjonsprogram",
        "start": ("Startet 02.02.2026", "Startet 03.02.2025"),
        "end": ("Slutter 01.02.2028", "Slutter 04.02.2027"),
        "ended_on": "Siste dag var søndag 27.09.2026.",
        "end_reason": "Du har fullført programmet",
        "certificate_on": "Deltakerbeviset ditt er fra 28.09.2026.",
        "protected_address": "Adressen din er beskyttet.",
        "lives_with_parent": "Du bor sammen med mor eller far.",
        "partner_in_programme": "Partneren din er også i programmet.",
        "sole_carer": "Du er alene om omsorgen.",
    },
    "PlanIn": {
        "version": "Versjon 3 · 21.01.2026",
        "kind": "Delene i planen",
        "decided_on": "Versjon 3 · 21.01.2026",
        "end_goal": "Når programmet er slutt, skal du kunne jobbe.",
        "goal": "Målet ditt Bli helsefagarbeidar",
        "long_term_goal": "Det langsiktige målet ditt Arbeide med eldre",
        "reasons": "Hvorfor planen er slik Ho var hjelpepleiar",
        "change": "Kommunen skriver Praksisen er lengre",
        "norwegian_hours_per_week": "Norsk 16,5 timer i uka",
        "social_studies_hours": "Samfunnskunnskap 76 timer i alt",
        "received_on": "Siste dag for å klage var mandag 16.02.2026.",
    },
    "LanguageGoalIn": {
        "skill": "Norskmålene dine Skrive",
        "goal": "Målet ditt er nivå B2.",
        "reached": "Du er på nivå A2.",
    },
    "ElementIn": {
        "title": "Delene i planen 1 Symjing for alle Pågår nå",
        "status": "Symjing for alle Pågår nå",
        "hours_per_week": "Pågår nå 11,5 timer i uka",
        "first_day": "Fra 03.02.2026 til 17.06.2027.",
        "last_day": "Fra 03.02.2026 til 17.06.2027.",
        "place": "Sted: Symjehallen",
        "agreed_on": "Dere ble enige 22.01.2026.",
        "reasons": "Hvorfor Sjøen er nær",
    },
    "ContractIn": {"kind": "Integreringserklæring Signert", "signed_on": "Signert 28.01.2026"},
    "TrainingHoursIn": {
        "subject": "Dette har du gjort Norsk 213 timer",
        "hours": "Norsk 213 timer",
        "module": "Moduler Modul fire 213 timer",
        "reception_centre": "Av dette 213 timer på mottak",
        "completed_on": "ferdig 19.06.2026",
    },
    "TestResultIn": {
        "examination": "Norskprøve: lytte 10.06.2026",
        "result": "10.06.2026 A1",
        "taken_on": "lytte 10.06.2026 A1",
    },
    "ExemptionIn": {
        "subject": "Du trenger ikke ta Foreldreveiledning.",
        "decided_on": "Det ble bestemt 26.01.2026.",
    },
    "AbsenceIn": {
        "kind": "07.09. – 10.09. Gyldig fravær Egen sykdom",
        "first_day": ("mandag 07.09. – torsdag 10.09.2026", "tirsdag 15.09.2026"),
        "last_day": ("mandag 07.09. – torsdag 10.09.2026", "tirsdag 15.09.2026"),
        "hours": "3,5 timer, tirsdag 15.09.2026",
        "documentation": "Regel integreringsforskriften §§ 5 og 8",
        "verdict": ("10.09.2026 Egen sykdom Gyldig fravær", "Grunnen er ikke kjent Ugyldig fravær"),
        "registered_by": (
            "Læreren registrerte det fredag 11.09.2026",
            "Arbeidsplassen registrerte det torsdag 17.09.2026",
        ),
        "registered_name": ("Navn Per Lærar Regel", "Navn Siv Sjef Regel"),
        "registered_at": (
            "Læreren registrerte det fredag 11.09.2026",
            "Arbeidsplassen registrerte det torsdag 17.09.2026",
        ),
        "corrected_at": "Dette er rettet mandag 21.09.2026",
        "corrected_by": "til Gyldig fravær. Rita Rettar",
    },
    "DecisionIn": {
        "kind": (
            "Vedtak om trekk i stønaden",
            "tirsdag 25.08.2026 Vedtak fra kommunen",
            "Vedtak om fravær eller permisjon",
        ),
        "outcome": ("Vedtatt Dette gjelder fra", "Avslått Du fikk nei.", "Delvis innvilget Du fikk ja til en del."),
        "section": (
            "Av Tone Tillitsvald Regel integreringsloven § 21 første ledd",
            "Av Stein Statsforvaltar Regel forvaltningsloven § 34",
            "Av Liv Leiar Regel integreringsforskriften § 12",
            "Av Ola Omgjerar Regel integreringsforskriften § 14",
        ),
        "reasons": (
            "Grunnen Du var borte i tre timar",
            "Grunnen Klagen førte ikkje fram",
            "Grunnen Du har brukt opp dagane",
            "Grunnen Éin dag held",
        ),
        "effect": "22.09.2026. Du får mindre stønad Grunnen",
        "effective_from": "Dette gjelder fra tirsdag 22.09.2026.",
        "decided_on": (
            "Bestemt onsdag 23.09.2026 Av Tone",
            "Bestemt tirsdag 25.08.2026 Av Stein",
            "Bestemt lørdag 26.09.2026 Av Liv",
            "Bestemt fredag 02.10.2026 Av Ola",
        ),
        "decided_by": (
            "Av Tone Tillitsvald Regel",
            "Av Stein Statsforvaltar Regel",
            "Av Liv Leiar Regel",
            "Av Ola Omgjerar Regel",
        ),
        "authority": "Statsforvalteren i Fjordland har avgjort klagen.",
        "received_on": "Siste dag for å klage er mandag 26.10.2026.",
        "appeal_by": "Siste dag for å klage er torsdag 05.11.2026.",
        "appealable": "Du kan ikke klage på dette vedtaket.",
        "request": "fredag 02.10.2026 Kommunen sa ja til en del av det du søkte om.",
        "granted_from": "Du har fått fri 1,5 timer tirsdag 17.11.2026",
        "granted_to": "Du har fått fri 1,5 timer tirsdag 17.11.2026",
        "granted_hours": "Du har fått fri 1,5 timer",
        "granted_start": "kl. 09:10–10:40",
        "granted_end": "kl. 09:10–10:40",
        "replaces": "Dette endrer svaret fra lørdag 26.09.2026.",
    },
    "RequestAnswerIn": {
        "request": "Kommunen trenger å vite mer.",
        "status": "Kommunen trenger å vite mer.",
        "at": "onsdag 30.09.2026 kl. 10:00 Kommunen trenger å vite mer.",
        "text": "Kommunen trenger å vite mer. Kva skal du?",
    },
    "PaymentIn": {
        "month": "Stønad for 09.2026 21 000 kr",
        "status": "Utbetalt onsdag 07.10.2026",
        "due_on": "1 000 kr mindre på utbetalingen torsdag 08.10.2026.",
        "paid_on": "Kommunen betalte onsdag 07.10.2026.",
        "before_tax_ore": "Sum før skatt 20 006 kr",
        "decision": "Kommunen bestemte det onsdag 23.09.2026.",
    },
    "PaymentLineIn": {
        "kind": ("Stønad for 09.2026", "Ugyldig fravær −1 000 kr", "Retting 6 kr"),
        "amount_ore": ("21 000 kr", "Ugyldig fravær −1 000 kr", "Retting 6 kr"),
        "hours": "Se hvordan 4,5 timer",
        "first_day": "mandag 14.09. – onsdag 16.09.2026 Se hvordan",
        "last_day": "mandag 14.09. – onsdag 16.09.2026 Se hvordan",
        "corrects_month": "Du fikk for lite for 07.2026.",
        "absence": "Arbeidsplassen registrerte det torsdag 17.09.2026. Se fraværet",
    },
    "AnswerIn": {
        "question": "Når? Svar · torsdag 01.10.2026 Kurset startar snart",
        "text": "Når? Svar · torsdag 01.10.2026 Kurset startar snart",
        "answered_at": "Svar · torsdag 01.10.2026",
    },
    "ObjectionAnswerIn": {
        "contest": "Grunnen Læraren var der",
        "outcome": "Kommunen mener at fraværet er riktig.",
        "text": "Grunnen Læraren var der",
        "answered_on": "Svar tirsdag 29.09.2026",
    },
}
OURS = "names things between the municipality and us"
SHOWN_NOWHERE = {
    ("DocumentIn", "format"): "says how the document is to be read",
    ("DocumentIn", "issued_at"): "tells an older document from a newer one",
    ("DocumentIn", "source"): OURS,
    ("MunicipalityIn", "org_number"): OURS,
    ("MunicipalityIn", "norwegian"): "says which Norwegian the texts are in: an attribute of theirs, no words",
    ("MunicipalityIn", "policy"): "changes counters and days; the tests of each choice see them",
    ("MunicipalityIn", "answer_days"): "said before an application is sent; tests/participant/leave",
    ("AdviserIn", "id"): OURS,
    ("GroupIn", "id"): OURS,
    ("GroupIn", "name"): "open: shown nowhere",
    ("BreakIn", "id"): OURS,
    ("ChildIn", "id"): OURS,
    ("MembershipIn", "group"): "says whose lessons are on the timetable; tests/participant/schedule",
    ("MembershipIn", "first_day"): "says from when; tests/participant/schedule",
    ("MembershipIn", "last_day"): "says until when; tests/participant/schedule",
    ("ParticipantIn", "id"): OURS,
    ("ParticipantIn", "pid"): "sealed, and never on a page",
    ("ParticipantIn", "regime"): "says which law the rules are taken from",
    ("ParticipantIn", "settled_on"): "open: stands in for the first day where there is none",
    ("ParticipantIn", "start_by"): "shown only until the programme starts; tests/participant/plan",
    ("ParticipantIn", "self_certification_withdrawn"): "said where own illness is told of; tests/participant/leave",
    ("PlanIn", "programme_end"): "open: the participant's own last day is shown in its place",
    ("ElementIn", "id"): OURS,
    ("ElementIn", "code"): "of `other` the title is shown; tests/participant/plan",
    ("ContractIn", "id"): OURS,
    ("TrainingHoursIn", "id"): OURS,
    ("TestResultIn", "id"): OURS,
    ("ExemptionIn", "id"): OURS,
    ("AbsenceIn", "id"): OURS,
    ("AbsenceIn", "medical_from"): "counts in the quota of self-certified days; tests/law",
    ("AbsenceIn", "document_by"): "a task only until there is a certificate; tests/participant/absences",
    ("DecisionIn", "id"): OURS,
    ("PaymentIn", "id"): OURS,
    ("PaymentLineIn", "days"): "hours are shown where there are hours",
}


def test_every_field_is_seen_or_there_is_a_reason() -> None:
    seen = {(part, field) for part, shown in SEEN.items() for field in shown}
    assert seen | SHOWN_NOWHERE.keys() == {(part, field) for part, field, _ in leaves()}
    assert not seen & SHOWN_NOWHERE.keys()


def test_every_field_is_seen_in_its_own_place(pages: dict[str, dict[str, str]]) -> None:
    everything = "\n".join(page for found in pages.values() for page in found.values())
    missing = [
        (part, field, words)
        for part, shown in SEEN.items()
        for field, said in shown.items()
        for words in ([said] if isinstance(said, str) else said)
        if words not in everything
    ]
    assert not missing


def test_every_page_gives_the_adviser_s_number_or_else_the_office_s(pages: dict[str, dict[str, str]]) -> None:
    adviser, office = "22 11 00 02", "22 11 00 01"
    for person, right, wrong in (("p-1", adviser, office), ("p-2", office, adviser)):
        numbers = {at: set(re.findall(r"22 11 00 0\d", page)) for at, page in pages[person].items()}
        assert {at for at, found in numbers.items() if wrong in found} <= ({"/meg"} if person == "p-1" else set())
        assert {"/fravaer", "/timeplan", "/permisjon", "/meg"} <= {
            at for at, found in numbers.items() if right in found
        }
