"""How long the import of a large municipality takes, first and again, and how much memory: 3 000 people, 2 years.

Run by hand: `python bench/import_many.py [participants] [database URL]`. Writes made-up files to a temporary folder,
imports them in a process of its own, and prints seconds, for how many of them others could not write, and the peak of
its memory.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from bench.history import GROUP_SIZE, Years, attendance, participant, pids_from, timetable
from portal.exchange import importer
from portal.settings import Settings
from portal.store.db import Store
from portal.store.migrate import upgrade

ORG, YEARS = "310000019", Years(date(2024, 10, 7), 104)
KEY = "ZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWU="


def main() -> None:
    """Make the files, then import them twice in a fresh process each."""
    if sys.argv[1:2] == ["--import"]:
        run(sys.argv[2], [Path(path) for path in sys.argv[3:]])
        return
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/portal.db"
        upgrade(store(url).engine)
        files = write(Path(folder), number)
        for name, paths in files.items():
            for turn, some in (("first", paths[0]), ("again", paths[1])):
                print(f"{name}, {turn}: {some.stat().st_size / 1e6:.0f} MB", flush=True)
                subprocess.run([sys.executable, __file__, "--import", url, str(some)], check=True)


def store(url: str) -> Store:
    """A store with keys that guard nothing."""
    values: dict[str, Any] = {
        "base_url": "http://localhost:8000",
        "database_url": url,
        "database_key": KEY,
        "secret_key": KEY,
        "encryption_key": KEY,
        "oidc_issuer": "http://127.0.0.1:9000",
        "oidc_client_id": "bench",
        "oidc_client_key": "none",
    }
    return Store(Settings(**values))


def run(url: str, paths: list[Path]) -> None:
    """Import the files and print what it took."""
    opened = store(url)
    locked = time_locked(opened.engine)
    start, cpu = time.perf_counter(), time.process_time()
    report = importer.take(opened, paths)
    seconds, busy = time.perf_counter() - start, time.process_time() - cpu
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    held = f"locked for {sum(locked):.2f} s"
    print(
        f"  {seconds:.1f} s ({busy:.1f} s of processor), {held}, peak {int(peak) / 1024:.0f} MB, {report.counts}",
        flush=True,
    )
    if report.problems:
        sys.exit(str(report.problems[0]))


def time_locked(engine: Engine) -> list[float]:
    """Seconds that each writing transaction of the engine takes, from its beginning to its end."""
    begun: dict[Connection, float] = {}
    locked: list[float] = []

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            begun[connection] = time.perf_counter()

    def end(connection: Connection) -> None:
        if connection in begun:
            locked.append(time.perf_counter() - begun.pop(connection))

    event.listen(engine, "begin", begin)
    event.listen(engine, "commit", end)
    event.listen(engine, "rollback", end)
    return locked


def write(folder: Path, number: int) -> dict[str, tuple[Path, Path]]:
    """The three files, each with a second version in which almost nothing changed."""
    pids = pids_from(YEARS.first)
    people = [participant(index, *next(pids), YEARS) | {"adviser": f"r{index % 60}"} for index in range(number)]
    groups = -(-number // GROUP_SIZE)
    documents = [folder / "document.json", folder / "document-2.json"]
    for turn, path in enumerate(documents):
        path.write_text(json.dumps(document(people, groups, turn), ensure_ascii=False))
        people[0]["family_name"] = "Nytt navn"
    timetables = [folder / "timetable.ics", folder / "timetable-2.ics"]
    for turn, path in enumerate(timetables):
        path.write_text(timetable(groups, turn, YEARS))
    attendances = [folder / "attendance.csv", folder / "attendance-2.csv"]
    for turn, path in enumerate(attendances):
        path.write_text("".join(attendance(number, turn, YEARS)))
    return {
        "document": (documents[0], documents[1]),
        "timetable": (timetables[0], timetables[1]),
        "attendance": (attendances[0], attendances[1]),
    }


def document(people: list[dict[str, Any]], groups: int, turn: int) -> dict[str, object]:
    """The whole municipality."""
    return {
        "format": "introportalen/1",
        "issued_at": f"2026-11-0{turn + 1}T06:00:00+01:00",
        "municipality": {
            "org_number": ORG,
            "name": "Eksempel",
            "office": "Kontor",
            "phone": "1",
            "county_governor": "Stats",
            "pay_day": 12,
        },
        "advisers": [{"id": f"r{number}", "name": "Navn", "phone": "1"} for number in range(60)],
        "groups": [{"id": f"g{number}", "name": "Norsk"} for number in range(groups)],
        "participants": people,
    }


if __name__ == "__main__":
    main()
