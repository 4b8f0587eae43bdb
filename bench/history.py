"""Made-up years of participants, as a case system tells of them: a document, a timetable and attendance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.pid import is_pid

GROUP_SIZE = 15
OSLO = ZoneInfo("Europe/Oslo")
SERIES = [(day, hour) for day in ("MO", "TU", "WE", "TH", "FR") for hour in (8, 12)]
ELEMENTS = ("norwegian", "social_studies", "life_skills", "work_placement", "parental_guidance", "digital_skills")
DECISIONS = ("programme", "plan", "deduction", "leave")
TEXT = "Planen bygger på det deltakeren har gjort før, og på hva som trengs for å nå målet. " * 4
TEXTS = [
    {"language": "nb", "text": TEXT},
    {"language": "ar", "text": "تعتمد الخطة على ما فعله المشارك من قبل " * 8, "origin": "human_translation"},
]


@dataclass(frozen=True)
class Years:
    """So many weeks from a Monday on."""

    first: date
    weeks: int

    def day(self, share: float) -> date:
        """The day when this share of the weeks is over."""
        return self.first + timedelta(days=int(7 * self.weeks * share))

    def days(self, number: int) -> list[date]:
        """So many days, spread evenly."""
        return [self.day(each / number) for each in range(number)]

    def months(self) -> list[str]:
        """The months, as `2026-11`."""
        start = 12 * self.first.year + self.first.month - 1
        return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, start + round(self.weeks * 12 / 52))]


def pids_from(first: date) -> Iterator[tuple[date, str]]:
    """Dates of birth with synthetic numbers that differ."""
    for days in range(9000):
        born = first - timedelta(days=7000 + days)
        head = f"{born:%d}{born.month + 80}{born:%y}"
        found = (f"{head}{middle}{end:02}" for middle in range(100, 110) for end in range(100))
        yield born, next(pid for pid in found if is_pid(pid))


def participant(index: int, born: date, pid: str, years: Years) -> dict[str, Any]:
    """A participant with these years of everything, and half a year of the programme left."""
    return {
        "id": f"p{index}",
        "pid": pid,
        "given_name": "Fornavn",
        "family_name": f"Etternavn{index}",
        "born": str(born),
        "regime": "integreringsloven",
        "programme": "introduction",
        "start": str(years.first),
        "end": str(years.day(1) + timedelta(weeks=26)),
        "groups": [{"group": f"g{index // GROUP_SIZE}"}],
        "plans": [_plan(version, years) for version in range(1, years.weeks // 34 + 1)],
        "absences": [
            _absence(number, years.first + timedelta(days=17 * number)) for number in range(years.weeks * 5 // 13)
        ],
        "children": [{"id": "b1", "born": "2018-01-01"}],
        "payments": [_payment(number, month) for number, month in enumerate(years.months())],
        "decisions": [_decision(number, day) for number, day in enumerate(years.days(years.weeks // 26))],
        "contracts": [{"id": "k1", "kind": "contract", "signed_on": str(years.first)}],
    }


def _plan(version: int, years: Years) -> dict[str, object]:
    elements = [
        {"id": code, "code": code, "status": "ongoing", "hours_per_week": 12.5, "reasons": TEXT} for code in ELEMENTS
    ]
    return {
        "version": version,
        "kind": "integration_plan",
        "decided_on": str(years.first + timedelta(weeks=34 * (version - 1))),
        "end_goal": "work",
        "goal": TEXTS,
        "reasons": TEXTS,
        "goals": [{"skill": "reading", "goal": "B1"}, {"skill": "speaking", "goal": "B1"}],
        "elements": elements,
    }


def _absence(number: int, day: date) -> dict[str, object]:
    return {
        "id": f"a{number}",
        "kind": "own_illness",
        "first_day": str(day),
        "last_day": str(day),
        "verdict": "valid",
        "registered_by": "teacher",
        "registered_at": f"{day}T09:00:00+01:00",
    }


def _payment(number: int, month: str) -> dict[str, object]:
    return {
        "id": month,
        "month": month,
        "status": "paid",
        "due_on": f"{month}-12",
        "paid_on": f"{month}-12",
        "before_tax_ore": 2200000,
        "lines": [
            {"kind": "base", "amount_ore": 2250000},
            {"kind": "invalid_absence", "amount_ore": -50000, "absence": f"a{5 * number // 3}"},
        ],
    }


def _decision(number: int, day: date) -> dict[str, object]:
    return {
        "id": f"v{number}",
        "kind": DECISIONS[number % len(DECISIONS)],
        "outcome": "granted",
        "section": "IF § 14",
        "reasons": TEXT,
        "decided_on": str(day),
        "received_on": str(day),
    }


def timetable(groups: int, turn: int, years: Years) -> str:
    """Ten lessons a week for every group."""
    events = [
        f"BEGIN:VEVENT\r\nUID:g{group}-{day}-{hour}\r\nDTSTAMP:20250101T000000Z\r\nCATEGORIES:norwegian\r\n"
        f"DTSTART;TZID=Europe/Oslo:{years.first:%Y%m%d}T{hour:02}3000\r\n"
        f"DTEND;TZID=Europe/Oslo:{years.first:%Y%m%d}T{hour + 2:02}0000\r\n"
        f"RRULE:FREQ=WEEKLY;BYDAY={day};COUNT={years.weeks}\r\nSUMMARY:Norsk{turn if not group else ''}\r\n"
        f"LOCATION:Skolen\r\nX-INTRO-GROUP:g{group}\r\nEND:VEVENT\r\n"
        for group in range(groups)
        for day, hour in SERIES
    ]
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def attendance(number: int, turn: int, years: Years) -> Iterator[str]:
    """Every participant at every lesson of the years."""
    yield "participant;date;start;group;status;hours;registered_by;registered_at\n"
    for week in range(years.weeks):
        for day in range(5):
            moment = years.first + timedelta(days=7 * week + day)
            at = datetime(moment.year, moment.month, moment.day, 15, turn, tzinfo=OSLO).isoformat()
            for hour in (8, 12):
                for index in range(number):
                    yield f"p{index};{moment};{hour:02}:30;g{index // GROUP_SIZE};present;;Lærer;{at}\n"
