"""Words of the allowance: what each line and each status says. Nothing is left without words."""

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from portal.i18n import bilingual, msgid, translator
from portal.i18n import format as formats
from portal.i18n import gettext as _
from portal.i18n.payments import payment_status
from portal.i18n.terms import StatusLabel
from portal.law.rates import DAYS_A_MONTH, HOURS_A_YEAR
from portal.participant.allowance.queries import Paid, PaymentLineRow
from portal.tables.allowance import PaymentLineKind


def status(payment: Paid, today: date) -> StatusLabel:
    """Where a payment stands on `today`, and who acts next."""
    return payment_status(
        payment.status, payment.before_tax, due_on=payment.due_on, paid_on=payment.paid_on, today=today
    )


class LineLabel(NamedTuple):
    """What a line is called, why it stands there, and the section that it rests on; empty where that depends."""

    name: str
    reason: str
    section: str


_LINES = {
    PaymentLineKind.BASE: LineLabel(msgid("Stønad for %(month)s"), "", "integreringsloven §\u00a020"),
    PaymentLineKind.INVALID_ABSENCE: LineLabel(
        msgid("Ugyldig fravær"), msgid("Fraværet er registrert som ugyldig."), "integreringsloven §\u00a021"
    ),
    PaymentLineKind.LEAVE_WITHOUT_ALLOWANCE: LineLabel(
        msgid("Permisjon uten stønad"),
        msgid("Denne permisjonen er uten stønad."),
        "integrerings\u00adforskriften §§\u00a015 og 16",
    ),
    PaymentLineKind.OVER_QUOTA_ABSENCE: LineLabel(
        msgid("Flere dager enn du har rett til"),
        msgid("Du har brukt alle dagene med sykt barn."),
        "integrerings\u00adforskriften §\u00a07",
    ),
    PaymentLineKind.PAID_WORK: LineLabel(
        msgid("Lønnet arbeid"),
        msgid("Du fikk lønn for arbeid som er del av programmet."),
        "integreringsloven §\u00a023",
    ),
    PaymentLineKind.OTHER_BENEFIT: LineLabel(
        msgid("Andre penger du får"),
        msgid("Du får andre penger, for eksempel fra Nav."),
        "integreringsloven §\u00a022",
    ),
    PaymentLineKind.CORRECTION: LineLabel(msgid("Retting"), "", ""),
}


def line_name(line: PaymentLineRow, month: str) -> Markup:
    """What a line is called."""
    if line.kind is PaymentLineKind.BASE:
        return _(_LINES[line.kind].name, month=formats.month(month))
    return bilingual(_LINES[line.kind].name)


def line_reason(line: PaymentLineRow) -> Markup | None:
    """Why a line stands there, in plain words."""
    if line.kind is PaymentLineKind.CORRECTION:
        return _correction(line)
    return _(_LINES[line.kind].reason) if _LINES[line.kind].reason else None


def _correction(line: PaymentLineRow) -> Markup:
    month = formats.month(line.corrects_month or "")
    if line.amount >= 0:
        return _("Du fikk for lite for %(month)s. Nå får du resten.", month=month)
    return _("Du fikk for mye for %(month)s. Nå trekker kommunen det.", month=month)


def section(kind: PaymentLineKind) -> str:
    """The section that a line rests on; empty where it depends on what is corrected."""
    return _LINES[kind].section


def length(line: PaymentLineRow) -> Markup | None:
    """`3 timer` or `2 dager`; None where a line has neither."""
    if line.hours is not None:
        return translator().hours(line.hours)
    return translator().days(line.days) if line.days is not None else None


def rate_rule(line: PaymentLineRow) -> Markup | None:
    """What an hour or a day is worth (IL § 20 (2)); None where a line has neither."""
    if line.hours is not None:
        return _("Stønaden for én time er stønaden for et år delt på %(parts)s.", parts=HOURS_A_YEAR)
    if line.days is not None:
        return _("Stønaden for én dag er stønaden for en måned delt på %(parts)s.", parts=DAYS_A_MONTH)
    return None


def when(line: PaymentLineRow) -> Markup | None:
    """The day or days that a line is about."""
    if line.first_day is None:
        return None
    return translator().span(line.first_day, line.last_day or line.first_day)
