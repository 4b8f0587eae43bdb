"""A small municipality for the tests of leave and absence, on a Monday that stays the same."""

import re
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.law.vocabulary import Documentation, LeaveKind, Programme, Regime
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceValidity, RegisteredBy
from portal.tables.people import Adviser, Child, Municipality, Participant
from tests.strict import StrictClient, token_of

NOW = datetime(2026, 10, 19, 7, 0, tzinfo=UTC)
TODAY = date(2026, 10, 19)
#: Amal below, as `portal assess` takes her.
AMAL = {
    "regime": "integreringsloven",
    "programme": "introduction",
    "born": "1990-05-04",
    "start": "2026-02-02",
    "end": "2028-02-01",
    "lives_with_parent": False,
    "partner_in_programme": False,
    "children": [{"born": "2017-03-09", "chronic": False}],
    "sole_carer": True,
    "self_certification_withdrawn": False,
}


def fill(store: Store) -> None:
    """Amal (alone with a child, in the programme), Danylo (alone), Grace (Norwegian training only)."""
    with store.write_session() as session:
        session.add(
            Municipality(
                id=1,
                org_number="999888777",
                name="Solvik kommune",
                office="Flyktningkontoret",
                phone="22334455",
                county_governor="Statsforvalteren i Solvik",
                pay_day=15,
                answer_days=14,
            )
        )
        session.flush()
        session.add(Adviser(id=1, municipality_id=1, external_id="kari", name="Kari Nordli", phone="99887766"))
        session.flush()
        session.add(person(1, "amal", born=date(1990, 5, 4), sole_carer=True, adviser_id=1))
        session.add(person(2, "danylo", born=date(1985, 3, 3)))
        session.add(person(3, "grace", born=date(2001, 11, 1), programme=Programme.TRAINING_ONLY))
        session.flush()
        session.add(Child(participant_id=1, external_id="c1", born=date(2017, 3, 9)))
        session.commit()


def person(number: int, name: str, **facts: Any) -> Participant:
    """A participant who started in February."""
    values: dict[str, Any] = {
        "id": number,
        "municipality_id": 1,
        "external_id": name,
        "pid": b"x",
        "pid_index": name.encode(),
        "given_name": name.title(),
        "family_name": "Test",
        "regime": Regime.INTEGRATION_ACT,
        "programme": Programme.INTRODUCTION,
        "start": date(2026, 2, 2),
        "end": date(2028, 2, 1),
    }
    return Participant(**(values | facts))


def absence(participant_id: int, first: date, last: date, **facts: Any) -> Absence:
    """A registered absence."""
    values: dict[str, Any] = {
        "participant_id": participant_id,
        "external_id": f"{first}-{facts.get('kind')}",
        "kind": LeaveKind.OWN_ILLNESS,
        "first_day": first,
        "last_day": last,
        "documentation": Documentation.SELF_CERTIFIED,
        "verdict": AbsenceValidity.VALID,
        "registered_by": RegisteredBy.TEACHER,
        "registered_name": "Per Lærer",
        "registered_at": NOW,
    }
    return Absence(**(values | facts))


def add(app: Flask, *rows: Any) -> None:
    """Put rows into the store of a portal."""
    with app.extensions["store"].write_session() as session:
        session.expire_on_commit = False
        session.add_all(rows)
        session.commit()


def rows_of(app: Flask, table: type[Any]) -> list[Any]:
    """Every row of a table, in order."""
    with app.extensions["store"].read_session() as session:
        return list(session.execute(select(table).order_by(table.id)).scalars())


def main_of(page: str) -> str:
    """The words of a page's main part, in one line."""
    main = page.split("<main", 1)[1].split("</main", 1)[0].split(">", 1)[1]
    words = re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi[^>]*>", "", main))
    return re.sub(r"\s+", " ", words).strip()


class Journey:
    """A participant who asks for leave with a browser."""

    def __init__(self, client: StrictClient) -> None:
        self.client = client
        self.token = token_of(client.get("/permisjon/ny").text)

    def post(self, address: str, **typed: str) -> Any:
        """Send a form."""
        return self.client.post(address, data={"csrf_token": self.token, **typed})

    def begin(self, what: str) -> str:
        """Choose what has happened; gives the address of the draft."""
        answer = self.post("/permisjon/ny", what=what)
        assert answer.status_code == 303
        return str(answer.location).rpartition("/")[0]

    def asked(self, what: str, first: str, last: str = "", **typed: str) -> str:
        """A draft with its days; gives its address."""
        draft = self.begin(what)
        answer = self.post(f"{draft}/dager", first=first, last=last or first, **typed)
        assert answer.status_code == 303, main_of(answer.get_data(as_text=True))
        return draft

    def sent(self, what: str, first: str, last: str = "", message: str = "", **typed: str) -> str:
        """A sent request; gives its address."""
        draft = self.asked(what, first, last, **typed)
        answer = self.post(f"{draft}/betyr", message=message)
        assert answer.status_code == 303
        return str(answer.location).removesuffix("/kvittering")

    def html(self, address: str) -> str:
        """A page."""
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return str(answer.get_data(as_text=True))

    def says(self, address: str) -> str:
        """The words of a page."""
        return main_of(self.html(address))
