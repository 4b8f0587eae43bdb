"""The card of what was sent, in each of its states: on its way, received, asked about, late, answered, withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from portal.casework import extents
from portal.casework.decisions import ShownDecision
from portal.casework.texts import LocalizedText
from portal.clock import local
from portal.i18n import bilingual, translator
from portal.i18n import gettext as _
from portal.i18n.extents import how_much, when
from portal.i18n.format import clock_span, wall_clock
from portal.i18n.terms import leave_kind, leave_picture
from portal.law.extent import Extent, Share
from portal.law.vocabulary import AllowanceEffect, AppealRight
from portal.participant.leave import view
from portal.participant.leave.decided import is_beyond_quota, kept, must_come, used
from portal.participant.leave.preview import four_lines, payments
from portal.participant.leave.preview.context import PreviewContext
from portal.participant.leave.queries import RequestRow
from portal.participant.leave.ticket import Station, Ticket, TicketKind, TicketLine
from portal.tables.leave import WAITING, RequestStatus


@dataclass(frozen=True, slots=True)
class SentFacts:
    """What the card is made of. `asked` is what the municipality wants to know, in its own words."""

    row: RequestRow
    meant: PreviewContext
    today: date
    decision: ShownDecision | None
    asked: LocalizedText | None

    @property
    def latest(self) -> date:
        """The latest day for an answer."""
        return self.meant.answer_by

    @property
    def is_late(self) -> bool:
        """Whether there should have been an answer."""
        return not view.is_told(self.row) and self.latest < self.today

    @property
    def days_are_over(self) -> bool:
        """Whether the last of the days is past."""
        return (extents.granted(self.row) or extents.asked(self.row)).last_day < self.today


def sent_ticket(facts: SentFacts) -> Ticket:  # noqa: PLR0911  # one for each state
    """The card as the request stands today."""
    row = facts.row
    if row.status is RequestStatus.WITHDRAWN:
        return _ticket(facts, TicketKind.OVER, bilingual("Trukket tilbake"), _taken_back(facts))
    if row.status is RequestStatus.MORE_INFORMATION:
        return _ticket(facts, TicketKind.ACT, bilingual("Kommunen spør deg"), _asked(facts), sign="speech")
    if row.status in WAITING:
        return _waiting(facts)
    if row.status is RequestStatus.REFUSED:
        return _ticket(facts, TicketKind.NO, bilingual("Nei, du får ikke fri"), _refused(facts), picture="cross")
    if row.status is RequestStatus.PARTLY_GRANTED:
        return _ticket(facts, TicketKind.PART, bilingual("Delvis innvilget"), _granted(facts), sign="check")
    if facts.days_are_over:
        return _ticket(facts, TicketKind.OVER, bilingual("Du hadde fri"), _granted(facts))
    return _ticket(facts, TicketKind.YES, bilingual("Ja, du får fri"), _granted(facts), sign="check")


def _ticket(
    facts: SentFacts,
    kind: TicketKind,
    title: Markup,
    lines: Iterator[TicketLine],
    *,
    picture: str | None = None,
    sign: str | None = None,
    way: tuple[Station, ...] = (),
) -> Ticket:
    row = facts.row
    line: str = leave_kind(row.kind, row.reason, _)
    if not way:  # else the days stand in the first line
        line = Markup("%s · %s") % (line, when(extents.granted(row) or extents.asked(row)))
    return Ticket(kind, picture or leave_picture(row.kind, row.reason), title, line, tuple(lines), sign, way)


def _waiting(facts: SentFacts) -> Ticket:
    row, way = facts.row, tuple(_way(facts))
    if view.is_told(row):
        return _ticket(facts, TicketKind.SENT, bilingual("Du har sagt fra"), _as_sent(facts), sign="check", way=way)
    if facts.is_late:
        late = bilingual("Svaret er forsinket")
        return _ticket(facts, TicketKind.ACT, late, _as_sent(facts), sign="hourglass", way=way)
    title = bilingual("Kommunen har fått søknaden") if view.is_known(row) else bilingual("Søknaden er sendt")
    return _ticket(facts, TicketKind.SENT, title, _as_sent(facts), sign="check", way=way)


def _way(facts: SentFacts) -> Iterator[Station]:
    row, sent = facts.row, local(facts.row.sent_at)
    at = translator().clock(wall_clock(row.sent_at)) if sent.date() == facts.today else translator().day(sent.date())
    yield Station(_("Sendt"), at, is_done=True)
    is_known = view.is_known(row)
    yield Station(_("Kommunen har fått det") if is_known else _("Kommunen henter det"), None, is_done=is_known)
    if not view.is_told(row):
        yield Station(_("Svar senest"), translator().day(facts.latest), is_done=False)


def _as_sent(facts: SentFacts) -> Iterator[TicketLine]:
    """The four lines; of an application the way says by when there is an answer."""
    days, money, answer, must = four_lines.four_lines(facts.meant)
    yield replace(days, bars=())
    yield replace(money, is_big=False)
    if view.is_told(facts.row):
        known = (
            _("Kommunen vet at du er borte.")
            if view.is_known(facts.row)
            else _("Kommunen har ikke hentet meldingen ennå.")
        )
        yield replace(answer, notes=(*answer.notes, known))
    yield replace(must, notes=(*must.notes, _("Haster det? Ring rådgiveren din."))) if facts.is_late else must


def _taken_back(facts: SentFacts) -> Iterator[TicketLine]:
    yield TicketLine("calendar", bilingual("Dager"), view.days(facts.row))
    if not facts.days_are_over:
        yield _must(must_come(facts.row))


def _asked(facts: SentFacts) -> Iterator[TicketLine]:
    yield TicketLine("speech", bilingual("Kommunen skriver"), None, text=facts.asked)
    days, money, _answer, must = four_lines.four_lines(facts.meant)
    yield _must(_("Ring eller skriv til rådgiveren din nå."), *((must.answer,) if must.answer else ()))
    yield from (replace(days, bars=()), replace(money, is_big=False))


def _refused(facts: SentFacts) -> Iterator[TicketLine]:
    reasons = facts.decision.reasons if facts.decision else None
    if reasons:
        yield TicketLine("speech", bilingual("Hvorfor"), None, text=reasons)
    if not facts.days_are_over:
        yield _must(must_come(facts.row))
        yield from _if_away(facts.meant)
    yield from _appeal(facts)


def _if_away(meant: PreviewContext) -> Iterator[TicketLine]:
    """What it costs to stay away all the same."""
    less = payments.if_unauthorised(meant.record, meant.asked.request, meant.assessment, meant.pay_days)
    if less:
        said = _("%(sum)s mindre", sum=translator().kroner(sum(payment.ore for payment in less)))
        yield TicketLine("banknote", bilingual("Penger"), said, (_("Dette gjelder hvis du er borte likevel."),))


def _granted(facts: SentFacts) -> Iterator[TicketLine]:
    extent, row = extents.granted(facts.row), facts.row
    if extent is None:
        yield TicketLine("calendar", bilingual("Dager"), view.days(row))
    else:
        yield _away(facts, extent)
        yield _money(facts, extent)
        if not facts.days_are_over:
            yield _must(*_rest(extent, extents.asked(row)))
    reasons = facts.decision.reasons if facts.decision else None
    if row.status is RequestStatus.PARTLY_GRANTED and reasons:
        yield TicketLine("speech", bilingual("Hvorfor"), None, text=reasons)
    if row.status is RequestStatus.PARTLY_GRANTED:
        yield from _appeal(facts)
    elif facts.decision:
        day = translator().day_long(facts.decision.known.decided_on)
        yield TicketLine("check", bilingual("Svar"), _("Kommunen sa ja."), (day,))


def _away(facts: SentFacts, extent: Extent) -> TicketLine:
    """The hours or the dates first, and large; never hours as days."""
    label = bilingual("Du var borte") if facts.days_are_over else bilingual("Du kan være borte")
    notes: list[Markup] = []
    if extent.starts and extent.ends:
        said, notes = clock_span(extent.starts, extent.ends), [when(Extent(extent.first_day, extent.last_day))]
    elif much := how_much(extent):
        said, notes = much, [when(extent)]
    else:
        said = when(extent)
    picture = "calendar" if extent.share is Share.DAYS else "clock"
    return TicketLine(picture, label, said, (*notes, *used(facts.row, extent, facts.meant.record)), is_big=True)


def _money(facts: SentFacts, extent: Extent) -> TicketLine:
    whole, meant = extent.share is Share.DAYS, facts.meant
    effect = facts.row.seen.get("allowance", meant.assessment.allowance)
    if effect == AllowanceEffect.NOT_APPLICABLE or four_lines.is_unpaid_already(
        meant.record, extent.first_day, extent.last_day
    ):
        return four_lines.money_line(meant)
    if is_beyond_quota(facts.row, extent, meant.record):
        return TicketLine("banknote", bilingual("Penger"), _("Spør rådgiveren hvor mye det blir."))
    if effect in payments.WITHOUT_ALLOWANCE:
        why = four_lines.without_allowance(extent)
        less = payments.if_away(meant.record, facts.row.kind, extent, meant.pay_days)
    else:
        why, less = kept(extent), ()
    said = _("%(sum)s mindre", sum=translator().kroner(sum(payment.ore for payment in less)))
    longer = () if whole or less else (_("Er du borte lenger, kan du miste penger."),)
    return TicketLine("banknote", bilingual("Penger"), said, (why, *longer), payments=less)


def _rest(extent: Extent, asked: Extent) -> tuple[Markup, ...]:
    """What must still be attended."""
    rest = [] if extent.share is Share.DAYS else [_("Resten av dagen må du møte.")]
    if extent.leaves_days_out(asked):
        rest.append(_("De andre dagene må du møte."))
    return tuple(rest) or (_("Du trenger ikke gjøre noe."),)


def _must(answer: Markup, *notes: Markup) -> TicketLine:
    return TicketLine("person", bilingual("Det må du gjøre"), answer, notes)


def _appeal(facts: SentFacts) -> Iterator[TicketLine]:
    """Until when one may appeal, or that one may all the same."""
    shown = facts.decision
    if shown is None or shown.known.changed_by:
        return
    appeal, label = shown.appeal, bilingual("Er du uenig?")
    if appeal.right is AppealRight.OPEN and appeal.last_day:
        by = _("Siste dag for å klage er %(day)s.", day=translator().day_long(appeal.last_day))
        left = translator().days((appeal.last_day - facts.today).days)
        yield TicketLine("scales", label, by, pill=left if appeal.last_day > facts.today else None)
    elif appeal.right is AppealRight.OPEN:
        weeks = _("Du må klage innen %(weeks)s uker etter at du fikk vedtaket.", weeks=appeal.weeks)
        yield TicketLine("scales", label, weeks)
    elif appeal.right is AppealRight.LATE and appeal.last_day:
        was = _("Siste dag for å klage var %(day)s.", day=translator().day_long(appeal.last_day))
        yield TicketLine("scales", label, was, (_("Du kan likevel klage hvis du har en god grunn til forsinkelsen."),))
