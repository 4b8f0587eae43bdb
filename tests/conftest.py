"""What every test may ask for: a store, a filled store, the portal, and a strict client signed in as somebody."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal import clock
from portal.app import Portal
from portal.auth import oidc
from portal.demo import filling
from portal.store import db
from portal.store.db import Store
from tests.databases import Databases, Embedded, make, postgresql
from tests.settings import settings_for
from tests.strict import COMPILED, StrictClient, opened, sign_in

ENGINES = ("embedded", "postgresql")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is marked `one_database` says the same on both, so it runs on the encrypted file alone."""
    items[:] = [item for item in items if not _is_said_already(item)]


def _is_said_already(item: pytest.Item) -> bool:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return item.get_closest_marker("one_database") is not None and parameters.get("databases") == "postgresql"


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """What every portal of a run would make anew and all have alike: the code of templates, and the key from its text
    (which is proven to be one, prime by prime, each time that it is read).
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Portal, "jinja_options", {"bytecode_cache": COMPILED})
        patched.setattr(oidc, "client_key", cache(oidc.client_key))
        yield


@pytest.fixture(scope="session", params=ENGINES)
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Each engine in turn."""
    if request.param == "embedded":
        yield Embedded(tmp_path_factory.mktemp("embedded"))
    else:
        with postgresql() as server:
            yield server


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    """Only the encrypted file: for browsers and whatever does not touch the database's own ways."""
    return Embedded(tmp_path_factory.mktemp("embedded-only"))


@pytest.fixture(scope="session")
def empty_database(databases: Databases) -> str:
    """A migrated database with nothing in it, to be copied."""
    return make(databases)


@pytest.fixture(scope="session")
def demo_database(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the demo municipality as of today, to be copied."""
    return make(databases, fill_with_demo(tmp_path_factory.mktemp("demo-files")))


def fill_with_demo(folder: Path) -> Callable[[Store], None]:
    """Fills a store with the demo municipality, through the municipality's own door."""
    return lambda store: filling.fill(store, clock.today(), folder)


@pytest.fixture
def database_url(databases: Databases, empty_database: str) -> Iterator[str]:
    """The URL of a migrated empty database of this test's own."""
    url = databases.new(empty_database)
    yield url
    databases.drop(url)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A migrated empty store."""
    opened = Store(settings_for(database_url))
    yield opened
    opened.close()


@pytest.fixture
def demo_app(databases: Databases, demo_database: str) -> Iterator[Flask]:
    """The portal with the demo municipality; a test may write."""
    url = databases.new(demo_database)
    with opened(settings_for(url)) as app:
        yield app
    databases.drop(url)


@pytest.fixture(scope="session")
def shown_app(databases: Databases, demo_database: str) -> Iterator[Flask]:
    """The portal with the demo municipality for tests that only read; shared by all of them."""
    url = databases.new(demo_database)
    with opened(settings_for(url)) as app:
        yield app
    databases.drop(url)


@pytest.fixture(scope="session")
def worded_app(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The same on the encrypted file only: for what is wide and does not depend on the database, such as words."""
    url = make(embedded, fill_with_demo(tmp_path_factory.mktemp("demo-files")))
    with opened(settings_for(url)) as app:
        yield app


@pytest.fixture
def client(demo_app: Flask) -> StrictClient:
    """A strict browser that nobody has signed in with."""
    return demo_app.test_client()  # type: ignore[return-value]  # the class set above


@pytest.fixture
def signed_in(demo_app: Flask) -> Callable[..., StrictClient]:
    """`signed_in("amal", language="ar")`: a strict browser signed in as a demo person."""
    return lambda person, language="nb": sign_in(demo_app, person, language)


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The connections of commands that run within a test are closed after it, as the end of a process would."""
    make_engine, made = db.make_engine, []

    def remembered(*arguments: Any, **options: Any) -> Engine:
        made.append(make_engine(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(db, "make_engine", remembered)
    yield
    for engine in made:
        engine.dispose()
