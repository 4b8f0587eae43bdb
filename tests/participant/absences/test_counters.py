"""What the counters of absence say is what leave says of the same days, whatever has been told and registered."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.casework.facts import KnownAbsence, KnownRequest, LegalFacts
from portal.i18n.terms import leave_kind
from portal.law.absence import SELF_CERTIFIED_DAYS, next_day
from portal.law.calendar import days, is_working_day
from portal.law.case import ChildFacts, ParticipantFacts, Policy, Request
from portal.law.vocabulary import Documentation, LeaveKind, Programme, Regime
from portal.participant.absences.counters import Counter, counters
from portal.participant.leave.choices import Occasion
from portal.participant.leave.leave_input import LeaveInput
from portal.participant.leave.preview.request_preview import preview_request
from portal.tables.absence import AbsenceValidity, RegisteredBy
from portal.tables.leave import RequestForm, RequestStatus
from tests.participant.leave.making import NOW, TODAY, Journey, absence, add

pytestmark = pytest.mark.one_database

ILL = LeaveKind.OWN_ILLNESS
WHAT = {
    LeaveKind.CHILD_ILLNESS: Occasion.CHILD_ILL,
    LeaveKind.WELFARE: Occasion.OTHER,
    LeaveKind.RELIGIOUS_DAY: Occasion.RELIGIOUS,
    LeaveKind.HOLIDAY: Occasion.HOLIDAY,
}
KINDS = st.sampled_from([ILL, ILL, *WHAT])
NEAR = st.integers(-60, 40).map(lambda number: TODAY + timedelta(days=number))


@st.composite
def absences(draw: st.DrawFn) -> KnownAbsence:
    """A registered absence."""
    first_day = draw(NEAR)
    last_day = first_day + timedelta(days=draw(st.integers(0, 6)))
    return KnownAbsence(
        id=1,
        public_id="a",
        kind=draw(st.none() | KINDS),
        first_day=first_day,
        last_day=last_day,
        hours=None,
        documentation=draw(st.sampled_from(Documentation)),
        medical_from=draw(st.none() | st.just(last_day)),
        document_by=None,
        verdict=draw(st.sampled_from(AbsenceValidity)),
        registered_by=RegisteredBy.TEACHER,
        registered_name="Per Lærer",
        registered_at=NOW,
    )


@st.composite
def sent(draw: st.DrawFn) -> KnownRequest:
    """Something told or applied for."""
    kind = draw(KINDS)
    first_day = draw(NEAR)
    told = kind in (ILL, LeaveKind.CHILD_ILLNESS)
    hours = draw(st.none() | st.just(Decimal(2)))
    open_ = [RequestStatus.SENT, RequestStatus.RECEIVED, RequestStatus.WITHDRAWN]
    return KnownRequest(
        public_id="r",
        number="P-2026-1",
        form=RequestForm.REPORT if told else RequestForm.APPLICATION,
        kind=kind,
        reason=None,
        first_day=first_day,
        last_day=first_day + timedelta(days=0 if hours else draw(st.integers(0, 6))),
        hours=hours,
        status=draw(st.sampled_from(open_ if told else [*open_, RequestStatus.GRANTED, RequestStatus.REFUSED])),
        sent_at=NOW,
        granted_from=None,
        granted_to=None,
        granted_hours=None,
        granted_start=None,
        granted_end=None,
        seen={"documentation": draw(st.sampled_from(Documentation)).value},
        fetched_at=None,
    )


@st.composite
def records(draw: st.DrawFn) -> LegalFacts:
    """A participant with a made-up history."""
    person = ParticipantFacts(
        born=date(1990, 5, 4),
        start=draw(st.sampled_from([date(2026, 2, 2), date(2026, 8, 31)])),
        regime=Regime.INTEGRATION_ACT,
        programme=Programme.INTRODUCTION,
        children=(ChildFacts(date(2017, 3, 9)),),
        self_certification_withdrawn=draw(st.integers(0, 5)) == 0,
    )
    rows = tuple(draw(st.lists(absences(), max_size=4))), tuple(draw(st.lists(sent(), max_size=4)))
    return LegalFacts(person, Policy(), 15, 14, *rows)


def by_picture(record: LegalFacts) -> dict[str, Counter]:
    """The counters as the page shows them."""
    return {counter.picture: counter for counter in counters(record, TODAY)}


def asked(what: Occasion, kind: LeaveKind, first_day: date, last_day: date) -> LeaveInput:
    """Days asked for without a paper."""
    return LeaveInput(what, Request(kind, first_day, last_day, notice=TODAY))


@pytest.fixture
def in_norwegian(app: Flask) -> Any:
    """Words for sentences."""
    with app.test_request_context("/", headers={"Accept-Language": "nb"}):
        app.preprocess_request()
        yield


@pytest.mark.usefixtures("in_norwegian")
def test_illness_is_counted_as_leave_counts_it_on_the_next_day() -> None:
    @settings(max_examples=150, deadline=None)
    @given(records())
    def agrees(record: LegalFacts) -> None:
        counter = by_picture(record)["bed"]
        first = next_day(record.history, ILL, TODAY)
        last = first + timedelta(days=SELF_CERTIFIED_DAYS - 1)
        told = preview_request(record, asked(Occasion.ILL, ILL, first, last), TODAY, {}).assessment
        assert counter.left == told.self_certified_days
        assert counter.used == SELF_CERTIFIED_DAYS - counter.left

    agrees()


@pytest.mark.usefixtures("in_norwegian")
def test_days_told_without_a_paper_are_used() -> None:
    @settings(max_examples=150, deadline=None)
    @given(records(), st.integers(0, 6))
    def counts(record: LegalFacts, more: int) -> None:
        last = TODAY + timedelta(days=more)
        seen = {"documentation": "none"}
        report = KnownRequest(
            public_id="r",
            number="P-1",
            form=RequestForm.REPORT,
            kind=ILL,
            reason=None,
            first_day=TODAY,
            last_day=last,
            hours=None,
            status=RequestStatus.SENT,
            sent_at=NOW,
            granted_from=None,
            granted_to=None,
            granted_hours=None,
            granted_start=None,
            granted_end=None,
            seen=seen,
            fetched_at=None,
        )
        alone = LegalFacts(record.participant, record.policy, 15, 14, (), (report,))
        assert by_picture(alone)["bed"].used >= min(SELF_CERTIFIED_DAYS, 1 + more)

    counts()


@pytest.mark.usefixtures("in_norwegian")
def test_quotas_are_counted_as_leave_counts_them_on_the_next_day() -> None:
    @settings(max_examples=150, deadline=None)
    @given(records(), st.sampled_from(sorted(WHAT)))
    def agrees(record: LegalFacts, kind: LeaveKind) -> None:
        history = [row for row in record.history if row.kind is kind and row.counts]
        if kind is LeaveKind.CHILD_ILLNESS:
            first = max([TODAY, *(row.last_day + timedelta(days=1) for row in history)])
        else:
            taken = {day for row in history for day in days(row.first_day, row.last_day)}
            year = days(TODAY, date(TODAY.year, 12, 31))
            first = next(day for day in year if is_working_day(day) and day not in taken)
        meant = preview_request(record, asked(WHAT[kind], kind, first, first), TODAY, {})
        assume(meant.ticket)  # else it was said of the day already
        assert meant.ticket
        shown, _said = meant.ticket.lines[0].bars[0]
        counter = next(
            one for one in counters(record, TODAY) if one.limit == shown.limit and one.title == leave_kind(kind)
        )
        assert (counter.used, counter.pending) == (shown.used, shown.pending)
        assert counter.left == max(0, shown.limit - shown.used - shown.pending)
        assert (shown.this, shown.left) == (1, max(0, counter.left - 1))

    agrees()


NOBODY = "Ingen må godkjenne det først."


@pytest.mark.usefixtures("in_norwegian")
def test_beyond_what_the_counter_has_left_nobody_is_only_told() -> None:
    outcomes = set()

    @settings(max_examples=150, deadline=None)
    @given(records(), st.sampled_from([LeaveKind.CHILD_ILLNESS, LeaveKind.RELIGIOUS_DAY]), st.integers(1, 15))
    def holds(record: LegalFacts, kind: LeaveKind, many: int) -> None:
        first = date(2026, 12, 1)  # after all that is made up here, in the year of the counters
        working = [day for day in days(first, date(2026, 12, 31)) if is_working_day(day)]
        meant = preview_request(record, asked(WHAT[kind], kind, first, working[many - 1]), TODAY, {})
        assert meant.ticket
        [counter] = [one for one in counters(record, TODAY) if one.title == leave_kind(kind)]
        is_only_told = NOBODY in {str(note) for note in meant.ticket.lines[2].notes}
        assert not (is_only_told and many > counter.left)
        outcomes.add(is_only_told)

    holds()
    assert outcomes == {True, False}, "the control: both happen"


def bar(person: Journey) -> str:
    """The figures of the first counter, which is that of one's own illness."""
    found = re.search(r"Egenmelding (\d) av 3 .*?(\d brukt \d igjen)", person.says("/fravaer"))
    assert found
    assert found[2].endswith(f"{found[1]} igjen"), "the line says what the fold says"
    return found[2]


def test_told_today_it_is_used_today(amal: Journey) -> None:
    assert bar(amal) == "0 brukt 3 igjen"
    amal.sent("ill", "2026-10-19", "2026-10-20")
    assert bar(amal) == "2 brukt 1 igjen"
    amal.sent("ill", "2026-10-21")
    assert bar(amal) == "3 brukt 0 igjen"
    draft = amal.asked("ill", "2026-10-22")
    assert "Du har nettopp brukt opp dagene med egenmelding." in amal.says(f"{draft}/betyr")


def test_what_was_taken_back_is_not_used(amal: Journey) -> None:
    sent = amal.sent("ill", "2026-10-19", "2026-10-20")
    amal.post(f"{sent}/trekk")
    assert bar(amal) == "0 brukt 3 igjen"


def test_told_is_what_it_is_until_somebody_says_what_it_was(app: Flask, amal: Journey) -> None:
    amal.sent("ill", "2026-10-19", "2026-10-20")
    unknown = absence(1, TODAY, date(2026, 10, 20), kind=None, verdict=AbsenceValidity.UNDECIDED)
    add(app, unknown)
    assert bar(amal) == "2 brukt 1 igjen"
    add(app, absence(1, TODAY, date(2026, 10, 20), external_id="known"))
    assert bar(amal) == "2 brukt 1 igjen"
