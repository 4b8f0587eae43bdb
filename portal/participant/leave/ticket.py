"""The card that changes its state: what a request means before it is sent, its receipt, and its answer.

A head (seal, title, one line), and at most a handful of lines that each answer one question. What is longer is folded.
"""

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from portal.casework.texts import LocalizedText
from portal.participant.leave.preview.context import QuotaBar
from portal.participant.leave.preview.payments import PaymentReduction


class TicketKind(StrEnum):
    """The colour of its head: the value is its class."""

    NOT_SENT = "draft"
    SENT = "sent"
    ACT = "asks"
    YES = "yes"
    PART = "part"
    NO = "refused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One question and its answer. `bars` are days to count, each with the sentence that says the same; `payments` are
    those that become smaller; `text` is the municipality's own words, `pill` how long there is left.
    """

    picture: str
    label: Markup
    answer: Markup | None
    notes: tuple[Markup, ...] = ()
    is_big: bool = False
    bars: tuple[tuple[QuotaBar, Markup], ...] = ()
    payments: tuple[PaymentReduction, ...] = ()
    text: LocalizedText | None = None
    pill: Markup | None = None

    @property
    def first_payment(self) -> PaymentReduction | None:
        """The one that is always seen."""
        return self.payments[0] if self.payments else None

    @property
    def more_payments(self) -> tuple[PaymentReduction, ...]:
        """The others, behind a fold."""
        return self.payments[1:]


@dataclass(frozen=True, slots=True)
class Station:
    """A step of the way from sent to answered."""

    word: Markup
    when: Markup | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """The card. `picture` is what it is about, `sign` the small one on its seal."""

    kind: TicketKind
    picture: str
    title: str
    line: str
    lines: tuple[TicketLine, ...]
    sign: str | None = None
    way: tuple[Station, ...] = ()
