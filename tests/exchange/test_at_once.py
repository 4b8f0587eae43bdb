"""Two imports at the same moment, and an import while somebody else writes."""

import json
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import OperationalError

from portal import cli
from portal.exchange import importer
from portal.exchange.problems import Report
from portal.store.db import Store
from portal.tables.people import Participant
from tests.exchange.files import changed, example, rows
from tests.settings import settings_for


def test_imports_at_once_come_one_after_the_other(store: Store, database_url: str, tmp_path: Path) -> None:
    contents = [example(), example(), changed(given_name="Olha")]
    ready = Barrier(len(contents))
    reports: list[Report] = []

    def take(number: int) -> None:
        own = Store(settings_for(database_url))
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(contents[number]), encoding="utf-8")
        ready.wait()
        reports.append(importer.take(own, [path]))
        own.close()

    threads = [Thread(target=take, args=(number,)) for number in range(len(contents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [str(problem) for report in reports for problem in report.problems] == []
    assert len(reports) == len(contents)
    assert [row.given_name for row in rows(store, Participant)] == ["Olha"], "the newest document holds"


def test_an_import_that_must_wait_too_long_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy(_options: object) -> int:
        raise OperationalError("BEGIN IMMEDIATE", {"pid": "01810112345"}, Exception("database is locked"))

    monkeypatch.setattr("portal.exchange.commands._import", busy)
    assert cli.main(["exchange", "import", "x.json"]) == cli.BUSY
    told = capsys.readouterr().err
    assert "Nothing was done" in told
    assert "Traceback" not in told
    assert "01810112345" not in told
    monkeypatch.setattr("portal.exchange.commands._import", lambda _options: 0)
    assert cli.main(["exchange", "import", "x.json"]) == 0
