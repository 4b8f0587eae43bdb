"""From what was typed to what the law is asked: parsed once, at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.casework.drafts import Answers
from portal.i18n.field_errors import FieldError, hours_of_a_day
from portal.i18n.format import western
from portal.i18n.parsing import day
from portal.law.case import Request
from portal.law.extent import Extent, asked_for
from portal.law.vocabulary import Documentation
from portal.participant.leave.choices import EventDate, LeaveOption, Occasion

MOST_TRAVEL_DAYS = 14
LONGEST_NUMBER = 4
FARTHEST_BACK = timedelta(days=366)
FARTHEST_AHEAD = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class LeaveInput:
    """What is asked for, whole and in order."""

    what: Occasion
    request: Request

    @property
    def choice(self) -> LeaveOption:
        """The choice that it came from."""
        return self.what.choice

    @property
    def extent(self) -> Extent:
        """How much of which days."""
        request = self.request
        return asked_for(request.kind, request.first_day, request.last_day, request.hours)


Problems = dict[str, FieldError]


def parse(answers: Mapping[str, str], today: date) -> LeaveInput | Problems:
    """What is asked for, or what is wrong with which answer."""
    return _Reading(answers, Occasion(answers["what"]), today).result()


class _Reading:
    def __init__(self, answers: Mapping[str, str], what: Occasion, today: date) -> None:
        self.answers, self.what, self.today = answers, what, today
        self.asks = what.choice.asks
        self.wrong: Problems = {}

    def result(self) -> LeaveInput | Problems:
        first, last = self._days()
        hours = self._hours(first, last)
        event = self._day("event", FieldError.EVENT_MISSING) if self.asks.event else None
        travel = self._travel()
        paper_from = self._paper_from(last)
        if self.wrong or first is None or last is None:
            return self.wrong
        medical = self.asks.paper and self.answers.get("paper") == "yes"
        request = Request(
            kind=self.what.choice.kind,
            first_day=first,
            last_day=last,
            documentation=Documentation.MEDICAL if medical else Documentation.NONE,
            medical_from=paper_from,
            notice=self.today,
            hours=hours,
            reason=self.what.choice.reason,
            event_date=event,
            travel_days=travel,
        )
        return LeaveInput(self.what, request)

    def _days(self) -> tuple[date | None, date | None]:
        rows, is_typed = self._dates("rows"), bool(self._text("first") or self._text("last"))
        if rows:
            first, last = rows[0], rows[-1]
            if is_typed:
                self.wrong["rows"] = FieldError.CHOSEN_TWICE
            elif any(first < each < last for each in set(self._dates("offered")).difference(rows)):
                self.wrong["rows"] = FieldError.DAYS_APART
            elif not self._is_near(first) or not self._is_near(last):
                self.wrong["rows"] = FieldError.FAR_AWAY
            return first, last
        if not is_typed and self._text("offered"):
            self.wrong["rows"] = FieldError.DAY_MISSING
            return None, None
        return self._typed_days()

    def _typed_days(self) -> tuple[date | None, date | None]:
        first = self._day("first", FieldError.FIRST_MISSING)
        if (self._by_hours() or self.asks.one_day) and not self._text("last"):
            return first, first
        last = self._day("last", FieldError.LAST_MISSING)
        if first and last and last < first:
            self.wrong["last"] = FieldError.ENDS_BEFORE_IT_STARTS
        return first, last

    def _hours(self, first: date | None, last: date | None) -> Decimal | None:
        if not self._by_hours():
            if self.asks.hours and self._text("hours"):
                self.wrong["hours"] = FieldError.HOURS_OR_DAYS
            return None
        if first != last and self._text("rows"):
            self.wrong.setdefault("rows", FieldError.HOURS_ON_ONE_ROW)
        elif first != last:
            self.wrong.setdefault("last", FieldError.HOURS_ON_ONE_DAY)
        text = self._text("hours")
        if not text:
            self.wrong["hours"] = FieldError.HOURS_MISSING
            return None
        hours = hours_of_a_day(text)
        if isinstance(hours, FieldError):
            self.wrong["hours"] = hours
            return None
        return hours

    def _travel(self) -> int:
        text = western(self._text("travel"))
        if not (self.asks.travel and text):
            return 0
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER and int(text) <= MOST_TRAVEL_DAYS):
            self.wrong["travel"] = FieldError.TRAVEL_NOT_A_NUMBER
            return 0
        return int(text)

    def _paper_from(self, last: date | None) -> date | None:
        if not self.asks.paper or not self._text("paper_from"):
            return None
        if self.answers.get("paper") != "yes":
            self.wrong["paper_from"] = FieldError.PAPER_OR_NOT
            return None
        start = self._day("paper_from", FieldError.NOT_A_DATE)
        if start and last and start > last:
            self.wrong["paper_from"] = FieldError.PAPER_AFTER_LAST_DAY
        return start

    def _by_hours(self) -> bool:
        return self.asks.hours and self.answers.get("extent") == "hours"

    def _text(self, name: str) -> str:
        return self.answers.get(name, "").strip()

    def _day(self, name: str, missing: FieldError) -> date | None:
        if not self._text(name):
            self.wrong[name] = missing
            return None
        found = day(self._text(name))
        if found is None:
            self.wrong[name] = FieldError.NOT_A_DATE
        elif not self._is_near(found) and not self._long_ago(name):
            self.wrong[name] = FieldError.FAR_AWAY
        return found

    def _dates(self, name: str) -> list[date]:
        return sorted({found for text in self._text(name).split() if (found := day(text))})

    def _is_near(self, found: date) -> bool:
        return self.today - FARTHEST_BACK <= found <= self.today + FARTHEST_AHEAD

    def _long_ago(self, name: str) -> bool:
        return name in ("event", "paper_from")


def first_answers(what: Occasion, born: date | None) -> Answers:
    """What the days are filled in with: the youngest child's birth where it counts."""
    asks = what.choice.asks
    filled: Answers = {"what": what, "extent": "hours" if asks.usually_hours else "whole"}
    if asks.event is EventDate.BIRTH and born:
        filled["event"] = born.isoformat()
    return filled


def answers_of_day(what: Occasion, chosen: date) -> Answers:
    """The whole of one day."""
    return {"what": what, "extent": "whole", "rows": chosen.isoformat()}
