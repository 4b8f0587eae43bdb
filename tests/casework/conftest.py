"""A store with the small municipality, on the encrypted file only: what may be done does not depend on the database."""

from collections.abc import Iterator

import pytest

from portal.store.db import Store
from tests.databases import Embedded, make, stored
from tests.participant.leave.making import fill


@pytest.fixture(scope="module")
def filled(embedded: Embedded) -> Iterator[Store]:
    """Whoever changes it takes that back."""
    with stored(embedded, make(embedded, fill)) as store:
        yield store
