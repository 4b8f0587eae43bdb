"""The portal of docs/examples, some days after its document was sent."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.store.db import Store
from portal.tables.people import Participant
from tests.exchange.files import changed, example, rows, taken
from tests.settings import settings_for
from tests.strict import StrictClient, opened, sign_in

NOW = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)


@pytest.fixture
def portal(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The portal with nothing in it, Monday 12 October 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with opened(settings_for(database_url)) as app:
        yield app


@pytest.fixture
def told(portal: Flask, tmp_path: Path) -> Callable[..., StrictClient]:
    """`told(decisions=[…])`: the municipality sends this of Olena, and she signs in."""
    hours = iter(range(8, 24))

    def send(language: str = "nb", **participant: Any) -> StrictClient:
        store: Store = portal.extensions["store"]
        if not rows(store, Participant) and participant.get("payments") != []:
            taken(store, tmp_path, example())
        document = changed(**participant) | {"issued_at": f"2026-10-11T{next(hours):02}:00:00+02:00"}
        taken(store, tmp_path, document)
        return sign_in(portal, "p-1001", language)

    return send
