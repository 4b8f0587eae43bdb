"""A rule of the tables that no migration brings, or that only the database has, is found on both engines."""

import re
import subprocess
from types import SimpleNamespace

import pytest
from sqlalchemy import CheckConstraint, text
from sqlmodel import SQLModel

from portal import cli
from portal.store import migrate
from portal.store.db import Store
from tools import scratch

TABLE = SQLModel.metadata.tables["absence_objection"]


def _status_known() -> CheckConstraint:
    return next(
        rule
        for rule in TABLE.constraints
        if isinstance(rule, CheckConstraint) and str(rule.name).endswith("status_known")
    )


def test_a_word_more_in_a_closed_set_needs_a_migration(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert migrate.differences(store.engine) == []  # the control
    known = _status_known()
    monkeypatch.setattr(known, "sqltext", text(str(known.sqltext).replace("('sent'", "('lost', 'sent'")))
    (found,) = migrate.differences(store.engine)
    assert re.match(r"check ck_absence_objection_status_known of absence_objection: the tables say .*lost", str(found))


def test_another_where_of_a_partial_index_needs_a_migration(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (index,) = (index for index in TABLE.indexes if index.name == "ix_absence_objection_one_waits")
    for options in (index.dialect_options["sqlite"], index.dialect_options["postgresql"]):
        monkeypatch.setitem(options._non_defaults, "where", text("status = 'stands'"))
    (found,) = migrate.differences(store.engine)
    assert re.match(r"index ix_absence_objection_one_waits of absence_objection: the tables say .*'stands'", str(found))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "CREATE INDEX extra ON absence_objection (sent_at)",
            "index extra of absence_objection: missing in the tables: ",
        ),
        (
            "DROP INDEX ix_absence_objection_one_waits",
            "index ix_absence_objection_one_waits of absence_objection: missing in",
        ),
    ],
)
def test_an_index_that_only_one_has_is_told(store: Store, change: str, told: str) -> None:
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(change))
    assert [line for line in migrate.differences(store.engine) if str(line).startswith(told)]


def test_a_unique_key_that_only_the_tables_have_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = (rule for rule in TABLE.constraints if str(rule.name) == "uq_absence_objection_public_id")
    monkeypatch.setattr(key, "name", "uq_absence_objection_other")
    told = [str(line) for line in migrate.differences(store.engine)]
    assert [line for line in told if line.startswith("unique key uq_absence_objection_other of absence_objection")], (
        told
    )


@pytest.mark.usefixtures("let_go")
def test_make_check_asks_both_engines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def here(command: list[object], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        """What the command does, without a process of its own."""
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        return subprocess.CompletedProcess(command, cli.main([str(word) for word in command[1:]]))

    monkeypatch.setattr(scratch, "subprocess", SimpleNamespace(run=here))
    assert scratch.main(["check"]) == 0
    told = capsys.readouterr().out
    assert re.findall(r"^(\w+): portal db check ended with 0$", told, re.MULTILINE) == ["SQLite", "PostgreSQL"]
