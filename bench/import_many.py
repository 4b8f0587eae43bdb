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
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, event

from portal.db import Store
from portal.exchange import incoming
from portal.migrate import upgrade
from portal.pid import is_pid
from portal.settings import Settings

ORG, GROUP_SIZE, WEEKS, FIRST = "310000019", 15, 104, date(2025, 1, 6)
OSLO = ZoneInfo("Europe/Oslo")
SERIES = [(day, hour) for day in ("MO", "TU", "WE", "TH", "FR") for hour in (8, 12)]
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
    report = incoming.take(opened, paths)
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
    pids = pids_from(FIRST)
    people = [person(index, *next(pids)) for index in range(number)]
    groups = -(-number // GROUP_SIZE)
    documents = [folder / "document.json", folder / "document-2.json"]
    for turn, path in enumerate(documents):
        path.write_text(json.dumps(document(people, groups, turn), ensure_ascii=False))
        people[0]["family_name"] = "Nytt navn"
    timetables = [folder / "timetable.ics", folder / "timetable-2.ics"]
    for turn, path in enumerate(timetables):
        path.write_text(timetable(groups, turn))
    attendances = [folder / "attendance.csv", folder / "attendance-2.csv"]
    for turn, path in enumerate(attendances):
        path.write_text("".join(attendance(number, turn)))
    return {
        "document": (documents[0], documents[1]),
        "timetable": (timetables[0], timetables[1]),
        "attendance": (attendances[0], attendances[1]),
    }


def pids_from(first: date) -> Iterator[tuple[date, str]]:
    """Dates of birth with synthetic numbers that differ."""
    for days in range(9000):
        born = first - timedelta(days=7000 + days)
        head = f"{born:%d}{born.month + 80}{born:%y}"
        found = (f"{head}{middle}{end:02}" for middle in range(100, 110) for end in range(100))
        yield born, next(pid for pid in found if is_pid(pid))


def person(index: int, born: date, pid: str) -> dict[str, object]:
    """A participant with two years of everything."""
    months = [f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(24)]
    text = "Planen bygger på det deltakeren har gjort før, og på hva som trengs for å nå målet. " * 4
    both = [
        {"language": "nb", "text": text},
        {"language": "ar", "text": "تعتمد الخطة على ما فعله المشارك من قبل " * 8, "origin": "human_translation"},
    ]
    codes = ("norwegian", "social_studies", "life_skills", "work_placement", "parental_guidance", "digital_skills")
    plans = [
        {
            "version": version,
            "kind": "integration_plan",
            "decided_on": "2025-01-02",
            "end_goal": "work",
            "goal": both,
            "reasons": both,
            "goals": [{"skill": "reading", "goal": "B1"}, {"skill": "speaking", "goal": "B1"}],
            "elements": [
                {"id": code, "code": code, "status": "ongoing", "hours_per_week": 12.5, "reasons": text}
                for code in codes
            ],
        }
        for version in (1, 2, 3)
    ]
    absences = [
        {
            "id": f"a{number}",
            "kind": "own_illness",
            "first_day": str(day),
            "last_day": str(day),
            "verdict": "valid",
            "registered_by": "teacher",
            "registered_at": f"{day}T09:00:00+01:00",
        }
        for number in range(40)
        for day in [FIRST + timedelta(days=17 * number)]
    ]
    payments = [
        {
            "id": month,
            "month": month,
            "status": "paid",
            "due_on": f"{month}-12",
            "paid_on": f"{month}-12",
            "before_tax_ore": 2200000,
            "lines": [
                {"kind": "base", "amount_ore": 2250000},
                {"kind": "invalid_absence", "amount_ore": -50000, "absence": "a1"},
            ],
        }
        for month in months
    ]
    decisions = [
        {
            "id": f"v{number}",
            "kind": "leave",
            "outcome": "granted",
            "section": "IF § 14",
            "reasons": text,
            "decided_on": "2025-03-01",
            "received_on": "2025-03-02",
        }
        for number in range(4)
    ]
    return {
        "id": f"p{index}",
        "pid": pid,
        "given_name": "Fornavn",
        "family_name": f"Etternavn{index}",
        "born": str(born),
        "adviser": f"r{index % 60}",
        "regime": "integreringsloven",
        "programme": "introduction",
        "start": "2025-01-06",
        "end": "2026-12-31",
        "groups": [{"group": f"g{index // GROUP_SIZE}"}],
        "plans": plans,
        "absences": absences,
        "children": [{"id": "b1", "born": "2018-01-01"}],
        "payments": payments,
        "decisions": decisions,
        "contracts": [{"id": "k1", "kind": "contract", "signed_on": "2025-01-02"}],
    }


def document(people: list[dict[str, object]], groups: int, turn: int) -> dict[str, object]:
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


def timetable(groups: int, turn: int) -> str:
    """Ten lessons a week for every group."""
    events = [
        f"BEGIN:VEVENT\r\nUID:g{group}-{day}-{hour}\r\nDTSTAMP:20250101T000000Z\r\nCATEGORIES:norwegian\r\n"
        f"DTSTART;TZID=Europe/Oslo:20250106T{hour:02}3000\r\nDTEND;TZID=Europe/Oslo:20250106T{hour + 2:02}0000\r\n"
        f"RRULE:FREQ=WEEKLY;BYDAY={day};COUNT={WEEKS}\r\nSUMMARY:Norsk{turn if not group else ''}\r\n"
        f"LOCATION:Skolen\r\nX-INTRO-GROUP:g{group}\r\nEND:VEVENT\r\n"
        for group in range(groups)
        for day, hour in SERIES
    ]
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def attendance(number: int, turn: int) -> Iterator[str]:
    """Every participant at every lesson of two years."""
    yield "participant;date;start;group;status;hours;registered_by;registered_at\n"
    for week in range(WEEKS):
        for day in range(5):
            moment = FIRST + timedelta(days=7 * week + day)
            at = datetime(moment.year, moment.month, moment.day, 15, turn, tzinfo=OSLO).isoformat()
            for hour in (8, 12):
                for index in range(number):
                    yield f"p{index};{moment};{hour:02}:30;g{index // GROUP_SIZE};present;;Lærer;{at}\n"


if __name__ == "__main__":
    main()
