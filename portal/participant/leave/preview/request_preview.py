"""What a request means: four lines, what the rules remark, and, folded, the cards that say why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from portal.casework.days import Lesson
from portal.casework.facts import KnownRequest, LegalFacts
from portal.casework.submission import form_of
from portal.i18n import gettext as _
from portal.i18n.terms import leave_kind
from portal.law.assessment import Assessment
from portal.law.calendar import days, is_working_day
from portal.law.rules import assess, missed_meeting
from portal.law.vocabulary import LeaveKind, Reason
from portal.participant.leave.leave_input import LeaveInput
from portal.participant.leave.preview import case_cards, day_cards, four_lines
from portal.participant.leave.preview.certification import Certification, certification
from portal.participant.leave.preview.context import (
    PreviewCard,
    PreviewContext,
    length,
    when,
)
from portal.participant.leave.preview.overlap import overlapping, rest
from portal.participant.leave.ticket import Ticket, TicketKind
from portal.tables.leave import RequestForm
from portal.tables.schedule import OccurrenceStatus


@dataclass(frozen=True, slots=True)
class RequestPreview:
    """What a request means, the assessment behind it, and whether there is anything to send.

    `ticket`: None where nothing is sent; `remarks` are always seen, `cards` folded. `invalid` is registered as invalid
    of the same days; `certification` is how far an illness of one day may be told of without a paper; `said` was sent
    of the days before, and `rest` are the first and last days that are left to say.
    """

    asked: LeaveInput
    assessment: Assessment
    form: RequestForm
    answer_by: date
    ticket: Ticket | None
    remarks: tuple[PreviewCard, ...]
    cards: tuple[PreviewCard, ...]
    invalid: tuple[str, ...] = ()
    certification: Certification | None = None
    said: tuple[KnownRequest, ...] = ()
    rest: tuple[tuple[date, date], ...] = ()

    @property
    def sendable(self) -> bool:
        """Whether there is anything to send."""
        return self.ticket is not None

    @property
    def beyond_child_days(self) -> bool:
        """Whether a sick child needs more days than are left: for those one may apply (IF § 14)."""
        is_child = self.asked.request.kind is LeaveKind.CHILD_ILLNESS
        return self.sendable and is_child and Reason.OVER_QUOTA in self.assessment.reasons

    @property
    def asks_why(self) -> bool:
        """Whether one must write why: more time is asked for than the rules give (IL § 17)."""
        told = self.form is RequestForm.REPORT
        return self.sendable and not told and Reason.TOO_LONG in self.assessment.reasons


@dataclass(frozen=True, slots=True)
class DaysPreview:
    """The days counted while they are chosen."""

    length: Markup
    when: Markup


def preview_days(record: LegalFacts, asked: LeaveInput, today: date) -> DaysPreview:
    """The days of a request, as they will be counted."""
    return DaysPreview(length(asked, assess(record.case(today, asked.request))), when(asked))


def preview_request(
    record: LegalFacts, asked: LeaveInput, today: date, due: Mapping[str, date], timetable: Sequence[Lesson] = ()
) -> RequestPreview:
    """What the request means for this participant. `due`: the days of the payments that are registered, by month.
    `timetable`: what stands on it on the asked days; where these lie outside the programme, that is what is missed.
    """
    case = record.case(today, asked.request)
    inside = not outside_programme(record, asked)
    missed = () if inside else tuple(row for row in timetable if row.status is not OccurrenceStatus.CANCELLED)
    assessment = missed_meeting(case) if missed else assess(case)
    form = form_of(asked.request.kind, assessment)
    answer_by = today + timedelta(days=record.answer_days)
    said = overlapping(record.requests, asked.request)
    context = PreviewContext(record, asked, assessment, form, answer_by, record.pay_days(due), today)
    if said:
        left = rest(said, asked.request)
        return RequestPreview(asked, assessment, form, answer_by, None, (), (), said=said, rest=left)
    if not inside and not missed:
        return RequestPreview(asked, assessment, form, answer_by, None, tuple(_nothing_to_send(context)), ())
    remarks = (day_cards.outside(missed),) if missed else tuple(day_cards.reasons(context))
    cards = () if missed else tuple(_cards(context))
    invalid = tuple(four_lines.invalid_absences(context))
    carried = certification(record, asked, today) if inside else None
    return RequestPreview(asked, assessment, form, answer_by, _ticket(context), remarks, cards, invalid, carried)


def _ticket(context: PreviewContext) -> Ticket:
    request, choice = context.asked.request, context.asked.choice
    return Ticket(
        TicketKind.NOT_SENT,
        choice.picture,
        leave_kind(request.kind, request.reason),
        _("Ikke sendt ennå"),
        four_lines.four_lines(context),
    )


def outside_programme(record: LegalFacts, asked: LeaveInput) -> bool:
    """Whether none of the asked days is a working day of the programme."""
    asked_days = days(asked.request.first_day, asked.request.last_day)
    return not any(is_working_day(day) and record.participant.takes_part_on(day) for day in asked_days)


def _cards(context: PreviewContext) -> Iterator[PreviewCard]:
    yield from day_cards.have(context)
    yield from day_cards.days_off(context)
    yield from day_cards.sent_before(context)
    yield from case_cards.bring(context)
    yield from case_cards.who_decides(context)
    yield from case_cards.programme_time(context)


def _nothing_to_send(context: PreviewContext) -> Iterator[PreviewCard]:
    yield day_cards.ask(context)
    yield from day_cards.reasons(context)
