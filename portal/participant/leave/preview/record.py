"""What stands before sending, as sentences: what was answered, and what the cards say it means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from portal.bilingual.in_norwegian import saying
from portal.casework.snapshot import Shown, SnapshotPart
from portal.i18n import NORWEGIAN, bilingual, translator, translator_of
from portal.i18n import gettext as _
from portal.i18n.format import figure, number
from portal.law.vocabulary import Documentation
from portal.participant.leave import labels as say
from portal.participant.leave.preview.context import PreviewCard, QuotaBar, length
from portal.participant.leave.preview.request_preview import RequestPreview
from portal.participant.leave.ticket import TicketLine

_NORWEGIAN_BENEATH = re.compile(r'<span class="nb"[^>]*>.*?</span>')


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to one question, with the step that can change it."""

    question: Markup
    answer: str
    step: str


def answered(preview: RequestPreview) -> list[Answered]:
    """What was answered, as it is looked over before sending."""
    request, choice = preview.asked.request, preview.asked.choice
    found = [
        Answered(bilingual("Hva gjelder det?"), bilingual(choice.says), "leave.new"),
        Answered(bilingual("Dager"), translator().span(request.first_day, request.last_day), "leave.days"),
        Answered(bilingual("Hvor lenge?"), length(preview.asked, preview.assessment), "leave.days"),
    ]
    if choice.asks.event and request.event_date:
        found.append(Answered(say.event_question(choice.asks.event), figure(request.event_date), "leave.days"))
    if choice.asks.travel:
        found.append(Answered(bilingual("Dager til reise"), number(request.travel_days), "leave.days"))
    if choice.asks.paper:
        has_paper = request.documentation is Documentation.MEDICAL
        found.append(Answered(bilingual("Legeerklæring"), _("Ja") if has_paper else _("Nei, ikke nå"), "leave.days"))
    return found


def reservation() -> Markup:
    """What stands beneath the cards."""
    return _("Dette sier reglene. Kommunen kan vite noe som portalen ikke vet.")


def shown(meant: Callable[[], RequestPreview], language: str, *, has_head: bool = True) -> Shown:
    """What the cards and the answers say in a language and in bokmål. `meant` gives them in the words of now;
    `has_head` is whether the card stood with its head.
    """
    found = {}
    for name in dict.fromkeys((language, NORWEGIAN.id)):
        with saying(translator_of(name)):
            found[name] = tuple(_parts(meant(), has_head))
    return found


def _parts(preview: RequestPreview, has_head: bool) -> Iterator[SnapshotPart]:
    for each in answered(preview):
        yield SnapshotPart(_text(each.question), (_text(each.answer),))
    if preview.ticket:
        if has_head:
            yield SnapshotPart(_text(preview.ticket.title), (_text(preview.ticket.line),))
        for line in preview.ticket.lines:
            yield SnapshotPart(_text(line.label), tuple(map(_text, _of_line(line))))
    for card in (*preview.remarks, *preview.cards):
        yield SnapshotPart(_text(card.heading), tuple(map(_text, _of_card(card))))
    if preview.certification:
        yield SnapshotPart("", tuple(map(_text, preview.certification.lines())))
    yield SnapshotPart("", (_text(reservation()),))


def _of_line(line: TicketLine) -> Iterator[Markup]:
    if line.answer:
        yield line.answer
    for _bar, said in line.bars:
        yield said
    yield from line.notes
    if line.first_payment and not line.more_payments:
        yield _("Utbetalingen %(day)s", day=translator().day_long(line.first_payment.pay_day))
    elif line.first_payment:
        less = {"sum": translator().kroner(line.first_payment.ore)}
        yield _(
            "%(sum)s mindre på utbetalingen %(day)s.", day=translator().day_long(line.first_payment.pay_day), **less
        )
    for payment in line.more_payments:
        yield (
            _("Utbetalingen %(day)s", day=translator().day_long(payment.pay_day))
            + Markup(": ")
            + translator().kroner(-payment.ore)
        )


def _of_card(card: PreviewCard) -> Iterator[Markup]:
    yield from card.body
    if card.bar:
        yield from _of_bar(card.bar)


def _of_bar(bar: QuotaBar) -> Iterator[Markup]:
    taken = bar.used + bar.pending + bar.this
    yield _("%(days)s brukt", days=number(bar.used))
    if bar.pending:
        yield _("%(days)s venter på svar", days=number(bar.pending))
    if bar.this:
        yield _("%(days)s denne gangen", days=number(bar.this))
        yield _("%(days)s igjen etterpå", days=number(bar.left))
    else:
        yield _("%(days)s igjen", days=number(bar.left))
    if taken > bar.limit:
        yield _("%(days)s for mange", days=number(taken - bar.limit))


def _text(said: str) -> str:
    """Plain text without the Norwegian word beneath an own word, since that is kept by itself."""
    return Markup(_NORWEGIAN_BENEATH.sub("", said)).striptags()  # noqa: S704  # markup already, made shorter
