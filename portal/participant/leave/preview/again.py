"""A request that was sent, as what it meant before: the same lines, of the facts of now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from portal.casework.facts import LegalFacts
from portal.clock import local
from portal.law.case import Request
from portal.law.rules import assess, missed_meeting
from portal.law.vocabulary import Documentation
from portal.participant.leave.choices import Occasion
from portal.participant.leave.leave_input import LeaveInput
from portal.participant.leave.preview.context import PreviewContext
from portal.participant.leave.preview.request_preview import outside_programme
from portal.participant.leave.queries import RequestRow
from portal.participant.leave.view import answer_by, is_told


def context_again(record: LegalFacts, row: RequestRow, due: Mapping[str, date], today: date) -> PreviewContext:
    """A sent request with all that its lines are made of, beside everything else that is known by now."""
    others = replace(record, requests=tuple(each for each in record.requests if each.public_id != row.public_id))
    sent_on, asked = local(row.sent_at).date(), LeaveInput(_occasion(row), _request(row))
    case = others.case(sent_on, asked.request)
    is_missed = is_told(row) and outside_programme(others, asked)
    assessment = missed_meeting(case) if is_missed else assess(case)
    return PreviewContext(
        others, asked, assessment, row.form, answer_by(row, record.answer_days), others.pay_days(due), today
    )


def _request(row: RequestRow) -> Request:
    seen = row.seen
    return Request(
        kind=row.kind,
        first_day=row.first_day,
        last_day=row.last_day,
        documentation=Documentation(seen.get("documentation", Documentation.NONE)),
        medical_from=_day(seen.get("medical_from")),
        notice=local(row.sent_at).date(),
        hours=row.hours,
        reason=row.reason,
        event_date=_day(seen.get("event_date")),
        travel_days=seen.get("travel_days", 0),
    )


def _occasion(row: RequestRow) -> Occasion:
    """What was chosen; of a request that the municipality has entered, the choice that it would be."""
    chosen = row.seen.get("what")
    if chosen in set(Occasion):
        return Occasion(chosen)
    same = (what for what in Occasion if (what.choice.kind, what.choice.reason) == (row.kind, row.reason))
    return next(same, Occasion.OTHER)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
