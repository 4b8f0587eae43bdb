"""What a request means, as cards in the order that a participant asks: what I have, what I ask, what it costs, what I
must bring, who decides, and what if I stay away before the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from portal.i18n import gettext as _
from portal.i18n import ngettext, two, words
from portal.i18n.quotas import limit_sentence
from portal.law.assessment import Assessment, Quota
from portal.law.calendar import days, days_off, is_working_day
from portal.law.case import Case
from portal.law.rules import assess
from portal.law.vocabulary import AllowanceEffect, DecisionForm, Documentation, LeaveKind, Outcome
from portal.leave import cost
from portal.leave.actions import form_of
from portal.leave.cost import Less
from portal.leave.forms import Asked
from portal.leave.reasons import sentence
from portal.record.case import Record
from portal.tables.leave import RequestForm

MOST_DAYS_NAMED = 6


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """The cards of a request, the assessment behind them, and whether there is anything to send."""

    asked: Asked
    assessment: Assessment
    form: RequestForm
    answer_by: date
    cards: tuple[Card, ...]
    sendable: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The days counted while they are typed."""

    length: Markup
    when: Markup
    free: tuple[Markup, ...]
    bar: Bar | None


def counted(record: Record, asked: Asked, today: date) -> Preview:
    """The days of a request, and what is left of them."""
    assessment = assess(Case(today, record.participant, asked.request, record.history, record.policy))
    bar = bar_of(assessment.quota) if assessment.quota else None
    free = free_days(asked.request.first_day, asked.request.last_day)
    return Preview(length(asked, assessment), when(asked), free, bar)


def meaning(record: Record, asked: Asked, today: date) -> Meaning:
    """What the request means for this participant."""
    assessment = assess(Case(today, record.participant, asked.request, record.history, record.policy))
    form = form_of(asked.request.kind, assessment)
    answer_by = today + timedelta(days=record.answer_days)
    sendable = any(
        is_working_day(day) and record.participant.takes_part_on(day)
        for day in days(asked.request.first_day, asked.request.last_day)
    )
    reading = _Reading(record, asked, assessment, form, answer_by)
    cards = tuple(reading.cards() if sendable else reading.nothing_to_send())
    return Meaning(asked, assessment, form, answer_by, cards, sendable)


def length(asked: Asked, assessment: Assessment) -> Markup:
    """How much is asked for: working days, or hours of one day."""
    hours = asked.request.hours
    return words().hours(hours) if hours is not None else words().days(assessment.working_days)


def when(asked: Asked) -> Markup:
    """From which day to which."""
    return words().span(asked.request.first_day, asked.request.last_day)


def free_days(first: date, last: date) -> tuple[Markup, ...]:
    """Why some days between the first and the last do not count (IF § 17 (1))."""
    found = [day for day in days(first, last) if not is_working_day(day)]
    dated = [day for day in found if day in days_off(day.year)]
    said = []
    if len(dated) < len(found):
        said.append(_("Lørdag og søndag teller ikke."))
    if dated:
        named = Markup(", ").join(words().day(day) for day in dated[:MOST_DAYS_NAMED])
        said.append(
            ngettext(
                "Denne dagen er fri for alle: %(days)s.",
                "Disse dagene er fri for alle: %(days)s.",
                len(dated),
                days=named,
            )
        )
    return tuple(said)


def bar_of(quota: Quota) -> Bar:
    """A quota as a bar."""
    return Bar(quota.limit, quota.used, quota.pending, quota.after - quota.used - quota.pending, max(0, quota.left))


@dataclass(frozen=True, slots=True)
class _Reading:
    record: Record
    asked: Asked
    assessment: Assessment
    form: RequestForm
    answer_by: date

    def cards(self) -> Iterator[Card]:
        yield from self._have()
        yield self._ask()
        yield from self._reasons()
        yield self._money()
        yield from self._bring()
        yield self._who_decides()
        yield from self._meanwhile()
        yield from self._programme_time()

    def nothing_to_send(self) -> Iterator[Card]:
        yield self._ask()
        yield from self._reasons()

    def _have(self) -> Iterator[Card]:
        quota = self.assessment.quota
        if quota is None:
            return
        left_now = max(0, quota.limit - quota.used - quota.pending)
        enough = self.assessment.beyond_days == 0
        yield Card(
            "" if enough else "act",
            "check" if enough else "info",
            ngettext("Du har %(num)s dag igjen nå", "Du har %(num)s dager igjen nå", left_now),
            (limit_sentence(quota, self.asked.request.kind),),
            bar_of(quota),
        )

    def _ask(self) -> Card:
        request = self.asked.request
        body = [when(self.asked), *free_days(request.first_day, request.last_day)]
        if request.hours is not None and self.assessment.quota is not None:
            body.append(_("Noen timer bruker én dag av dagene dine."))
        much = length(self.asked, self.assessment)
        told = self.form is RequestForm.REPORT
        heading = _("Du sier fra om %(length)s", length=much) if told else _("Du ber om %(length)s", length=much)
        return Card("", "calendar", heading, tuple(body))

    def _reasons(self) -> Iterator[Card]:
        for reason in self.assessment.reasons:
            said = sentence(reason, self.asked.request.kind, self.assessment)
            if said:
                yield Card("act", "info", *said)

    def _money(self) -> Card:
        assessment = self.assessment
        less = cost.if_given(self.record, self.asked.request, assessment)
        if assessment.outcome is Outcome.NOT_AVAILABLE:
            less = cost.if_not_given(self.record, self.asked.request, assessment)
        about = self._about(less)
        match assessment.allowance:
            case AllowanceEffect.NOT_APPLICABLE:
                return Card("", "banknote", two("Det gjelder ikke penger"), (_("Du får ikke introduksjonsstønad."),))
            case AllowanceEffect.KEPT if not less:
                return Card("", "banknote", two("Du beholder pengene"), self._same_payment())
            case AllowanceEffect.KEPT_IF_GRANTED if not less:
                return Card("", "banknote", two("Du beholder pengene hvis kommunen sier ja"), self._same_payment())
            case AllowanceEffect.KEPT | AllowanceEffect.KEPT_IF_GRANTED:
                return Card(
                    "act", "banknote", two("Du beholder pengene for noen av dagene"), self._about(less), None, less
                )
            case AllowanceEffect.NONE if assessment.outcome is Outcome.NOT_AVAILABLE:
                return Card("act", "banknote", two("Du kan miste penger"), about, None, less)
            case AllowanceEffect.NONE | AllowanceEffect.NONE_IF_GRANTED:
                return Card(
                    "act", "banknote", two("Du får ikke penger for disse dagene"), self._about(less), None, less
                )

    def _same_payment(self) -> tuple[Markup, ...]:
        paid = cost.next_payments(self.record, self.asked.request)
        if len(paid) > 1:
            return (_("Utbetalingene blir de samme."),)
        return (_("Utbetalingen %(day)s blir den samme.", day=words().day(paid[0])),)

    def _about(self, less: tuple[Less, ...]) -> tuple[Markup, ...]:
        if not less:
            return (_("Spør rådgiveren hvor mye det blir."),)
        total = sum(payment.ore for payment in less)
        return (_("Det blir omtrent %(sum)s mindre før skatt.", sum=words().kroner(total)),)

    def _bring(self) -> Iterator[Card]:
        assessment, request = self.assessment, self.asked.request
        if request.documentation is Documentation.MEDICAL:
            yield Card("", "certificate", two("Gi papiret fra lege til kommunen"), (_("Gjør det så fort du kan."),))
        if assessment.medical_from and not self._papers_reach(assessment.medical_from):
            yield Card("act", "paper", two("Du må ha papir fra lege"), tuple(self._medical(assessment.medical_from)))
        elif assessment.allowance is AllowanceEffect.NOT_APPLICABLE and self.form is RequestForm.APPLICATION:
            yield Card("act", "paper", two("Du må vise papir på grunnen"), (_("Gi det til kommunen så fort du kan."),))
        elif self.form is RequestForm.APPLICATION and request.kind is LeaveKind.WELFARE:
            yield Card(
                "",
                "paper",
                two("Har du et papir om dette?"),
                (_("For eksempel en innkalling. Vis det til rådgiveren."),),
            )

    def _papers_reach(self, needed_from: date) -> bool:
        request = self.asked.request
        covers_from = request.medical_from or request.first_day
        return request.documentation is Documentation.MEDICAL and covers_from <= needed_from

    def _medical(self, needed_from: date) -> Iterator[Markup]:
        carried = self.assessment.self_certified_days or 0
        if carried:
            yield ngettext(
                "Den første dagen holder det at du sier fra selv.",
                "De første %(num)s dagene holder det at du sier fra selv.",
                carried,
            )
        yield _("Fra %(day)s må du ha papir fra lege.", day=words().day(needed_from))
        yield _("Gå til legen mens du er syk. Gi papiret til kommunen så fort du kan.")

    def _who_decides(self) -> Card:
        if self.form is RequestForm.REPORT:
            return Card("ok", "check", two("Du sier bare fra"), (_("Ingen må godkjenne det først."),))
        if self.assessment.decision is DecisionForm.SCHEDULING:
            time = _("Kommunen setter tiden for ferie. De hører på deg først.")
            return Card("", "people", two("Kommunen bestemmer når"), (time, self._answer()))
        right = self.assessment.outcome is Outcome.RIGHT
        body = (
            _("Reglene gir deg dette. Kommunen skriver et vedtak.") if right else _("Kommunen ser på grunnen din."),
            self._answer(),
            _("Du kan klage hvis du er uenig."),
        )
        return Card("", "people", two("Kommunen svarer deg") if right else two("Kommunen bestemmer"), body)

    def _answer(self) -> Markup:
        return _("Du får svar senest %(day)s.", day=words().day_long(self.answer_by))

    def _meanwhile(self) -> Iterator[Card]:
        if self.form is RequestForm.REPORT:
            return
        body = [_("Vent på svaret før du blir borte.")]
        less = cost.if_not_given(self.record, self.asked.request, self.assessment)
        if less and self.assessment.outcome is not Outcome.NOT_AVAILABLE:
            total = sum(payment.ore for payment in less)
            body.append(_("Uten ja fra kommunen kan du miste omtrent %(sum)s.", sum=words().kroner(total)))
        body.append(_("Haster det? Ring rådgiveren din."))
        yield Card("", "clock", two("Kom som vanlig til du har fått svar"), tuple(body))

    def _programme_time(self) -> Iterator[Card]:
        if self.assessment.adds_to_programme_time:
            body = (
                _("Du er borte mer enn 10 dager i alt."),
                _("Kommunen kan legge dagene til på slutten."),
            )
            yield Card("", "way", two("Programmet kan bli lengre"), body)
