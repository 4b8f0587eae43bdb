"""What the tests of sign-in start from."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal import clock
from tests.auth.harness import Browser, Op, fill, portal_settings, running
from tests.databases import Embedded, make

Now = Callable[[], datetime]


@pytest.fixture(scope="session")
def provider() -> Iterator[Op]:
    """One demo ID-porten for all tests."""
    op = Op()
    yield op
    op.close()


@pytest.fixture
def op(provider: Op) -> Op:
    """The demo ID-porten as new."""
    provider.renew()
    return provider


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Embedded, str]:
    """A database with the people of these tests, to be copied."""
    databases = Embedded(tmp_path_factory.mktemp("sign-in"))
    return databases, make(databases, fill)


@pytest.fixture
def build(op: Op, filled: tuple[Embedded, str]) -> Iterator[Callable[..., Flask]]:
    """Make a portal with changed settings."""
    databases, like = filled
    with ExitStack() as stack:
        yield lambda **changes: stack.enter_context(running(portal_settings(databases.new(like), op, **changes)))


@pytest.fixture
def app(build: Callable[..., Flask]) -> Flask:
    """A portal."""
    return build()


@pytest.fixture
def visitor(app: Flask, op: Op) -> Browser:
    """A browser that has been nowhere yet."""
    return Browser(app, op)


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch, op: Op) -> Callable[..., None]:
    """Turn the portal's clock (`turn(minutes=31)`), and the provider's with it unless `alone`."""
    real: Now = clock.now
    offset = timedelta()
    monkeypatch.setattr(clock, "now", lambda: real() + offset)

    def forward(*, alone: bool = False, **by: Any) -> None:
        nonlocal offset
        offset += timedelta(**by)
        if not alone:
            op.offset += timedelta(**by).total_seconds()

    return forward
