"""What participants sent goes out in order, until the receiver says that it has it."""

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from portal import cli, clock
from portal.casework import outbox
from portal.exchange import commands
from portal.exchange.export import events
from portal.store.db import Store
from portal.tables.log import Access, AccessLog, Actor, OutgoingEvent, OutgoingKind
from tests.databases import Embedded, make
from tests.exchange.files import ORG, example, rows, taken
from tests.settings import environment_for, key, settings_for


@pytest.fixture
def sent(store: Store, tmp_path: Path) -> Store:
    taken(store, tmp_path, example())
    with store.write_session() as session:
        outbox.add(session, 1, OutgoingKind.LEAVE_SENT, {"number": "P-1", "text": "Jeg må på sykehus"}, clock.now())
        outbox.add(session, 1, OutgoingKind.LANGUAGE_CHOSEN, {"language": "ar"}, clock.now())
        session.commit()
    return store


def waiting(store: Store, **options: Any) -> list[dict[str, Any]]:
    with store.write_session() as session:
        found = events.waiting(session, **options)
        session.commit()
    return found


def acknowledge(store: Store, *ids: str) -> outbox.Acknowledged:
    with store.write_session() as session:
        done = outbox.acknowledge(session, ids, clock.now())
        session.commit()
    return done


def test_events_are_sealed_where_they_wait(sent: Store) -> None:
    assert b"sykehus" not in rows(sent, OutgoingEvent)[0].payload


def test_events_come_in_order_until_acknowledged(sent: Store) -> None:
    first = waiting(sent)
    assert [event["kind"] for event in first] == ["leave_sent", "language_chosen"]
    assert first[0] == {
        "id": rows(sent, OutgoingEvent)[0].public_id, "at": first[0]["at"], "kind": "leave_sent", "municipality": ORG,
        "participant": "p-1001", "payload": {"number": "P-1", "text": "Jeg må på sykehus"},
    }  # fmt: skip
    assert waiting(sent) == first
    assert acknowledge(sent, first[0]["id"]).now == [first[0]["id"]]
    assert waiting(sent) == first[1:]
    acknowledge(sent, first[1]["id"])
    assert waiting(sent) == []


def test_acknowledging_twice_or_what_is_unknown_changes_nothing(sent: Store) -> None:
    name = waiting(sent)[0]["id"]
    acknowledge(sent, name)
    moment = rows(sent, OutgoingEvent)[0].acknowledged_at
    done = acknowledge(sent, name, "nothing")
    assert (done.now, done.before, done.unknown) == ([], [name], ["nothing"])
    assert rows(sent, OutgoingEvent)[0].acknowledged_at == moment


def test_an_event_stored_late_is_not_lost(sent: Store) -> None:
    """An id lower than what was acknowledged comes out all the same: each event waits for its own acknowledgement."""
    first, second = waiting(sent)
    acknowledge(sent, second["id"])
    assert waiting(sent) == [first]


def test_a_part_and_a_municipality_of_its_own(sent: Store) -> None:
    assert len(waiting(sent, most=1)) == 1
    assert len(waiting(sent, municipality=ORG)) == 2
    assert waiting(sent, municipality="310000027") == []


def test_reading_is_logged_for_the_participant(sent: Store) -> None:
    waiting(sent)
    line = rows(sent, AccessLog)[-1]
    assert (line.participant_id, line.actor, line.access) == (1, Actor.MUNICIPALITY, Access.EXPORTED)
    assert len(rows(sent, AccessLog)) == 2


def test_a_transaction_that_fails_leaves_no_event(sent: Store) -> None:
    with sent.write_session() as session:
        outbox.add(session, 1, OutgoingKind.QUESTION_ASKED, {}, clock.now())
        session.rollback()
    assert len(waiting(sent)) == 2


def run(monkeypatch: pytest.MonkeyPatch, store: Store, *arguments: str) -> int:
    monkeypatch.setattr(commands, "_store", lambda: store)
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers())
    options = parser.parse_args(["exchange", *arguments])
    return int(options.run(options))


class Receiver(io.StringIO):
    """Standard output of somebody who is slow: at each line somebody else writes to the database."""

    def __init__(self, other: Store, opened: list[object]) -> None:
        super().__init__()
        self.other, self.opened, self.ahead = other, opened, [0]

    def write(self, text: str, /) -> int:
        if "payload" in text:
            self.ahead.append(len(self.opened) - self.getvalue().count("payload"))
            with self.other.write_session() as session:
                session.connection().exec_driver_sql("UPDATE municipality SET name = name")
                session.commit()
        return super().write(text)


def test_an_export_holds_some_events_at_a_time_and_no_lock(
    sent: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sent.write_session() as session:
        for number in range(10):
            outbox.add(session, 1, OutgoingKind.LANGUAGE_CHOSEN, {"number": number}, clock.now())
        session.commit()
    opened: list[object] = []
    unseal = sent.vault.open
    monkeypatch.setattr(sent.vault, "open", lambda *given: (opened.append(given), unseal(*given))[1])
    monkeypatch.setattr(events, "TOGETHER", 5)
    receiver = Receiver(Store(settings_for(database_url)), opened)
    monkeypatch.setattr("sys.stdout", receiver)
    assert run(monkeypatch, sent, "export") == 0
    told = json.loads(receiver.getvalue())["events"]
    assert [event["payload"].get("number") for event in told[2:]] == list(range(10))
    assert max(receiver.ahead) == 5
    assert [line.access for line in rows(sent, AccessLog)].count(Access.EXPORTED) == 1
    receiver.other.engine.dispose()


class Blocking(io.StringIO):
    """Standard output of somebody who begins to write to the database when the first event comes, and does not end."""

    def __init__(self, other: Store) -> None:
        super().__init__()
        self.session = other.write_session()

    def write(self, text: str, /) -> int:
        if "payload" in text:
            self.session.connection().exec_driver_sql("UPDATE municipality SET name = name")
        return super().write(text)


@pytest.fixture
def hurried(sent: Store, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """What a command opens, which here waits for a tenth of a second."""
    if sent.engine.dialect.name != "sqlite":
        pytest.skip("only the file has one writer at a time")
    settings = settings_for(database_url).model_copy(update={"database_command_seconds": 0.1})
    opened = Store(settings)
    monkeypatch.setattr(commands, "_store", lambda: opened)
    return opened


def test_an_export_that_waits_in_vain_prints_nothing(
    sent: Store, hurried: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with sent.write_session() as other:
        other.connection()
        assert cli.main(["exchange", "export"]) == cli.BUSY
        told = capsys.readouterr()
        assert (told.out, told.err.splitlines()) == (
            "",
            ["The database: database is locked. Nothing was done: try again in a while."],
        )
        assert cli.main(["exchange", "received"]) == 0, "who only reads does not wait"
        assert "1 participants" in capsys.readouterr().out
    assert cli.main(["exchange", "export"]) == 0
    assert len(json.loads(capsys.readouterr().out)["events"]) == 2
    hurried.close()


def test_an_export_that_fails_on_the_way_has_printed_whole_json(
    sent: Store, hurried: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "TOGETHER", 1)
    receiver = Blocking(sent)
    monkeypatch.setattr("sys.stdout", receiver)
    assert cli.main(["exchange", "export"]) == cli.BUSY
    assert len(json.loads(receiver.getvalue())["events"]) == 1
    receiver.session.close()
    hurried.close()


@pytest.mark.usefixtures("let_go")
def test_an_export_with_another_key_prints_nothing(
    sent: Store, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment_for(settings_for(database_url)).items():
        monkeypatch.setenv(name, value)
    assert cli.main(["exchange", "export"]) == 0
    assert len(json.loads(capsys.readouterr().out)["events"]) == 2
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", key("x"))
    assert cli.main(["exchange", "export"]) == 78
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert "PORTAL_ENCRYPTION_KEY is not the key" in told.err


def test_a_command_waits_longer_than_a_page(embedded: Embedded) -> None:
    waits = {}
    for web in (True, False):
        store = Store(settings_for(make(embedded), database_command_seconds=60), web=web)
        with store.write_session() as session:
            waits[web] = session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar()
        store.close()
    assert waits == {True: 5000, False: 60_000}


@pytest.mark.parametrize(("most", "number"), [("1", 1), ("0", 0), ("9", 2)])
def test_an_export_of_a_part(
    sent: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], most: str, number: int
) -> None:
    assert run(monkeypatch, sent, "export", "--most", most) == 0
    assert len(json.loads(capsys.readouterr().out)["events"]) == number


def test_commands(
    sent: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, sent, "export") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "introportalen-events/1"
    names = [event["id"] for event in told["events"]]
    assert run(monkeypatch, sent, "ack", *names) == 0
    assert capsys.readouterr().out == "Acknowledged: 2 now, 0 before.\n"
    assert run(monkeypatch, sent, "ack", "unknown") == 2
    assert "unknown: found no event with this id" in capsys.readouterr().err
    assert run(monkeypatch, sent, "schema") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "DocumentIn"
    (tmp_path / "bad.json").write_text("{}")
    assert run(monkeypatch, sent, "import", str(tmp_path / "bad.json")) == 2
    shown = capsys.readouterr().err
    assert "$.format: found nothing, expected a value" in shown
    assert "3 problems: nothing was taken, the store is as before." in shown
    (tmp_path / "good.json").write_text(json.dumps(example() | {"issued_at": "2026-11-01T06:00:00Z"}))
    assert run(monkeypatch, sent, "import", str(tmp_path / "good.json")) == 0
    assert capsys.readouterr().out == "Taken: 1 participants, 0 participants changed.\n"
