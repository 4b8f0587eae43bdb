"""What the pages of the allowance print, made in Python so that the templates only write it down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from markupsafe import Markup

from portal.casework.decisions import DecisionRow, newest
from portal.casework.deductions import Account
from portal.casework.situation import Situation
from portal.clock import local
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n import given_back, translator
from portal.i18n.registered import registered
from portal.i18n.terms import StatusLabel
from portal.law.appeal import Appeal
from portal.law.case import ParticipantFacts, Policy
from portal.participant.allowance.arithmetic import BY_LENGTH, Reckoning, reckon
from portal.participant.allowance.estimate import Estimate, estimate
from portal.participant.allowance.labels import (
    length,
    line_name,
    line_reason,
    rate_rule,
    section,
    status,
    when,
)
from portal.participant.allowance.queries import COMING, Paid, PaymentChangeRow, PaymentLineRow
from portal.tables.allowance import PaymentLineKind, PaymentStatus
from portal.tables.decision import DecisionKind
from portal.tables.people import EndReason

LATEST_MONTHS = 4
NOTHING = Account()


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line: its amount in øre, and the absence it came from. What it says finds its words when it is printed, since
    a deduction is told in the reader's language and in Norwegian.
    """

    line: PaymentLineRow
    month: str
    reckoning: Reckoning | None
    account: Account = NOTHING

    @property
    def name(self) -> Markup:
        """What it is called."""
        return line_name(self.line, self.month)

    @property
    def amount(self) -> int:
        """In øre; negative for a deduction."""
        return self.line.amount

    @property
    def kind(self) -> str:
        """`minus` for a deduction."""
        return "minus" if self.line.amount < 0 else ""

    @property
    def reason(self) -> Markup | None:
        """Why it stands there, or that it rests on what was registered before."""
        if self._is_corrected:
            return given_back.corrected(self.account.stands)
        return line_reason(self.line)

    @property
    def told(self) -> tuple[Markup, ...]:
        """Why, what was given back since, and the days it is about."""
        returned = self.account.returned if self._is_corrected else ()
        back = [given_back.more(part.amount, part.due_on) for part in returned]
        return tuple(said for said in (self.reason, *back, self.when) if said)

    @property
    def open(self) -> bool:
        """Whether the absence was corrected, and not all is given back."""
        return self._is_corrected and self.account.open

    @property
    def _is_corrected(self) -> bool:
        return self.line.kind is PaymentLineKind.INVALID_ABSENCE and self.account.corrected

    @property
    def when(self) -> Markup | None:
        """The days it is about."""
        return when(self.line) if self.line.kind is not PaymentLineKind.BASE else None

    @property
    def arithmetic(self) -> Markup | None:
        """How it was reckoned."""
        return _arithmetic(self.line, self.reckoning)

    @property
    def rule(self) -> Markup | None:
        """What an hour or a day is worth."""
        return rate_rule(self.line) if self.line.kind in BY_LENGTH else None

    @property
    def section(self) -> str:
        """The law it rests on."""
        return section(self.line.kind)

    @property
    def absence(self) -> str | None:
        """The public id of the absence it came from."""
        return self.line.absence

    @property
    def registered(self) -> Markup | None:
        """Who wrote the absence down, and when."""
        return _registered(self.line)


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that the sum rests on (IL § 46), and its appeal."""

    known: DecisionRow
    appeal: Appeal


@dataclass(frozen=True, slots=True)
class PreviousPayment:
    """What a paid payment was before it was changed; `read` as the participant said."""

    read: bool
    changed_on: date
    amount: int
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment. `day` is when it comes or came, `amount` what one gets, `stopped` what was stopped, in øre."""

    month: str
    day: date
    amount: int
    stopped: int | None
    status: StatusLabel
    upcoming: bool
    nothing: bool
    lines: tuple[LineRow, ...]
    deducted: bool
    decided: Decided | None
    changed: bool
    before: tuple[PreviousPayment, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether it was changed, and the participant has not said that it is read."""
        return not all(change.read for change in self.before)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the list."""

    month: str
    label: Markup
    text: Markup
    status: StatusLabel
    href: str
    changed: bool


@dataclass(frozen=True, slots=True)
class AllowancePage:
    """`/stonad`."""

    situation: Situation
    shown: PaymentView | None
    estimate: Estimate | None
    ended: EndReason | None
    stop: DecisionRow | None
    latest: tuple[MonthRow, ...]
    older: tuple[MonthRow, ...]
    more: bool


def first_shown(payments: Sequence[Paid], today: date) -> Paid | None:
    """What speaks first: the next payment, else one that is late, else the last one; cancelled ones never."""
    coming = [paid for paid in payments if paid.status in COMING]
    ahead = [paid for paid in coming if paid.due_on >= today]
    rest = [paid for paid in payments if paid.status is not PaymentStatus.CANCELLED]
    return min(ahead, key=lambda paid: (paid.due_on, paid.id)) if ahead else next(iter(rest), None)


def index(
    payments: Sequence[Paid],
    first: Paid | None,
    lines: Sequence[PaymentLineRow],
    *,
    decisions: Sequence[DecisionRow],
    situation: Situation,
    participant: ParticipantFacts,
    accounts: Mapping[int, Account],
    today: date,
    more: bool = False,
) -> AllowancePage:
    """The next payment with its lines, an estimate where there has been none, and the months before; `more`: there are
    older ones.
    """
    policy = Policy.of(situation.policy)
    ended = situation.ended(today)
    others = [_month(paid, today) for paid in payments if paid is not first]
    return AllowancePage(
        situation=situation,
        shown=payment(first, lines, decisions, participant, policy, accounts=accounts, today=today) if first else None,
        estimate=None if first or ended else _estimate(situation, participant, policy, today),
        ended=ended,
        stop=newest(decisions, DecisionKind.STOP) if ended is EndReason.STOPPED else None,
        latest=tuple(others[:LATEST_MONTHS]),
        older=tuple(others[LATEST_MONTHS:]),
        more=more,
    )


def _estimate(situation: Situation, participant: ParticipantFacts, policy: Policy, today: date) -> Estimate | None:
    return estimate(participant, situation.start, policy=policy, pay_day=situation.pay_day, today=today)


def payment(
    paid: Paid,
    lines: Sequence[PaymentLineRow],
    decisions: Sequence[DecisionRow],
    participant: ParticipantFacts,
    policy: Policy,
    *,
    accounts: Mapping[int, Account],
    today: date,
) -> PaymentView:
    """One payment with those of `lines` and `decisions` that are its own."""
    rows = tuple(
        replace(line_row(line, paid.month, participant, policy), account=accounts.get(line.absence_id or 0, NOTHING))
        for line in lines
        if line.payment_id == paid.id
    )
    return PaymentView(
        month=paid.month,
        day=paid.paid_on or paid.due_on,
        amount=amount(paid),
        stopped=paid.before_tax if paid.status is PaymentStatus.STOPPED else None,
        status=status(paid, today),
        upcoming=paid.status in COMING and paid.due_on >= today,
        nothing=amount(paid) == 0,
        lines=rows,
        deducted=any(row.kind == "minus" for row in rows),
        decided=_decided(paid, decisions, today),
        changed=paid.changed,
    )


def with_history(shown: PaymentView, changes: Sequence[PaymentChangeRow], payment_id: int) -> PaymentView:
    """The payment with what it was before."""
    before = tuple(
        PreviousPayment(
            change.read,
            local(change.changed_at).date(),
            change.before_tax,
            tuple(LineRow(line, shown.month, None) for line in change.lines),
        )
        for change in changes
        if change.payment_id == payment_id
    )
    return replace(shown, before=before)


def amount(paid: Paid) -> int:
    """What one gets, in øre: nothing of a payment that was stopped."""
    return 0 if paid.status is PaymentStatus.STOPPED else paid.before_tax


def line_row(line: PaymentLineRow, month: str, participant: ParticipantFacts, policy: Policy) -> LineRow:
    """One line, reckoned."""
    return LineRow(line, month, reckon(line, month, participant, policy))


def _registered(line: PaymentLineRow) -> Markup | None:
    if line.registered_by is None or line.registered_at is None:
        return None
    return registered(line.registered_by, translator().day_long(local(line.registered_at).date()))


def _arithmetic(line: PaymentLineRow, reckoning: Reckoning | None) -> Markup | None:
    """`3 timer × 147,62 kr = 442,86 kr`, the length alone where the amount is no such product."""
    if line.kind is PaymentLineKind.BASE:
        return None
    number = length(line)
    if number is None or reckoning is None:
        return number
    unit = formats.kroner(reckoning.unit)
    if reckoning.capped:
        return _("%(hours)s. Kommunen trekker ikke for mer enn én dag: %(amount)s.", hours=number, amount=unit)
    return Markup('<bdi class="num">%s × %s = %s</bdi>') % (number, unit, formats.kroner(abs(line.amount)))


def _decided(paid: Paid, decisions: Sequence[DecisionRow], today: date) -> Decided | None:
    known = next((row for row in decisions if row.id == paid.decision_id), None)
    return Decided(known, known.appeal(today)) if known else None


def _month(paid: Paid, today: date) -> MonthRow:
    return MonthRow(
        paid.month,
        translator().month_name(paid.month),
        formats.kroner(amount(paid)),
        status(paid, today),
        url_for("allowance.month", month=paid.month),
        paid.changed,
    )
