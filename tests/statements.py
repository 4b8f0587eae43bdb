"""How often a page asks the database: counted, never timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Dialect, event

from portal.store.prepared import Prepared


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collects the SQL that is run within the block, but for pragmas and transactions."""
    heard: list[str] = []
    engine = app.extensions["store"].both

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            heard.append(statement)

    run = Prepared._run

    def hear_prepared(self: Prepared[Any], driver: Any, dialect: Dialect, compiled: Any, given: Any) -> Any:
        heard.append(compiled.sql)
        return run(self, driver, dialect, compiled, given)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Prepared, "_run", hear_prepared)
            yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)
