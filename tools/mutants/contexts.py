"""A plugin of pytest for the covered run: coverage hears which test is running, and what passed is written down."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

_took: dict[str, float] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What runs from here on, fixtures too, is this test's."""
    running = coverage.Coverage.current()
    assert running is not None  # `coverage run` started us
    running.switch_context(item.nodeid)
    yield
    running.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Seconds of every test, and nothing of those that failed or were skipped."""
    if not report.passed:
        _took[report.nodeid] = float("nan")
    else:
        _took[report.nodeid] = _took.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish() -> None:
    """Written where `MUTANTS_TOOK` says."""
    passed = {test: seconds for test, seconds in _took.items() if seconds == seconds}  # noqa: PLR0124  # not nan
    Path(os.environ["MUTANTS_TOOK"]).write_text(json.dumps(passed), encoding="utf-8")
