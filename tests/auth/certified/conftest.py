"""The certified provider for all of these tests; a whole portal for each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask

from portal.app import create_app
from tests.auth.certified.walking import Certified, Door, Visitor, certified
from tests.databases import Embedded
from tests.settings import settings_for


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """The portal's port."""
    opened = Door()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def idporten(door: Door) -> Iterator[Certified]:
    """The certified provider, started once."""
    with certified(door.address) as running:
        yield running


@pytest.fixture
def serve(door: Door, idporten: Certified, filled: tuple[Embedded, str]) -> Iterator[Callable[..., Flask]]:
    """Serve a whole portal with changed settings; `door` leads to the last one."""
    databases, like = filled
    url = databases.new(like)
    with ExitStack() as stack:

        def put(**changes: Any) -> Flask:
            settings = settings_for(url, **{"base_url": door.address, "oidc_issuer": idporten.issuer, **changes})
            door.app = create_app(settings)
            stack.callback(door.app.extensions["store"].close)
            return door.app

        yield put


@pytest.fixture
def app(serve: Callable[..., Flask]) -> Flask:
    """A whole portal, served."""
    return serve()


@pytest.fixture
def newcomer(app: Flask, door: Door, idporten: Certified) -> Iterator[Callable[[], Visitor]]:
    """Browsers that have been nowhere yet."""
    with ExitStack() as stack:
        yield lambda: Visitor(door.address, idporten.issuer, stack)


@pytest.fixture
def visitor(newcomer: Callable[[], Visitor]) -> Visitor:
    """One such browser."""
    return newcomer()
