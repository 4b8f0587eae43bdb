"""The municipality of the small portal as it really answers: with documents that it sends to the exchange."""

import json
from pathlib import Path
from typing import Any

from flask import Flask

from portal.exchange import importer

AMAL = {
    "id": "amal", "pid": "04859010089", "given_name": "Amal", "family_name": "Test", "born": "1990-05-04",
    "regime": "integreringsloven", "programme": "introduction", "start": "2026-02-02", "end": "2028-02-01",
    "sole_carer": True,
}  # fmt: skip


def document(minute: int, **participant: Any) -> dict[str, Any]:
    """A document about Amal, made so many minutes past six on the portal's day."""
    return {
        "format": "introportalen/1",
        "issued_at": f"2026-10-19T06:{minute:02}:00+02:00",
        "municipality": {
            "org_number": "310000019", "name": "Solvik kommune", "office": "Flyktningkontoret", "phone": "22334455",
            "county_governor": "Statsforvalteren i Solvik", "pay_day": 15, "answer_days": 14,
        },
        "participants": [{**AMAL, **participant}],
    }  # fmt: skip


def answer(request: str, **values: Any) -> dict[str, Any]:
    """A decision on the request at an address; granted as asked for where nothing else is said."""
    return {
        "id": "v-1", "kind": "leave", "outcome": "granted", "section": "integreringsforskriften § 14",
        "reasons": "Timen er viktig.", "decided_on": "2026-10-19", "received_on": "2026-10-19",
        "request": request.rpartition("/")[2], **values,
    }  # fmt: skip


def problems(app: Flask, folder: Path, sent: dict[str, Any]) -> list[str]:
    """What is wrong with a document, without the path of its file; empty where it is taken."""
    path = folder / "document.json"
    path.write_text(json.dumps(sent), encoding="utf-8")
    report = importer.take(app.extensions["store"], [path])
    return [str(problem).removeprefix(str(path)) for problem in report.problems]
