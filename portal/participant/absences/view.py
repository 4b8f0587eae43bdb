"""Absences as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from portal.casework.days import Lesson
from portal.casework.deductions import Account
from portal.casework.facts import KnownAbsence, LegalFacts
from portal.clock import local
from portal.i18n import gettext as _
from portal.i18n import plain, translator
from portal.i18n.extents import summary
from portal.i18n.format import clock_span, wall_clock
from portal.i18n.registered import registered
from portal.i18n.terms import StatusLabel, named
from portal.law.extent import Extent
from portal.law.vocabulary import Documentation, LeaveKind, Programme
from portal.participant.absences import labels as say
from portal.participant.absences.money import Effect, effect
from portal.participant.absences.objection_views import mark
from portal.participant.absences.queries import AbsenceTrace, CorrectionRow
from portal.tables.absence import AbsenceValidity
from portal.tables.schedule import AttendanceStatus, OccurrenceStatus


@dataclass(frozen=True, slots=True)
class AbsenceItem:
    """An absence as it is registered."""

    public_id: str
    title: str
    plain_title: str
    picture: str
    days: Markup
    known: LeaveKind | None
    verdict: AbsenceValidity
    allowance: bool
    registered: Markup
    registered_name: str
    document_by: date | None
    effect: Effect | None
    account: Account
    corrected_at: datetime | None
    objection: StatusLabel | None

    @property
    def invalid(self) -> bool:
        """Whether it costs money, or would: then what is said is said in Norwegian too."""
        return self.verdict is AbsenceValidity.INVALID

    @property
    def is_open(self) -> bool:
        """Whether somebody has something to do: decide, bring documentation, give money back, answer."""
        undecided = self.verdict is AbsenceValidity.UNDECIDED or self.document_by is not None
        return undecided or self.account.open or (self.objection is not None and self.objection.kind == "wait")

    @property
    def kind(self) -> str:
        """The colour of the verdict."""
        return say.verdict_kind(self.verdict)

    @property
    def word(self) -> str:
        """The verdict."""
        return say.verdict_word(self.verdict)

    @property
    def sentence(self) -> Markup:
        """What the verdict means, in the words of when it is printed."""
        return say.verdict_sentence(self.verdict, self.allowance, self.known, self.account)

    @property
    def recording(self) -> str | None:
        """The recording of the verdict and its sentence; None where they speak of a correction."""
        return say.verdict_recording(self.verdict, self.allowance, self.known, self.account)


@dataclass(frozen=True, slots=True)
class UnregisteredLesson:
    """A lesson that nobody has registered attendance for yet."""

    title: Markup
    day: date
    time: Markup


@dataclass(frozen=True, slots=True)
class CorrectionText:
    """A correction in words."""

    when: Markup
    what: Markup
    by: str


NOTHING = Account()


def items(
    record: LegalFacts, traces: Mapping[int, Sequence[AbsenceTrace]], accounts: Mapping[int, Account], since: date
) -> list[AbsenceItem]:
    """The absences since a day and those of which something is open or happened since, newest first."""
    known = [(row, traces.get(row.id, ()), accounts.get(row.id, NOTHING)) for row in record.absences]
    return [
        item(record, row, traced, account)
        for row, traced, account in known
        if row.last_day >= since or _is_open(row, account) or any(trace.is_of_late(since) for trace in traced)
    ]


def _is_open(row: KnownAbsence, account: Account) -> bool:
    """Whether somebody has something to do: decide, bring a paper, give money back."""
    return row.verdict is AbsenceValidity.UNDECIDED or _document_by(row) is not None or account.open


def _document_by(row: KnownAbsence) -> date | None:
    return row.document_by if row.documentation is not Documentation.MEDICAL else None


def item(
    record: LegalFacts, row: KnownAbsence, traces: Sequence[AbsenceTrace] = (), account: Account = NOTHING
) -> AbsenceItem:
    """One absence."""
    allowance = record.participant.programme is Programme.INTRODUCTION
    day = translator().day_long(local(row.registered_at).date())
    return AbsenceItem(
        public_id=row.public_id,
        title=say.kind(row.kind),
        plain_title=say.kind(row.kind, plain),
        picture=say.picture(row.kind),
        days=days(row),
        known=row.kind,
        verdict=row.verdict,
        allowance=allowance,
        registered=registered(row.registered_by, day),
        registered_name=row.registered_name,
        document_by=_document_by(row),
        effect=effect(record, row, account),
        account=account,
        corrected_at=max((trace.corrected_at for trace in traces if trace.corrected_at), default=None),
        objection=mark(next((trace.contested for trace in traces if trace.contested), None)),
    )


def days(row: KnownAbsence) -> Markup:
    """From which day to which; hours where it is part of a day."""
    return summary(Extent(row.first_day, row.last_day, row.hours))


def not_registered(lessons: Sequence[Lesson], now: datetime) -> list[UnregisteredLesson]:
    """Past lessons without attendance, newest first: a state of its own, never an absence."""
    return [
        UnregisteredLesson(
            named(lesson.code, lesson.title),
            lesson.day,
            clock_span(wall_clock(lesson.starts_at), wall_clock(lesson.ends_at)),
        )
        for lesson in reversed(lessons)
        if lesson.status is not OccurrenceStatus.CANCELLED
        and lesson.ends_at < now
        and lesson.attendance in (None, AttendanceStatus.NOT_REGISTERED)
    ]


def changes(corrections: Sequence[CorrectionRow]) -> list[CorrectionText]:
    """Corrections in words, newest first."""
    return [
        CorrectionText(translator().day_long(local(row.corrected_at).date()), what, row.corrected_by)
        for row in corrections
        for what in _changed(row)
    ]


def _changed(row: CorrectionRow) -> list[Markup]:
    said = []
    if row.verdict_before is not row.verdict_after:
        before, after = say.verdict_word(row.verdict_before, _), say.verdict_word(row.verdict_after, _)
        said.append(_("Endret fra %(before)s til %(after)s.", before=before, after=after))
    if row.hours_before != row.hours_after:
        said.append(
            _("Endret fra %(before)s til %(after)s.", before=_hours(row.hours_before), after=_hours(row.hours_after))
        )
    return said


def _hours(hours: object) -> Markup:
    return _("hele dager") if hours is None else translator().hours(str(hours))
