"""The portal with a small municipality, on a fixed day."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal import clock
from portal.store.db import Store
from tests.databases import Databases, make
from tests.participant.leave.making import NOW, Journey, fill
from tests.settings import settings_for
from tests.strict import opened, sign_in


@pytest.fixture(scope="session")
def small_database(databases: Databases) -> str:
    """A database with three people, to be copied."""
    return make(databases, fill)


@pytest.fixture
def app(databases: Databases, small_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The portal with three people, Monday 19 October 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    url = databases.new(small_database)
    with opened(settings_for(url)) as made:
        yield made
    databases.drop(url)


@pytest.fixture
def as_person(app: Flask) -> Callable[..., Journey]:
    """`as_person("amal", language="ar")`: somebody signed in."""
    return lambda name="amal", language="nb": Journey(sign_in(app, name, language))


@pytest.fixture
def amal(as_person: Callable[..., Journey]) -> Journey:
    """Amal, who reads Norwegian."""
    return as_person("amal")


@pytest.fixture
def small_store(app: Flask) -> Store:
    """The store of that portal."""
    found: Store = app.extensions["store"]
    return found
