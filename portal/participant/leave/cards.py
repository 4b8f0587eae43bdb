"""The first cards of a request: what I have, what I ask, what the rules remark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.casework.days import Lesson
from portal.casework.facts import Record
from portal.casework.pay_days import PayDays
from portal.i18n import gettext as _
from portal.i18n import ngettext, two, words
from portal.i18n.extents import up_to_each_day
from portal.i18n.format import wall_clock
from portal.i18n.quotas import limit_sentence
from portal.i18n.terms import named
from portal.law.assessment import Assessment, Quota
from portal.law.calendar import SATURDAY, days, is_working_day
from portal.law.case import Request
from portal.law.vocabulary import Documentation, LeaveKind, Reason
from portal.participant.leave.asked import Asked
from portal.participant.leave.cost import Less
from portal.participant.leave.reasons import sentence
from portal.tables.leave import WAITING, RequestForm, RequestStatus

MOST_DAYS_NAMED = 6
PAYMENTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Days of a quota to count."""

    limit: int
    used: int
    pending: int
    this: int
    left: int


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that a request means. `kind` is the colour: plain, ok, act."""

    kind: str
    picture: str
    heading: Markup
    body: tuple[Markup, ...] = ()
    bar: Bar | None = None
    less: tuple[Less, ...] = ()

    @property
    def payments(self) -> tuple[Less, ...]:
        """The payments that are shown one by one."""
        return self.less[:PAYMENTS_SHOWN]


@dataclass(frozen=True, slots=True)
class Reading:
    """A request with everything that its cards are made of."""

    record: Record
    asked: Asked
    assessment: Assessment
    form: RequestForm
    answer_by: date
    pay_days: PayDays
    today: date


def have(r: Reading) -> Iterator[Card]:
    """What is left of the quota, with what is used, what waits and what is asked now."""
    quota = r.assessment.quota
    if quota is None:
        return
    left_now = max(0, quota.limit - quota.used - quota.pending)
    enough = r.assessment.beyond_days == 0
    yield Card(
        "" if enough else "act",
        "check" if enough else "info",
        ngettext("Du har %(num)s dag igjen nå", "Du har %(num)s dager igjen nå", left_now),
        (limit_sentence(quota, r.asked.request.kind),),
        bar_of(quota, r.asked.request.kind),
    )


def ask(r: Reading) -> Card:
    """The days that are asked for, and which of them do not count."""
    request = r.asked.request
    body = [when(r.asked), *free_days(request, r.assessment)]
    quota = r.assessment.quota
    if request.hours is not None and quota is not None and quota.after > quota.used + quota.pending:
        body.append(_("Noen timer bruker én dag av dagene dine."))
    much = length(r.asked, r.assessment)
    told = r.form is RequestForm.REPORT
    heading = _("Du melder fravær: %(length)s", length=much) if told else _("Du ber om %(length)s", length=much)
    return Card("", "calendar", heading, tuple(body))


def sent_before(r: Reading) -> Iterator[Card]:
    """A word where something is sent already for the same days."""
    request = r.asked.request
    same = [
        row
        for row in r.record.requests
        if row.status in (*WAITING, RequestStatus.GRANTED)
        and row.kind is request.kind
        and row.first_day <= request.last_day
        and request.first_day <= row.last_day
    ]
    if same:
        named = _("Nummeret er %(number)s.", number=same[0].number)
        yield Card(
            "act", "info", two("Du har allerede sendt noe om disse dagene"), (named, _("Du trenger ikke sende igjen."))
        )


def outside(missed: Sequence[Lesson]) -> Card:
    """What is missed outside the programme, and that it is no absence from it."""
    said: list[Markup] = []
    for lesson in missed[:MOST_DAYS_NAMED]:
        at = {"day": words().day_long(lesson.day), "time": words().clock(wall_clock(lesson.starts_at))}
        said += [named(lesson.code, lesson.title), _("%(day)s kl. %(time)s", **at)]
    return Card("", "calendar", two("Det er ikke fravær fra programmet"), (*said, _("Det gjelder ikke penger.")))


def reasons(r: Reading) -> Iterator[Card]:
    """What the rules remark, with the way on; of days that are all outside the programme only that."""
    found = r.assessment
    outside = Reason.OUTSIDE_PROGRAMME in found.reasons and not found.covered_days
    for reason in (Reason.OUTSIDE_PROGRAMME,) if outside else found.reasons:
        said = sentence(reason, r.asked.request.kind, r.assessment, r.record.participant)
        if said:
            yield Card("act", "info", *said)


def length(asked: Asked, assessment: Assessment) -> Markup:
    """How much is asked for: working days, or hours of one day."""
    hours = asked.request.hours
    if asked.request.kind is LeaveKind.BREASTFEEDING:
        return up_to_each_day(asked.extent)
    return words().hours(hours) if hours is not None else words().days(assessment.working_days)


def when(asked: Asked) -> Markup:
    """From which day to which."""
    return words().span(asked.request.first_day, asked.request.last_day)


def free_days(request: Request, assessment: Assessment) -> tuple[Markup, ...]:
    """Why some days between the first and the last do not count (IF § 17 (1)), or do: a self-certification is counted
    in calendar days (IF § 8).
    """
    found = [day for day in days(request.first_day, request.last_day) if not is_working_day(day)]
    dated = [day for day in found if day.weekday() < SATURDAY]
    said = []
    if len(dated) < len(found):
        self_certified = _self_certified(request, assessment)
        if self_certified:
            said.append(_("Lørdag og søndag teller med i egenmeldingen."))
        if not self_certified or assessment.quota is not None:
            said.append(_("Du bruker ingen dager på lørdag og søndag."))
    if dated:
        named = Markup(", ").join(words().day(day) for day in dated[:MOST_DAYS_NAMED])
        said.append(
            ngettext(
                "Denne dagen er fri for alle: %(days)s",
                "Disse dagene er fri for alle: %(days)s",
                len(dated),
                days=named,
            )
        )
    return tuple(said)


def _self_certified(request: Request, assessment: Assessment) -> bool:
    """Whether any day rests on a self-certification."""
    documented = request.documentation is Documentation.MEDICAL and not (
        request.medical_from and request.medical_from > request.first_day
    )
    return bool(assessment.self_certified_days) and not documented


def bar_of(quota: Quota, kind: LeaveKind) -> Bar:
    """A quota as a bar. Days of illness that are told wait for nobody's answer, so they are used."""
    this = quota.after - quota.used - quota.pending
    told = quota.pending if kind is LeaveKind.CHILD_ILLNESS else 0
    return Bar(quota.limit, quota.used + told, quota.pending - told, this, max(0, quota.left))
