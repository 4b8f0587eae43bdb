"""One wrong clock never stops a feed: older or newer is looked at per participant and source, shown, and forgotten."""

import argparse
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from portal import clock
from portal.exchange import commands
from portal.store.db import Store
from portal.tables.log import AccessLog, ImportedFile, Received
from portal.tables.people import Adviser, Municipality, Participant
from tests.exchange.files import ORG, changed, dump, example, refused, rows, take, taken

OTHER_PID = "02838810120"
Run = Callable[..., int]


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a step of the exchange on this store, as the command line does; gives its exit code."""
    monkeypatch.setattr(commands, "_store", lambda: store)

    def step(*words: str) -> int:
        parser = argparse.ArgumentParser()
        commands.add(parser.add_subparsers())
        options = parser.parse_args(["exchange", *words])
        code: int = options.run(options)
        return code

    return step


def issued(day: int, document: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {**(document or changed()), "issued_at": f"2026-10-{day:02}T06:00:00+02:00", **more}


def two(day: int, first: str, second: str, **more: Any) -> dict[str, Any]:
    """A document of two participants with these family names."""
    document = issued(day, changed(family_name=first), **more)
    other = {"id": "p-2", "pid": OTHER_PID, "family_name": second, "payments": [], "decisions": [], "absences": []}
    document["participants"].append(document["participants"][0] | other)
    return document


def names(store: Store) -> list[str]:
    return [person.family_name for person in rows(store, Participant)]


def test_a_time_ahead_is_refused_and_the_feed_goes_on(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, example())
    [problem] = refused(store, tmp_path, changed() | {"issued_at": "2030-01-01T06:00:00+01:00"})
    assert "0.json: $.issued_at: found 2030-01-01T06:00:00+01:00, expected a time that is not ahead of" in problem
    taken(store, tmp_path, changed(family_name="Ny"))
    assert names(store) == ["Ny"]


def test_some_minutes_ahead_are_a_clock(store: Store, tmp_path: Path) -> None:
    soon = clock.now() + timedelta(minutes=4)
    taken(store, tmp_path, example() | {"issued_at": soon.isoformat()})
    assert refused(store, tmp_path, example() | {"issued_at": (soon + timedelta(minutes=3)).isoformat()})


def test_older_is_looked_at_for_each_participant(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, two(2, "A", "A"))
    taken(store, tmp_path, issued(4, changed(family_name="C")))
    report = taken(store, tmp_path, two(3, "B", "B"))
    assert names(store) == ["C", "B"]
    assert report.left_out == 2
    assert (
        "$.participants[0]: participant 'p-1001' is left out: this document was issued 2026-10-03" in report.notices[1]
    )
    assert report.counts["participants changed"] == 1


def test_each_source_has_its_own_order(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, issued(5, source="payroll"))
    report = taken(store, tmp_path, issued(3, changed(family_name="Ny")))
    assert (names(store), report.left_out) == (["Ny"], 0)
    assert taken(store, tmp_path, issued(4, source="payroll")).left_out == 2


def test_an_older_head_adds_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, issued(3))
    older = issued(2, participants=[])
    older["municipality"]["phone"] = "99 99 99 99"
    older["advisers"] = [older["advisers"][0] | {"name": "En annen"}, {"id": "r-8", "name": "Ny", "phone": "1"}]
    report = taken(store, tmp_path, older)
    assert "$: the municipality is left out" in report.notices[0]
    assert rows(store, Municipality)[0].phone == "12 34 56 78"
    assert [adviser.name for adviser in rows(store, Adviser)] == ["Kari Eksempel", "Ny"]


def test_a_refused_document_never_moves_the_mark(store: Store, tmp_path: Path) -> None:
    taken(store, tmp_path, issued(2))
    before = dump(store)["received"]
    refused(store, tmp_path, issued(5, changed(adviser="nobody")))
    assert dump(store)["received"] == before
    assert taken(store, tmp_path, issued(3)).left_out == 0
    assert {str(row.issued_at.date()) for row in rows(store, Received)} == {"2026-10-03"}


def test_left_out_has_an_exit_code_and_can_be_forgotten(
    store: Store, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(store, tmp_path, issued(5))
    assert commands.tell(take(store, tmp_path, issued(3, changed(family_name="Ny")))) == commands.LEFT_OUT
    assert "Left out, since a newer document was taken before: 2." in capsys.readouterr().err
    assert len(rows(store, ImportedFile)) == 1  # so that the very file can come again
    assert run("received") == 0
    assert f"{ORG}, no source: 1 participants, issued 2026-10-05T04:00:00+00:00 to " in capsys.readouterr().out
    assert run("received", "--participant", "p-1001", "--reset") == 0
    assert run("received", "--municipality", ORG, "--source", "", "--reset") == 0
    assert capsys.readouterr().out.endswith("Forgotten.\n")
    assert run("received") == 0
    assert capsys.readouterr().out == "Nothing was received.\n"
    assert commands.tell(take(store, tmp_path, issued(3, changed(family_name="Ny")))) == 0
    assert names(store) == ["Ny"]


def test_after_a_reset_the_very_file_of_before_can_be_taken_back(store: Store, tmp_path: Path, run: Run) -> None:
    right, wrong = issued(3, changed(family_name="Rett")), issued(5, changed(family_name="Feil"))
    taken(store, tmp_path, right)
    taken(store, tmp_path, wrong)
    taken(store, tmp_path, right)
    assert names(store) == ["Feil"]
    assert run("received", "--reset") == 0
    taken(store, tmp_path, right)
    assert names(store) == ["Rett"]


@pytest.mark.parametrize("step", ["export", "received"])
def test_a_municipality_that_is_not_there_is_told(
    store: Store, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    assert run(step, "--municipality", ORG) == commands.REFUSED
    assert f"found {ORG}, expected none, since no document was taken yet" in capsys.readouterr().err
    taken(store, tmp_path, example())
    assert run(step, "--municipality", "310000027") == commands.REFUSED
    assert f"--municipality: found 310000027, expected one of {ORG}" in capsys.readouterr().err
    assert run(step, "--municipality", ORG) == 0


def test_one_line_in_the_log_for_each_command(store: Store, tmp_path: Path) -> None:
    first = example()
    second = changed(family_name="Ny", protected_address=True)
    third = changed(contracts=[{"id": "k-2", "kind": "contract", "signed_on": "2026-10-01"}])
    taken(store, tmp_path, first, issued(2, second), issued(3, third))
    [line] = rows(store, AccessLog)
    assert line.updated == ["person", "plan", "training", "absences", "decisions", "payments"]
    assert line.actor_name == "Eksempel kommune"
    taken(store, tmp_path, issued(4, changed(protected_address=False)))
    assert rows(store, AccessLog)[1].updated == ["person", "protection_ended"]
    taken(store, tmp_path, issued(5, changed(protected_address=False)))
    assert len(rows(store, AccessLog)) == 2
