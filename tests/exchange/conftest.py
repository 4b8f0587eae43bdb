"""A store that has taken the example in: the import is made once, and each test gets a copy."""

from collections.abc import Iterator

import pytest

from portal.store.db import Store
from tests.databases import Databases, make, stored
from tests.exchange.files import EXAMPLES, example, taken


@pytest.fixture(scope="session")
def example_database(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the example's document, to be copied."""
    folder = tmp_path_factory.mktemp("example")
    return make(databases, lambda store: taken(store, folder, example()))


@pytest.fixture(scope="session")
def timetable_database(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the example's document and its timetable, to be copied."""
    folder, timetable = tmp_path_factory.mktemp("example"), (EXAMPLES / "timetable.ics").read_text()
    return make(databases, lambda store: taken(store, folder, example(), timetable))


@pytest.fixture
def with_example(databases: Databases, example_database: str) -> Iterator[Store]:
    """A store with the example's document."""
    with stored(databases, example_database) as store:
        yield store


@pytest.fixture
def with_timetable(databases: Databases, timetable_database: str) -> Iterator[Store]:
    """A store with the example's document and its timetable."""
    with stored(databases, timetable_database) as store:
        yield store
